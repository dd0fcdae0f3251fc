package audit

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/journal"
	"claimwatch/audit/matter"
)

type agreementsInput struct {
	InstitutionID string `query:"institution_id"`
	On            string `query:"on" doc:"the day; today without it"`
	claimwatch.PageQuery
}

// agreementSpan is some days, the last exclusive.
type agreementSpan struct {
	From  claimwatch.Day  `json:"from"`
	Until *claimwatch.Day `json:"until"`
	// OwnWish: the institution asked for it (Art. 37); such ones do not count for
	// Art. 39 (1).
	OwnWish bool `json:"own_wish"`
}

// agreementView is an agreement on a day.
type agreementView struct {
	InstitutionID string           `json:"institution_id"`
	Name          string           `json:"name"`
	City          string           `json:"city" doc:"its agency supervises and settles (Art. 4; Guangdong 4)"`
	Agency        string           `json:"agency,omitempty" doc:"agency_id of that city"`
	Level         int              `json:"level"`
	Kind          string           `json:"kind"`
	AgreementID   string           `json:"agreement_id"`
	Status        agreement.Status `json:"status"`
	From          claimwatch.Day   `json:"from" doc:"first day of the row that counts"`
	Until         *claimwatch.Day  `json:"until" doc:"first day that it does not cover"`
	TermFrom      *claimwatch.Day  `json:"term_from"`
	TermUntil     *claimwatch.Day  `json:"term_until"`
	Holdover      bool             `json:"holdover"`
	SettlesWith   []string         `json:"settles_with" nullable:"false" doc:"agencies that settle with it, as its course names them; else that of its city"`
	Suspensions   []agreementSpan  `json:"suspensions" nullable:"false" doc:"that began within the term"`
	Counted       int              `json:"suspensions_counted" doc:"of them those that the agency ordered: two end the agreement (Art. 39 (1))"`
}

type agreementList struct {
	Body struct {
		Items []agreementView `json:"items" nullable:"false"`
		Next  string          `json:"next"`
	}
}

// publicAgreement is what everybody may know.
type publicAgreement struct {
	InstitutionID string           `json:"institution_id"`
	Name          string           `json:"name"`
	City          string           `json:"city"`
	Level         int              `json:"level"`
	Kind          string           `json:"kind"`
	Status        agreement.Status `json:"status"`
	Since         claimwatch.Day   `json:"since"`
}

type publicInput struct {
	On   string `query:"on" doc:"the day; today without it"`
	City string `query:"city"`
	claimwatch.PageQuery
}

type publicList struct {
	Body struct {
		Items []publicAgreement `json:"items" nullable:"false"`
		Next  string            `json:"next"`
	}
}

func (a *Audit) registerAgreements(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-agreements", Method: http.MethodGet, Path: "/v1/agreements", Tags: []string{"registers"},
		Summary: "Agreements on a day, with their terms and suspensions",
	}, a.agreements)
	huma.Register(api, huma.Operation{
		OperationID: "list-public-agreements", Method: http.MethodGet, Path: "/v1/agreements/public", Tags: []string{"registers"},
		Summary:     "The list of agreement institutions that the public may see",
		Description: "Without a key. Terminated ones are on it too (Shanxi Art. 39; Guangdong 5); why, and everything else, is not.",
		Security:    []map[string][]string{{}, {"key": {}}},
	}, a.publicAgreements)
}

// dayOf reads a day of a query; without one it is today by the product's clock.
func (a *Audit) dayOf(ctx context.Context, text string) (claimwatch.Day, error) {
	if text == "" {
		at, err := a.deps.Clock(ctx)
		if err != nil {
			return 0, fmt.Errorf("read clock: %w", err)
		}
		return at.Day(), nil
	}
	day, err := claimwatch.ParseDay(text)
	if err != nil {
		return 0, claimwatch.BadQuery("on", "on is a day, 2026-01-02")
	}
	return day, nil
}

func (a *Audit) agreements(ctx context.Context, in *agreementsInput) (*agreementList, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	if caller.IsHospital() {
		if in.InstitutionID != "" && in.InstitutionID != caller.InstitutionID {
			return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital reads its own")
		}
		in.InstitutionID = caller.InstitutionID
	}
	on, err := a.dayOf(ctx, in.On)
	if err != nil {
		return nil, err
	}
	agencies, err := a.agencies(ctx)
	if err != nil {
		return nil, err
	}
	out := &agreementList{}
	var views []agreementView
	for _, v := range a.deps.Journal.Agreements(in.InstitutionID, on) {
		if caller.Sees(v.InstitutionID) {
			views = append(views, a.agreementView(v, agencies))
		}
	}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(views, in.PageQuery, func(v agreementView) string { return v.InstitutionID + "|" + v.Kind })
	return out, err
}

