package oracle

import (
	"cmp"
	"slices"

	"claimwatch"
)

// baselineRules is ADM-015.
func baselineRules() []rule {
	return []rule{{
		code: "ADM-015", about: inBed, reads: []string{"los_baselines", "institutions"}, needs: []string{"institutions"},
		judge: perStay(longStay),
	}}
}

// longStay is ADM-015: longer than p95 and than median + 3 x mad of its like.
func longStay(t *trial, s *stay) []*finding {
	if s.discharge == nil {
		return nil
	}
	const enough = 30
	level, month := t.ref.institutions[s.institutionID]["level"], s.discharge.OccurredAt.Day().Month()
	baseline := t.ref.baseline(s.group(), level, month)
	if n, _ := number(baseline["n"], 0); baseline == nil || n < enough {
		t.notTold(s.key, ReasonNoRow)
		return nil
	}
	p95, _ := number(baseline["p95"], 4)
	median, _ := number(baseline["median"], 4)
	mad, _ := number(baseline["mad"], 4)
	days := s.stayDays() * 10_000
	if days <= p95 || days <= median+3*mad {
		return nil
	}
	f := newFinding("ADM-015", claimwatch.Reminder, s)
	f.involve(s.admission)
	f.wholeStay()
	return []*finding{f}
}

// baseline finds the row of a group, level and month; an empty group equals
// nothing (1.11).
func (t *tables) baseline(group, level, month string) row {
	for _, r := range t.of("los_baselines") {
		if group != "" && r["diagnosis_group"] == group && r["level"] == level && r["month"] == month {
			return r
		}
	}
	return nil
}

// like is what stays of one baseline share.
type like struct{ group, level string }

// Baselines are the rows of los_baselines for a month, YYYY-MM, from the stays
// (inpatient, rehab) discharged in the 24 calendar months before it. Stays without
// a diagnosis group or at an institution without a row belong to none.
func Baselines(log []Received, ref Reference, asOf claimwatch.Instant, month string) []map[string]string {
	w := newWorld(log, ref, asOf)
	until, err := claimwatch.ParseDay(month + "-01")
	if err != nil {
		return nil
	}
	from := claimwatch.InstantOf(until.Midnight().Time().AddDate(0, -24, 0)).Day()
	lengths := map[like][]int64{}
	for _, s := range w.stays {
		institution := w.ref.institutions[s.institutionID]
		if !s.inBed() || s.discharge == nil || institution == nil || s.group() == "" {
			continue
		}
		if day := s.discharge.OccurredAt.Day(); from <= day && day < until {
			k := like{s.group(), institution["level"]}
			lengths[k] = append(lengths[k], s.stayDays()*100)
		}
	}
	var out []map[string]string
	for k, days := range lengths {
		out = append(out, k.baseline(days, month))
	}
	slices.SortFunc(out, func(a, b map[string]string) int {
		return cmp.Or(cmp.Compare(a["diagnosis_group"], b["diagnosis_group"]), cmp.Compare(a["level"], b["level"]))
	})
	return out
}

// baseline of lengths in 1/100 days, of which all results are whole numbers: of
// whole days the median has halves, the distances too, and their median quarters.
func (k like) baseline(days []int64, month string) map[string]string {
	slices.Sort(days)
	n := len(days)
	middle := median(days)
	var distances []int64
	for _, d := range days {
		distances = append(distances, max(d-middle, middle-d))
	}
	slices.Sort(distances)
	text := func(hundredths int64) string { return claimwatch.Fen(hundredths).String() }
	return map[string]string{
		"diagnosis_group": k.group, "level": k.level, "month": month,
		"n":   string(claimwatch.AppendDecimal(nil, int64(n), 0)),
		"p95": text(days[(95*n+99)/100-1]), "median": text(middle), "mad": text(median(distances)),
	}
}

// median of sorted numbers, of an even count the mean of the two in the middle.
func median(sorted []int64) int64 {
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
