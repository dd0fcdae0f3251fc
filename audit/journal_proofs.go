package audit

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
)

type proofInput struct {
	Seq  string `path:"seq" doc:"number of the entry"`
	Size string `query:"size" doc:"under the head of so many entries; without it the head now"`
}

type proofAnswer struct {
	Body struct {
		Seq        uint64       `json:"seq"`
		Size       uint64       `json:"size" doc:"entries under the root"`
		Leaf       proof.Hash   `json:"leaf" doc:"SHA-256 of a zero byte and the entry, base64"`
		Hashes     []proof.Hash `json:"hashes" nullable:"false" doc:"the path from the leaf to the root (RFC 6962, 2.1.1), base64"`
		Root       proof.Hash   `json:"root"`
		Checkpoint string       `json:"checkpoint,omitempty" doc:"the signed head, when it is of this size"`
	}
}

type consistencyInput struct {
	From string `query:"from" required:"true" doc:"entries of the earlier head"`
	Size string `query:"size" doc:"entries of the later one; without it the head now"`
}

type consistencyAnswer struct {
	Body struct {
		From       uint64       `json:"from"`
		Size       uint64       `json:"size"`
		FromRoot   proof.Hash   `json:"from_root"`
		Root       proof.Hash   `json:"root"`
		Hashes     []proof.Hash `json:"hashes" nullable:"false" doc:"that the later head continues the earlier (RFC 6962, 2.1.2), base64"`
		Checkpoint string       `json:"checkpoint,omitempty" doc:"the signed later head, when it is of this size"`
	}
}

type eraseInput struct {
	Seq  string `path:"seq" doc:"number of the entry whose data goes"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"4000" doc:"who asked for it, and why; it stands in the journal"`
	}
}

type eraseAnswer struct {
	Body struct {
		Seq    uint64 `json:"seq" doc:"of the entry that erased"`
		SHA256 string `json:"sha256"`
		Erased uint64 `json:"erased" doc:"the entry whose data is gone"`
	}
}

func (a *Audit) registerProofs(api huma.API) {
	text := map[string]*huma.MediaType{"text/plain": {Schema: &huma.Schema{Type: huma.TypeString}}}
	huma.Register(api, huma.Operation{
		OperationID: "get-checkpoint", Method: http.MethodGet, Path: "/v1/journal/checkpoint", Tags: []string{"journal"},
		Summary: "The signed head of the journal", Description: "A note of the transparency-log format. Keep it elsewhere: nothing before it can change unseen.",
		Responses: map[string]*huma.Response{"200": {Description: "the note", Content: text}},
	}, a.checkpoint)
	huma.Register(api, huma.Operation{
		OperationID: "get-inclusion-proof", Method: http.MethodGet, Path: "/v1/journal/{seq}/proof", Tags: []string{"journal"},
		Summary: "The proof that an entry is under a head",
	}, a.inclusion)
	huma.Register(api, huma.Operation{
		OperationID: "get-consistency-proof", Method: http.MethodGet, Path: "/v1/journal/consistency", Tags: []string{"journal"},
		Summary: "The proof that a head continues an earlier one",
	}, a.consistency)
	huma.Register(api, huma.Operation{
		OperationID: "export-journal", Method: http.MethodGet, Path: "/v1/journal/export", Tags: []string{"journal"},
		Summary: "The whole journal in one file", Description: "A header, a line an entry with the data that is not erased, and the signed head at the end. " +
			"claimwatch verify checks it offline; one without its last line was cut off.",
		Responses: map[string]*huma.Response{"200": {Description: "the export", Content: map[string]*huma.MediaType{
			"application/x-ndjson": {Schema: &huma.Schema{Type: huma.TypeString}},
		}}},
	}, a.export)
	huma.Register(api, huma.Operation{
		OperationID: "erase-data", Method: http.MethodPost, Path: "/v1/journal/{seq}/erasure", Tags: []string{"journal"},
		Summary: "Erase the data of an entry", Description: "The text of a statement. The chain holds its hash and still verifies. " +
			"What the log and backups of it hold is the operator's to remove.",
	}, a.erase)
}

