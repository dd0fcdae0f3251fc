package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/matter"
	"claimwatch/audit/sanction"
)

type sanctionBody struct {
	InstitutionID string          `json:"institution_id" minLength:"1"`
	Measure       string          `json:"measure" enum:"interview,order_to_rectify,public_criticism,payment_withheld,fees_deducted,network_suspended,agreement_suspended,bond_forfeited,agreement_terminated,staff_suspended,suspension,termination" doc:"suspension and termination are of the agreement"`
	Grounds       []string        `json:"grounds,omitempty" nullable:"false" doc:"of Art. 38 and 39; suspension and termination need one" example:"[\"38.1\"]"`
	Months        int             `json:"months,omitempty" minimum:"3" maximum:"6" doc:"of a suspension (Art. 45)"`
	From          *claimwatch.Day `json:"from,omitempty" doc:"not before the day of notice; a hold may reach back"`
	AgreementKind string          `json:"agreement_kind,omitempty" enum:"medical,rehab,device" doc:"only this agreement"`
	Findings      []string        `json:"findings,omitempty" nullable:"false"`
	Amount        *claimwatch.Fen `json:"amount,omitempty" example:"128.50"`
	PhysicianID   string          `json:"physician_id,omitempty" doc:"staff_suspended (Art. 44)"`
	NameMasked    string          `json:"name_masked,omitempty" maxLength:"256"`
	Years         int             `json:"years,omitempty" minimum:"1" maximum:"5" doc:"staff_suspended"`
	DueOn         *claimwatch.Day `json:"due_on,omitempty" doc:"order_to_rectify"`
	ByData        bool            `json:"by_data,omitempty" doc:"put the recommendation of the data for this measure, with its dossier, in place of what is left out here"`
	Reason        string          `json:"reason" minLength:"1" maxLength:"4000"`
	Attachments   []string        `json:"attachments,omitempty" nullable:"false" maxItems:"100"`
}

type sanctionInput struct{ Body sanctionBody }

type sanctionDecisionInput struct {
	ID   string `path:"id"`
	Body struct {
		Action           string            `json:"action,omitempty" doc:"without it confirm when a proposal stands, else propose. announce, propose, confirm, decline, withdraw, notify, serve, answer, report, apply_resumption, accept_resumption, refuse_resumption, lift, end, complete, amend, drop"`
		Reason           string            `json:"reason,omitempty" maxLength:"4000"`
		ExpectedRevision int               `json:"expected_revision" minimum:"0"`
		Months           int               `json:"months,omitempty" minimum:"3" maximum:"6"`
		From             *claimwatch.Day   `json:"from,omitempty"`
		Fields           map[string]string `json:"fields,omitempty" doc:"what else the step takes (GET /v1/registers); of confirm: those of the notice that goes out with it"`
		HoldNotice       bool              `json:"hold_notice,omitempty" doc:"confirm: nobody is told yet and nothing changes until the step notify"`
		Attachments      []string          `json:"attachments,omitempty" nullable:"false" maxItems:"100"`
	}
}

type recommendationsInput struct {
	InstitutionID string `query:"institution_id" doc:"of this institution; of all with an agreement without it"`
	claimwatch.PageQuery
}

// recommended is what the data of an institution would support.
type recommended struct {
	InstitutionID   string                    `json:"institution_id"`
	Name            string                    `json:"name"`
	City            string                    `json:"city"`
	Recommendations []sanction.Recommendation `json:"recommendations" nullable:"false" doc:"the severest first"`
}

type recommendationsAnswer struct {
	Body struct {
		Items []recommended         `json:"items" nullable:"false"`
		Next  string                `json:"next"`
		Table []sanction.StatedRule `json:"table" nullable:"false" doc:"the stated rules"`
	}
}

func (a *Audit) registerSanctions(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "open-sanction", Method: http.MethodPost, Path: "/v1/sanctions", Tags: []string{"sanctions"}, DefaultStatus: http.StatusCreated,
		Summary: "Recommend a measure of Art. 43, by hand or by data", Description: "Nothing happens by it: it is proposed by one and confirmed by another person.",
		Middlewares: rolesFirst(api, deciders),
	}, a.openSanction)
	huma.Register(api, huma.Operation{
		OperationID: "decide-sanction", Method: http.MethodPost, Path: "/v1/sanctions/{id}/decisions", Tags: []string{"sanctions"},
		Summary: "A step of a sanction",
		Description: "propose by one, confirm by a reviewer or director who did not propose. The written notice goes out with the confirmation, and the agreement changes with it (state in_force), " +
			"unless hold_notice leaves that to the step notify (state decided), as a person's stop does, which needs consent first. accept_resumption after inspection gives it back.",
	}, a.decideSanction)
	huma.Register(api, huma.Operation{
		OperationID: "recommend-sanctions", Method: http.MethodGet, Path: "/v1/sanctions/recommendations", Tags: []string{"sanctions"},
		Summary: "What the data would support, by stated rules, each with what speaks against it", Description: "Nothing is kept.",
	}, a.recommendations)
	huma.Register(api, huma.Operation{
		OperationID: "get-dossier", Method: http.MethodGet, Path: "/v1/sanctions/{id}/dossier", Tags: []string{"sanctions"},
		Summary: "The dossier of a sanction that data have recommended", Description: "As JSON the bytes that dossier_sha256 is the hash of; as PDF to read.",
		Responses: paperResponses[sanction.Dossier](api, "the dossier", "application/pdf"),
	}, a.dossier)
	a.registerSanctionLetters(api)
	a.registerDossierEvidence(api)
	a.registerHandoverLetter(api)
}

