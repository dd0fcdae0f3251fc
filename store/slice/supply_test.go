package slice_test

import (
	"fmt"
	"math/big"
	"testing"

	"claimwatch/store/slice"
)

// supplied is a drug line of S1 with days of supply.
func supplied(id, at string, quantity int64, days int32) *slice.Fee {
	f := charged(id, at, "DR", "drug")
	f.Quantity, f.Amount, f.DaysSupply = quantity*10_000, quantity*1000, &days
	return f
}

func visit(stay, at string) *slice.Admission {
	a := admitted(stay, at)
	a.Class = "outpatient"
	return a
}

func supplies(t slice.Tables) []string {
	return each(t.Supplies, func(s *slice.Supply) string {
		return fmt.Sprintf("%s %s/%s %s %v", s.RecordID, s.Days, s.Per, s.Prescription(), s.Prescribed())
	})
}

func TestSuppliesShareADenominator(t *testing.T) {
	third, fifth := refund("R1", "03T08:00", "F1", 10_000, 1000), refund("R2", "03T08:00", "F2", 30_000, 3000)
	onPaper := supplied("F3", "02T10:00", 2, 7)
	onPaper.PrescriptionID = "RX"
	another := supplied("F4", "02T11:00", 2, 7)
	another.PersonID = "P2"
	theirs := visit("S1", "01T08:00")
	theirs.PersonID = "P2"
	facts := slice.Facts{
		Admissions: []*slice.Admission{visit("S1", "01T08:00"), theirs},
		Fees:       []*slice.Fee{supplied("F1", "02T08:00", 3, 10), supplied("F2", "02T09:00", 5, 7), onPaper, third, fifth, another},
	}
	same(t, "supplies", supplies(tables(facts, nil)), []string{
		"F1 100/15 F1 false", "F2 42/15 F2 false", "F3 105/15 RX true", "F4 7/1 F4 false", // of another person: a denominator of its own
	})
}

// TestFarFractionsAreRounded to 10^-30 when the exact denominator is larger.
func TestFarFractionsAreRounded(t *testing.T) {
	facts := slice.Facts{Admissions: []*slice.Admission{visit("S1", "01T08:00")}}
	for i, prime := range []int64{999_983, 999_979, 999_961, 999_959, 999_953, 999_931} {
		id := fmt.Sprint("F", i)
		f := supplied(id, "02T08:00", 1, 7)
		f.Quantity = prime
		facts.Fees = append(facts.Fees, f, refund("R"+id, "03T08:00", id, 1, 1))
	}
	got := tables(facts, nil).Supplies
	per, _ := new(big.Int).SetString("1000000000000000000000000000000", 10)
	// 7 x 999,982 / 999,983, rounded half upwards
	want, _ := new(big.Int).SetString("6999992999880997976965608415343", 10)
	if got[0].Per.Cmp(per) != 0 || got[0].Days.Cmp(want) != 0 {
		t.Errorf("%s/%s, want %s/%s", got[0].Days, got[0].Per, want, per)
	}
}

func TestWhatIsSupplied(t *testing.T) {
	discharge, none := supplied("F1", "02T08:00", 1, 7), charged("F1", "02T08:00", "DR", "drug")
	discharge.Usage = "discharge"
	for _, c := range []struct {
		name string
		stay *slice.Admission
		fee  *slice.Fee
		want int
	}{
		{"a visit", visit("S1", "01T08:00"), supplied("F1", "02T08:00", 1, 7), 1},
		{"in the stay", admitted("S1", "01T08:00"), supplied("F1", "02T08:00", 1, 7), 0},
		{"at the discharge", admitted("S1", "01T08:00"), discharge, 1},
		{"without days", visit("S1", "01T08:00"), none, 0},
	} {
		got := tables(slice.Facts{Admissions: []*slice.Admission{c.stay}, Fees: []*slice.Fee{c.fee}}, nil).Supplies
		same(t, c.name, len(got), c.want)
	}
}

// TestSuppliesInQuestion: what is no drug, in time or within the limit is left out.
func TestSuppliesInQuestion(t *testing.T) {
	on := func(prescription string, f *slice.Fee) *slice.Fee {
		f.PrescriptionID, f.PhysicianID = prescription, "D1"
		return f
	}
	home := func(f *slice.Fee) *slice.Fee { f.Usage = "discharge"; return f }
	five, twelve := int32(5), int32(12)
	limited := map[string][]slice.Item{"DR": {{Validity: always(), Category: "drug", MaxDaysSupply: &twelve, DischargeMaxDays: &five}}}
	for name, c := range map[string]struct {
		fees  []*slice.Fee
		items map[string][]slice.Item
		want  string // refills, oversupplies, at the discharge, splits
	}{
		"one day":                {[]*slice.Fee{supplied("F1", "02T08:00", 1, 1)}, nil, "[] [] [] []"},
		"two days":               {[]*slice.Fee{supplied("F1", "02T08:00", 1, 2)}, nil, "[] [F1 2 0 0 true] [] []"},
		"within the limit":       {[]*slice.Fee{supplied("F1", "02T08:00", 1, 12)}, limited, "[] [] [] []"},
		"beyond the limit":       {[]*slice.Fee{supplied("F1", "02T08:00", 1, 13)}, limited, "[] [F1 13 0 12 false] [] []"},
		"at the discharge":       {[]*slice.Fee{home(supplied("F1", "02T08:00", 1, 6))}, limited, "[] [] [F1 6 0 5 false] []"},
		"no more than that":      {[]*slice.Fee{home(supplied("F1", "02T08:00", 1, 5))}, limited, "[] [] [] []"},
		"refilled when empty":    {[]*slice.Fee{supplied("F1", "02T08:00", 1, 1), supplied("F2", "03T08:00", 1, 1)}, nil, "[] [] [] []"},
		"refilled before":        {[]*slice.Fee{supplied("F1", "02T08:00", 1, 1), supplied("F2", "03T07:59", 1, 1)}, nil, "[F1 F2] [] [] []"},
		"two of a prescription":  {[]*slice.Fee{on("RX", supplied("F1", "02T08:00", 1, 6)), on("RX", supplied("F2", "09T08:00", 1, 7))}, limited, "[] [F1 13 7 12 false F2 13 0 12 false] [] []"},
		"two prescriptions":      {[]*slice.Fee{on("RX1", supplied("F1", "02T08:00", 1, 6)), on("RX2", supplied("F2", "02T08:00", 1, 7))}, limited, "[F1 F2] [] [] [F1 F2]"},
		"within the limit too":   {[]*slice.Fee{on("RX1", supplied("F1", "02T08:00", 1, 6)), on("RX2", supplied("F2", "02T08:00", 1, 6))}, limited, "[F1 F2] [] [] []"},
		"of two physicians' own": {[]*slice.Fee{on("RX1", supplied("F1", "02T08:00", 1, 6)), supplied("F2", "02T08:00", 1, 7)}, limited, "[F1 F2] [] [] []"},
	} {
		got := tables(slice.Facts{Admissions: []*slice.Admission{visit("S1", "01T08:00")}, Fees: c.fees}, c.items)
		id := func(s *slice.Supply) string { return s.RecordID }
		over := func(o *slice.Oversupply) string {
			return fmt.Sprint(o.RecordID, " ", o.Group.Days, " ", o.Later, " ", o.Group.MaxDays, " ", o.Group.Unlimited)
		}
		same(t, name, fmt.Sprint(each(got.Refills, id), " ", each(got.Oversupplies, over), " ", each(got.DischargeOversupplies, over), " ", each(got.Splits, id)), c.want)
	}
}