func (a *Audit) checkpoint(ctx context.Context, _ *struct{}) (*rawAnswer, error) {
	if _, err := province(ctx, journalReaders); err != nil {
		return nil, err
	}
	note, _, err := a.deps.Heads.Checkpoint(ctx)
	return &rawAnswer{ContentType: "text/plain; charset=utf-8", Body: note}, err
}

// under gives the size that a proof is asked for and, when it is that of the signed
// head, the note.
func (a *Audit) under(ctx context.Context, size string) (uint64, string, error) {
	if _, err := province(ctx, journalReaders); err != nil {
		return 0, "", err
	}
	note, head, err := a.deps.Heads.Checkpoint(ctx)
	if err != nil || size == "" {
		return head.Size, string(note), err
	}
	n, err := number("size", size)
	if n != head.Size {
		note = nil
	}
	return n, string(note), err
}

func number(field, text string) (uint64, error) {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, claimwatch.BadQuery(field, field+" is a number")
	}
	return n, nil
}

// entryNumber reads the number of an entry in a path; no other text is one.
func entryNumber(text string) (uint64, error) {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no entry %q: entries have numbers", text)
	}
	return n, nil
}

func (a *Audit) inclusion(ctx context.Context, in *proofInput) (*proofAnswer, error) {
	out := &proofAnswer{}
	var err error
	if out.Body.Size, out.Body.Checkpoint, err = a.under(ctx, in.Size); err != nil {
		return nil, err
	}
	if out.Body.Seq, err = entryNumber(in.Seq); err != nil {
		return nil, err
	}
	if out.Body.Leaf, out.Body.Hashes, err = a.deps.Journal.Inclusion(out.Body.Seq, out.Body.Size); err != nil {
		return nil, err
	}
	mark, err := a.deps.Journal.MarkAt(out.Body.Size)
	out.Body.Root = mark.Root
	return out, err
}

func (a *Audit) consistency(ctx context.Context, in *consistencyInput) (*consistencyAnswer, error) {
	out := &consistencyAnswer{}
	var err error
	if out.Body.Size, out.Body.Checkpoint, err = a.under(ctx, in.Size); err != nil {
		return nil, err
	}
	if out.Body.From, err = number("from", in.From); err != nil {
		return nil, err
	}
	if out.Body.Hashes, err = a.deps.Journal.Consistency(out.Body.From, out.Body.Size); err != nil {
		return nil, err
	}
	mark, err := a.deps.Journal.MarkAt(out.Body.Size)
	if err != nil {
		return nil, err
	}
	from, err := a.deps.Journal.MarkAt(out.Body.From)
	out.Body.FromRoot, out.Body.Root = from.Root, mark.Root
	return out, err
}

// erase takes the data of an entry out of everything that the product shows.
func (a *Audit) erase(ctx context.Context, in *eraseInput) (*eraseAnswer, error) {
	caller, err := province(ctx, administrators)
	if err != nil {
		return nil, err
	}
	seq, err := entryNumber(in.Seq)
	if err != nil {
		return nil, err
	}
	if err := readable("reason", in.Body.Reason); err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, err
	}
	asked := struct {
		Seq    uint64
		Reason string
	}{seq, in.Body.Reason}
	wish, err := command(ctx, journal.Command{
		Type: journal.TypeErase, At: at, Reason: in.Body.Reason, Actor: journal.ActorOf(caller),
	}, asked, journal.Erasure{Seq: seq}, nil)
	if err != nil {
		return nil, err
	}
	answer, err := a.deps.Journal.Do(ctx, wish)
	if err != nil {
		return nil, err
	}
	out := &eraseAnswer{}
	out.Body.Seq, out.Body.SHA256, out.Body.Erased = answer.Seq, answer.Hash, seq
	return out, nil
}
