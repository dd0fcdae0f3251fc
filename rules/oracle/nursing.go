package oracle

import (
	"math/big"
	"slices"

	"claimwatch"
)

// The reasons of a line that cannot be judged though its row is there.
const (
	reasonNoOrder = "no nursing order"
	reasonNoCap   = "no price cap"
)

// careDays is FEE-014: more nursing of level 1-3, or more consultation by the
// day, than days. Each is counted by itself.
func careDays(t *trial, s *stay) (out []*finding) {
	if s.discharge == nil {
		return nil
	}
	nursing := s.linesWhere(func(l *line) bool {
		if l.category == "nursing" && l.row == nil {
			t.noRow(l)
		}
		return l.category == "nursing" && oneOf(l.row["nursing_level"], "1", "2", "3")
	})
	consultation := s.linesWhere(func(l *line) bool { return l.category == "consultation" && l.dayUnit })
	for category, lines := range map[string][]line{"nursing": nursing, "consultation": consultation} {
		rest := minus(totalOf(lines, netUnits), ratio(10_000*s.stayDays(), 1))
		if rest.Sign() <= 0 {
			continue
		}
		f := newFinding("FEE-014", claimwatch.Violation, s, category)
		f.putShares(lines, fromLast(lines, netUnits, rest), atPrice)
		f.ofLines()
		out = append(out, f)
	}
	return out
}

// nursingLevel is FEE-015: nursing of a higher level than ordered, at the
// difference to the cheapest of the ordered level. A line without
// a row, an order or a cap cannot be judged.
func nursingLevel(t *trial, s *stay) []*finding {
	findings := map[claimwatch.Day]*finding{}
	for _, l := range s.lines {
		if l.category != "nursing" {
			continue
		}
		if l.row == nil {
			t.noRow(&l)
			continue
		}
		level := l.row["nursing_level"]
		if level == "" { // nursing of no level has none above the order's
			continue
		}
		order := s.nursingOrder(l.OccurredAt)
		if order == nil {
			t.notTold(s.key, reasonNoOrder)
			continue
		}
		ordered := string('0' + byte(order.Field("nursing_level").Num))
		if level >= ordered {
			continue
		}
		most := t.cheapestNursing(s.institutionID, ordered, l.day())
		if most == nil {
			t.notTold(s.key, reasonNoCap)
			continue
		}
		if truth(l.row["hour_unit"]) {
			most = times(most, ratio(1, 24))
		}
		f := findings[l.day()]
		if f == nil {
			f = newFinding("FEE-015", claimwatch.Violation, s, l.day().String())
			f.ofDay(l.day())
			findings[l.day()] = f
		}
		f.violating[l.Record] = l.costs(l.units(), minus(ratio(l.price, 1), most))
		f.involve(order)
	}
	return all(findings)
}

// nursingOrder is the nursing order with a level that is active at an instant, the
// last started when there are several. One without a level orders none.
func (s *stay) nursingOrder(at claimwatch.Instant) (last *claimwatch.Record) {
	for _, order := range s.of(claimwatch.Order) {
		nursing := order.Field("class").Text == "nursing" && order.Field("nursing_level").Set
		if nursing && s.active(order).Contains(at) {
			last = order
		}
	}
	return last
}

// cheapestNursing is the smallest cap, in 1/1,000,000 yuan, among the items of a
// nursing level that are not charged by the hour, nil without one.
func (w *world) cheapestNursing(institutionID, level string, day claimwatch.Day) *big.Rat {
	var caps []int64
	for code := range w.ref.items {
		item := w.ref.item(code, institutionID, day)
		if item == nil || item["nursing_level"] != level || truth(item["hour_unit"]) {
			continue
		}
		if limit, ok := w.capOf(item, institutionID); ok {
			caps = append(caps, limit)
		}
	}
	if len(caps) == 0 {
		return nil
	}
	return ratio(slices.Min(caps), 1)
}

// capOf is an item's price cap for the level of an institution, in 1/1,000,000
// yuan; an empty one is no limit.
func (w *world) capOf(item row, institutionID string) (limit int64, ok bool) {
	return number(item["price_cap_"+w.ref.institutions[institutionID]["level"]], 6)
}
