package api

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// Evaluator evaluates everything as of a time and stores nothing. clock is
// wall, event or empty for the server's own.
type Evaluator func(ctx context.Context, asOf claimwatch.Instant, clock string, yield func(*claimwatch.Finding) error) error

// DigestOf gives the digest of findings as they come, in order of their ids.
type DigestOf func(each func(yield func(*claimwatch.Finding) error) error) (string, error)

type evaluateInput struct {
	AsOf   time.Time `query:"as_of" required:"true" doc:"the time, RFC 3339 with an offset"`
	Clock  string    `query:"clock" enum:"wall,event" doc:"otherwise the server's"`
	Digest bool      `query:"digest" doc:"only the digest, as JSON"`
}

// staffOnly refuses hospitals: what these calls answer tells of everybody.
func staffOnly(ctx context.Context) error {
	if claimwatch.CallerFrom(ctx).Has(claimwatch.StaffRoles()...) {
		return nil
	}
	return claimwatch.Refuse(claimwatch.CodeForbidden, "this call needs a key of the agency")
}

// RegisterEvaluate adds GET /v1/evaluate: findings as NDJSON while they are
// found, or their digest.
func RegisterEvaluate(api huma.API, evaluate Evaluator, digest DigestOf) {
	op := huma.Operation{
		OperationID: "evaluate", Method: http.MethodGet, Path: "/v1/evaluate",
		Summary:     "Everything evaluated as of a time; nothing is stored",
		Description: "One finding a line (application/x-ndjson); with digest=true a JSON object with the digest. An answer without its last line break was cut by a fault.",
		Errors:      []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable},
		Responses: map[string]*huma.Response{"200": {Description: "findings, one a line, or the digest", Content: map[string]*huma.MediaType{
			"application/x-ndjson": {Schema: &huma.Schema{Type: "string"}},
			"application/json":     {Schema: &huma.Schema{Type: "object"}},
		}}},
	}
	huma.Register(api, op, func(ctx context.Context, in *evaluateInput) (*huma.StreamResponse, error) {
		if err := staffOnly(ctx); err != nil {
			return nil, err
		}
		asOf := claimwatch.InstantOf(in.AsOf)
		each := func(yield func(*claimwatch.Finding) error) error { return evaluate(ctx, asOf, in.Clock, yield) }
		if in.Digest {
			sum, err := digest(each)
			if err != nil {
				return nil, err
			}
			return &huma.StreamResponse{Body: func(c huma.Context) {
				c.SetHeader("Content-Type", "application/json")
				_ = json.NewEncoder(c.BodyWriter()).Encode(map[string]string{"digest": sum}) // the caller has gone: nobody to tell
			}}, nil
		}
		return &huma.StreamResponse{Body: func(c huma.Context) { streamFindings(c, each) }}, nil
	})
}

// evaluated is a finding as evaluate prints it.
type evaluated struct {
	*claimwatch.Finding
	FactsSHA256 string `json:"facts_sha256"`
}

func streamFindings(c huma.Context, each func(yield func(*claimwatch.Finding) error) error) {
	c.SetHeader("Content-Type", "application/x-ndjson")
	out := bufio.NewWriter(c.BodyWriter())
	encoder := json.NewEncoder(out)
	err := each(func(f *claimwatch.Finding) error {
		return encoder.Encode(evaluated{Finding: f, FactsSHA256: f.FactsSHA256()})
	})
	if err != nil {
		panic(http.ErrAbortHandler) // the head is sent: only a cut connection says that the answer is not whole
	}
	_ = out.Flush() // the caller has gone: nobody to tell
}
