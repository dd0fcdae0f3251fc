package journal

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/matter"
	"claimwatch/audit/review"
	"claimwatch/audit/term"
)

// The kinds of deadlines beside those of the registers, which are called as their
// registers are.
const (
	DeadlineStatement  = "statement"      // a hospital explains what it was told (Art. 32)
	DeadlineLease      = "lease"          // somebody's claim on a finding runs out
	DeadlineRenewal    = "renewal_asked"  // renewal is asked three months before the end (Art. 36)
	DeadlineTermEnd    = "term_end"       // the term of an agreement ends (Art. 36, 51)
	DeadlineSuspension = "suspension_end" // a suspension ends that no register entry stands behind
	DeadlineAssessment = "assessed_until" // a passed assessment is valid and nothing is signed (Art. 15)
	DeadlineSettlement = "settlement"     // a month is settled and paid (Art. 33)
	DeadlinePayment    = "payment"        // what was settled is paid (Art. 33, 34)
	DeadlineYearEnd    = "year_end"       // a year is settled (Art. 34)
)

const shanxi = "shanxi-2022-measures "

// Deadline is one thing that is due.
type Deadline struct {
	On            claimwatch.Day `json:"due_on" doc:"the last local day that is in time"`
	Provisional   bool           `json:"due_provisional" doc:"it runs past the published calendar, and moves when that is published"`
	Overdue       bool           `json:"overdue" doc:"it has passed: nothing happens by itself, people take the step"`
	Kind          string         `json:"kind" example:"statement"`
	InstitutionID string         `json:"institution_id,omitempty"`
	City          string         `json:"city,omitempty"`
	What          string         `json:"what"`
	Law           string         `json:"law,omitempty" example:"shanxi-2022-measures 32"`
	Of            string         `json:"of" doc:"id of the finding or register entry; the agreement; the month YYYY-MM, or year YYYY"`
	Number        string         `json:"number,omitempty" doc:"of the register entry"`
	By            string         `json:"by,omitempty" doc:"id of the key, of a claim"`

	// Told says that the institution may know of it.
	Told bool `json:"-"`
}

// DeadlineKinds lists every kind of deadline.
func DeadlineKinds() []string {
	kinds := []string{
		DeadlineStatement, DeadlineLease, DeadlineRenewal, DeadlineTermEnd, DeadlineSuspension, DeadlineAssessment, DeadlineSettlement, DeadlinePayment, DeadlineYearEnd,
	}
	for _, spec := range matter.Specs() {
		kinds = append(kinds, string(spec.Kind))
	}
	return kinds
}

// Deadlines lists what is due before a day, and whatever has passed and nobody has
// done, by day; of one institution or, with none named, of all.
func (j *Journal) Deadlines(institution string, at claimwatch.Instant, until claimwatch.Day) []Deadline {
	j.mu.RLock()
	defer j.mu.RUnlock()
	d := deadlines{s: &j.state, at: at, until: until, only: institution}
	d.findings()
	d.registers()
	for _, id := range d.institutions() {
		d.agreements(id)
		d.settlements(id)
		d.money(id)
	}
	slices.SortFunc(d.list, func(a, b Deadline) int {
		return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.InstitutionID, b.InstitutionID), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Of, b.Of))
	})
	return d.list
}

// deadlines gathers.
type deadlines struct {
	s     *State
	at    claimwatch.Instant
	until claimwatch.Day
	only  string
	list  []Deadline
}

func (d *deadlines) today() claimwatch.Day { return d.at.Day() }

func (d *deadlines) add(one Deadline) {
	if one.On >= d.until || d.only != "" && one.InstitutionID != d.only {
		return
	}
	one.Overdue = term.Deadline{On: one.On}.Late(d.at)
	if one.City == "" {
		one.City = d.s.institutions[one.InstitutionID].City
	}
	d.list = append(d.list, one)
}

// institutions are those with agreements, by id.
func (d *deadlines) institutions() []string {
	if d.only != "" {
		return []string{d.only}
	}
	return d.s.agreements.Institutions()
}

// findings adds statements that are awaited and claims that run.
func (d *deadlines) findings() {
	for id, r := range d.s.reviews {
		if lease := r.ClaimAt(d.at); lease != nil {
			one := Deadline{On: lease.Until.Day(), Kind: DeadlineLease, What: "decide, or let others", Of: id, By: lease.By}
			if r.Decided != nil {
				one.InstitutionID = r.Decided.InstitutionID
			}
			d.add(one)
		}
		if r.State == claimwatch.StateNotified || r.State == claimwatch.StateExplained {
			d.statements(id, r)
		}
	}
}

// statements adds what each institution of a finding still may explain, and, once its
// time is over, that the agency decides.
func (d *deadlines) statements(id string, r *review.Review) {
	var seen []string
	for _, n := range r.Notices {
		if slices.Contains(seen, n.InstitutionID) {
			continue
		}
		seen = append(seen, n.InstitutionID)
		own := r.For(n.InstitutionID)
		if own.State != claimwatch.StateNotified {
			continue
		}
		on, provisional := own.Due(&d.s.calendar)
		d.add(Deadline{
			On: on, Provisional: provisional, Kind: DeadlineStatement, InstitutionID: n.InstitutionID, What: "the institution explains what it was told; then the agency decides",
			Law: shanxi + "32", Of: id, Told: true,
		})
	}
}

