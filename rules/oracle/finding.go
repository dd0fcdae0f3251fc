package oracle

import (
	"slices"
	"strings"

	"claimwatch"
)

// finding gathers what a rule says about one subject.
type finding struct {
	rule        string
	severity    claimwatch.Severity
	subject     []string
	stay        *stay // that the subject names, if it names one
	home        key   // what the finding belongs to without violating lines; empty: see belongsTo
	alone       bool  // belongs to the institution of home alone, whatever its lines (1.18)
	from, until *claimwatch.Instant
	violating   map[*claimwatch.Record]claimwatch.Fen
	involved    []*claimwatch.Record
}

// newFinding is about one stay, or something further of it.
func newFinding(rule string, severity claimwatch.Severity, s *stay, further ...string) *finding {
	f := findingOf(rule, severity, append([]string{s.text()}, further...)...)
	f.stay, f.home = s, s.key
	return f
}

// findingOf is about any subject, its parts in the order of 1.16.
func findingOf(rule string, severity claimwatch.Severity, subject ...string) *finding {
	return &finding{
		rule: rule, severity: severity, subject: subject, violating: map[*claimwatch.Record]claimwatch.Fen{},
	}
}

// pair is the text of a pair in a subject: its members' texts, sorted bytewise (1.16).
func pair(a, b string) string { return claimwatch.Subject(min(a, b), max(a, b)) }

// charge puts whole lines at issue, with their net amount.
func (f *finding) charge(lines []line) {
	for _, l := range lines {
		f.violating[l.Record] = claimwatch.Fen(l.amount)
	}
}

func (f *finding) involve(records ...*claimwatch.Record) {
	f.involved = append(f.involved, records...)
}

// involveLines names lines without putting them at issue.
func (f *finding) involveLines(lines []line) {
	for _, l := range lines {
		f.involve(l.Record)
	}
}

// wholeStay sets from and until to admitted_at and discharged_at (1.19).
func (f *finding) wholeStay() {
	f.from = &f.stay.admitted
	if f.stay.discharge != nil {
		f.until = &f.stay.discharge.OccurredAt
	}
}

// ofDay sets from and until to the midnights of a day (1.19).
func (f *finding) ofDay(day claimwatch.Day) {
	midnight, next := day.Midnight(), (day + 1).Midnight()
	f.from, f.until = &midnight, &next
}

// ofOverlaps sets from and until to the start of the first overlap and the end of
// the last (1.19).
func (f *finding) ofOverlaps(overlaps []claimwatch.Interval) {
	from, until := overlaps[0].From, overlaps[0].Until
	for _, v := range overlaps {
		from, until = min(from, v.From), max(until, v.Until)
	}
	f.from, f.until = &from, &until
}

// ofLines sets from and until to the smallest and largest occurred_at of the
// violating lines, else of the involved ones (1.19). A finding that says nothing
// else about its span has this one.
func (f *finding) ofLines() {
	records := f.violatingRecords()
	if len(records) == 0 {
		records = slices.Clone(f.involved)
		sortRecords(records)
	}
	if len(records) > 0 {
		f.from, f.until = &records[0].OccurredAt, &records[len(records)-1].OccurredAt
	}
}

// violatingRecords in the order of records.
func (f *finding) violatingRecords() []*claimwatch.Record {
	var records []*claimwatch.Record
	for r := range f.violating {
		records = append(records, r)
	}
	sortRecords(records)
	return records
}

// belongsTo is 1.18: the stay of the last violating line, else what the subject
// names, else the stay of the last record named, by the order of records.
func (f *finding) belongsTo() key {
	records := f.violatingRecords()
	switch {
	case f.alone:
		return key{institutionID: f.home.institutionID}
	case len(records) > 0:
	case f.home != key{}:
		return f.home
	default:
		records = slices.Clone(f.involved)
		sortRecords(records)
	}
	if len(records) == 0 {
		return key{}
	}
	return keyOf(records[len(records)-1])
}

// claim makes the finding as the product would tell it.
func (f *finding) claim() claimwatch.Finding {
	if f.from == nil {
		f.ofLines()
	}
	home, subject := f.belongsTo(), claimwatch.Subject(f.subject...)
	out := claimwatch.Finding{
		ID: claimwatch.FindingID(f.rule, subject), Rule: f.rule, RuleVersion: 1, Severity: f.severity,
		InstitutionID: home.institutionID, PersonID: orNull(home.personID), StayID: orNull(home.stayID),
		Subject: subject, From: copied(f.from), Until: copied(f.until),
	}
	listed := map[claimwatch.Identity]bool{}
	for r, amount := range f.violating {
		out.Amount += amount
		listed[r.Identity()] = true
		out.Lines = append(out.Lines, asLine(r, claimwatch.Violating, amount))
	}
	for _, r := range f.involved {
		if !listed[r.Identity()] { // no record twice (1.17)
			listed[r.Identity()] = true
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

// keyOf is the stay number of a record.
func keyOf(r *claimwatch.Record) key { return key{r.InstitutionID, r.PersonID, r.StayID} }

// text is the stay in a subject: its three ids (1.16).
func (k key) text() string { return strings.Join([]string{k.institutionID, k.personID, k.stayID}, "|") }

// orNull is nil for what a finding does not belong to: a person, or the stay of a
// fitting without one.
func orNull(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

// copied keeps a finding from changing with the records that it was made of.
func copied(i *claimwatch.Instant) *claimwatch.Instant {
	if i == nil {
		return nil
	}
	value := *i
	return &value
}
