package oracle

import (
	"claimwatch"
)

// repeatedImaging is EXM-001: more than two CT or MR reports of a part of the
// body within seven local days. An operation starts a new series.
func repeatedImaging(t *trial, person string) (out []*finding) {
	type part struct{ modality, body string }
	parts := map[part][]*claimwatch.Record{}
	for _, r := range t.personRecords(person, claimwatch.ExamReport) {
		if k := (part{r.Field("modality").Text, r.Field("body_part").Text}); oneOf(k.modality, "CT", "MR") {
			parts[k] = append(parts[k], r)
		}
	}
	for k, reports := range parts {
		var above []overrun
		for _, series := range t.series(person, reports) {
			above = append(above, windowed(series, 7, ratio(2, 1)))
		}
		o := largest(above...)
		months := map[string]*finding{}
		for _, r := range reports {
			if o.excess[r] == nil {
				continue
			}
			month := r.OccurredAt.Day().Month()
			if months[month] == nil {
				months[month] = findingOf("EXM-001", claimwatch.Suspicion, person, k.modality, k.body, month)
			}
			months[month].charge(t.byKey[keyOf(r)].linesOfReports()[r])
			months[month].involve(o.with[r]...)
		}
		out = append(out, all(months)...)
	}
	return out
}

// series cuts reports where an operation of the person starts at or after one and
// before the next.
func (w *world) series(person string, reports []*claimwatch.Record) [][]counted {
	operations := w.personRecords(person, claimwatch.Operation)
	var out [][]counted
	for i, r := range reports {
		starts := i == 0
		for _, operation := range operations {
			if i > 0 && reports[i-1].OccurredAt <= operation.OccurredAt && operation.OccurredAt < r.OccurredAt {
				starts = true
			}
		}
		if starts {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], counted{r, ratio(1, 1)})
	}
	return out
}

// linesOfReports says which lines of a stay each of its exam reports has: first
// by order_id, then, for reports whose order_id no line has, by item_code on the
// report's local day. A line that an order gave to a report is not given again.
func (s *stay) linesOfReports() map[*claimwatch.Record][]line {
	type itemOn struct {
		item string
		day  claimwatch.Day
	}
	out := map[*claimwatch.Record][]line{}
	byOrder, byItem := map[string][]*claimwatch.Record{}, map[itemOn][]*claimwatch.Record{}
	for _, r := range s.of(claimwatch.ExamReport) {
		order, item := r.Field("order_id").Text, r.Field("item_code").Text
		billed := s.linesWhere(func(l *line) bool { return order != "" && l.Field("order_id").Text == order })
		if len(billed) > 0 {
			byOrder[order] = append(byOrder[order], r)
		} else if item != "" {
			k := itemOn{item, r.OccurredAt.Day()}
			byItem[k] = append(byItem[k], r)
		}
	}
	taken := map[*claimwatch.Record]bool{}
	for order, reports := range byOrder {
		lines := s.linesWhere(func(l *line) bool { return l.Field("order_id").Text == order })
		hand(lines, reports, out)
		for _, l := range lines {
			taken[l.Record] = true
		}
	}
	for k, reports := range byItem {
		hand(s.linesWhere(func(l *line) bool {
			return l.item == k.item && l.day() == k.day && !taken[l.Record]
		}), reports, out)
	}
	return out
}

// hand gives the first line to the first report and so on; lines beyond the last
// report are the last one's.
func hand(lines []line, reports []*claimwatch.Record, to map[*claimwatch.Record][]line) {
	for i, l := range lines {
		r := reports[min(i, len(reports)-1)]
		to[r] = append(to[r], l)
	}
}
