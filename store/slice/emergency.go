package slice

import "claimwatch"

// Emergency is a stay that began as an emergency, whose formalities must be made
// up for within some working days (IDN-005), as of a moment.
type Emergency struct {
	*Stay
	AsOf claimwatch.Instant
	// Terms are the ends of the first, the second … working day after the day of
	// the admission, as far as the calendar knows every day; at most mostTerms.
	Terms []claimwatch.Instant
	// Matched is the first check of the stay with result match, by any method.
	Matched *claimwatch.Instant
}

// mostTerms bounds what the rule's parameter may be set to. A changed day of the
// calendar wakes whoever was admitted up to 120 days before it.
const mostTerms = 15

// emergencies are those that were not seen to on the first working day, or with
// a hole in the calendar.
func emergencies(stays []*Stay, reference *Reference, asOf claimwatch.Instant) []*Emergency {
	if !reference.has("calendar") {
		return nil
	}
	var late []*Emergency
	for _, s := range stays {
		if s.Route != "emergency" || !s.Inpatient() {
			continue
		}
		e := &Emergency{Stay: s, AsOf: asOf, Terms: reference.terms(s.AdmittedOn())}
		for _, c := range s.Checks { // the first comes first
			if c.Result == "match" {
				e.Matched = &c.At
				break
			}
		}
		if len(e.Terms) < mostTerms || e.Matched == nil || *e.Matched >= e.Terms[0] {
			late = append(late, e)
		}
	}
	return late
}

// terms are the ends of the working days after a day.
func (r *Reference) terms(day claimwatch.Day) []claimwatch.Instant {
	terms := make([]claimwatch.Instant, 0, mostTerms)
	for len(terms) < mostTerms {
		day++
		working, known := r.Calendar[day]
		if !known {
			break
		}
		if working {
			terms = append(terms, (day + 1).Midnight())
		}
	}
	return terms
}
