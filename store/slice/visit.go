package slice

import (
	"slices"

	"claimwatch"
)

// Visit is an outpatient visit of a person who lies in: what ADM-007 and ADM-014
// share. Its local day lies after that of the stay's admission, and it is not
// inside a leave.
type Visit struct {
	Stay, Visit *Stay
	// Within says that the stay ended on a later day; with an open stay this can
	// come true once the institution's present reaches DueAt.
	Within bool
	DueAt  claimwatch.Instant
	// Referred says that a referral of the person to the visit's institution was
	// approved by that day.
	Referred bool
	Fees     []*Line // of the visit
}

// Day is the local day of the visit.
func (v *Visit) Day() claimwatch.Day { return v.Visit.AdmittedOn() }

// Elsewhere says that the visit was to another institution.
func (v *Visit) Elsewhere() bool { return v.Visit.InstitutionID != v.Stay.InstitutionID }

// DayFees are the stay's day-unit fees of the day of the visit.
func (v *Visit) DayFees() []DayFee {
	var fees []DayFee
	for _, f := range v.Stay.DayFees {
		if f.At.Day() == v.Day() {
			fees = append(fees, f)
		}
	}
	return fees
}

// visits are the pairs of a stay and a visit during it. stays and fees are in
// order.
func visits(stays []*Stay, fees []*Line) []*Visit {
	var pairs []*Visit
	byVisit := map[*Stay][]*Visit{}
	var lying []*Stay // of the person, so far: who lies in was admitted on an earlier day
	for _, s := range stays {
		if len(lying) > 0 && lying[0].PersonID != s.PersonID {
			lying = lying[:0]
		}
		if s.Inpatient() {
			lying = append(lying, s)
			continue
		}
		for _, stay := range lying {
			if pair := visitDuring(stay, s); pair != nil {
				pairs, byVisit[s] = append(pairs, pair), append(byVisit[s], pair)
			}
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	for _, l := range fees {
		for _, pair := range byVisit[l.Stay] {
			pair.Fees = append(pair.Fees, l)
		}
	}
	return pairs
}

// visitDuring is the pair of a stay and a visit, nil when the visit is not, and
// will not be, strictly between its first and its last day.
func visitDuring(stay, visit *Stay) *Visit {
	day := visit.AdmittedOn()
	pair := &Visit{Stay: stay, Visit: visit, Within: day < stay.EndedOn()}
	if stay.DischargedAt == nil && !pair.Within {
		pair.DueAt = (day + 1).Midnight()
	}
	if day <= stay.AdmittedOn() || !pair.Within && pair.DueAt == 0 {
		return nil
	}
	if slices.ContainsFunc(stay.Leaves, func(l Span) bool { return l.From <= visit.AdmittedAt && visit.AdmittedAt < l.Until }) {
		return nil
	}
	pair.Referred = len(visit.ReferredOn) > 0 && visit.ReferredOn[0] <= day
	return pair
}
