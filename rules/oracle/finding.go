package oracle

import (
	"claimwatch"
)

// finding gathers what a rule says about one subject of one stay.
type finding struct {
	rule        string
	severity    claimwatch.Severity
	stay        *stay
	further     []string // of the subject, after institution, person and stay
	from, until *claimwatch.Instant
	violating   map[*claimwatch.Record]claimwatch.Fen
	involved    []*claimwatch.Record
}

func newFinding(rule string, severity claimwatch.Severity, s *stay, further ...string) *finding {
	return &finding{
		rule: rule, severity: severity, stay: s, further: further,
		violating: map[*claimwatch.Record]claimwatch.Fen{},
	}
}

// charge puts whole lines at issue, with their net amount.
func (f *finding) charge(lines []line) {
	for _, l := range lines {
		f.violating[l.Record] = claimwatch.Fen(l.amount)
	}
}

func (f *finding) involve(records ...*claimwatch.Record) {
	f.involved = append(f.involved, records...)
}

// wholeStay sets from and until to admitted_at and discharged_at (1.19).
func (f *finding) wholeStay() {
	f.from = &f.stay.admitted
	if f.stay.discharge != nil {
		f.until = &f.stay.discharge.OccurredAt
	}
}

// ofLines sets from and until to the smallest and largest occurred_at of the
// violating lines, else of the involved ones (1.19).
func (f *finding) ofLines() {
	widen := func(r *claimwatch.Record) {
		if f.from == nil || r.OccurredAt < *f.from {
			f.from = &r.OccurredAt
		}
		if f.until == nil || r.OccurredAt > *f.until {
			f.until = &r.OccurredAt
		}
	}
	for r := range f.violating {
		widen(r)
	}
	if len(f.violating) == 0 {
		for _, r := range f.involved {
			widen(r)
		}
	}
}

// claim makes the finding as the product would tell it. All twelve rules have
// subjects of one stay and violating lines of that stay, so it belongs there (1.18).
func (f *finding) claim() claimwatch.Finding {
	subject := claimwatch.Subject(append(
		[]string{f.stay.institutionID, f.stay.personID, f.stay.stayID}, f.further...)...)
	out := claimwatch.Finding{
		ID: claimwatch.FindingID(f.rule, subject), Rule: f.rule, RuleVersion: 1, Severity: f.severity,
		InstitutionID: f.stay.institutionID, PersonID: &f.stay.personID, StayID: &f.stay.stayID,
		Subject: subject, From: copied(f.from), Until: copied(f.until),
	}
	for r, amount := range f.violating {
		out.Amount += amount
		out.Lines = append(out.Lines, asLine(r, claimwatch.Violating, amount))
	}
	listed := map[*claimwatch.Record]bool{}
	for _, r := range f.involved {
		if _, violating := f.violating[r]; !violating && !listed[r] { // no record twice
			listed[r] = true
			out.Lines = append(out.Lines, asLine(r, claimwatch.Involved, 0))
		}
	}
	claimwatch.SortLines(out.Lines)
	return out
}

func asLine(r *claimwatch.Record, role claimwatch.Role, amount claimwatch.Fen) claimwatch.Line {
	return claimwatch.Line{
		Kind: r.Kind, InstitutionID: r.InstitutionID, RecordID: r.RecordID, Role: role, Amount: amount,
	}
}

// copied keeps a finding from changing with the records that it was made of.
func copied(i *claimwatch.Instant) *claimwatch.Instant {
	if i == nil {
		return nil
	}
	value := *i
	return &value
}
