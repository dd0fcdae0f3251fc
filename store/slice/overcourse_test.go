package slice_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/store/slice"
)

// courses works out the courses of lines of item T.
func courses(fees []*slice.Fee, item *slice.Item, limits ...slice.ItemLimit) []*slice.OverCourse {
	r := &slice.Reference{Limits: map[string][]slice.ItemLimit{"T": limits}}
	if item != nil {
		item.Validity = slice.Validity{Until: slice.Forever}
		r.Items = map[string][]slice.Item{"T": {*item}}
	}
	w := slice.WorldOf(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: fees}, end)
	return w.Tables(w.Moved, &slice.Others{}, r).OverCourses
}

func limit(kind string, days int32, most int64) slice.ItemLimit {
	l := slice.ItemLimit{Validity: slice.Validity{Until: slice.Forever}, ID: fmt.Sprint(kind, days), ItemCode: "T", Kind: kind, Days: days}
	if most != 0 {
		l.Max = &most
	}
	return l
}

func treated(id, at string, quantity int64) *slice.Fee {
	f := charged(id, at, "T", "treatment")
	f.Quantity, f.Amount = quantity, quantity/10
	return f
}

func overs(rows []*slice.OverCourse) []string {
	return each(rows, func(o *slice.OverCourse) string {
		if !o.Over {
			return o.Month + " " + o.RecordID
		}
		return fmt.Sprintf("%s %s %d %s", o.Month, o.RecordID, o.Amount, strings.Join(o.Limits, ","))
	})
}

func TestCourses(t *testing.T) {
	fees := func() []*slice.Fee {
		return []*slice.Fee{treated("F1", "02T08:00", 20_000), treated("F2", "03T08:00", 20_000), treated("F3", "06T08:00", 20_000)}
	}
	most := int64(10_000)
	rehab := &slice.Item{Category: "rehab", MaxPerDay: &most}
	for _, c := range []struct {
		name   string
		item   *slice.Item
		limits []slice.ItemLimit
		want   []string
	}{
		{"no limit", nil, nil, []string{}},
		{"a window of two days", nil, []slice.ItemLimit{limit("course", 2, 30_000)}, []string{"2026-01 F1", "2026-01 F2 1000 course2"}},
		{"a window of four days", nil, []slice.ItemLimit{limit("course", 4, 30_000)}, []string{"2026-01 F1", "2026-01 F2 1000 course4"}},
		{"a window of five days", nil, []slice.ItemLimit{limit("course", 5, 30_000)}, []string{
			"2026-01 F1", "2026-01 F2 1000 course5", "2026-01 F3 2000 course5",
		}},
		{"an interval of three days", nil, []slice.ItemLimit{limit("interval", 3, 0)}, []string{"2026-01 F1", "2026-01 F2 2000 interval3"}},
		{"of two rows the larger excess", nil, []slice.ItemLimit{limit("course", 2, 30_000), limit("interval", 3, 0)}, []string{
			"2026-01 F1", "2026-01 F2 2000 course2,interval3",
		}},
		{"a course without most", nil, []slice.ItemLimit{limit("course", 2, 0)}, []string{}},
		{"the limit of a day", rehab, nil, []string{
			"2026-01 F1 1000 max_per_day", "2026-01 F2 1000 max_per_day", "2026-01 F3 1000 max_per_day",
		}},
		{"that of other treatment", &slice.Item{Category: "treatment", MaxPerDay: &most}, nil, []string{}},
		{"of day and course the larger excess", rehab, []slice.ItemLimit{limit("course", 2, 25_000)}, []string{
			"2026-01 F1 1000 max_per_day", "2026-01 F2 1500 course2,max_per_day", "2026-01 F3 1000 max_per_day",
		}},
	} {
		t.Run(c.name, func(t *testing.T) { same(t, "rows", overs(courses(fees(), c.item, c.limits...)), c.want) })
	}
}

func TestRehabWithoutRowCannotBeTold(t *testing.T) {
	f := treated("F1", "02T08:00", 10_000)
	f.Category = "rehab"
	same(t, "rows", overs(courses([]*slice.Fee{f}, nil)), []string{" F1"})
}

// TestWindowsAreThoseOfTheText slides windows as rules.md says it, line by line.
func TestWindowsAreThoseOfTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var fees []*slice.Fee
		for i := range rapid.IntRange(1, 9).Draw(t, "lines") {
			at := fmt.Sprintf("%02dT%02d:00", rapid.IntRange(1, 9).Draw(t, "day"), rapid.IntRange(9, 11).Draw(t, "hour"))
			f := treated(fmt.Sprint("F", i), at, 10_000*rapid.Int64Range(1, 4).Draw(t, "quantity"))
			if rapid.Bool().Draw(t, "drug") {
				days := int32(rapid.IntRange(1, 5).Draw(t, "supply"))
				f.Category, f.DaysSupply = "drug", &days
			}
			fees = append(fees, f)
		}
		l := limit("course", int32(rapid.IntRange(1, 5).Draw(t, "window")), 10_000*rapid.Int64Range(1, 9).Draw(t, "most"))
		got := map[string]int64{}
		for _, o := range courses(fees, nil, l) {
			if o.Over {
				got[o.RecordID] = o.Amount
			}
		}
		want := map[string]int64{}
		in := tables(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: fees}, nil).Fees
		for i, part := range windows(in, l) {
			if part.Sign() > 0 {
				share := new(big.Rat).SetInt64(in[i].Amount)
				share.Mul(share, part).Quo(share, worth(in[i])).Add(share, big.NewRat(1, 2))
				want[in[i].RecordID] = new(big.Int).Quo(share.Num(), share.Denom()).Int64()
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func worth(l *slice.Line) *big.Rat {
	if l.Category == "drug" && l.DaysSupply != nil {
		return big.NewRat(int64(*l.DaysSupply), 1)
	}
	return big.NewRat(l.Quantity, 10_000)
}

// windows gives what of each line is in excess.
func windows(lines []*slice.Line, l slice.ItemLimit) []*big.Rat {
	excess := make([]*big.Rat, len(lines))
	for i := range excess {
		excess[i] = new(big.Rat)
	}
	for _, first := range lines {
		rest := big.NewRat(-*l.Max, 10_000)
		var window []int
		for i, other := range lines {
			if other.Day() >= first.Day() && other.Day() < first.Day()+claimwatch.Day(l.Days) {
				window = append(window, i)
				rest.Add(rest, worth(other)).Sub(rest, excess[i])
			}
		}
		for k := len(window) - 1; k >= 0 && rest.Sign() > 0; k-- {
			i := window[k]
			part := new(big.Rat).Sub(worth(lines[i]), excess[i])
			if part.Cmp(rest) > 0 {
				part.Set(rest)
			}
			rest.Sub(rest, part)
			excess[i].Add(excess[i], part)
		}
	}
	return excess
}
