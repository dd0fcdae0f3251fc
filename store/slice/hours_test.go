package slice_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/store/slice"
)

// timed is a line of so many hours in 1/10,000 that says from when until when.
func timed(id, item string, quantity int64, from, until claimwatch.Instant) *slice.Fee {
	f := charged(id, "05T12:00", item, "nursing")
	f.Quantity, f.From, f.Until = quantity, &from, &until
	return f
}

// hourly are items charged by the hour: MON, and N0 of special nursing; N2 is
// nursing of level 2 by the day, N0d special nursing by the day.
func hourly() *slice.Reference {
	item := func(category string, level int32, byHour bool) []slice.Item {
		row := slice.Item{Validity: valid("01", "31"), Category: category, HourUnit: byHour}
		if level >= 0 {
			row.NursingLevel = &level
		}
		return []slice.Item{row}
	}
	return &slice.Reference{Items: map[string][]slice.Item{
		"MON": item("treatment", -1, true), "N0": item("nursing", 0, true), "N0d": item("nursing", 0, false), "N2": item("nursing", 2, false),
		"N2h": item("nursing", 2, true), "PCS": item("treatment", -1, false), "NO": item("nursing", -1, false),
	}}
}

// hours writes a row in hours: part of whole, total and before.
func hours(h *slice.Hours) string {
	if h.Hour.Sign() == 0 {
		return h.RecordID + " unknown"
	}
	in := func(n *big.Int) string { return new(big.Rat).SetFrac(n, h.Hour).RatString() }
	return fmt.Sprint(day(h.On), " ", h.RecordID, " ", in(h.Part), " of ", in(h.Whole), ", total ", in(h.Total), ", before ", in(h.Before))
}

func TestHoursOfItems(t *testing.T) {
	amount := func(f *slice.Fee, quantity int64) *slice.Fee { f.Quantity = quantity; return f }
	for _, c := range []struct {
		name string
		fees []*slice.Fee
		want []string
	}{
		{"less than a day", []*slice.Fee{amount(charged("a", "02T08:00", "MON", "treatment"), 239_999)}, []string{}},
		{"a day", []*slice.Fee{amount(charged("a", "02T08:00", "MON", "treatment"), 240_000)}, []string{"02 a 24 of 24, total 24, before 0"}},
		{"two lines, the last first", []*slice.Fee{
			amount(charged("a", "02T08:00", "MON", "treatment"), 200_000), inStay("S2", amount(charged("b", "02T07:00", "MON", "treatment"), 50_000)),
		}, []string{"02 b 5 of 5, total 25, before 20", "02 a 20 of 20, total 25, before 0"}},
		{"split in proportion", []*slice.Fee{
			timed("a", "MON", 480_000, clock("02T16:00"), clock("04T08:00")),
		}, []string{"03 a 144/5 of 48, total 144/5, before 0"}},
		{"thirds", []*slice.Fee{
			timed("a", "MON", 10_000, clock("02T22:00"), clock("03T01:00")), amount(charged("b", "02T08:00", "MON", "treatment"), 240_000),
		}, []string{"02 b 24 of 24, total 74/3, before 2/3", "02 a 2/3 of 1, total 74/3, before 0"}},
		{"until midnight", []*slice.Fee{
			timed("a", "MON", 10_000, clock("02T22:00"), clock("03T00:00")), amount(charged("b", "03T08:00", "MON", "treatment"), 240_000),
		}, []string{"03 b 24 of 24, total 24, before 0"}},
		{"by the piece", []*slice.Fee{amount(charged("a", "02T08:00", "PCS", "treatment"), 999_999)}, []string{}},
		{"no row, once a stay", []*slice.Fee{
			charged("a", "02T08:00", "X", "treatment"), charged("b", "02T08:00", "Y", "treatment"), inStay("S2", charged("c", "02T08:00", "X", "treatment")),
		}, []string{"a unknown", "c unknown"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			same(t, "hours", each(charges(c.fees, hourly()).Hours, hours), c.want)
		})
	}
}

