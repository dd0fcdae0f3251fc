package supervision

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/audit/coverage"
	"claimwatch/audit/figures"
	"claimwatch/audit/term"
)

// Deed is a decision that took effect, or a statement.
type Deed struct {
	FindingID, InstitutionID, Rule string
	Action                         claimwatch.Action // explain, reject, release or overturn
	At                             claimwatch.Instant
	Told                           *claimwatch.Instant // the first notice
}

// Settled is a closed settlement.
type Settled struct {
	InstitutionID                   string
	Month                           term.Month
	Rejected, Adjustments, Approved claimwatch.Fen
}

// Due is a deadline that has passed.
type Due struct {
	InstitutionID, Kind string
	On                  claimwatch.Day
}

// Sources are what a report is made of, of all institutions; of them those count that
// In says belong to the report.
type Sources struct {
	Month        term.Month
	City, Agency string
	AsOf         claimwatch.Instant
	In           func(institution string) bool
	Institutions []figures.Institution
	Active       func(institution string, on claimwatch.Day) bool
	Sums         figures.Sums
	Findings     []figures.Finding
	Rejected     []figures.Rejected
	Deeds        []Deed
	Settled      []Settled
	Coverage     []coverage.Sum
	Overdue      []Due
	RuleName     func(code string) string
}

// statement is the kind of deadline that hospitals owe (journal.DeadlineStatement).
const statement = "statement"

// Make works out a report. The same sources give the same report.
func Make(s *Sources) Report {
	m := &maker{Sources: s, houses: map[string]*House{}, rules: map[string]*Rule{}}
	m.report = Report{
		Month: s.Month, City: s.City, AsOf: s.AsOf, Agency: s.Agency,
		Complete: s.AsOf >= (s.Month + 1).First().Midnight(),
	}
	m.institutions()
	m.watch()
	m.find()
	m.decide()
	m.recover()
	m.cover()
	m.late()
	m.trend()
	m.total()
	return m.report
}

type maker struct {
	*Sources
	report Report
	houses map[string]*House
	rules  map[string]*Rule
}

// house is the row of an institution of the report, nil for others.
func (m *maker) house(id string) *House {
	if m.houses[id] == nil && m.In(id) {
		m.houses[id] = &House{InstitutionID: id}
	}
	return m.houses[id]
}

func (m *maker) rule(code string) *Rule {
	if m.rules[code] == nil {
		m.rules[code] = &Rule{Rule: code, Name: m.RuleName(code)}
	}
	return m.rules[code]
}

func (m *maker) institutions() {
	for i := range m.Institutions {
		if h := m.house(m.Institutions[i].ID); h != nil {
			h.Name, h.City, h.Level = m.Institutions[i].Name, m.Institutions[i].City, m.Institutions[i].Level
		}
	}
}

func (m *maker) watch() {
	w := &m.report.Watched
	for i := range m.Sums.Houses {
		one := &m.Sums.Houses[i]
		if one.Month != m.Month || !m.In(one.InstitutionID) {
			continue
		}
		h := m.house(one.InstitutionID)
		h.Records, h.Stays, h.Charged, h.LateRecords = h.Records+one.Records, h.Stays+one.Stays, h.Charged+one.Charged, h.LateRecords+one.Late
		w.Timed += one.Timed
	}
	w.Silent = []Silent{}
	for _, id := range slices.Sorted(maps.Keys(m.houses)) {
		h := m.houses[id]
		w.Institutions++
		active := m.Active(id, m.Month.Last())
		if active {
			w.WithAgreement++
		}
		switch {
		case h.Records > 0:
			w.Reporting++
		case active:
			w.Silent = append(w.Silent, Silent{id, h.Name})
		}
	}
}

