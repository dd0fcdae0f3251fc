package audit

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/matter"
)

type matterListInput struct {
	InstitutionID string `query:"institution_id" doc:"a hospital sees its own only"`
	PersonID      string `query:"person_id"`
	State         string `query:"state"`
	Overdue       bool   `query:"overdue" doc:"only those whose deadline has passed"`
	Waiting       bool   `query:"waiting" doc:"only those with a step that waits for a second person"`
	claimwatch.PageQuery
}

type matterList struct {
	Body struct {
		Items []MatterView `json:"items" nullable:"false"`
		Next  string       `json:"next"`
	}
}

type matterInput struct {
	ID string `path:"id"`
}

type matterAnswer struct{ Body MatterView }

type openInput struct {
	Body struct {
		InstitutionID string            `json:"institution_id,omitempty" doc:"a hospital may leave it out"`
		PersonID      string            `json:"person_id,omitempty"`
		Fields        map[string]string `json:"fields,omitempty" doc:"as the register declares them (GET /v1/registers)"`
		Reason        string            `json:"reason,omitempty" maxLength:"4000" doc:"needed of the agency"`
		Attachments   []string          `json:"attachments,omitempty" nullable:"false" maxItems:"100" doc:"SHA-256 of each"`
	}
}

type stepBody struct {
	Action           string            `json:"action" minLength:"1" doc:"a step of the register; confirm, decline and withdraw are about a proposal"`
	Reason           string            `json:"reason,omitempty" maxLength:"4000" doc:"needed of the agency"`
	Fields           map[string]string `json:"fields,omitempty"`
	ExpectedRevision int               `json:"expected_revision" minimum:"0" doc:"revision as seen"`
	Attachments      []string          `json:"attachments,omitempty" nullable:"false" maxItems:"100" doc:"SHA-256 of each"`
}

type stepInput struct {
	ID   string `path:"id"`
	Body stepBody
}

func (a *Audit) registerMatters(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-registers", Method: http.MethodGet, Path: "/v1/registers", Tags: []string{"registers"},
		Summary: "What people keep: the registers, their fields, and who may take which step", Description: "The transition tables themselves.",
	}, a.registers)
	for _, spec := range matter.Specs() {
		a.registerKind(api, spec)
	}
	a.registerSanctions(api)
	a.registerAgreements(api)
	a.registerInspections(api)
	a.registerAssessments(api)
	a.registerDeadlines(api)
}

// registerKind declares the operations of one register.
func (a *Audit) registerKind(api huma.API, spec matter.Spec) {
	kind, path, name := spec.Kind, "/v1/"+spec.Plural, strings.ReplaceAll(string(spec.Kind), "_", "-")
	words := strings.ReplaceAll(string(kind), "_", " ")
	huma.Register(api, huma.Operation{
		OperationID: "list-" + spec.Plural, Method: http.MethodGet, Path: path, Tags: []string{"registers"}, Summary: spec.Doc,
	}, func(ctx context.Context, in *matterListInput) (*matterList, error) {
		return a.listMatters(ctx, kind, in)
	})
	huma.Register(api, huma.Operation{
		OperationID: "get-" + name, Method: http.MethodGet, Path: path + "/{id}", Tags: []string{"registers"}, Summary: "One " + words + " with its history",
	}, func(ctx context.Context, in *matterInput) (*matterAnswer, error) {
		return a.getMatter(ctx, kind, in.ID)
	})
	huma.Register(api, huma.Operation{
		OperationID: "step-" + name, Method: http.MethodPost, Path: path + "/{id}/steps", Tags: []string{"registers"},
		Summary: "A step of one " + words, Description: "409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.",
		MaxBodyBytes: 4 << 20,
	}, func(ctx context.Context, in *stepInput) (*matterAnswer, error) { return a.stepMatter(ctx, kind, in) })
	if kind == "sanction" || kind == "inspection" {
		return // opened in their own way
	}
	huma.Register(api, huma.Operation{
		OperationID: "open-" + name, Method: http.MethodPost, Path: path, Tags: []string{"registers"}, DefaultStatus: http.StatusCreated,
		Summary: "A new " + words, MaxBodyBytes: 4 << 20,
	}, func(ctx context.Context, in *openInput) (*matterAnswer, error) {
		caller, err := keepers(ctx)
		if err != nil {
			return nil, err
		}
		view, err := a.step(ctx, caller, stepRequest{
			Kind: kind, Action: matter.Open, InstitutionID: in.Body.InstitutionID, PersonID: in.Body.PersonID, Fields: in.Body.Fields,
			Reason: in.Body.Reason, Attachments: in.Body.Attachments,
		})
		return &matterAnswer{Body: view}, err
	})
}

// keepers gives a caller who may take steps; which ones the tables say.
func keepers(ctx context.Context) (claimwatch.Caller, error) {
	return claimwatch.CallerOrHospital(ctx, deciders...)
}

func (a *Audit) listMatters(ctx context.Context, kind matter.Kind, in *matterListInput) (*matterList, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	limit, err := in.PageSize()
	if err != nil {
		return nil, err
	}
	after, err := decodeCursor('m', in.Cursor)
	if err != nil {
		return nil, err
	}
	if caller.IsHospital() {
		if in.InstitutionID != "" && in.InstitutionID != caller.InstitutionID {
			return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital reads its own")
		}
		in.InstitutionID = caller.InstitutionID
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	out := &matterList{}
	out.Body.Items = []MatterView{}
	passed := after == ""
	for _, standing := range a.deps.Journal.Matters(kind, in.InstitutionID, at) {
		if !passed {
			passed = standing.ID == after
			continue
		}
		view, ok := a.viewMatter(standing, caller)
		if !ok || !in.asksFor(view) {
			continue
		}
		if len(out.Body.Items) == limit {
			out.Body.Next = encodeCursor('m', out.Body.Items[limit-1].ID)
			break
		}
		view.History = nil
		out.Body.Items = append(out.Body.Items, view)
	}
	return out, nil
}

// asksFor holds a view, not what it hides, against the filter.
func (in *matterListInput) asksFor(v MatterView) bool {
	return (in.State == "" || in.State == string(v.State)) && (in.PersonID == "" || in.PersonID == v.PersonID) &&
		(!in.Overdue || v.Overdue) && (!in.Waiting || v.Proposal != nil)
}

func (a *Audit) getMatter(ctx context.Context, kind matter.Kind, id string) (*matterAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	standing, ok := a.deps.Journal.Matter(id, at)
	view, shown := a.viewMatter(standing, caller)
	if !ok || !shown || standing.Kind != kind {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such %s", strings.ReplaceAll(string(kind), "_", " "))
	}
	return &matterAnswer{Body: view}, nil
}

func (a *Audit) stepMatter(ctx context.Context, kind matter.Kind, in *stepInput) (*matterAnswer, error) {
	caller, err := keepers(ctx)
	if err != nil {
		return nil, err
	}
	if matter.Action(in.Body.Action) == matter.Open {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "open makes a new one: POST to the register")
	}
	view, err := a.step(ctx, caller, stepRequest{
		Kind: kind, ID: in.ID, Action: matter.Action(in.Body.Action), Reason: in.Body.Reason, Fields: in.Body.Fields,
		ExpectedRevision: &in.Body.ExpectedRevision, Attachments: in.Body.Attachments,
	})
	return &matterAnswer{Body: view}, err
}
