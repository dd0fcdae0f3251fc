package slice_test

import (
	"fmt"
	"testing"

	"claimwatch/store/slice"
)

func TestRepetitions(t *testing.T) {
	times := func(o *slice.Order, n int64) *slice.Order { n *= 10_000; o.TimesPerDay = &n; return o }
	limit := int64(50_000)
	items := map[string][]slice.Item{"LAB": {{Validity: always(), Category: "lab"}}, "FEW": {{Validity: always(), Category: "lab", MaxPerDay: &limit}}}
	two := func(item string) []*slice.Fee {
		second := charged("F2", "03T09:00", item, "lab")
		second.UnitPrice++ // it is not equal to the first
		return []*slice.Fee{charged("F1", "03T09:00", item, "lab"), second}
	}
	for name, c := range map[string]struct {
		fees      []*slice.Fee
		orders    []*slice.Order
		discharge string
		want      string
	}{
		"without an order":          {two("LAB"), nil, "05T08:00", "F1 F2 20000 over 10000 true"},
		"ordered once":              {two("LAB"), []*slice.Order{ordered("O1", "02T08:00", "LAB")}, "05T08:00", "F1 F2 20000 over 10000 true O1"},
		"ordered twice a day":       {two("LAB"), []*slice.Order{times(ordered("O1", "02T08:00", "LAB"), 2)}, "05T08:00", ""},
		"by two orders":             {two("LAB"), []*slice.Order{ordered("O1", "02T08:00", "LAB"), ordered("O2", "03T23:59", "LAB")}, "05T08:00", ""},
		"another item":              {two("LAB"), []*slice.Order{times(ordered("O1", "02T08:00", "X"), 2)}, "05T08:00", "F1 F2 20000 over 10000 true"},
		"stopped before":            {two("LAB"), []*slice.Order{times(ordered("O1", "02T08:00", "LAB", "03T00:00"), 2)}, "05T08:00", "F1 F2 20000 over 10000 true"},
		"of the next day":           {two("LAB"), []*slice.Order{times(ordered("O1", "04T00:00", "LAB"), 2)}, "05T08:00", "F1 F2 20000 over 10000 true"},
		"an unknown item":           {two("NEW"), nil, "05T08:00", "F1 F2 20000 over 10000 false"},
		"with a limit of its own":   {two("FEW"), nil, "05T08:00", ""},
		"one line":                  {two("LAB")[:1], nil, "05T08:00", ""},
		"equal lines are FEE-001's": {[]*slice.Fee{charged("F1", "03T09:00", "LAB", "lab"), charged("F2", "03T09:00", "LAB", "lab")}, nil, "05T08:00", ""},
		"ordered at the very end":   {two("LAB"), []*slice.Order{times(ordered("O1", "03T09:00", "LAB"), 2)}, "", "F1 F2 20000 over 10000 true due 03T09:00"},
	} {
		facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Fees: c.fees, Orders: c.orders}
		if c.discharge != "" {
			facts.Discharges = []*slice.Discharge{discharged("S1", c.discharge)}
		}
		got := ""
		for _, r := range tables(facts, items).Repetitions {
			got = fmt.Sprintf("%s %s %d over %d %v", r.Lines[0].RecordID, r.Lines[1].RecordID, r.Charged(), r.Ordered(), r.Found)
			for _, o := range r.Orders {
				got += " " + o.RecordID
			}
			if r.DueAt != 0 {
				got += " due " + at(r.DueAt)
			}
		}
		same(t, name, got, c.want)
	}
}