func (m *maker) find() {
	severities := map[claimwatch.Severity]*Severity{}
	for _, s := range []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion, claimwatch.Reminder} {
		severities[s] = &Severity{Severity: s}
	}
	for i := range m.Findings {
		f := &m.Findings[i]
		if f.Month() != m.Month || !m.In(f.InstitutionID) {
			continue
		}
		h, r := m.house(f.InstitutionID), m.rule(f.Rule)
		h.Findings, h.AtIssue = h.Findings+1, h.AtIssue+f.Amount
		r.Findings, r.AtIssue = r.Findings+1, r.AtIssue+f.Amount
		if s := severities[f.Severity]; s != nil {
			s.Findings, s.AtIssue = s.Findings+1, s.AtIssue+f.Amount
		}
	}
	for _, s := range []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion, claimwatch.Reminder} {
		m.report.Found.Severities = append(m.report.Found.Severities, *severities[s])
	}
}

func (m *maker) decide() {
	d := &m.report.Decided
	var took []int64
	for i := range m.Deeds {
		one := &m.Deeds[i]
		if term.MonthOf(one.At.Day()) != m.Month || !m.In(one.InstitutionID) {
			continue
		}
		h, r := m.house(one.InstitutionID), m.rule(one.Rule)
		switch one.Action {
		case claimwatch.ActionExplain:
			d.Explained++
			continue
		case claimwatch.ActionOverturn:
			d.Overturned++
			continue
		case claimwatch.ActionReject:
			h.Confirmed, r.Confirmed = h.Confirmed+1, r.Confirmed+1
		case claimwatch.ActionRelease:
			h.Dismissed, r.Dismissed = h.Dismissed+1, r.Dismissed+1
		default:
			continue
		}
		if one.Told != nil && one.At >= *one.Told {
			took = append(took, int64(one.At-*one.Told))
		}
	}
	if len(took) > 0 {
		days := figures.Median(took, 86_400_000)
		d.MedianDays = &days
	}
}

func (m *maker) recover() {
	for _, r := range m.Rejected {
		if r.Month == m.Month && m.In(r.InstitutionID) {
			m.house(r.InstitutionID).Rejected += r.Total
		}
	}
	for _, s := range m.Settled {
		if s.Month == m.Month && m.In(s.InstitutionID) {
			m.house(s.InstitutionID).Deducted += s.Rejected
			r := &m.report.Recovered
			r.Settled, r.Adjustments, r.Approved = r.Settled+1, r.Adjustments+s.Adjustments, r.Approved+s.Approved
		}
	}
}

func (m *maker) cover() {
	c, reasons, rules := &m.report.Coverage, map[string]int64{}, map[string]bool{}
	for i := range m.Coverage {
		s := &m.Coverage[i]
		if !m.In(s.InstitutionID) {
			continue
		}
		rules[s.Rule] = true
		c.Hit, c.Pass, c.NotEvaluated = c.Hit+s.Hit, c.Pass+s.Pass, c.NotEvaluated+s.NotEvaluated
		r := m.rule(s.Rule)
		r.Hit, r.NotEvaluated = r.Hit+s.Hit, r.NotEvaluated+s.NotEvaluated
		for _, why := range s.Reasons {
			reasons[why.Reason] += why.Stays
		}
	}
	c.Rules, c.Reasons = len(rules), []UnsaidReason{}
	for why, pairs := range reasons {
		c.Reasons = append(c.Reasons, UnsaidReason{why, pairs})
	}
	slices.SortFunc(c.Reasons, func(a, b UnsaidReason) int {
		return cmp.Or(cmp.Compare(b.Pairs, a.Pairs), strings.Compare(a.Reason, b.Reason))
	})
}

func (m *maker) late() {
	kinds := map[string]int{}
	for _, d := range m.Overdue {
		if d.On > m.Month.Last() || !m.In(d.InstitutionID) {
			continue
		}
		kinds[d.Kind]++
		if d.Kind == statement {
			m.house(d.InstitutionID).Overdue++
		}
	}
	l := &m.report.Late
	l.Hospitals, l.Agency = []Overdue{}, []Overdue{}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if one := (Overdue{kind, kinds[kind]}); kind == statement {
			l.Hospitals = append(l.Hospitals, one)
		} else {
			l.Agency = append(l.Agency, one)
		}
	}
}

