package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/coverage"
	"claimwatch/audit/journal"
	"claimwatch/audit/matter"
	"claimwatch/audit/review"
	"claimwatch/audit/sanction"
	"claimwatch/audit/term"
)

// ChargedTotal gives what an institution has charged to the fund within an interval,
// refunds deducted, as the records stand at asOf.
type ChargedTotal func(ctx context.Context, institution string, asOf claimwatch.Instant, within claimwatch.Interval) (claimwatch.Fen, error)

// sanctionFacts gathers what recommendations are worked out from: decisions and
// registers out of the fold, what was charged and evaluated out of the store.
func (a *Audit) sanctionFacts(ctx context.Context, institution string, at claimwatch.Instant) (sanction.Facts, error) {
	day := at.Day()
	f := sanction.Facts{InstitutionID: institution, From: term.AddMonths(day, -12), Until: day + 1}
	a.decisionFacts(&f)
	a.registerFacts(&f, at)
	a.agreementFacts(&f, day)
	if a.deps.ChargedTotal != nil {
		sum, err := a.deps.ChargedTotal(ctx, institution, at, claimwatch.Interval{From: f.From.Midnight(), Until: f.Until.Midnight()})
		if err != nil {
			return f, fmt.Errorf("read what %s charged: %w", institution, err)
		}
		f.Charged = &sum
	}
	if a.deps.Coverage == nil || a.deps.Rules == nil {
		return f, nil
	}
	stays, told, err := a.deps.Coverage.CoverageSums(ctx, at, institution, "")
	if err != nil {
		return f, fmt.Errorf("read coverage of %s: %w", institution, err)
	}
	for _, sum := range coverage.Sums(a.deps.Rules(), stays, told) {
		f.Stays, f.NotEvaluated = f.Stays+sum.Stays, f.NotEvaluated+sum.NotEvaluated
	}
	return f, nil
}

// decisionFacts takes what was decided about findings within the twelve months.
func (a *Audit) decisionFacts(f *sanction.Facts) {
	for _, r := range a.deps.Journal.Reviews() {
		if r.Decided == nil || !r.Decided.Concerns(f.InstitutionID) {
			continue
		}
		last := lastOf(&r)
		if last == nil || last.At.Day() < f.From || last.At.Day() >= f.Until {
			continue
		}
		switch r.State {
		case claimwatch.StateRejected, claimwatch.StateAppealed, claimwatch.StateUpheld:
			if x, own := a.rejectedOf(&r, f.InstitutionID); own {
				f.Findings = append(f.Findings, x)
			}
		case claimwatch.StateOverturned:
			f.Overturned++
		case claimwatch.StateReleased:
			f.Released++
		default: // not decided
			if r.Told {
				f.Corrected++
			}
		}
	}
}

func lastOf(r *review.Review) *review.Event {
	if len(r.History) == 0 {
		return nil
	}
	return &r.History[len(r.History)-1]
}

// rejectedOf is a rejected finding as far as it is about an institution's lines; ok is
// false when it is about those of others only. The amount is what stands rejected by it
// now, as the lists say: of findings over one line each yuan counts once, and what was
// refunded since does not.
func (a *Audit) rejectedOf(r *review.Review, institution string) (x sanction.Finding, ok bool) {
	x = sanction.Finding{
		ID: r.FindingID, Rule: r.Decided.Rule, Grounds: slices.Clone(r.Decided.Grounds), NotInForce: !r.Decided.InForce(),
		Appealed: r.State == claimwatch.StateAppealed, Amount: a.deps.Journal.Took(r.FindingID, institution),
		Severity: r.Decided.Severity, OccurredAt: r.Decided.From,
	}
	if x.Grounds == nil {
		x.Grounds = []string{}
	}
	for _, e := range r.History {
		if e.Action != claimwatch.ActionReject || e.Proposed {
			continue
		}
		x.DecidedAt = e.At
		ok = len(e.Lines) == 0 && r.Decided.InstitutionID == institution || slices.ContainsFunc(e.Lines, func(p review.Part) bool { return p.InstitutionID == institution })
	}
	return x, ok
}

// entryOf is a register entry as facts name it.
func entryOf(m *matter.Matter, what string, at claimwatch.Instant) sanction.Entry {
	return sanction.Entry{ID: m.ID, Number: m.Number, What: what, At: at}
}

