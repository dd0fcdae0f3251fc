package oracle

import (
	"slices"

	"claimwatch"
)

// unordered is FEE-018: lines of items that need an order, without one 48 hours
// later. A missing row is needed only where there is no order.
func unordered(t *trial, s *stay) []*finding {
	missing := s.linesWhere(func(l *line) bool {
		return !s.orderFor(l) && t.present[s.institutionID] >= l.OccurredAt+48*hour
	})
	return t.perItem(s, claimwatch.Suspicion, missing, func(l *line) bool { return truth(l.row["order_required"]) })
}

// orderFor says whether the stay has the order that a line names, or one of its
// item that was active then.
func (s *stay) orderFor(l *line) bool {
	return slices.ContainsFunc(s.of(claimwatch.Order), func(o *claimwatch.Record) bool {
		named := o.RecordID == l.Field("order_id").Text
		return named || (o.Field("item_code").Text == l.item && s.active(o).Contains(l.OccurredAt))
	})
}

// perItem makes a finding for each item of the lines that are at issue by the
// columns of their rows; one without a row cannot be judged.
func (t *trial) perItem(s *stay, severity claimwatch.Severity, lines []line, atIssue func(*line) bool) []*finding {
	groups := map[string]*finding{}
	for _, l := range lines {
		if l.row == nil {
			t.noRow(&l)
			continue
		}
		if !atIssue(&l) {
			continue
		}
		if groups[l.item] == nil {
			groups[l.item] = newFinding(t.rule.code, severity, s, l.item)
		}
		groups[l.item].charge([]line{l})
	}
	return all(groups)
}

// aboveOrdered is FEE-019: more billed on an order than it allows.
func aboveOrdered(_ *trial, s *stay) (out []*finding) {
	for _, o := range s.of(claimwatch.Order) {
		quantity, perDay, days := o.Field("quantity"), o.Field("times_per_day"), o.Field("days")
		if !quantity.Set || !perDay.Set || !days.Set {
			continue
		}
		billed := s.linesWhere(func(l *line) bool {
			return l.Field("order_id").Text == o.RecordID && l.item == o.Field("item_code").Text
		})
		allowed := times(times(ratio(quantity.Num, 1), ratio(perDay.Num, 10_000)), ratio(days.Num, 1))
		rest := minus(totalOf(billed, netUnits), allowed)
		if rest.Sign() <= 0 {
			continue
		}
		f := aboutRecord("FEE-019", claimwatch.Suspicion, o)
		f.putShares(billed, fromLast(billed, netUnits, rest), atPrice)
		f.involve(o)
		f.ofLines()
		out = append(out, f)
	}
	return out
}

// afterStop is FEE-020: lines on an order, of days after the one on which it ended.
func afterStop(_ *trial, s *stay) (out []*finding) {
	for _, o := range s.of(claimwatch.Order) {
		if !o.Field("until").Set {
			continue
		}
		lines := s.linesWhere(func(l *line) bool {
			return l.Field("order_id").Text == o.RecordID && l.day() > instant(o, "until").Day()
		})
		if len(lines) == 0 {
			continue
		}
		f := aboutRecord("FEE-020", claimwatch.Suspicion, o)
		f.charge(lines)
		f.involve(o)
		f.ofLines()
		out = append(out, f)
	}
	return out
}

// unreported is FEE-021: lines of items that need a report, without one from a day
// before to three days after. A missing row is needed only where there is none.
func unreported(t *trial, s *stay) (out []*finding) {
	groups := map[itemDay][]line{}
	for _, l := range s.lines {
		switch {
		case t.present[s.institutionID] <= l.OccurredAt+72*hour || s.reportFor(&l):
		case l.row == nil:
			t.noRow(&l)
		case truth(l.row["report_required"]):
			k := itemDay{l.item, l.day()}
			groups[k] = append(groups[k], l)
		}
	}
	for k, lines := range groups {
		f := newFinding("FEE-021", claimwatch.Suspicion, s, k.item, k.day.String())
		f.charge(lines)
		f.ofDay(k.day)
		out = append(out, f)
	}
	return out
}

// reportFor says whether an exam report of the line's order or item was performed
// within a day before and three days after it, both ends included.
func (s *stay) reportFor(l *line) bool {
	return slices.ContainsFunc(s.of(claimwatch.ExamReport), func(r *claimwatch.Record) bool {
		if r.OccurredAt < l.OccurredAt-24*hour || r.OccurredAt > l.OccurredAt+72*hour {
			return false
		}
		order, item := r.Field("order_id").Text, r.Field("item_code").Text
		return (order != "" && order == l.Field("order_id").Text) || item == l.item
	})
}

// substituted is SWP-001: the dear item charged, the cheap one ordered. Without
// a row or a cap of the cheap one there is no telling.
func substituted(t *trial, s *stay) (out []*finding) {
	for _, swap := range t.ref.of("swaps") {
		high, low := swap["high_code"], swap["low_code"]
		days := map[claimwatch.Day][]line{}
		for _, l := range s.lines {
			if l.item == high {
				days[l.day()] = append(days[l.day()], l)
			}
		}
		for day, lines := range days {
			orders := s.activeOrders(low, day)
			if len(orders) == 0 || len(s.activeOrders(high, day)) > 0 {
				continue
			}
			cheap := t.ref.item(low, s.institutionID, day)
			limit, ok := t.capOf(cheap, s.institutionID)
			if cheap == nil {
				t.notTold(s.key, ReasonNoRow)
				continue
			}
			if !ok {
				t.notTold(s.key, reasonNoCap)
				continue
			}
			f := newFinding("SWP-001", claimwatch.Suspicion, s, high, low, day.String())
			for _, l := range lines {
				f.violating[l.Record] = l.costs(l.units(), ratio(l.price-limit, 1))
			}
			f.involve(orders...)
			f.ofDay(day)
			out = append(out, f)
		}
	}
	return out
}

// activeOrders are the orders of an item active on a day.
func (s *stay) activeOrders(item string, day claimwatch.Day) []*claimwatch.Record {
	return slices.DeleteFunc(s.ordersOf(item), func(o *claimwatch.Record) bool { return !s.active(o).Touches(day) })
}

// ordersOf are the orders of a stay for an item.
func (s *stay) ordersOf(item string) []*claimwatch.Record {
	return slices.DeleteFunc(s.of(claimwatch.Order), func(o *claimwatch.Record) bool {
		return o.Field("item_code").Text != item
	})
}
