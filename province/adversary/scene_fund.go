package adversary

import "claimwatch"

// agreements stages fees around the days on which agreements begin, end or are
// suspended (AGR-001, AGR-002, REH-001).
func (d *drawer) agreements() {
	s := d.host(stay{class: one(d, "class", "inpatient", "rehab", "outpatient"), key: key{institution: one(d, "host", "h1", "h3")}})
	turn := s.begun.Day() + claimwatch.Day(d.upTo(3, "turn")) - 1
	kind := one(d, "kind", "medical", "medical", "rehab", "device")
	switch d.upTo(4, "agreements") {
	case 0: // ends, perhaps held over
		d.agreement(s.institution, kind, "active", start-300, turn)["holdover"] = one(d, "holdover", "", "", "true", "false")
	case 1: // suspended for some days
		d.agreement(s.institution, kind, "active", start-300, turn)
		d.agreement(s.institution, kind, "suspended", turn, turn+2)
	case 2: // suspended while another row says active
		d.agreement(s.institution, kind, "active", start-300, 0)
		d.agreement(s.institution, kind, "suspended", turn, one(d, "until", turn+1, 0))
	case 3: // begins
		d.agreement(s.institution, kind, "active", turn, 0)
	case 4: // was terminated
		d.agreement(s.institution, kind, "terminated", start-300, 0)
	}
	if d.often(4, "of another kind") {
		d.agreement(s.institution, one(d, "kind", "rehab", "medical"), one(d, "status", "active", "suspended"), turn, 0)
	}
	d.wish("items", "REHAB", "rehab", "true", "true", "false")
	for range 2 + d.upTo(3, "lines") {
		at := (turn + claimwatch.Day(d.upTo(3, "day")) - 1).Midnight() + one(d, "hour", 9*hour, 0, day-1)
		d.line(s.key, at, one(d, "item", "LAB", "REHAB", "REHAB", "BED"))
	}
}

// agreement adds a row; without until it has no end.
func (d *drawer) agreement(institution, kind, status string, from, until claimwatch.Day) map[string]string {
	row := map[string]string{
		"institution_id": institution, "kind": kind, "from": from.String(), "agreement_id": "a" + itoa(len(d.rows["agreements"])),
		"status": status, "term_from": from.String(), "term_until": (from + 365).String(),
	}
	if until != 0 {
		row["until"] = until.String()
	}
	d.add("agreements", row)
	return row
}

// elsewhere stages a stay outside the city of insurance, with a referral or
// nearly (AGR-003).
func (d *drawer) elsewhere() {
	s := d.host(stay{class: one(d, "class", "inpatient", "rehab", "outpatient")})
	d.wish("institutions", s.institution, "city", "TY", "TY", "DT")
	d.wish("persons", s.person, "insured_city", "DT", "DT", "TY")
	if d.often(7, "referred") {
		on := s.begun.Day() - one(d, "referred", claimwatch.Day(0), 365, 366, 10, -1)
		d.referral(s.person, one(d, "from", "h2", "h3"), one(d, "to", s.institution, s.institution, s.institution, "h9"), on)
	}
	for range d.upTo(2, "lines") {
		d.line(s.key, d.during(s, 0), d.item())
	}
}

func (d *drawer) referral(person, from, to string, on claimwatch.Day) {
	d.add("referrals", map[string]string{
		"referral_id": "ref" + itoa(len(d.rows["referrals"])), "person_id": person,
		"from_institution_id": from, "to_institution_id": to, "approved_on": on.String(),
	})
}

// suspendedPhysician stages fees and orders around a suspension (AGR-004).
func (d *drawer) suspendedPhysician() {
	s := d.host(stay{})
	from := s.begun.Day() + claimwatch.Day(d.upTo(2, "suspended"))
	row := map[string]string{
		"physician_id": one(d, "who", "dr1", "dr1", "dr2"), "suspended_from": from.String(),
		"name_masked": "X", "institution_id": s.institution,
	}
	if until := d.upTo(3, "until"); until > 0 {
		row["suspended_until"] = (from + claimwatch.Day(until)).String()
	}
	d.add("physicians", row)
	if d.often(4, "another row") { // never suspended, or again
		d.add("physicians", map[string]string{
			"physician_id": "dr1", "suspended_from": one(d, "from", "", (from + 2).String()),
			"name_masked": "X", "institution_id": s.institution,
		})
	}
	for range 2 + d.upTo(2, "acts") {
		at := (d.around(from) + claimwatch.Day(d.upTo(2, "later"))).Midnight() + one(d, "hour", 9*hour, 0, day-1)
		if d.often(3, "order") {
			d.orderOf(s.key, at, "lab", "LAB")
			continue
		}
		d.line(s.key, at, d.item()).text("physician_id", one(d, "physician", "dr1", "dr1", "dr2"))
	}
}