func (m *maker) trend() {
	months := make([]Trend, 12)
	at := func(month term.Month, institution string) *Trend {
		i := int(month - m.Month + 11)
		if i < 0 || i > 11 || !m.In(institution) {
			return &Trend{} // of no month here
		}
		return &months[i]
	}
	for i := range months {
		months[i].Month = m.Month - 11 + term.Month(i)
	}
	for i := range m.Sums.Houses {
		h := &m.Sums.Houses[i]
		at(h.Month, h.InstitutionID).Charged += h.Charged
	}
	for i := range m.Findings {
		t := at(m.Findings[i].Month(), m.Findings[i].InstitutionID)
		t.Findings, t.AtIssue = t.Findings+1, t.AtIssue+m.Findings[i].Amount
	}
	for _, r := range m.Rejected {
		at(r.Month, r.InstitutionID).Rejected += r.Total
	}
	m.report.Trend = months
}

// total adds up the institutions and orders the rows.
func (m *maker) total() {
	r := &m.report
	r.Institutions, r.Rules = []House{}, []Rule{}
	for _, id := range slices.Sorted(maps.Keys(m.houses)) {
		h := m.houses[id]
		r.Institutions = append(r.Institutions, *h)
		r.Watched.Records, r.Watched.Stays, r.Watched.Charged = r.Watched.Records+h.Records, r.Watched.Stays+h.Stays, r.Watched.Charged+h.Charged
		r.Watched.LateRecords += h.LateRecords
		r.Found.Findings, r.Found.AtIssue = r.Found.Findings+h.Findings, r.Found.AtIssue+h.AtIssue
		r.Decided.Confirmed, r.Decided.Dismissed = r.Decided.Confirmed+h.Confirmed, r.Decided.Dismissed+h.Dismissed
		r.Recovered.Rejected, r.Recovered.Deducted = r.Recovered.Rejected+h.Rejected, r.Recovered.Deducted+h.Deducted
	}
	for _, one := range m.rules {
		if one.Findings+one.Confirmed+one.Dismissed > 0 || one.Hit+one.NotEvaluated > 0 {
			r.Rules = append(r.Rules, *one)
		}
	}
	slices.SortFunc(r.Rules, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(b.AtIssue, a.AtIssue), cmp.Compare(b.Findings, a.Findings), strings.Compare(a.Rule, b.Rule))
	})
	before := m.before()
	r.Changes = []Change{
		count("records", r.Watched.Records, before.Watched.Records), count("stays", r.Watched.Stays, before.Watched.Stays),
		{"charged", r.Watched.Charged.String(), before.Watched.Charged.String()},
		count("findings", r.Found.Findings, before.Found.Findings), {"at_issue", r.Found.AtIssue.String(), before.Found.AtIssue.String()},
		count("confirmed", r.Decided.Confirmed, before.Decided.Confirmed), count("dismissed", r.Decided.Dismissed, before.Decided.Dismissed),
		{"rejected", r.Recovered.Rejected.String(), before.Recovered.Rejected.String()},
	}
}

func count(name string, now, before int) Change {
	return Change{name, strconv.Itoa(now), strconv.Itoa(before)}
}

// before is the report of the month before, without the one before that.
func (m *maker) before() Report {
	of := *m.Sources
	of.Month--
	b := &maker{Sources: &of, houses: map[string]*House{}, rules: map[string]*Rule{}}
	b.watch()
	b.find()
	b.decide()
	b.recover()
	for _, h := range b.houses {
		w := &b.report.Watched
		w.Records, w.Stays, w.Charged = w.Records+h.Records, w.Stays+h.Stays, w.Charged+h.Charged
		b.report.Found.Findings, b.report.Found.AtIssue = b.report.Found.Findings+h.Findings, b.report.Found.AtIssue+h.AtIssue
		b.report.Decided.Confirmed, b.report.Decided.Dismissed = b.report.Decided.Confirmed+h.Confirmed, b.report.Decided.Dismissed+h.Dismissed
		b.report.Recovered.Rejected += h.Rejected
	}
	return b.report
}
