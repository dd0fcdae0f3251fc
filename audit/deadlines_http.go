package audit

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
)

const (
	deadlinesAhead = 31  // days, where no day is named
	farthestAhead  = 800 // days: two years and the year end after them
)

type deadlinesInput struct {
	Until         string `query:"until" doc:"first day that is not listed; 31 days from today without it"`
	InstitutionID string `query:"institution_id" doc:"a hospital sees its own only"`
	Kind          string `query:"kind" doc:"statement, lease, renewal_asked, term_end, suspension_end, assessed_until, settlement, payment, year_end, or the name of a register"`
	Overdue       bool   `query:"overdue" doc:"only what has passed"`
	claimwatch.PageQuery
}

type deadlineList struct {
	Body struct {
		Items []journal.Deadline `json:"items" nullable:"false"`
		Next  string             `json:"next"`
	}
}

func (a *Audit) registerDeadlines(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-deadlines", Method: http.MethodGet, Path: "/v1/deadlines", Tags: []string{"registers"},
		Summary: "What is coming due, by day: statements, claims, papers, renewals, ends of terms and suspensions, settlements, year ends",
		Description: "As the journal knows it now, with what has passed and nobody has done. A reminder to ask for renewal (Shanxi Art. 36) is a row of it. " +
			"A hospital sees its own, of registers those that it was told of.",
	}, a.deadlines)
}

func (a *Audit) deadlines(ctx context.Context, in *deadlinesInput) (*deadlineList, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	institution := in.InstitutionID
	if institution != "" || caller.IsHospital() {
		if institution, err = house(caller, institution); err != nil {
			return nil, err
		}
	}
	if in.Kind != "" && !slices.Contains(journal.DeadlineKinds(), in.Kind) {
		return nil, claimwatch.BadQuery("kind", "kind is one of "+strings.Join(journal.DeadlineKinds(), ", "))
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	until := at.Day() + deadlinesAhead
	if in.Until != "" {
		if until, err = claimwatch.ParseDay(in.Until); err != nil || until > at.Day()+farthestAhead {
			return nil, claimwatch.BadQuery("until", fmt.Sprintf("until is a day, 2026-01-02, at most %d days ahead", farthestAhead))
		}
	}
	var seen []journal.Deadline
	for _, one := range a.deps.Journal.Deadlines(institution, at, until) {
		if a.seesDeadline(caller, &one) && (in.Kind == "" || in.Kind == one.Kind) && (!in.Overdue || one.Overdue) {
			seen = append(seen, one)
		}
	}
	if seen, err = a.withoutRetracted(ctx, seen); err != nil {
		return nil, err
	}
	out := &deadlineList{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(seen, in.PageQuery, func(d journal.Deadline) string {
		return strings.Join([]string{d.On.String(), d.InstitutionID, d.Kind, d.Of, d.What}, "|")
	})
	return out, err
}

// withoutRetracted drops statements about findings whose facts no longer hold: nobody
// waits for them, and the journal does not know what the store has found since.
func (a *Audit) withoutRetracted(ctx context.Context, all []journal.Deadline) ([]journal.Deadline, error) {
	var ids []string
	for i := range all {
		if all[i].Kind == journal.DeadlineStatement {
			ids = append(ids, all[i].Of)
		}
	}
	gone := map[string]bool{}
	for chunk := range slices.Chunk(ids, claimwatch.MaxPage) {
		held, _, err := a.deps.Findings.Findings(ctx, FindingQuery{IDs: chunk, Retracted: OnlyRetracted, Limit: len(chunk)})
		if err != nil {
			return nil, fmt.Errorf("read %d findings: %w", len(chunk), err)
		}
		for i := range held {
			gone[held[i].ID] = true
		}
	}
	return slices.DeleteFunc(all, func(d journal.Deadline) bool { return d.Kind == journal.DeadlineStatement && gone[d.Of] }), nil
}

// seesDeadline says whether a deadline is a caller's business. What belongs to no
// known institution is of the city whose agency keeps it.
func (a *Audit) seesDeadline(caller claimwatch.Caller, d *journal.Deadline) bool {
	switch {
	case caller.IsHospital():
		return d.InstitutionID == caller.InstitutionID && d.Told
	case caller.SeesAll() || caller.Sees(d.InstitutionID):
		return true
	default:
		_, known := a.deps.Journal.Institution(d.InstitutionID)
		return !known && d.City == caller.City
	}
}
