package slice

import "claimwatch"

// Overlap is a time that a person spent in two stays (inpatient and rehab) at
// once: what ADM-005 and ADM-006 share. Open stays end at LastOwn.
type Overlap struct {
	Earlier, Later *Stay
	Span
	// HandedOver says that the later stay is a transfer which a referral from the
	// earlier one's institution foresees.
	HandedOver bool
}

// overlaps are the pairs of stays of one person that share a time. stays are in
// order.
func overlaps(stays []*Stay, reference *Reference) []*Overlap {
	var pairs []*Overlap
	var before []*Stay // of the person
	for _, later := range stays {
		if len(before) > 0 && before[0].PersonID != later.PersonID {
			before = before[:0]
		}
		if !later.Inpatient() {
			continue
		}
		for _, earlier := range before {
			shared := Span{later.AdmittedAt, min(earlier.LastOwn, later.LastOwn)}
			if shared.From < shared.Until {
				pairs = append(pairs, &Overlap{
					Earlier: earlier, Later: later, Span: shared,
					HandedOver: later.Route == "transfer" && reference.referredFrom(earlier.InstitutionID, later),
				})
			}
		}
		before = append(before, later)
	}
	return pairs
}

// referredFrom says whether a referral from an institution to that of the stay
// was approved by the day of its admission.
func (r *Reference) referredFrom(institution string, s *Stay) bool {
	for _, referral := range r.Referrals[s.PersonID] {
		if referral.From == institution && referral.To == s.InstitutionID && referral.ApprovedOn <= s.AdmittedOn() {
			return true
		}
	}
	return false
}

// Fees are the day-unit fees of the later stay on local days that the overlap
// touches.
func (o *Overlap) Fees() []DayFee {
	var fees []DayFee
	for _, f := range o.Later.DayFees {
		if day := f.At.Day(); o.From < (day+1).Midnight() && o.Until > day.Midnight() {
			fees = append(fees, f)
		}
	}
	return fees
}

// Admissions are those of the two stays, each with its stay.
func (o *Overlap) Admissions() []*Stay { return []*Stay{o.Earlier, o.Later} }

// Admission is the record that began the stay.
func (s *Stay) Admission() NamedRecord {
	return NamedRecord{claimwatch.Admission, s.AdmissionID, s.AdmittedAt}
}
