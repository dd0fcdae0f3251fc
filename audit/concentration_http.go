package audit

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/concentration"
	"claimwatch/audit/term"
)

// TreatedAndCharged is what an institution has treated and charged within a window.
type TreatedAndCharged struct {
	Stays, Persons               int            // inpatient and rehab, admitted in the window
	Claimed                      claimwatch.Fen // refunds deducted, without self-pay
	Match, Mismatch, Unavailable int            // identity checks
}

// Concentration sums that up for every institution, as the records stand at asOf.
type Concentration func(ctx context.Context, asOf claimwatch.Instant, within claimwatch.Interval) (map[string]TreatedAndCharged, error)

type faceInput struct {
	From  string `query:"from" doc:"first day; a year before until without it"`
	Until string `query:"until" doc:"first day that does not count; tomorrow without it"`
	claimwatch.PageQuery
}

type faceAnswer struct {
	Body struct {
		From  claimwatch.Day               `json:"from"`
		Until claimwatch.Day               `json:"until" doc:"first day that does not count"`
		Items []concentration.Concentrated `json:"items" nullable:"false" doc:"the proposed first, then by what they charged"`
		Next  string                       `json:"next"`
		Table []concentration.FaceRule     `json:"table" nullable:"false" doc:"the stated rules"`
	}
}

func (a *Audit) registerFaceProposals(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-face-proposals", Method: http.MethodGet, Path: "/v1/face-proposals", Tags: []string{"registers"},
		Summary: "Which institutions should recognize the faces of inpatients (Shanxi Art. 26), by stated rules",
		Description: "By concentration of patients and fees in their city, each with what speaks for and against it. Nothing is kept: people load face_required " +
			"of the table institutions, or do not. A city's key sees its institutions; shares are of the whole city and province.",
	}, a.faceProposals)
}

func (a *Audit) faceProposals(ctx context.Context, in *faceInput) (*faceAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	window, err := windowOf(in.From, in.Until, at.Day())
	if err != nil {
		return nil, err
	}
	sums, err := a.deps.Concentration(ctx, at, claimwatch.Interval{From: window.From.Midnight(), Until: window.Until.Midnight()})
	if err != nil {
		return nil, err
	}
	houses, err := a.houses(ctx, sums, at.Day())
	if err != nil {
		return nil, err
	}
	var seen []concentration.Concentrated
	for _, p := range concentration.Propose(houses, window.Days()) {
		if caller.Sees(p.InstitutionID) {
			seen = append(seen, p)
		}
	}
	out := &faceAnswer{}
	out.Body.From, out.Body.Until, out.Body.Table = window.From, window.Until, concentration.Table()
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(seen, in.PageQuery, func(p concentration.Concentrated) string { return p.InstitutionID })
	return out, err
}

// windowOf reads the days of a report: the year up to today where nothing is named.
func windowOf(from, until string, today claimwatch.Day) (w term.Span, err error) {
	w.Until = today + 1
	if until != "" {
		if w.Until, err = claimwatch.ParseDay(until); err != nil {
			return w, claimwatch.BadQuery("until", "until is a day, 2026-01-02: the first that does not count")
		}
	}
	w.From = term.AddMonths(w.Until, -12)
	if from != "" {
		if w.From, err = claimwatch.ParseDay(from); err != nil {
			return w, claimwatch.BadQuery("from", "from is a day, 2026-01-02")
		}
	}
	if w.From >= w.Until {
		return w, claimwatch.BadQuery("from", "from is a day before until")
	}
	return w, nil
}

// houses joins the table institutions with what was summed up.
func (a *Audit) houses(ctx context.Context, sums map[string]TreatedAndCharged, day claimwatch.Day) (list []concentration.House, err error) {
	t, err := table("institutions")
	if err != nil {
		return nil, err
	}
	rows, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: t.Name})
	if err != nil {
		return nil, fmt.Errorf("read table institutions: %w", err)
	}
	inForce := map[string]bool{}
	for _, v := range a.deps.Journal.Agreements("", day) {
		inForce[v.InstitutionID] = inForce[v.InstitutionID] || v.Status == agreement.Active
	}
	for _, row := range rows {
		o := rowObject(t, row.Values)
		id := o["institution_id"]
		level, _ := strconv.Atoi(o["level"]) // checked when they were loaded
		share, _ := strconv.Atoi(a.deps.Journal.Policy(claimwatch.PolicyFaceShare, id, day))
		s := sums[id]
		list = append(list, concentration.House{
			InstitutionID: id, Name: o["name"], City: o["city"], Kind: o["kind"], Level: level, Required: o["face_required"] == "true", InForce: inForce[id],
			Stays: s.Stays, Persons: s.Persons, Claimed: s.Claimed, Share: share,
			Checks: concentration.Checks{Match: s.Match, Mismatch: s.Mismatch, Unavailable: s.Unavailable},
		})
	}
	return list, nil
}
