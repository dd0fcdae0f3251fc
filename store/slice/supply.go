package slice

import "math/big"

// Supply is a line with days of supply that the person takes home: of a visit,
// or at the discharge (RX-001, 002, 003, 005).
type Supply struct {
	*Line
	// Days of supply that refunds leave (rules.md 1.7), in 1/Per day. Per is the
	// same for all lines of a person.
	Days, Per *big.Int
}

// Drug says that the line is one of a drug.
func (s *Supply) Drug() bool { return s.Category == "drug" }

// Discharge says that the drug was given for the time after the stay.
func (s *Supply) Discharge() bool { return s.Usage == "discharge" }

// Emergency says that it was given, or the person came, in an emergency.
func (s *Supply) Emergency() bool { return s.Usage == "emergency" || s.Stay.Route == "emergency" }

// Prescribed says that the line names its prescription.
func (s *Supply) Prescribed() bool { return s.PrescriptionID != "" }

// Prescription is the prescription of the line; one that names none is its own.
func (s *Supply) Prescription() string {
	if s.Prescribed() {
		return s.PrescriptionID
	}
	return s.RecordID
}

// MaxDays are the most days that the item may be supplied for; nil for no limit
// of its own.
func (s *Supply) MaxDays() *int32 {
	switch {
	case s.Item == nil:
		return nil
	case s.Discharge():
		return s.Item.DischargeMaxDays
	default:
		return s.Item.MaxDaysSupply
	}
}

// supplies are those among the lines, person by person.
func supplies(fees []*Line) []*Supply {
	var all []*Supply
	person := 0 // where the lines of the person begin
	for _, l := range fees {
		if l.DaysSupply == nil || l.Stay.Inpatient() && l.Usage != "discharge" {
			continue
		}
		if len(all) > 0 && all[person].PersonID != l.PersonID {
			share(all[person:])
			person = len(all)
		}
		all = append(all, &Supply{Line: l})
	}
	share(all[person:])
	return all
}

// share works out the days of the lines of a person over one denominator.
func share(lines []*Supply) {
	days := make([]*big.Rat, len(lines))
	for i, s := range lines {
		days[i] = scaled(int64(*s.DaysSupply), s.Quantity, s.Fee.Quantity)
	}
	numerators, per := shared(days)
	for i, s := range lines {
		s.Days, s.Per = numerators[i], per
	}
}
