package slice_test

import (
	"testing"

	"claimwatch/store/slice"
)

// drugOrder is an order of S1 that ends at a time, or with the stay.
func drugOrder(id, at, item, until string) *slice.Order {
	o := order(id, at, "drug")
	o.ItemCode = item
	if until != "" {
		stop := clock(until)
		o.Until = &stop
	}
	return o
}

// TestDrugPairs changes the second of two orders.
func TestDrugPairs(t *testing.T) {
	forever := slice.Validity{Until: slice.Forever}
	items := map[string][]slice.Item{
		"SIM": {{Validity: forever, ATC: "C10AA01"}}, "ATO": {{Validity: forever, ATC: "C10AA05"}},
		"EZE": {{Validity: forever, ATC: "C10AX09"}}, "NON": {{Validity: forever}}, "NOT": {{Validity: forever}},
	}
	first := drugOrder("O1", "02T08:00", "SIM", "06T08:00")
	lab := drugOrder("O2", "03T08:00", "ATO", "09T08:00")
	lab.Class = "lab"
	elsewhere := drugOrder("O2", "03T08:00", "ATO", "09T08:00")
	elsewhere.StayID = "S2"
	for _, c := range []struct {
		name   string
		orders []*slice.Order
		want   []string
	}{
		{"one class", []*slice.Order{first, drugOrder("O2", "03T08:00", "ATO", "09T08:00")}, []string{"O1 O2 C10AA 03T08:00 06T08:00"}},
		{"the first of the records first", []*slice.Order{first, drugOrder("O0", "02T08:00", "ATO", "09T08:00")}, []string{"O0 O1 C10AA 02T08:00 06T08:00"}},
		{"another class", []*slice.Order{first, drugOrder("O2", "03T08:00", "EZE", "09T08:00")}, []string{}},
		{"the same item", []*slice.Order{first, drugOrder("O2", "03T08:00", "SIM", "09T08:00")}, []string{}},
		{"no class", []*slice.Order{drugOrder("O1", "02T08:00", "NON", "06T08:00"), drugOrder("O2", "03T08:00", "NOT", "09T08:00")}, []string{}},
		{"no drug order", []*slice.Order{first, lab}, []string{}},
		{"one after the other", []*slice.Order{first, drugOrder("O2", "06T08:00", "ATO", "09T08:00")}, []string{}},
		{"in another stay", []*slice.Order{first, elsewhere}, []string{"O1 O2 C10AA 03T08:00 06T08:00"}},
		{"no row", []*slice.Order{first, drugOrder("O2", "03T08:00", "NX", "09T08:00")}, []string{"O1 O2  03T08:00 06T08:00 unknown S1"}},
		{"no row, the longest", []*slice.Order{
			first, drugOrder("O2", "03T08:00", "NX", "05T08:00"), drugOrder("O3", "02T10:00", "NY", "09T08:00"),
		}, []string{"O1 O3  02T10:00 06T08:00 unknown S1"}},
		{"moving with the end of the stay", []*slice.Order{drugOrder("O1", "02T08:00", "SIM", ""), drugOrder("O2", "03T08:00", "ATO", "")}, []string{"O1 O2 C10AA 03T08:00 03T09:00 moved S1"}},
		{"ahead of the end of the stay", []*slice.Order{drugOrder("O1", "02T08:00", "SIM", ""), drugOrder("O2", "04T08:00", "ATO", "09T08:00")}, []string{"O1 O2 C10AA 04T08:00 04T08:00 moved S1"}},
		{"standing before the end of the stay", []*slice.Order{drugOrder("O1", "02T08:00", "SIM", ""), drugOrder("O2", "02T09:00", "ATO", "02T10:00")}, []string{"O1 O2 C10AA 02T09:00 02T10:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := tables(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S2", "01T08:00")},
				Fees:       []*slice.Fee{charged("F1", "03T09:00", "X", "other")}, Orders: c.orders,
			}, items).DrugPairs
			same(t, "pairs", each(got, pairText), c.want)
		})
	}
}

func pairText(p *slice.DrugPair) string {
	text := p.First.RecordID + " " + p.Second.RecordID + " " + p.Class + " " + span(p.Together)
	if p.Mover != nil {
		text += " moved " + p.Mover.StayID
	}
	if p.Unknown != nil {
		text += " unknown " + p.Unknown.StayID
	}
	return text
}