// registerFacts takes what the registers say.
func (a *Audit) registerFacts(f *sanction.Facts, at claimwatch.Instant) {
	within := func(t claimwatch.Instant) bool { return t.Day() >= f.From && t.Day() < f.Until }
	each := func(kind matter.Kind, take func(m *journal.MatterStanding)) {
		for _, standing := range a.deps.Journal.Matters(kind, f.InstitutionID, at) {
			take(&standing)
		}
	}
	each("clue", func(m *journal.MatterStanding) {
		e, verified := m.Last("verify")
		about := m.Fields["about"] == "institution" || m.Fields["about"] == "staff"
		switch {
		case about && m.State == "inquiry":
			f.Inquiries = append(f.Inquiries, entryOf(&m.Matter, m.Fields["source"], m.OpenedAt))
		case about && verified && m.State == "verified" && m.Fields["grounds"] != "" && within(e.At):
			entry := entryOf(&m.Matter, m.Fields["source"], e.At)
			entry.Grounds = strings.Split(m.Fields["grounds"], ";")
			f.Clues = append(f.Clues, entry)
		}
	})
	each("document_request", func(m *journal.MatterStanding) {
		if e, refused := m.Last("mark_refused"); refused && m.State == "refused" && within(e.At) {
			f.Requests = append(f.Requests, entryOf(&m.Matter, "refused", e.At))
		}
	})
	each("change", func(m *journal.MatterStanding) {
		// One that the agency had to find was not told at all.
		found := len(m.History) > 0 && m.History[0].Institution == ""
		if m.Fields["major"] == "true" && m.Late && found && within(m.OpenedAt) {
			f.Changes = append(f.Changes, entryOf(&m.Matter, m.Fields["what"], m.OpenedAt))
		}
	})
	each("handover", func(m *journal.MatterStanding) {
		if e, closed := m.Last("close"); closed && m.Fields["fraud"] == "true" && within(e.At) {
			f.Frauds = append(f.Frauds, entryOf(&m.Matter, m.Fields["to"], e.At))
		}
	})
	each("dispute", func(m *journal.MatterStanding) {
		if m.State == "open" {
			f.Disputes++
		}
	})
	each("sanction", func(m *journal.MatterStanding) { sanctionFact(f, m, at.Day(), within) })
	each("rectification", func(m *journal.MatterStanding) { a.rectificationFact(f, m, within) })
}

// rectificationFact takes an order to rectify: by itself a warning (Art. 43), during a
// suspension what Art. 39 (1) asks for.
func (a *Audit) rectificationFact(f *sanction.Facts, m *journal.MatterStanding, within func(claimwatch.Instant) bool) {
	of, sanctioned := a.deps.Journal.Matter(m.Fields["sanction_id"], m.OpenedAt)
	if !within(m.OpenedAt) {
		return
	}
	entry, failed := entryOf(&m.Matter, "rectification", m.OpenedAt), m.State == "insufficient"
	switch {
	case sanctioned && of.Fields["measure"] == matter.MeasureSuspension:
		if failed && (of.State == "in_force" || of.State == "resumption_requested") {
			f.NotRectified = append(f.NotRectified, entry)
		}
		return
	case !sanctioned: // that of a sanction stands there already
		f.Warnings = append(f.Warnings, entry)
	default:
		entry = entryOf(&of.Matter, of.Fields["measure"], m.OpenedAt)
	}
	if failed {
		f.Unheeded = append(f.Unheeded, entry)
	}
}

// sanctionFact takes one earlier sanction.
func sanctionFact(f *sanction.Facts, m *journal.MatterStanding, today claimwatch.Day, within func(claimwatch.Instant) bool) {
	measure := m.Fields["measure"]
	told, notified := m.Last("notify")
	switch {
	case m.State == "dropped":
		return
	case !notified:
		f.Pending = append(f.Pending, m.Number)
		return
	}
	overturned := m.State == "lifted" && m.Fields["overturned"] == "true"
	if overturned || !within(told.At) {
		return
	}
	entry := entryOf(&m.Matter, measure, told.At)
	entry.Grounds = nonEmpty(strings.Split(m.Fields["grounds"], ";")...)
	switch measure {
	case matter.MeasureInterview, matter.MeasureRectify, matter.MeasureCriticism:
		f.Warnings = append(f.Warnings, entry)
	default:
		f.Sanctions = append(f.Sanctions, entry)
	}
	// Art. 39 (1): not accepted on site, or not even asked for long after the term.
	_, refused := m.Last("refuse_resumption")
	planned, _ := m.GetDay("planned_until")
	if measure == matter.MeasureSuspension && m.State == "in_force" && (refused || today >= planned+sanction.ApplyWithin) {
		f.NotRectified = append(f.NotRectified, entryOf(&m.Matter, measure, told.At))
	}
}

// agreementFacts takes the state of the agreements and the suspensions within the
// term.
func (a *Audit) agreementFacts(f *sanction.Facts, day claimwatch.Day) {
	for _, v := range a.deps.Journal.Agreements(f.InstitutionID, day) {
		if v.Status == agreement.Terminated {
			continue
		}
		f.InForce = true
		ordered := 0
		for _, s := range v.Suspensions {
			if !v.IsOwnWish(s.From) {
				ordered++
			}
		}
		if f.Suspended == nil {
			f.Suspended = map[string]int{}
		}
		f.Suspended[v.Kind] = ordered
		f.Suspensions = max(f.Suspensions, ordered)
	}
}