// registers adds the deadlines that run in registers. Those of courses about renewal
// are said by the agreement itself.
func (d *deadlines) registers() {
	signed := map[string]bool{} // applications
	for _, m := range d.s.matters.All("agreement_course", "") {
		signed[m.Fields["application_id"]] = true
	}
	for _, spec := range matter.Specs() {
		for _, m := range d.s.matters.All(spec.Kind, d.only) {
			if until, valid := m.ValidUntil(); spec.Kind == "application" && valid && !signed[m.ID] {
				d.add(d.ofMatter(&m, Deadline{On: until - 1, Kind: DeadlineAssessment, What: "sign an agreement while the assessment is valid", Law: shanxi + "15"}))
			}
			due := m.Due(&d.s.calendar)
			if due == nil {
				continue
			}
			what := Deadline{On: due.On, Provisional: due.Provisional, Kind: string(spec.Kind), What: due.Doc, Law: due.Law}
			if m.State == "in_force" && spec.Kind == "agreement_course" {
				until, _ := m.GetDay("term_until")
				if until > d.today() {
					continue
				}
				what.On, what.What = until-1, "the term is over: hold it over, or let it expire"
			}
			d.add(d.ofMatter(&m, what))
		}
	}
}

func (d *deadlines) ofMatter(m *matter.Matter, one Deadline) Deadline {
	one.InstitutionID, one.City, one.Of, one.Number, one.Told = m.InstitutionID, m.City, m.ID, m.Number, m.Told
	return one
}

// agreements adds renewals, ends of terms, and ends of suspensions.
func (d *deadlines) agreements(institution string) {
	for _, kind := range d.s.agreements.Kinds(institution, d.today()) {
		row, _ := d.s.agreements.On(institution, kind, d.today())
		one := Deadline{InstitutionID: institution, Of: row.AgreementID, Told: true}
		if row.Status == "suspended" && row.Until != nil && !d.sanctioned(institution, kind, row.From) {
			one.On, one.Kind, one.What, one.Law = *row.Until-1, DeadlineSuspension, "the suspension of the "+kind+" agreement ends", shanxi+"45"
			d.add(one)
		}
		_, end, known := d.s.agreements.Term(institution, kind, d.today())
		if !known || end == nil || *end <= d.today() || row.Holdover {
			continue
		}
		if next, there := d.s.agreements.On(institution, kind, *end); there && next.Status != "terminated" && next.TermUntil != nil && *next.TermUntil > *end {
			continue // renewed
		}
		if !d.asked(institution, kind, *end) {
			one.On, one.Kind, one.What, one.Law = term.RenewalBy(*end), DeadlineRenewal, "ask for renewal of the "+kind+" agreement, or organize it", shanxi+"36"
			d.add(one)
		}
		one.On, one.Kind, one.What, one.Law = *end-1, DeadlineTermEnd, "the term of the "+kind+" agreement ends", shanxi+"36"
		d.add(one)
	}
}

// sanctioned says whether a suspension that began on a day is that of a sanction,
// whose own deadline is listed.
func (d *deadlines) sanctioned(institution, kind string, from claimwatch.Day) bool {
	return slices.ContainsFunc(d.s.matters.All("sanction", institution), func(m matter.Matter) bool {
		began, ok := m.GetDay("effective_from")
		return ok && began == from && m.Due(&d.s.calendar) != nil && slices.Contains(strings.Split(m.Fields["kinds"], ";"), kind)
	})
}

// asked says whether renewal of an agreement whose term ends on a day is under way.
func (d *deadlines) asked(institution, kind string, end claimwatch.Day) bool {
	return slices.ContainsFunc(d.s.matters.All("renewal", institution), func(m matter.Matter) bool {
		until, _ := m.GetDay("term_until")
		return m.State != "failed" && m.Fields["kind"] == kind && until == end
	})
}

// settlements adds the months that are not closed. Without a closed one they begin
// with the month before today: what was settled before the product came is not known.
func (d *deadlines) settlements(institution string) {
	_, last := d.s.money.Settled(institution)
	month := last + 1
	if last == 0 {
		month = term.MonthOf(d.today()) - 1
	}
	for ; ; month++ {
		by := d.s.terms(institution, month).PayBy
		if by >= d.until {
			return
		}
		if len(d.s.agreements.Kinds(institution, month.First())) == 0 && len(d.s.agreements.Kinds(institution, month.Last())) == 0 {
			continue
		}
		what := "settle the month and pay"
		if d.s.money.Month(institution, month) != nil {
			what = "a second person closes the settlement that is proposed; then it is paid"
		}
		d.add(Deadline{On: by, Kind: DeadlineSettlement, InstitutionID: institution, What: what, Law: shanxi + "33", Of: month.String(), Told: true})
	}
}

// money adds what was settled and is not paid, and years that are not settled.
func (d *deadlines) money(institution string) {
	owing := d.s.money.Owing(institution)
	for _, of := range slices.Sorted(maps.Keys(owing)) {
		law := "33"
		if len(of) == len("2026") {
			law = "34"
		}
		d.add(Deadline{
			On: owing[of].By, Kind: DeadlinePayment, InstitutionID: institution, What: "pay what is owed, " + (owing[of].Due - owing[of].Paid).String() + " yuan",
			Law: shanxi + law, Of: of, Told: true,
		})
	}
	years := map[int]bool{}
	for _, month := range d.s.money.Months(institution) {
		years[month.Year()] = true
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		if y := d.s.money.Year(institution, year); y == nil || y.Closed == nil {
			d.add(Deadline{
				On: term.YearEndBy(year), Kind: DeadlineYearEnd, InstitutionID: institution, What: "assess the year, give the bond back, settle it",
				Law: shanxi + "34", Of: term.MonthIn(year, 1).String()[:4], Told: true,
			})
		}
	}
}
