package adversary

import "claimwatch"

// injuryRow adds a row of injury_cases; most are recognised before the stay.
func (d *drawer) injuryRow(id, person string, on claimwatch.Day) map[string]string {
	row := map[string]string{
		"injury_case_id": id, "person_id": person, "injured_on": (on - 30).String(), "recognised_on": (on - 20).String(),
		"diagnosis_prefixes": one(d, "prefixes", "S82", "S82", "M17;S82.9", "S82.1", "", "骨折"), "trauma": one(d, "trauma", "true", "true", "false"),
	}
	d.add("injury_cases", row)
	return row
}

// injury stages stays whose illness, items or dates do not fit the injury
// (INJ-001, INJ-002, INJ-004).
func (d *drawer) injury() {
	s := d.host(stay{class: one(d, "class", "inpatient", "rehab", "outpatient")})
	a := d.drawnOf(s, claimwatch.Admission)
	a.text("injury_case_id", "c3").list("diagnoses", one(d, "diagnoses", "M17", "S82.1", "S82.9"+claimwatch.ListSeparator+"M17", "", "I10"))
	row := d.injuryRow("c3", s.person, s.begun.Day())
	if d.often(7, "stop-work period") {
		row["stop_work_until"] = d.around(s.begun.Day()).String()
	}
	d.wish("items", "DRUG2", "non_injury", "true", "true", "false")
	for range 1 + d.upTo(2, "lines") {
		d.line(s.key, d.during(s, 0), one(d, "item", "DRUG2", "DRUG2", "LAB"))
	}
}

// injuryCase stages stays whose case is unknown, another's or not recognised,
// admitted about 90 and 365 days ago (INJ-003).
func (d *drawer) injuryCase() {
	begun := d.beside(horizon.Midnight() - one(d, "since", 90*day, 365*day, 90*day, 365*day, 30*day))
	s := d.host(stay{begun: begun, ended: begun + 2*day, class: one(d, "class", "inpatient", "outpatient")})
	a := d.drawnOf(s, claimwatch.Admission)
	id := one(d, "case", "c4", "c4", "c4", "", "c9")
	if a.Values[a.Kind.Slot("injury_case_id")] = (claimwatch.Value{}); id != "" {
		a.text("injury_case_id", id)
	}
	row := d.injuryRow("c4", one(d, "whose", s.person, s.person, s.person, "p9"), s.begun.Day())
	row["recognised_on"] = one(d, "recognised", "", "", horizon.String(), (horizon + 1).String(), (horizon - 1).String())
	for range d.upTo(2, "lines") {
		d.line(s.key, d.during(s, 0), d.item())
	}
}

// drawnOf is the first record of a kind of a stay that has one.
func (d *drawer) drawnOf(s stay, kind claimwatch.Kind) *upload {
	for _, r := range d.log {
		if r.Kind == kind && (key{r.InstitutionID, r.PersonID, r.StayID}) == s.key {
			return r
		}
	}
	return nil
}
