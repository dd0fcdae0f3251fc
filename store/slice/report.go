package slice

import (
	"slices"

	"claimwatch"
)

// Unreported is a line of an item that needs a report, or of which nothing is
// known, with the times of the exam reports of its stay that bear its order or
// its item (FEE-021).
type Unreported struct {
	*Line
	Reports []claimwatch.Instant
}

// leastPatience is the least time after a line for which the rule waits for its
// report, whatever its parameters.
const leastPatience = 3_600_000

// unreported are such lines, also those whose reports may well be in time: how
// near a report must be is for the rule to say, but within the hour all are.
func (w *World) unreported(fees []*Line) []*Unreported {
	var lines []*Unreported
	var reports map[stayKey][]*ExamReport
	for _, l := range fees {
		if l.Item != nil && !l.Item.ReportRequired {
			continue
		}
		if reports == nil {
			reports = map[stayKey][]*ExamReport{}
			for _, r := range w.facts.ExamReports {
				reports[r.stay()] = append(reports[r.stay()], r)
			}
		}
		line := &Unreported{Line: l}
		for _, r := range reports[l.Stay.key()] {
			if r.OrderID != "" && r.OrderID == l.OrderID || r.ItemCode == l.ItemCode {
				line.Reports = append(line.Reports, r.At)
			}
		}
		if slices.ContainsFunc(line.Reports, func(at claimwatch.Instant) bool { return l.At <= at && at <= l.At+leastPatience }) {
			continue
		}
		slices.Sort(line.Reports)
		lines = append(lines, line)
	}
	return lines
}