func TestHoursOfCare(t *testing.T) {
	for _, c := range []struct {
		name string
		fees []*slice.Fee
		want []string
	}{
		{"the levels first", []*slice.Fee{charged("a", "02T08:00", "N2", "nursing"), charged("b", "02T07:00", "N2", "nursing"), charged("z", "02T09:00", "N0", "nursing")}, []string{"02 z 1 of 1, total 49, before 48", "02 b 24 of 24, total 49, before 24", "02 a 24 of 24, total 49, before 0"}},
		{"special nursing by the day", []*slice.Fee{charged("a", "02T08:00", "N2", "nursing"), charged("z", "02T09:00", "N0d", "nursing")}, []string{"02 z 24 of 24, total 48, before 24", "02 a 24 of 24, total 48, before 0"}},
		{"a level is not split", []*slice.Fee{timed("a", "N2h", 10_000, clock("04T00:00"), clock("06T00:00")), timed("z", "N0", 480_000, clock("04T00:00"), clock("06T00:00"))}, []string{"05 z 24 of 48, total 48, before 24", "05 a 24 of 24, total 48, before 0"}},
		{"special nursing alone", []*slice.Fee{charged("z", "02T09:00", "N0d", "nursing")}, []string{}},
		{"a level alone", []*slice.Fee{charged("a", "02T09:00", "N2", "nursing"), charged("b", "02T09:00", "NO", "nursing")}, []string{}},
		{"on two days", []*slice.Fee{charged("a", "02T09:00", "N2", "nursing"), charged("z", "03T09:00", "N0d", "nursing")}, []string{}},
		{"in two stays", []*slice.Fee{charged("a", "02T09:00", "N2", "nursing"), inStay("S2", charged("z", "02T09:00", "N0d", "nursing"))}, []string{}},
		{"no row", []*slice.Fee{charged("a", "02T09:00", "X", "nursing"), charged("b", "02T09:00", "X", "nursing"), charged("c", "02T09:00", "X", "exam")}, []string{"a unknown"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			same(t, "hours", each(charges(c.fees, hourly()).CareHours, hours), c.want)
		})
	}
}

func TestVisitsHaveNoHoursOfCare(t *testing.T) {
	visit := admitted("S1", "02T08:00")
	visit.Class = "outpatient"
	w := slice.WorldOf(slice.Facts{Admissions: []*slice.Admission{visit}, Fees: []*slice.Fee{
		charged("a", "02T09:00", "N2", "nursing"), charged("z", "02T09:00", "N0d", "nursing"), charged("x", "02T09:00", "X", "nursing"),
	}}, end)
	same(t, "hours", each(w.Tables(w.Moved, &slice.Others{}, hourly()).CareHours, hours), []string{})
}

// TestHoursAreExact holds the parts of random lines against fractions.
func TestHoursAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var fees []*slice.Fee
		want := map[string]*big.Rat{} // by day and line
		for i := range rapid.IntRange(1, 3).Draw(t, "lines") {
			from := clock("02T00:00") + claimwatch.Instant(rapid.Int64Range(0, 3*86_400_000).Draw(t, "from"))
			length := rapid.Int64Range(1, 3*86_400_000).Draw(t, "length")
			quantity := rapid.Int64Range(1, claimwatch.MaxQuantity).Draw(t, "quantity")
			f := timed(fmt.Sprint("F", i), "MON", quantity, from, from+claimwatch.Instant(length))
			fees = append(fees, f)
			for d := from.Day(); d.Midnight() < *f.Until; d++ {
				on := int64(min((d+1).Midnight(), *f.Until) - max(d.Midnight(), from))
				part := new(big.Rat).Mul(big.NewRat(quantity, 10_000), big.NewRat(on, length))
				want[day(d)+f.RecordID] = part
			}
		}
		for _, h := range charges(fees, hourly()).Hours {
			sum, before := new(big.Rat), new(big.Rat)
			for _, f := range fees {
				part := want[day(h.On)+f.RecordID]
				if part == nil {
					continue
				}
				sum.Add(sum, part)
				if f.RecordID > h.RecordID {
					before.Add(before, part)
				}
			}
			for name, pair := range map[string][2]*big.Rat{
				"part": {new(big.Rat).SetFrac(h.Part, h.Hour), want[day(h.On)+h.RecordID]}, "total": {new(big.Rat).SetFrac(h.Total, h.Hour), sum},
				"before": {new(big.Rat).SetFrac(h.Before, h.Hour), before}, "whole": {new(big.Rat).SetFrac(h.Whole, h.Hour), big.NewRat(h.Quantity, 10_000)},
			} {
				if pair[0].Cmp(pair[1]) != 0 {
					t.Fatalf("%s of %s on the %s: %v, want %v", name, h.RecordID, day(h.On), pair[0], pair[1])
				}
			}
		}
	})
}

// TestHoursStayWithinTheEngine: lengths without a common factor come to the
// finest denominator, and what is worked out with it fits the engine's 256 bits.
func TestHoursStayWithinTheEngine(t *testing.T) {
	var fees []*slice.Fee
	for i, length := range []int64{3_999_999_999_989, 3_999_999_999_971, 3_999_999_999_937, 3_999_999_999_923, 3_999_999_999_911} {
		until := clock("02T01:00") + claimwatch.Instant(length)
		fees = append(fees, timed(fmt.Sprint("F", i), "MON", claimwatch.MaxQuantity, clock("02T01:00"), until))
	}
	got := charges(fees, hourly()).Hours
	if len(got) == 0 {
		t.Fatal("no hours")
	}
	most := new(big.Int).Lsh(big.NewInt(1), 255)
	for _, h := range got {
		product := new(big.Int).Mul(big.NewInt(2*claimwatch.MaxAmount), slices.MaxFunc([]*big.Int{h.Part, h.Whole, h.Total}, (*big.Int).Cmp))
		if product.Cmp(most) >= 0 {
			t.Fatalf("%s on the %s does not fit: %v", h.RecordID, day(h.On), product)
		}
	}
}