// agencies gives the agency of each city.
func (a *Audit) agencies(ctx context.Context) (map[string]string, error) {
	rows, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: "agencies"})
	if err != nil {
		return nil, fmt.Errorf("read table agencies: %w", err)
	}
	t, err := table("agencies")
	if err != nil {
		return nil, err
	}
	of := map[string]string{}
	for _, row := range rows {
		object := rowObject(t, row.Values)
		of[object["city"]] = object["agency_id"]
	}
	return of, nil
}

func (a *Audit) agreementView(v journal.AgreementView, agencies map[string]string) agreementView {
	known, _ := a.deps.Journal.Institution(v.InstitutionID)
	view := agreementView{
		InstitutionID: v.InstitutionID, Name: known.Name, City: known.City, Agency: agencies[known.City], Level: known.Level, Kind: v.Kind,
		AgreementID: v.AgreementID, Status: v.Status, From: v.From, Until: v.Until, TermFrom: v.TermFrom, TermUntil: v.TermUntil,
		Holdover: v.Holdover, SettlesWith: orEmpty(v.SettlesWith), Suspensions: []agreementSpan{},
	}
	if agency := agencies[known.City]; len(v.SettlesWith) == 0 && agency != "" {
		view.SettlesWith = []string{agency}
	}
	for _, s := range v.Suspensions {
		own := v.IsOwnWish(s.From)
		view.Suspensions = append(view.Suspensions, agreementSpan{From: s.From, Until: s.Until, OwnWish: own})
		if !own {
			view.Counted++
		}
	}
	return view
}

func (a *Audit) publicAgreements(ctx context.Context, in *publicInput) (*publicList, error) {
	on, err := a.dayOf(ctx, in.On)
	if err != nil {
		return nil, err
	}
	var views []publicAgreement
	for _, v := range a.deps.Journal.Agreements("", on) {
		known, _ := a.deps.Journal.Institution(v.InstitutionID)
		if in.City == "" || in.City == known.City {
			views = append(views, publicAgreement{
				InstitutionID: v.InstitutionID, Name: known.Name, City: known.City, Level: known.Level, Kind: v.Kind, Status: v.Status, Since: v.From,
			})
		}
	}
	out := &publicList{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(views, in.PageQuery, func(v publicAgreement) string { return v.InstitutionID + "|" + v.Kind })
	return out, err
}

// assessmentInput opens and enters the year of an institution in one call.
type assessmentInput struct {
	InstitutionID string `path:"institution_id"`
	Year          int    `path:"year" minimum:"1990" maximum:"2199"`
	Body          struct {
		Action           string            `json:"action,omitempty" enum:"enter,confirm,decline,withdraw" doc:"enter without it"`
		Fields           map[string]string `json:"fields,omitempty" doc:"score, satisfaction, sheet, heard, respondents"`
		Reason           string            `json:"reason,omitempty" maxLength:"4000"`
		ExpectedRevision *int              `json:"expected_revision,omitempty" doc:"needed once the year is opened"`
		Attachments      []string          `json:"attachments,omitempty" nullable:"false" maxItems:"100"`
	}
}

func (a *Audit) registerAssessments(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "assess-institution", Method: http.MethodPost, Path: "/v1/assessments/{institution_id}/{year}", Tags: []string{"registers"},
		Summary:     "The annual assessment of an institution (Art. 34, 47): enter a score, confirm it as a second person",
		Description: "Without fields the year is only opened, with a score proposed from the data. The row of assessments is written by the confirmation.",
	}, a.assess)
}

func (a *Audit) assess(ctx context.Context, in *assessmentInput) (*matterAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, deciders...)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	year := fmt.Sprint(in.Year)
	for _, standing := range a.deps.Journal.Matters("assessment", in.InstitutionID, at) {
		if standing.Fields["year"] != year {
			continue
		}
		if in.Body.ExpectedRevision == nil {
			return nil, invalid("expected_revision", fmt.Sprintf("%s is opened already: name its revision as seen", standing.Number))
		}
		action := matter.Action(in.Body.Action)
		if action == "" {
			action = "enter"
		}
		view, err := a.step(ctx, caller, stepRequest{
			Kind: "assessment", ID: standing.ID, Action: action, Reason: in.Body.Reason, Fields: in.Body.Fields,
			ExpectedRevision: in.Body.ExpectedRevision, Attachments: in.Body.Attachments,
		})
		return &matterAnswer{Body: view}, err
	}
	if in.Body.Action != "" && in.Body.Action != "enter" || len(in.Body.Fields) > 0 {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the year is not opened: send no fields first, and see what the data propose")
	}
	sheet, score, err := a.assessmentSheet(ctx, caller, in.InstitutionID, in.Year)
	if err != nil {
		return nil, err
	}
	view, err := a.step(ctx, caller, stepRequest{
		Kind: "assessment", Action: matter.Open, InstitutionID: in.InstitutionID, Reason: strings.TrimSpace(in.Body.Reason), asked: in,
		Fields: map[string]string{"year": year, "proposed_score": score, "sheet": sheet}, Attachments: in.Body.Attachments,
	})
	return &matterAnswer{Body: view}, err
}
