package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/coverage"
	"claimwatch/audit/supervision"
	"claimwatch/audit/term"
)

// workOutSupervision makes the report of a month as JSON. It reads everything once,
// as the figures of pages do.
func (a *Audit) workOutSupervision(ctx context.Context, month term.Month, city string) ([]byte, error) {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	s := supervision.Sources{
		Month: month, City: city, AsOf: at, Rejected: a.figureRejected(),
		In: func(id string) bool {
			known, _ := a.deps.Journal.Institution(id)
			return city == "" || known.City == city
		},
		Active: func(id string, on claimwatch.Day) bool { return a.inForce(id, on) == string(agreement.Active) },
		RuleName: func(code string) string {
			if a.deps.Book == nil {
				return ""
			}
			rule, _ := a.deps.Book.Rule(code)
			return rule.Name.Chinese
		},
	}
	if s.Institutions, err = a.figureInstitutions(ctx); err != nil {
		return nil, err
	}
	if s.Sums, err = a.deps.Figures.Sums(ctx, at, a.late()); err != nil {
		return nil, err
	}
	if s.Findings, err = a.figureFindings(ctx, at); err != nil {
		return nil, err
	}
	if s.Coverage, err = a.coverageOfAll(ctx, at); err != nil {
		return nil, err
	}
	agencies, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: "agencies"})
	if err != nil {
		return nil, fmt.Errorf("read agencies: %w", err)
	}
	if s.Agency, err = a.agencyOf(ctx, agencies, city, nil); err != nil {
		return nil, err
	}
	a.procedureOf(&s)
	body, err := json.Marshal(supervision.Make(&s))
	if err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	return body, nil
}

func (a *Audit) coverageOfAll(ctx context.Context, at claimwatch.Instant) ([]coverage.Sum, error) {
	if a.deps.Coverage == nil {
		return nil, nil
	}
	stays, told, err := a.deps.Coverage.CoverageSums(ctx, at, "", "")
	if err != nil {
		return nil, fmt.Errorf("count coverage: %w", err)
	}
	return coverage.Sums(a.deps.Rules(), stays, told), nil
}

// procedureOf adds what the journal knows: decisions, closed settlements, and what is
// overdue.
func (a *Audit) procedureOf(s *supervision.Sources) {
	for _, r := range a.deps.Journal.Reviews() {
		if r.Decided == nil {
			continue // nobody was told, and nothing was decided
		}
		var told *claimwatch.Instant
		for i := range r.History {
			e := &r.History[i]
			if e.Proposed {
				continue
			}
			switch e.Action {
			case claimwatch.ActionNotify:
				if told == nil {
					told = &e.At
				}
			case claimwatch.ActionExplain, claimwatch.ActionReject, claimwatch.ActionRelease, claimwatch.ActionOverturn:
				s.Deeds = append(s.Deeds, supervision.Deed{
					FindingID: r.FindingID, InstitutionID: r.Decided.InstitutionID, Rule: r.Decided.Rule, Action: e.Action, At: e.At, Told: told,
				})
			default: // nothing that the report counts
			}
		}
	}
	for i := range s.Institutions {
		if closed, is := a.deps.Journal.ClosedMonth(s.Institutions[i].ID, s.Month); is {
			s.Settled = append(s.Settled, supervision.Settled{
				InstitutionID: closed.InstitutionID, Month: closed.Month, Rejected: closed.Rejected, Adjustments: closed.OfAdjustments.Rejected, Approved: closed.Approved,
			})
		}
	}
	for _, d := range a.deps.Journal.Deadlines("", s.AsOf, (s.Month + 1).First()) {
		if d.Overdue {
			s.Overdue = append(s.Overdue, supervision.Due{InstitutionID: d.InstitutionID, Kind: d.Kind, On: d.On})
		}
	}
}
