package store

import (
	"time"

	"claimwatch"
)

// findingColumns are what findings are searched by.
func findingColumns(sets []findingSet) []column {
	texts := func(value func(*claimwatch.Finding) string) [][]string {
		return rowOf(sets, func(s *findingSet) []string { return rowOf(s.findings, value) })
	}
	moments := func(value func(*claimwatch.Finding) *claimwatch.Instant) [][]*time.Time {
		return rowOf(sets, func(s *findingSet) []*time.Time {
			return rowOf(s.findings, func(f *claimwatch.Finding) *time.Time { return timeOf(value(f)) })
		})
	}
	type finding = claimwatch.Finding
	return []column{
		{"rules", "Array(String)", texts(func(f *finding) string { return f.Rule })},
		{"severities", "Array(String)", texts(func(f *finding) string { return string(f.Severity) })},
		{"institutions", "Array(String)", texts(func(f *finding) string { return f.InstitutionID })},
		{"persons", "Array(String)", texts(func(f *finding) string { return textOf(f.PersonID) })},
		{"stays", "Array(String)", texts(func(f *finding) string { return textOf(f.StayID) })},
		{"froms", "Array(Nullable(" + timeType + "))", moments(func(f *finding) *claimwatch.Instant { return f.From })},
		{"untils", "Array(Nullable(" + timeType + "))", moments(func(f *finding) *claimwatch.Instant { return f.Until })},
		{"amounts", "Array(Int64)", rowOf(sets, func(s *findingSet) []int64 {
			return rowOf(s.findings, func(f *finding) int64 { return int64(f.Amount) })
		})},
	}
}

// hitColumns are the stays that findings speak of.
func hitColumns(sets []findingSet) []column {
	texts := func(value func(*claimwatch.Hit) string) [][]string {
		return rowOf(sets, func(s *findingSet) []string { return rowOf(s.hits, value) })
	}
	type hit = claimwatch.Hit
	return []column{
		{"hit_ids", "Array(String)", texts(func(h *hit) string { return h.FindingID })},
		{"hit_rules", "Array(String)", texts(func(h *hit) string { return h.Rule })},
		{"hit_institutions", "Array(String)", texts(func(h *hit) string { return h.InstitutionID })},
		{"hit_persons", "Array(String)", texts(func(h *hit) string { return h.PersonID })},
		{"hit_stays", "Array(String)", texts(func(h *hit) string { return h.StayID })},
	}
}

// missedColumns are what could not be evaluated.
func missedColumns(sets []findingSet) []column {
	texts := func(value func(*claimwatch.NotEvaluated) string) [][]string {
		return rowOf(sets, func(s *findingSet) []string { return rowOf(s.missed, value) })
	}
	type missed = claimwatch.NotEvaluated
	return []column{
		{"missed_rules", "Array(String)", texts(func(n *missed) string { return n.Rule })},
		{"missed_institutions", "Array(String)", texts(func(n *missed) string { return n.InstitutionID })},
		{"missed_persons", "Array(String)", texts(func(n *missed) string { return n.PersonID })},
		{"missed_stays", "Array(String)", texts(func(n *missed) string { return n.StayID })},
		{"missed_reasons", "Array(String)", texts(func(n *missed) string { return n.Reason })},
	}
}

// dueColumns are when time could change the sets.
func dueColumns(sets []findingSet) []column {
	return []column{
		{"due_institutions", "Array(String)", rowOf(sets, func(s *findingSet) []string {
			return rowOf(s.due, func(d *claimwatch.Due) string { return d.InstitutionID })
		})},
		{"due_ats", "Array(" + timeType + ")", rowOf(sets, func(s *findingSet) []time.Time {
			return rowOf(s.due, func(d *claimwatch.Due) time.Time { return d.At.Time() })
		})},
		{"due_min", timeType, rowOf(sets, func(s *findingSet) int64 {
			first := noDue
			for _, due := range s.due {
				first = min(first, due.At)
			}
			return millis(first)
		})},
	}
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func timeOf(i *claimwatch.Instant) *time.Time {
	if i == nil {
		return nil
	}
	t := i.Time()
	return &t
}
