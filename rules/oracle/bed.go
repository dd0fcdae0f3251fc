package oracle

import (
	"claimwatch"
)

// noOrders is ADM-008: a bed, but no order in the first day.
func noOrders(t *trial, s *stay) []*finding {
	day := claimwatch.Interval{From: s.admitted, Until: s.admitted + 24*hour}
	end := s.ended
	for _, order := range s.of(claimwatch.Order) {
		if day.Contains(order.OccurredAt) {
			return nil
		}
		if order.OccurredAt > s.admitted {
			end = min(end, order.OccurredAt)
		}
	}
	if t.present[s.institutionID] < day.Until+6*hour || s.ended < day.Until {
		return nil
	}
	f := newFinding("ADM-008", claimwatch.Suspicion, s)
	f.charge(s.dayUnitsIn(claimwatch.Interval{From: s.admitted, Until: end}, nil))
	f.involve(s.admission)
	f.wholeStay()
	return []*finding{f}
}

// dayUnitsIn are the day-unit fees with occurred_at in a span and not in what is
// taken out of it: fees taken out are not at issue (1.14).
func (s *stay) dayUnitsIn(span claimwatch.Interval, takenOut []claimwatch.Interval) []line {
	return s.linesWhere(func(l *line) bool {
		return l.dayUnit && span.Contains(l.OccurredAt) && !inside(takenOut, l.OccurredAt)
	})
}

// noCare is ADM-009: more than 48 h without a substantive event, day-unit fees
// in them. A fee inside a leave is not at issue, so it makes no gap count.
func noCare(_ *trial, s *stay) []*finding {
	f := newFinding("ADM-009", claimwatch.Suspicion, s)
	var counting []gap
	for _, g := range s.gaps(s.events) {
		fees := s.dayUnitsIn(g.Interval, s.leaves)
		if g.length(s.leaves) > 48*hour && len(fees) > 0 {
			counting = append(counting, g)
			f.charge(fees)
		}
	}
	if len(counting) == 0 {
		return nil
	}
	f.from, f.until = s.gapSpan(counting)
	return []*finding{f}
}

// inertDays is ADM-010: half of the days or more without a substantive event.
func inertDays(_ *trial, s *stay) []*finding {
	if s.discharge == nil {
		return nil
	}
	eventful := map[claimwatch.Day]bool{}
	for _, at := range s.events {
		eventful[at.Day()] = true
	}
	counted := 0
	inert := map[claimwatch.Day]bool{}
	for _, day := range s.days() {
		if s.onLeave(day) {
			continue
		}
		counted++
		if !eventful[day] {
			inert[day] = true
		}
	}
	if counted < 3 || 2*len(inert) < counted {
		return nil
	}
	f := newFinding("ADM-010", claimwatch.Suspicion, s)
	f.charge(s.linesWhere(func(l *line) bool { return l.dayUnit && inert[l.day()] }))
	f.involve(s.admission)
	f.wholeStay()
	return []*finding{f}
}

// onLeave says whether the day lies fully inside a leave.
func (s *stay) onLeave(day claimwatch.Day) bool {
	for _, v := range s.leaves {
		if v.From <= day.Midnight() && (day+1).Midnight() <= v.Until {
			return true
		}
	}
	return false
}
