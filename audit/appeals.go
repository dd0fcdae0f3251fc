package audit

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
)

// appealBody is a hospital's appeal, or an officer's decision about it.
type appealBody struct {
	Text             string   `json:"text,omitempty" maxLength:"20000" doc:"of the hospital: why the rejection is wrong"`
	Attachments      []string `json:"attachments,omitempty" nullable:"false" maxItems:"50" doc:"SHA-256 of files that were sent with PUT /v1/attachments"`
	Action           string   `json:"action,omitempty" enum:"uphold,overturn,upheld,overturned" doc:"of the officer"`
	Reason           string   `json:"reason,omitempty" maxLength:"4000" doc:"of the officer: the hospital reads it"`
	ExpectedRevision *int     `json:"expected_revision,omitempty" minimum:"0" doc:"of the officer: revision as seen"`
	FactsSHA256      string   `json:"facts_sha256,omitempty" doc:"of the officer: facts_sha256 as seen"`
}

type appealInput struct {
	ID   string `path:"id" doc:"finding_id"`
	Body appealBody
}

func (a *Audit) registerAppeals(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "appeal-finding", Method: http.MethodPost, Path: "/v1/findings/{id}/appeals", Tags: []string{"decisions"},
		Summary: "Appeal against a rejection, or decide the appeal",
		Description: "A hospital sends text and attachments, once, while its lines are rejected. An officer who neither made nor confirmed the " +
			"rejection sends action, reason, expected_revision and facts_sha256. Overturned, every fen goes back that the rejection took.",
	}, a.appeal)
}

func (a *Audit) appeal(ctx context.Context, in *appealInput) (*findingAnswer, error) {
	if caller := claimwatch.CallerFrom(ctx); caller.IsHospital() {
		if in.Body.Action != "" {
			return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital does not decide: send text")
		}
		return a.speak(ctx, caller, in.ID, journal.TypeAppeal, spoken{in.Body.Text, in.Body.Attachments, in.Body})
	}
	caller, err := claimwatch.CallerWith(ctx, deciders...)
	if err != nil {
		return nil, err
	}
	switch {
	case in.Body.Text != "" || len(in.Body.Attachments) > 0:
		return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "only the hospital appeals")
	case in.Body.Action == "":
		return nil, needed("action")
	case in.Body.ExpectedRevision == nil:
		return nil, needed("expected_revision")
	case in.Body.FactsSHA256 == "":
		return nil, needed("facts_sha256")
	}
	return a.decideOne(ctx, caller, in.ID, decisionBody{
		Action: in.Body.Action, Reason: in.Body.Reason,
		Expectation: Expectation{ExpectedRevision: *in.Body.ExpectedRevision, FactsSHA256: in.Body.FactsSHA256},
	})
}

// needed refuses a request that lacks a field.
func needed(field string) error {
	message := field + " is needed"
	return &claimwatch.Error{
		Code: claimwatch.CodeInvalid, Field: field, Message: message,
		Faults: []claimwatch.Fault{{Column: field, Code: claimwatch.CodeMissing, Message: message}},
	}
}
