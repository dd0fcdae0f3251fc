package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Series are CT or MR reports of a person of one body part with no operation in
// between, in the order of records (EXM-001).
type Series []*Report

// Report is an exam report of a known stay and what the stay was charged for it.
type Report struct {
	*ExamReport
	Stay *Stay
	Fees []*Line
}

// Day is the local day of the report.
func (r *Report) Day() claimwatch.Day { return r.At.Day() }

// imagingModalities are those that are not to be repeated.
var imagingModalities = [...]string{"CT", "MR"}

// imaging are the series with more than one report.
func (w *World) imaging(stays map[stayKey]*Stay, fees []*Line) []Series {
	all := make([]*Report, 0, len(w.facts.ExamReports))
	of(stays, w.facts.ExamReports, func(s *Stay, r *ExamReport) { all = append(all, &Report{ExamReport: r, Stay: s}) })
	slices.SortFunc(all, func(a, b *Report) int {
		return cmp.Or(strings.Compare(a.PersonID, b.PersonID), strings.Compare(a.Modality, b.Modality), strings.Compare(a.BodyPart, b.BodyPart),
			cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID), strings.Compare(a.InstitutionID, b.InstitutionID))
	})
	operated := map[string][]claimwatch.Instant{}
	of(stays, w.facts.Operations, func(_ *Stay, o *Operation) { operated[o.PersonID] = append(operated[o.PersonID], o.At) })
	var series []Series
	for i, r := range all {
		switch last := len(series) - 1; {
		case !slices.Contains(imagingModalities[:], r.Modality):
		case i > 0 && r.follows(all[i-1], operated[r.PersonID]):
			series[last] = append(series[last], r)
		default:
			series = append(series, Series{r})
		}
	}
	series = slices.DeleteFunc(series, func(s Series) bool { return len(s) < 2 })
	looked := map[*Stay]bool{}
	for _, s := range series {
		for _, r := range s {
			looked[r.Stay] = true
		}
	}
	if len(series) > 0 {
		all = slices.DeleteFunc(all, func(r *Report) bool { return !looked[r.Stay] })
		matchReports(all, only(fees, func(l *Line) bool { return looked[l.Stay] }))
	}
	return series
}

// follows says whether the report is of the series of the one before it.
func (r *Report) follows(before *Report, operated []claimwatch.Instant) bool {
	return r.PersonID == before.PersonID && r.Modality == before.Modality && r.BodyPart == before.BodyPart &&
		!slices.ContainsFunc(operated, func(at claimwatch.Instant) bool { return before.At <= at && at < r.At })
}

// match is what a report and its lines share: an order, or an item on a day.
type match struct {
	stay        *Stay
	order, item string
	day         claimwatch.Day
}

// matchReports gives the reports of all modalities their lines: by the order, and
// those whose order no line has by the item on their day.
func matchReports(reports []*Report, fees []*Line) {
	inOrder := slices.SortedFunc(slices.Values(reports), func(a, b *Report) int {
		return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID))
	})
	byOrder, byItem := map[match][]*Line{}, map[match][]*Line{}
	for _, l := range fees {
		if l.OrderID != "" {
			key := match{stay: l.Stay, order: l.OrderID}
			byOrder[key] = append(byOrder[key], l)
		}
	}
	ordered, others := map[match][]*Report{}, map[match][]*Report{}
	for _, r := range inOrder {
		if key := (match{stay: r.Stay, order: r.OrderID}); byOrder[key] != nil {
			ordered[key] = append(ordered[key], r)
		} else if r.ItemCode != "" {
			key = match{stay: r.Stay, item: r.ItemCode, day: r.Day()}
			others[key] = append(others[key], r)
		}
	}
	for _, l := range fees {
		// A line that is one report's by its order is no other's by its item.
		if l.OrderID == "" || ordered[match{stay: l.Stay, order: l.OrderID}] == nil {
			key := match{stay: l.Stay, item: l.ItemCode, day: l.Day()}
			byItem[key] = append(byItem[key], l)
		}
	}
	deal(ordered, byOrder)
	deal(others, byItem)
}

// deal gives the first line to the first report and so on; lines beyond the last
// report are the last one's.
func deal(reports map[match][]*Report, lines map[match][]*Line) {
	for key, own := range reports {
		for i, l := range lines[key] {
			r := own[min(i, len(own)-1)]
			r.Fees = append(r.Fees, l)
		}
	}
}
