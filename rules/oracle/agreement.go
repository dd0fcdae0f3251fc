package oracle

import (
	"slices"

	"claimwatch"
)

// agreementRules are section 2.
func agreementRules() []rule {
	agreements := []string{"agreements"}
	return []rule{
		{code: "AGR-001", reads: agreements, judge: perStay(noAgreement)},
		{code: "AGR-002", reads: agreements, judge: perStay(duringSuspension)},
		{
			code: "AGR-003", reads: []string{"institutions", "persons", "referrals"}, needs: []string{"institutions", "persons"},
			judge: perStay(outOfArea),
		},
		{code: "AGR-004", reads: []string{"physicians"}, judge: perStay(suspendedPhysician)},
		{code: "REH-001", reads: []string{"items", "agreements"}, judge: perStay(rehabElsewhere)},
	}
}

// covered says whether a row of the institution, of one of the kinds and with one
// of the statuses, covers the day: from `from` to before `until`, with holdover
// without end, whatever its term.
func (t *tables) covered(institutionID string, day claimwatch.Day, kinds, statuses []string) bool {
	return slices.ContainsFunc(t.of("agreements"), func(r row) bool {
		until := r["until"]
		if truth(r["holdover"]) {
			until = ""
		}
		return r["institution_id"] == institutionID && oneOf(r["kind"], kinds...) &&
			oneOf(r["status"], statuses...) && within(day, r["from"], until)
	})
}

// noAgreement is AGR-001: lines of days without an agreement. Who was admitted
// while there was one is in continued treatment.
func noAgreement(t *trial, s *stay) []*finding {
	if s.admissionText("route") == "emergency" {
		return nil
	}
	agreed := func(day claimwatch.Day) bool {
		return t.ref.covered(s.institutionID, day, []string{"medical", "rehab"}, []string{"active", "suspended"})
	}
	lines := s.linesWhere(func(l *line) bool { return !agreed(l.day()) })
	if len(lines) == 0 {
		return nil
	}
	severity := claimwatch.Violation
	if agreed(s.admitted.Day()) {
		severity = claimwatch.Suspicion
	}
	f := newFinding("AGR-001", severity, s)
	f.charge(lines)
	return []*finding{f}
}

// duringSuspension is AGR-002: lines of days on which the agreement that fits is
// suspended; a suspended row beats an active one. Emergencies too.
func duringSuspension(t *trial, s *stay) []*finding {
	kind := "medical"
	if s.class == "rehab" {
		kind = "rehab"
	}
	lines := s.linesWhere(func(l *line) bool {
		return t.ref.covered(s.institutionID, l.day(), []string{kind}, []string{"suspended"})
	})
	if len(lines) == 0 {
		return nil
	}
	f := newFinding("AGR-002", claimwatch.Violation, s)
	f.charge(lines)
	return []*finding{f}
}

// outOfArea is AGR-003: another city than the insured one, no referral in the
// year before. A stay without fees is raised too: the definition names none.
func outOfArea(t *trial, s *stay) []*finding {
	const days = 365
	if s.admissionText("route") == "emergency" ||
		t.ref.institutions[s.institutionID]["city"] == t.ref.persons[s.personID]["insured_city"] {
		return nil
	}
	admitted := s.admitted.Day()
	if t.ref.referred(s.personID, "", s.institutionID, (admitted - days).String(), admitted) {
		return nil
	}
	f := newFinding("AGR-003", claimwatch.Violation, s)
	f.charge(s.lines)
	f.involve(s.admission)
	f.wholeStay()
	return []*finding{f}
}

// referred says whether the person has a referral to an institution, from another
// or from anywhere when that is empty, approved from a date to a day, both included.
func (t *tables) referred(personID, from, to, earliest string, latest claimwatch.Day) bool {
	return slices.ContainsFunc(t.of("referrals"), func(r row) bool {
		return r["person_id"] == personID && r["to_institution_id"] == to &&
			(from == "" || r["from_institution_id"] == from) &&
			r["approved_on"] >= earliest && r["approved_on"] <= latest.String()
	})
}

// suspendedPhysician is AGR-004. The physician's institution plays no part: who is
// suspended is so everywhere. A row without suspended_from suspends nobody.
func suspendedPhysician(t *trial, s *stay) []*finding {
	suspended := func(r *claimwatch.Record) bool {
		return slices.ContainsFunc(t.ref.of("physicians"), func(p row) bool {
			return p["physician_id"] == r.Field("physician_id").Text && p["suspended_from"] != "" &&
				within(r.OccurredAt.Day(), p["suspended_from"], p["suspended_until"])
		})
	}
	byPhysician := map[string]*finding{}
	of := func(r *claimwatch.Record) *finding {
		physician := r.Field("physician_id").Text
		if byPhysician[physician] == nil {
			byPhysician[physician] = newFinding("AGR-004", claimwatch.Violation, s, physician)
		}
		return byPhysician[physician]
	}
	for _, l := range s.linesWhere(func(l *line) bool { return suspended(l.Record) }) {
		of(l.Record).charge([]line{l})
	}
	for _, order := range s.of(claimwatch.Order) {
		if suspended(order) {
			of(order).involve(order)
		}
	}
	return all(byPhysician)
}

// rehabElsewhere is REH-001. A line without an item row matters only where no
// active rehabilitation agreement covers its day.
func rehabElsewhere(t *trial, s *stay) []*finding {
	var lines []line
	for _, l := range s.lines {
		switch {
		case t.ref.covered(s.institutionID, l.day(), []string{"rehab"}, []string{"active"}):
		case l.row == nil:
			t.notTold(s.key, ReasonNoRow)
		case truth(l.row["rehab"]):
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	f := newFinding("REH-001", claimwatch.Violation, s)
	f.charge(lines)
	return []*finding{f}
}