type dossierInput struct {
	ID     string `path:"id"`
	Format string `query:"format" enum:"json,pdf" doc:"otherwise Accept decides"`
	Accept string `header:"Accept"`
}

// dossier gives the very bytes that dossier_sha256 is the hash of.
func (a *Audit) dossier(ctx context.Context, in *dossierInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	shown, err := a.shownMatter(ctx, caller, "sanction", in.ID)
	if err != nil {
		return nil, err
	}
	standing := shown.standing
	if standing.Texts["dossier"] == "" {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "it has no dossier: it was opened by hand")
	}
	if cmp.Or(in.Format, preferred(in.Accept)) == "pdf" {
		return paperOr(nil, "pdf", standing.Number, map[string]func() ([]byte, error){
			"pdf": func() ([]byte, error) { return a.dossierLetter(ctx, standing) },
		})
	}
	return &rawAnswer{
		ContentType: "application/json", Body: []byte(standing.Texts["dossier"]),
		Disposition: fmt.Sprintf(`attachment; filename="%s.json"`, standing.Number),
	}, nil
}

func (a *Audit) openSanction(ctx context.Context, in *sanctionInput) (*matterAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, deciders...)
	if err != nil {
		return nil, err
	}
	switch in.Body.Measure {
	case "suspension":
		in.Body.Measure = matter.MeasureSuspension
	case "termination":
		in.Body.Measure = matter.MeasureTermination
	}
	fields, err := a.sanctionFields(ctx, caller, in.Body)
	if err != nil {
		return nil, err
	}
	view, err := a.step(ctx, caller, stepRequest{
		Kind: "sanction", Action: matter.Open, InstitutionID: in.Body.InstitutionID, Reason: in.Body.Reason, Fields: fields,
		Attachments: in.Body.Attachments, asked: in.Body,
	})
	return &matterAnswer{Body: view}, err
}

// sanctionFields spells what the caller names, over what the data recommend when
// it asks for that.
func (a *Audit) sanctionFields(ctx context.Context, caller claimwatch.Caller, b sanctionBody) (map[string]string, error) {
	fields := map[string]string{"origin": "hand"}
	if b.ByData {
		if !caller.Sees(b.InstitutionID) {
			return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "this key keeps the registers of %s only", caller.City)
		}
		var err error
		if fields, err = a.dossierFields(ctx, b.InstitutionID, b.Measure); err != nil {
			return nil, err
		}
	}
	fields["measure"] = b.Measure
	set := func(name, value string) {
		if value != "" {
			fields[name] = value
		}
	}
	set("grounds", strings.Join(b.Grounds, ";"))
	set("findings", strings.Join(b.Findings, ";"))
	set("agreement_kind", b.AgreementKind)
	set("physician_id", b.PhysicianID)
	set("name_masked", b.NameMasked)
	if b.Months > 0 {
		set("months", strconv.Itoa(b.Months))
	}
	if b.Years > 0 {
		set("years", strconv.Itoa(b.Years))
	}
	if b.From != nil {
		set("from", b.From.String())
	}
	if b.DueOn != nil {
		set("due_on", b.DueOn.String())
	}
	if b.Amount != nil {
		set("amount", b.Amount.String())
	}
	return fields, nil
}

// dossierFields are those of the recommendation that the data give for a measure.
func (a *Audit) dossierFields(ctx context.Context, institution, measure string) (map[string]string, error) {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	facts, err := a.sanctionFacts(ctx, institution, at)
	if err != nil {
		return nil, err
	}
	known, _ := a.deps.Journal.Institution(institution)
	for _, r := range sanction.Recommend(facts) {
		if r.Measure != measure {
			continue
		}
		dossier := sanction.NewDossier(at, known.Name, known.City, r, facts)
		body, sum, err := dossier.Bytes()
		if err != nil {
			return nil, err
		}
		fields := map[string]string{
			"origin": "data", "grounds": strings.Join(r.Grounds, ";"), "findings": strings.Join(r.Findings, ";"), "amount": r.Amount.String(),
			"dossier": string(body), "dossier_sha256": sum,
		}
		if r.Months > 0 {
			fields["months"] = strconv.Itoa(r.Months)
		}
		if r.AgreementKind != "" {
			fields["agreement_kind"] = r.AgreementKind
		}
		return fields, nil
	}
	return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "the data of %s do not support %s by the stated rules: open it by hand, with the reason", institution, measure)
}

