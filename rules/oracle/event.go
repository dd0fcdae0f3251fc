package oracle

import (
	"slices"

	"claimwatch"
)

// substantiveEvents are the instants of real care in [admitted_at, ended_at],
// both included (1.10). Whether a service took place does not depend on who
// pays: self-pay lines are events, and all refunds of a line fold into its
// quantity here.
func (w *world) substantiveEvents(s *stay) []claimwatch.Instant {
	var events []claimwatch.Instant
	for _, r := range s.records {
		if r.OccurredAt >= s.admitted && r.OccurredAt <= s.ended && w.substantive(s, r) {
			events = append(events, r.OccurredAt)
		}
	}
	return events
}

func (w *world) substantive(s *stay, r *claimwatch.Record) bool {
	switch r.Kind {
	case claimwatch.Order:
		classes := []string{"drug", "exam", "lab", "treatment", "surgery", "rehab"}
		return slices.Contains(classes, r.Field("class").Text)
	case claimwatch.Fee:
		if isRefund(r) {
			return false
		}
		quantity := r.Field("quantity").Num
		for _, refund := range s.refunds[r.RecordID] {
			quantity += refund.Field("quantity").Num
		}
		item := w.ref.item(r.Field("item_code").Text, r.InstitutionID, r.OccurredAt.Day())
		categories := []string{"exam", "lab", "treatment", "surgery", "drug", "consumable", "rehab"}
		return quantity > 0 && slices.Contains(categories, category(r, item))
	case claimwatch.CareRecord:
		return r.Field("type").Text == "execution"
	case claimwatch.Operation, claimwatch.ExamReport:
		return true
	default:
		return false
	}
}

// gap is a span without events; last marks the one that ends with the stay and
// not with an event.
type gap struct {
	claimwatch.Interval
	last bool
}

// gaps cuts [admitted_at, ended_at] at the events inside it.
func (s *stay) gaps(events []claimwatch.Instant) []gap {
	var out []gap
	from := s.admitted
	for _, at := range events {
		if at >= s.admitted && at <= s.ended {
			out = append(out, gap{Interval: claimwatch.Interval{From: from, Until: at}})
			from = at
		}
	}
	return append(out, gap{Interval: claimwatch.Interval{From: from, Until: s.ended}, last: true})
}

// length is the time of a gap without what is taken out of it (1.14). The
// intervals taken out do not overlap.
func (g gap) length(takenOut []claimwatch.Interval) claimwatch.Instant {
	length := g.Until - g.From
	for _, v := range takenOut {
		if shared := g.Overlap(v); !shared.Empty() {
			length -= shared.Until - shared.From
		}
	}
	return length
}

// gapSpan is from and until of a gap rule (1.19): until is open when the last of
// the gaps reaches the end of an open stay. A gap that an event closes does not,
// even when the event is the last thing known.
func (s *stay) gapSpan(gaps []gap) (from, until *claimwatch.Instant) {
	last := gaps[len(gaps)-1]
	if last.last && s.discharge == nil {
		return &gaps[0].From, nil
	}
	return &gaps[0].From, &last.Until
}
