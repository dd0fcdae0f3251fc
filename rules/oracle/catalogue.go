package oracle

import (
	"slices"

	"claimwatch"
)

// tableOrder are the codes in the order of the tables of rules.md, the order in
// which attribution takes what is left of a line (1.21).
var tableOrder = [...]string{
	"AGR-001", "AGR-002", "AGR-003", "AGR-004", "REH-001",
	"IDN-001", "IDN-002", "IDN-005", "IDN-004",
	"ADM-020", "ADM-006", "ADM-005", "ADM-001", "ADM-002", "ADM-003", "ADM-008", "ADM-009", "ADM-010",
	"ADM-011", "ADM-012", "ADM-014", "ADM-007", "ADM-015", "ADM-017", "ADM-019",
	"FEE-001", "FEE-002", "FEE-004", "FEE-005", "FEE-007", "FEE-008", "FEE-009", "FEE-010", "FEE-011",
	"FEE-013", "FEE-014", "FEE-015", "FEE-016", "FEE-017", "FEE-018", "FEE-019", "FEE-020", "FEE-021",
	"FEE-023", "FEE-024", "FEE-028", "SWP-001",
	"RX-001", "RX-002", "RX-003", "RX-004", "RX-005", "RX-007", "RX-008", "RX-009", "RX-010",
	"EXM-001", "EXM-003",
	"INJ-001", "INJ-002", "INJ-003", "INJ-004", "REH-002", "DEV-001", "DEV-003",
	"DAT-001", "DAT-002", "DAT-003", "DAT-004",
}

// rule is one rule of rules.md.
type rule struct {
	code  string
	about func(*stay) bool // the stays that have a result of it (1.4); nil: of any class
	reads []string         // reference tables (1.23 i)
	needs []string         // tables of which each stay needs its row (1.23 ii): institutions, persons, injury_cases
	wall  bool             // evaluated with the wall clock only (1.1)
	// everywhere says that each institution that ever sent a record has a result,
	// whether there is a stay of it or not.
	everywhere bool
	judge      func(*trial)
}

// catalogue are the rules that the oracle knows.
func catalogue() []rule {
	return slices.Concat(
		firstRules(), agreementRules(), identityRules(), overlapRules(), visitRules(), careRules(),
		baselineRules(), crowdRules(), feeRules(), drugRules(), injuryRules(), dataRules(),
	)
}

// firstRules are the twelve that the oracle began with.
func firstRules() []rule {
	items, institutions := []string{"items"}, []string{"institutions"}
	return []rule{
		{code: "IDN-001", about: inBed, reads: institutions, needs: institutions, judge: whereFacesAreRequired(faceMismatch)},
		{code: "IDN-002", about: inBed, reads: institutions, needs: institutions, judge: whereFacesAreRequired(checkMissing)},
		{code: "ADM-001", about: inBed, judge: splitStays("ADM-001")},
		{code: "ADM-002", about: inBed, judge: splitStays("ADM-002")},
		{code: "ADM-003", about: inBed, judge: splitStays("ADM-003")},
		{code: "ADM-008", about: inBed, judge: perStay(noOrders)},
		{code: "ADM-009", about: inBed, judge: perStay(noCare)},
		{code: "ADM-010", about: inBed, judge: perStay(inertDays)},
		{code: "FEE-001", judge: perStay(exactDuplicates)},
		{code: "FEE-002", reads: items, judge: perStay(suspectDuplicates)},
		{code: "FEE-007", reads: []string{"items", "institutions"}, needs: institutions, judge: perStay(overPrice)},
		{code: "FEE-013", about: inBed, judge: perStay(bedDays)},
	}
}

// Rules lists the codes that Evaluate knows, in the order of rules.md.
func Rules() []string {
	var codes []string
	for _, code := range tableOrder {
		if slices.ContainsFunc(catalogue(), func(r rule) bool { return r.code == code }) {
			codes = append(codes, code)
		}
	}
	return codes
}

// perStay judges each stay by itself.
func perStay(judge func(*trial, *stay) []*finding) func(*trial) {
	return func(t *trial) {
		for _, s := range t.stays() {
			t.found = append(t.found, judge(t, s)...)
		}
	}
}

// inBed are the classes that sections 3 and 4 call stays (1.4).
func inBed(s *stay) bool { return s.inBed() }

// isVisit are the stays of class outpatient.
func isVisit(s *stay) bool { return !s.inBed() }

// trial is a rule while it is judged.
type trial struct {
	*world
	rule   *rule
	found  []*finding
	untold map[key]string // the reason by stay
}

// notTold says that a stay could not be judged. A hit on the stay beats it (1.23 iv).
func (t *trial) notTold(k key, reason string) { t.untold[k] = reason }

// stays are those that the rule is about and whose rows are there; the others
// among them are not evaluated.
func (t *trial) stays() []*stay {
	var out []*stay
	for _, s := range t.world.stays {
		switch {
		case t.rule.about != nil && !t.rule.about(s):
		case t.lacksRow(s):
			t.notTold(s.key, ReasonNoRow)
		default:
			out = append(out, s)
		}
	}
	return out
}

// lacksRow says whether a row that the rule needs for each stay is missing. It is
// asked before anything else: a stay at an unknown institution is not evaluated,
// whatever else would let it pass.
func (t *trial) lacksRow(s *stay) bool {
	for _, table := range t.rule.needs {
		switch {
		case table == "institutions" && t.ref.institutions[s.institutionID] == nil,
			table == "persons" && t.ref.persons[s.personID] == nil,
			table == "injury_cases" && t.ref.cases[s.admissionText("injury_case_id")] == nil:
			return true
		}
	}
	return false
}

// run judges a rule about a world. A rule whose tables are not all loaded, or
// that needs the wall clock, has no findings.
func (w *world) run(r rule) *trial {
	t := &trial{world: w, rule: &r, untold: map[key]string{}}
	switch {
	case r.wall && !w.wall && r.everywhere:
		for id := range w.histories {
			t.notTold(key{institutionID: id.InstitutionID}, ReasonEventClock)
		}
		return t
	case r.wall && !w.wall: // of stays alone, although DAT-001 would judge numbers without an admission too (1.1, 1.23)
		for _, s := range w.stays {
			t.notTold(s.key, ReasonEventClock)
		}
		return t
	case slices.ContainsFunc(r.reads, func(table string) bool { return !w.ref.loaded[table] }):
		for _, s := range w.stays {
			if r.about == nil || r.about(s) {
				t.notTold(s.key, ReasonNotLoaded)
			}
		}
		return t
	}
	r.judge(t)
	for _, f := range t.found { // a hit beats not evaluated
		for violating := range f.violating {
			delete(t.untold, keyOf(violating))
		}
		delete(t.untold, f.belongsTo())
	}
	return t
}

func (t *trial) notEvaluated() []claimwatch.NotEvaluated {
	var out []claimwatch.NotEvaluated
	for k, reason := range t.untold {
		out = append(out, claimwatch.NotEvaluated{
			Rule: t.rule.code, InstitutionID: k.institutionID, PersonID: k.personID, StayID: k.stayID, Reason: reason,
		})
	}
	return out
}
