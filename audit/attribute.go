package audit

import (
	"context"
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/audit/attribution"
)

// takesPart says whether a finding in this state claims money: what was released,
// taken back or overturned takes nothing. What was rejected does, also once its
// facts are gone: it was deducted. A rule on trial touches no money.
func (a *Audit) takesPart(rule string, state claimwatch.State, suppressedBy *string) bool {
	if a.deps.Book != nil && a.deps.Book.OnTrial(rule) {
		return false
	}
	switch state {
	case claimwatch.StateReleased, claimwatch.StateRetracted, claimwatch.StateOverturned:
		return false
	default:
		return suppressedBy == nil
	}
}

// attribute fills in what is left for each finding after those before it. Every
// claimant of a line is looked up, also those that the list does not show; all of
// a page at once.
func (a *Audit) attribute(ctx context.Context, at claimwatch.Instant, views []FindingView) error {
	var lines []claimwatch.Line
	for i := range views {
		v := &views[i]
		none := claimwatch.Fen(0)
		v.Attributed = &none
		for k := range v.Lines {
			line := v.Lines[k].Line
			if line.Role != claimwatch.Violating {
				continue
			}
			part := claimwatch.Fen(0)
			v.Lines[k].Attributed = &part
			if a.takesPart(v.Rule, v.State, v.SuppressedBy) && line.Amount > 0 {
				lines = append(lines, line)
			}
		}
	}
	if len(lines) == 0 {
		return nil
	}
	net, persons, institutions, err := a.nets(ctx, at, lines)
	if err != nil {
		return err
	}
	claimants, err := a.claimants(ctx, at, persons, institutions, lines)
	if err != nil {
		return err
	}
	taken := attribution.Attribute(claimants, net, a.deps.Order())
	for i := range views {
		v := &views[i]
		for k := range v.Lines {
			part := taken[v.FindingID][attribution.Of(v.Lines[k].Line)]
			if v.Lines[k].Role != claimwatch.Violating || !a.takesPart(v.Rule, v.State, v.SuppressedBy) {
				continue
			}
			*v.Lines[k].Attributed = part
			*v.Attributed += part
		}
	}
	return nil
}

// nets reads what lines are worth net of refunds, and whose they are.
func (a *Audit) nets(ctx context.Context, at claimwatch.Instant, lines []claimwatch.Line) (
	net map[attribution.Line]claimwatch.Fen, persons, institutions []string, err error,
) {
	facts, err := a.deps.Lines(ctx, at, lines)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read %d lines: %w", len(lines), err)
	}
	net = map[attribution.Line]claimwatch.Fen{}
	for i, fact := range facts {
		if fact.Found {
			net[attribution.Of(lines[i])] = fact.Net
			persons, institutions = append(persons, fact.PersonID), append(institutions, lines[i].InstitutionID)
		}
	}
	return net, distinct(persons), distinct(institutions), nil
}

// claimants are all findings that take part and may claim one of the lines: those
// that stand, and those that were rejected before their facts went.
func (a *Audit) claimants(
	ctx context.Context, at claimwatch.Instant, persons, institutions []string, lines []claimwatch.Line,
) ([]attribution.Claimant, error) {
	standing, err := a.deps.Findings.Claiming(ctx, persons, institutions)
	if err != nil {
		return nil, fmt.Errorf("read who claims lines: %w", err)
	}
	for ids := range slices.Chunk(a.deps.Journal.RejectedWith(a.deps.Order(), lines), claimwatch.MaxPage) {
		gone, _, err := a.deps.Findings.Findings(ctx, FindingQuery{IDs: ids, Retracted: OnlyRetracted, Limit: len(ids)})
		if err != nil {
			return nil, fmt.Errorf("read %d findings: %w", len(ids), err)
		}
		for i := range gone {
			standing = append(standing, gone[i].Finding)
		}
	}
	claimants := make([]attribution.Claimant, 0, len(standing))
	for i := range standing {
		f := &standing[i]
		if a.takesPart(f.Rule, a.deps.Journal.Standing(f.ID, at).State, f.SuppressedBy) {
			claimants = append(claimants, attribution.Claimant{ID: f.ID, Rule: f.Rule, Severity: f.Severity, Subject: f.Subject, Lines: f.Lines})
		}
	}
	return claimants, nil
}

func distinct(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}