func (a *Audit) decideSanction(ctx context.Context, in *sanctionDecisionInput) (*matterAnswer, error) {
	caller, err := keepers(ctx)
	if err != nil {
		return nil, err
	}
	action := matter.Action(in.Body.Action)
	if action == "" {
		if action, err = a.nextOfTwo(ctx, caller, in.ID); err != nil {
			return nil, err
		}
	}
	if action == matter.Open {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "open makes a new one: POST /v1/sanctions")
	}
	if action == matter.Confirm {
		view, err := a.confirmSanction(ctx, caller, in)
		return &matterAnswer{Body: view}, err
	}
	view, err := a.step(ctx, caller, in.request(action))
	return &matterAnswer{Body: view}, err
}

// request is a step as the caller asks for it.
func (in *sanctionDecisionInput) request(action matter.Action) stepRequest {
	fields := map[string]string{}
	for name, value := range in.Body.Fields {
		fields[name] = value
	}
	if in.Body.Months > 0 {
		fields["months"] = strconv.Itoa(in.Body.Months)
	}
	if in.Body.From != nil {
		fields["from"] = in.Body.From.String()
	}
	return stepRequest{
		Kind: "sanction", ID: in.ID, Action: action, Reason: in.Body.Reason, Fields: fields,
		ExpectedRevision: &in.Body.ExpectedRevision, Attachments: in.Body.Attachments,
	}
}

// confirmSanction takes a proposal into effect and, of a measure that is decided by
// that, gives the written notice of Art. 45 with it: a decided suspension is what
// changes the agreement, and it runs from its notice. Whoever asks again after a crash
// between the two gets what is missing.
func (a *Audit) confirmSanction(ctx context.Context, caller claimwatch.Caller, in *sanctionDecisionInput) (MatterView, error) {
	told := in.request("notify")
	view, err := a.step(ctx, caller, stepRequest{
		Kind: "sanction", ID: in.ID, Action: matter.Confirm, Reason: in.Body.Reason, ExpectedRevision: &in.Body.ExpectedRevision, Attachments: in.Body.Attachments,
	})
	if err != nil || in.Body.HoldNotice || view.State != "decided" || view.Fields["measure"] == matter.MeasureStaff {
		return view, err
	}
	told.ExpectedRevision, told.Attachments = &view.Revision, nil
	if told.Fields["notice"] == "" {
		told.Fields["notice"] = cmp.Or(in.Body.Reason, "事实和依据见本通知书所列条款")
	}
	if wish, sent := claimwatch.CommandKey(ctx); sent {
		ctx = claimwatch.WithCommandKey(ctx, wish+"\nnotice")
	}
	if view, err = a.step(ctx, caller, told); err != nil {
		var refused *claimwatch.Error
		if errors.As(err, &refused) {
			err = claimwatch.Refuse(refused.Code, "it is decided, but the notice did not go out, and nothing changes before it does (take the step notify): %s", refused.Message)
		}
	}
	return view, err
}

// nextOfTwo is what is left to do of a decision of two persons.
func (a *Audit) nextOfTwo(ctx context.Context, caller claimwatch.Caller, id string) (matter.Action, error) {
	shown, err := a.shownMatter(ctx, caller, "sanction", id)
	switch {
	case err != nil:
		return "", err
	case shown.standing.Proposal == nil && slices.Contains([]string{"open", "announced"}, string(shown.view.State)):
		return actionPropose, nil
	default: // also of who asks again for what it has confirmed
		return matter.Confirm, nil
	}
}

func (a *Audit) recommendations(ctx context.Context, in *recommendationsInput) (*recommendationsAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	institutions := []string{in.InstitutionID}
	if in.InstitutionID == "" {
		institutions = nil
		for _, v := range a.deps.Journal.Agreements("", at.Day()) {
			if n := len(institutions); n == 0 || institutions[n-1] != v.InstitutionID {
				institutions = append(institutions, v.InstitutionID)
			}
		}
	}
	items := []recommended{}
	for _, id := range institutions {
		if !caller.Sees(id) {
			continue
		}
		facts, err := a.sanctionFacts(ctx, id, at)
		if err != nil {
			return nil, err
		}
		known, _ := a.deps.Journal.Institution(id)
		if list := sanction.Recommend(facts); len(list) > 0 {
			items = append(items, recommended{InstitutionID: id, Name: known.Name, City: known.City, Recommendations: list})
		}
	}
	out := &recommendationsAnswer{}
	out.Body.Table = sanction.Table()
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(items, in.PageQuery, func(r recommended) string { return r.InstitutionID })
	return out, err
}
