package oracle

import (
	"slices"
	"strings"

	"claimwatch"
)

// injuryRules are the INJ rules of section 7.
func injuryRules() []rule {
	cases := []string{"injury_cases"}
	return []rule{
		{code: "INJ-001", reads: cases, needs: cases, judge: perStay(notTheInjury)},
		{code: "INJ-002", reads: []string{"injury_cases", "items"}, needs: cases, judge: perStay(otherIllness)},
		{code: "INJ-003", reads: cases, judge: perStay(noCase)},
		{code: "INJ-004", about: inBed, reads: cases, needs: cases, judge: perStay(pastStopWork)},
	}
}

// injury is the row of the case that the admission names, nil without one.
func (t *trial) injury(s *stay) row { return t.ref.cases[s.admissionText("injury_case_id")] }

// diagnoses of the stay are those of admission and discharge together (1.11).
func (s *stay) diagnoses() []string {
	all := s.admission.Field("diagnoses").List()
	if s.discharge != nil {
		all = slices.Concat(all, s.discharge.Field("diagnoses").List())
	}
	return all
}

// notTheInjury is INJ-001: no diagnosis of the stay starts with a prefix of the case.
func notTheInjury(t *trial, s *stay) []*finding {
	prefixes := list(t.injury(s)["diagnosis_prefixes"])
	if len(prefixes) == 0 {
		t.notTold(s.key, ReasonNoValue)
		return nil
	}
	if startsWithOne(s.diagnoses(), prefixes) {
		return nil
	}
	f := newFinding("INJ-001", claimwatch.Suspicion, s)
	f.charge(s.lines)
	f.involve(s.admission)
	f.wholeStay()
	return []*finding{f}
}

// startsWithOne says whether one of the texts starts with one of the prefixes.
func startsWithOne(texts, prefixes []string) bool {
	return slices.ContainsFunc(texts, func(text string) bool {
		return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(text, prefix) })
	})
}

// otherIllness is INJ-002: items that belong to no injury, for a trauma. A line
// without an item row matters only where the case is a trauma.
func otherIllness(t *trial, s *stay) []*finding {
	if !truth(t.injury(s)["trauma"]) {
		return nil
	}
	byItem := map[string]*finding{}
	for _, l := range s.lines {
		switch {
		case l.row == nil:
			t.notTold(s.key, ReasonNoRow)
		case truth(l.row["non_injury"]):
			if byItem[l.item] == nil {
				byItem[l.item] = newFinding("INJ-002", claimwatch.Suspicion, s, l.item)
			}
			byItem[l.item].charge([]line{l})
		}
	}
	return all(byItem)
}

// noCase is INJ-003: a reminder after 90 days without a recognised case, a
// suspicion about all lines after 365.
func noCase(t *trial, s *stay) []*finding {
	injury := t.injury(s)
	if injury != nil && injury["person_id"] == s.personID &&
		injury["recognised_on"] != "" && injury["recognised_on"] <= t.asOf.Day().String() {
		return nil
	}
	if t.asOf < s.admitted+90*24*hour {
		return nil
	}
	f := newFinding("INJ-003", claimwatch.Reminder, s)
	if t.asOf >= s.admitted+365*24*hour {
		f.severity = claimwatch.Suspicion
		f.charge(s.lines)
	}
	f.involve(s.admission)
	f.wholeStay()
	return []*finding{f}
}

// pastStopWork is INJ-004: admitted after stop_work_until, the last day of it.
func pastStopWork(t *trial, s *stay) []*finding {
	until := t.injury(s)["stop_work_until"]
	if until == "" || s.admitted.Day().String() <= until { // empty: no limit (1.23 iii)
		return nil
	}
	f := newFinding("INJ-004", claimwatch.Reminder, s)
	f.involve(s.admission)
	f.wholeStay()
	return []*finding{f}
}
