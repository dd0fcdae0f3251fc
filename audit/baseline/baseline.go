package baseline

import (
	"cmp"
	"fmt"
	"slices"

	"claimwatch"
)

// months are the calendar months before the month of a baseline whose stays it
// is computed from (rules.md, ADM-015).
const months = 24

// scale writes days with two decimals as whole numbers.
const scale = 100

// Length is how many stays of a diagnosis group at institutions of a level
// lasted so many days.
type Length struct {
	Group string
	Level int32
	Days  int32 // stay_days, at least 1
	Stays int
}

// Row is a baseline. P95, Median and MAD are in hundredths of a day: lengths are
// whole days, so halves and quarters are all that can come out.
type Row struct {
	Group            string
	Level            int32
	N                int
	P95, Median, MAD int64
}

// Window gives the discharges that the baseline of a month (YYYY-MM) is computed
// from: the calendar months before it, in Asia/Shanghai.
func Window(month string) (claimwatch.Interval, error) {
	first, err := claimwatch.ParseDay(month + "-01")
	if err != nil {
		return claimwatch.Interval{}, fmt.Errorf("read month %q: want YYYY-MM", month)
	}
	since, err := claimwatch.ParseDay(first.Date().AddDate(0, -months, 0).Format("2006-01-02"))
	if err != nil {
		return claimwatch.Interval{}, fmt.Errorf("read month %q: %w", month, err)
	}
	return claimwatch.Interval{From: since.Midnight(), Until: first.Midnight()}, nil
}

// Of computes the baseline of every group and level that has stays, in order of
// group and level.
func Of(lengths []Length) []Row {
	lengths = slices.Clone(lengths)
	slices.SortFunc(lengths, func(a, b Length) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Days, b.Days))
	})
	var rows []Row
	for len(lengths) > 0 {
		first := lengths[0]
		end := slices.IndexFunc(lengths, func(l Length) bool { return l.Group != first.Group || l.Level != first.Level })
		if end < 0 {
			end = len(lengths)
		}
		rows = append(rows, of(lengths[:end]))
		lengths = lengths[end:]
	}
	return rows
}

// of computes one baseline of lengths in order of days.
func of(lengths []Length) Row {
	row := Row{Group: lengths[0].Group, Level: lengths[0].Level}
	days := make([]weighted, len(lengths))
	for i, l := range lengths {
		days[i] = weighted{value: int64(l.Days) * scale, weight: l.Stays}
		row.N += l.Stays
	}
	row.P95 = element(days, (95*row.N+99)/100) // ceil(0.95 n)
	row.Median = median(days, row.N)
	distances := make([]weighted, len(days))
	for i, d := range days {
		distances[i] = weighted{value: max(d.value-row.Median, row.Median-d.value), weight: d.weight}
	}
	slices.SortFunc(distances, func(a, b weighted) int { return cmp.Compare(a.value, b.value) })
	row.MAD = median(distances, row.N)
	return row
}

// weighted is a value that occurs weight times.
type weighted struct {
	value  int64
	weight int
}

// element is the k-th value in order, from 1.
func element(sorted []weighted, k int) int64 {
	for _, w := range sorted {
		if k -= w.weight; k <= 0 {
			return w.value
		}
	}
	return 0 // there is no such element
}

// median of n values in order, of an even n the mean of the two in the middle.
func median(sorted []weighted, n int) int64 {
	return (element(sorted, (n+1)/2) + element(sorted, n/2+1)) / 2
}
