package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/attachment"
	"claimwatch/audit/journal"
)

// Files reads the bytes of an attachment; ok is false when there is none.
type Files func(ctx context.Context, sha256 string) (data []byte, ok bool, err error)

type attachInput struct {
	SHA256      string `query:"sha256" doc:"of the file, 64 hex digits: refused when other bytes arrive"`
	ContentType string `header:"Content-Type"`
	RawBody     []byte `contentType:"application/pdf"`
}

type attachAnswer struct{ Body journal.File }

type fileInput struct {
	SHA256 string `path:"sha256" doc:"64 hex digits"`
}

type fileAnswer struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	NoSniff     string `header:"X-Content-Type-Options"`
	Body        []byte
}

// attachers may send files beside hospitals.
var attachers = []claimwatch.CallerRole{claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector, claimwatch.RoleClerk}

func (a *Audit) registerAttachments(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "put-attachment", Method: http.MethodPut, Path: "/v1/attachments", Tags: []string{"decisions"},
		Summary: "Keep a file by its hash",
		Description: "At most 20 MiB: PDF, PNG, JPEG, TIFF, DOCX, XLSX (without macros), CSV and text in UTF-8. The bytes must be what " +
			"Content-Type says. The same file again changes nothing. Statements and appeals name it by its hash.",
		MaxBodyBytes: attachment.MaxBytes + 1,
	}, a.attach)
	binary := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	files := map[string]*huma.MediaType{}
	for _, mediaType := range attachment.Types() {
		files[mediaType] = binary
	}
	if body := api.OpenAPI().Paths["/v1/attachments"].Put.RequestBody; body != nil {
		body.Content = maps.Clone(files)
	}
	huma.Register(api, huma.Operation{
		OperationID: "get-attachment", Method: http.MethodGet, Path: "/v1/attachments/{sha256}", Tags: []string{"decisions"},
		Summary: "A file by its hash", Description: "To be saved, never to be shown by a browser. A hospital gets what it has sent itself.",
		Responses: map[string]*huma.Response{"200": {Description: "the file", Content: files}},
	}, a.file)
}

func (a *Audit) attach(ctx context.Context, in *attachInput) (*attachAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, attachers...)
	if err != nil {
		return nil, err
	}
	mediaType, err := attachment.Check(in.ContentType, in.RawBody)
	if err == nil {
		err = a.keep(ctx, caller, in, mediaType)
	}
	a.count("attach", err)
	if err != nil {
		return nil, err
	}
	kept, ok := a.deps.Journal.Attached(sumOf(in.RawBody), caller)
	if !ok {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the file was sent before and erased since: it is not kept again")
	}
	return &attachAnswer{Body: kept}, nil
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func (a *Audit) keep(ctx context.Context, caller claimwatch.Caller, in *attachInput, mediaType string) error {
	sum := sumOf(in.RawBody)
	if in.SHA256 != "" && in.SHA256 != sum {
		refused := claimwatch.Refuse(claimwatch.CodeInvalid, "the bytes that arrived have the hash %s: send the file again", sum)
		refused.Field = "sha256"
		return refused
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	// The same file of the same side is one wish, whatever key and Idempotency-Key it has.
	c, err := journal.NewCommand(journal.Command{
		ID: journal.CommandID(string(journal.TypeAttachment), caller.InstitutionID, sum), Type: journal.TypeAttachment, At: at,
		Actor: journal.ActorOf(caller), Request: sum,
	}, journal.Attachment{MediaType: mediaType, Size: len(in.RawBody)}, in.RawBody)
	if err != nil {
		return err
	}
	_, err = a.deps.Journal.Do(ctx, c)
	return err
}

func (a *Audit) file(ctx context.Context, in *fileInput) (*fileAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	none := claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such file")
	known, ok := a.deps.Journal.Attached(in.SHA256, caller)
	if !ok || a.deps.Files == nil {
		return nil, none
	}
	data, ok, err := a.deps.Files(ctx, in.SHA256)
	if err != nil {
		return nil, fmt.Errorf("read attachment: %w", err)
	}
	if !ok {
		return nil, none
	}
	return &fileAnswer{
		ContentType: known.MediaType, NoSniff: "nosniff", Policy: "sandbox; default-src 'none'; frame-ancestors 'none'",
		Disposition: fmt.Sprintf(`attachment; filename="%s%s"`, in.SHA256[:16], attachment.Extension(known.MediaType)), Body: data,
	}, nil
}
