package oracle

import (
	"claimwatch"
)

// identityRules are the rules of section 3 about where and when people were checked.
func identityRules() []rule {
	return []rule{
		{code: "IDN-004", judge: twoPlaces},
		{code: "IDN-005", about: inBed, reads: []string{"calendar"}, judge: perStay(formalitiesLate)},
	}
}

// places are what IDN-004 has one finding of.
type places struct {
	pair, personID string
	day            claimwatch.Day
}

// twoPlaces is IDN-004: successful face checks of one person at two institutions
// within 30 min, in stays of any class.
func twoPlaces(t *trial) {
	var checks []*claimwatch.Record
	for _, r := range t.existing(claimwatch.IdentityCheck) {
		if r.Field("method").Text == "face" && successful(r) {
			checks = append(checks, r)
		}
	}
	found := map[places]*finding{}
	for i, a := range checks {
		for _, b := range checks[i+1:] { // a is the earlier: they are in order
			if b.OccurredAt-a.OccurredAt > 30*minute {
				break
			}
			if a.PersonID != b.PersonID || a.InstitutionID == b.InstitutionID {
				continue
			}
			k := places{pair(a.InstitutionID, b.InstitutionID), a.PersonID, a.OccurredAt.Day()}
			if found[k] == nil {
				found[k] = findingOf("IDN-004", claimwatch.Suspicion, k.pair, k.personID, k.day.String())
				found[k].ofDay(k.day)
			}
			found[k].involve(a, b)
		}
	}
	t.found = all(found)
}

// formalitiesLate is IDN-005: no matching check of an emergency before the end of
// the fifth working day after admission. A hole in the calendar on the way there
// leaves an emergency not evaluated, also when it has been checked.
func formalitiesLate(t *trial, s *stay) []*finding {
	if s.admissionText("route") != "emergency" {
		return nil
	}
	end, known := t.ref.endOfWorkingDay(s.admitted.Day(), 5)
	if !known {
		t.notTold(s.key, ReasonNoRow)
		return nil
	}
	checks := s.of(claimwatch.IdentityCheck)
	for _, r := range checks {
		if r.Field("result").Text == "match" && r.OccurredAt < end {
			return nil
		}
	}
	if t.asOf < end {
		return nil
	}
	f := newFinding("IDN-005", claimwatch.Suspicion, s)
	f.involve(s.admission)
	f.involve(checks...)
	f.wholeStay()
	return []*finding{f}
}

// endOfWorkingDay is the midnight that ends the n-th working day after a day; known
// is false when the calendar lacks a day in between.
func (t *tables) endOfWorkingDay(after claimwatch.Day, n int) (end claimwatch.Instant, known bool) {
	working := map[string]row{}
	for _, r := range t.of("calendar") {
		working[r["day"]] = r
	}
	day := after
	for n > 0 {
		day++
		r := working[day.String()]
		if r == nil {
			return 0, false
		}
		if truth(r["working"]) {
			n--
		}
	}
	return (day + 1).Midnight(), true
}
