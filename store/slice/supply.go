package slice

import (
	"math/big"
	"slices"

	"claimwatch"
)

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

// refills are lines of a drug of which one begins before the end of another: what
// RX-003 may find something in, whatever its parameters.
func refills(supplies []*Supply) []*Supply {
	type drug struct{ person, item string }
	drugs := only(supplies, (*Supply).Drug)
	return groups(drugs, func(s *Supply) drug { return drug{s.PersonID, s.ItemCode} }, func(lines []*Supply) bool {
		furthest := new(big.Int) // end of the lines so far, in 1/per ms
		for i, s := range lines {
			if at := s.in(int64(s.At)); i > 0 && at.Cmp(furthest) < 0 {
				return true
			} else if end := at.Add(at, new(big.Int).Mul(s.Days, big.NewInt(day24))); end.Cmp(furthest) > 0 || i == 0 {
				furthest = end
			}
		}
		return false
	})
}

// in gives a number in 1/Per.
func (s *Supply) in(number int64) *big.Int { return new(big.Int).Mul(big.NewInt(number), s.Per) }

// Oversupply is a line of a prescription that hands out more days than it may,
// whatever the parameters (RX-001, RX-002).
type Oversupply struct {
	*Supply
	Group *Prescribed
	Later *big.Int // days of the lines of the prescription after this one, in 1/Per
}

// Prescribed are lines with one limit, which is the largest of theirs.
type Prescribed struct {
	Days    *big.Int // of all lines, in 1/Per
	MaxDays int32    // that the items allow; 0 when none says
	// There are lines of items without a limit: ordinary ones, and in an emergency.
	Unlimited, UnlimitedEmergency bool
}

func prescribed(lines []*Supply) *Prescribed {
	p := &Prescribed{Days: new(big.Int)}
	for _, s := range lines {
		p.Days.Add(p.Days, s.Days)
		switch own := s.MaxDays(); {
		case own != nil:
			p.MaxDays = max(p.MaxDays, *own)
		case s.Emergency():
			p.UnlimitedEmergency = true
		default:
			p.Unlimited = true
		}
	}
	return p
}

// exceeds says whether lines supply more than their limit, the least that
// parameters can make of it.
func (p *Prescribed) exceeds(per *big.Int) bool {
	most := p.MaxDays
	if p.Unlimited || p.UnlimitedEmergency {
		most = max(most, leastDays)
	}
	return p.Days.Cmp(new(big.Int).Mul(big.NewInt(int64(most)), per)) > 0
}

// leastDays is the least limit that a line without one of its item can have.
const leastDays = 1

func exceed(lines []*Supply) bool { return prescribed(lines).exceeds(lines[0].Per) }

// oversupplies are the lines of prescriptions that exceed.
func oversupplies(supplies []*Supply) []*Oversupply {
	type prescription struct {
		stay       *Stay
		item, id   string
		prescribed bool
	}
	byKey := map[prescription][]*Oversupply{}
	var all []*Oversupply
	key := func(s *Supply) prescription {
		return prescription{s.Stay, s.ItemCode, s.Prescription(), s.Prescribed()}
	}
	for _, s := range groups(supplies, key, exceed) {
		line := &Oversupply{Supply: s}
		all, byKey[key(s)] = append(all, line), append(byKey[key(s)], line)
	}
	for _, lines := range byKey {
		group := prescribed(suppliesOf(lines))
		later := new(big.Int)
		for _, line := range slices.Backward(lines) {
			line.Group, line.Later = group, new(big.Int).Set(later)
			later.Add(later, line.Days)
		}
	}
	return all
}

func suppliesOf(lines []*Oversupply) []*Supply {
	supplies := make([]*Supply, len(lines))
	for i, line := range lines {
		supplies[i] = line.Supply
	}
	return supplies
}

// splits are the lines of an item that a physician wrote on several prescriptions
// of one day, together more than that (RX-005).
func splits(supplies []*Supply) []*Supply {
	type day struct {
		person, physician, item string
		day                     claimwatch.Day
	}
	written := only(supplies, func(s *Supply) bool {
		return !s.Stay.Inpatient() && !s.Discharge() && s.Prescribed() && s.PhysicianID != ""
	})
	return groups(written, func(s *Supply) day { return day{s.PersonID, s.PhysicianID, s.ItemCode, s.Day()} }, func(lines []*Supply) bool {
		several := slices.ContainsFunc(lines, func(s *Supply) bool { return s.PrescriptionID != lines[0].PrescriptionID })
		return several && exceed(lines)
	})
}
