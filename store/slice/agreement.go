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
