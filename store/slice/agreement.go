package slice

import "claimwatch"

// agreed says whether a medical or rehab agreement that is not terminated
// covers a day (AGR-001).
func (r *Reference) agreed(institution string, day claimwatch.Day) bool {
	for _, a := range r.Agreements[institution] {
		if a.Kind != "device" && a.Status != "terminated" && a.Covers(day) {
			return true
		}
	}
	return false
}

// suspended says whether the agreement of a kind that covers a day is
// suspended; a suspended row beats an active one (AGR-002).
func (r *Reference) suspended(institution, kind string, day claimwatch.Day) bool {
	for _, a := range r.Agreements[institution] {
		if a.Kind == kind && a.Status == "suspended" && a.Covers(day) {
			return true
		}
	}
	return false
}

// rehabAgreed says whether an active rehab agreement covers a day (REH-001).
func (r *Reference) rehabAgreed(institution string, day claimwatch.Day) bool {
	for _, a := range r.Agreements[institution] {
		if a.Kind == "rehab" && a.Status == "active" && a.Covers(day) {
			return true
		}
	}
	return false
}

// unagreed are the charges on days on which the agreements leave something to
// say: none covers the day (AGR-001), the one that fits is suspended (AGR-002),
// or none for rehabilitation is active (REH-001) and the item is one of
// rehabilitation, or has no row that would tell.
func unagreed(charges []*Line, reference *Reference) []*Line {
	if !reference.has("agreements") {
		return nil
	}
	items := reference.has("items")
	var lines []*Line
	for _, l := range charges {
		elsewhere := items && !l.RehabAgreed && (l.Item == nil || l.Item.Rehab)
		if !l.Agreed || l.Suspended || elsewhere {
			lines = append(lines, l)
		}
	}
	return lines
}

// outOfArea are the stays, emergencies left out, of persons who are insured in
// another city than that of the institution (AGR-003).
func outOfArea(stays []*Stay, reference *Reference) []*Stay {
	if !reference.has("institutions", "persons", "referrals") {
		return nil
	}
	var away []*Stay
	for _, s := range stays {
		if s.Route != "emergency" && s.Person != nil && s.InstitutionFound && s.City != s.Person.InsuredCity {
			away = append(away, s)
		}
	}
	return away
}
