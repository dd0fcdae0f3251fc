package oracle

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// sameLine is what two lines share that are one line charged twice.
type sameLine struct {
	item            string
	second          claimwatch.Instant
	quantity, price int64
	physician       string
	order           string
}

// exactDuplicates is FEE-001: equal lines, all but the smallest record_id.
func exactDuplicates(_ *trial, s *stay) []*finding {
	groups := map[sameLine][]line{}
	for _, l := range s.lines {
		k := sameLine{
			item: l.item, second: l.OccurredAt - l.OccurredAt%1000, quantity: l.quantity, price: l.price,
			physician: l.Field("physician_id").Text, order: l.Field("order_id").Text,
		}
		groups[k] = append(groups[k], l)
	}
	var out []*finding
	for k, lines := range groups {
		if len(lines) < 2 {
			continue
		}
		slices.SortFunc(lines, func(a, b line) int { return strings.Compare(a.RecordID, b.RecordID) })
		f := newFinding("FEE-001", claimwatch.Violation, s, k.item, k.second.Subject(), lines[0].RecordID)
		f.charge(lines[1:])
		f.involve(lines[0].Record)
		f.ofLines()
		out = append(out, f)
	}
	return out
}

// itemDay groups the lines of an item on a local day.
type itemDay struct {
	item string
	day  claimwatch.Day
}

// suspectDuplicates is FEE-002: more than was ordered of an exam, a lab test or a
// treatment on one day. It is not evaluated where an item has no row on a day on
// which all else holds: nobody can tell whether it has a limit of its own.
func suspectDuplicates(t *trial, s *stay) (out []*finding) {
	exact := exactDuplicates(t, s)
	groups := map[itemDay][]line{}
	for _, l := range s.lines {
		twice := slices.ContainsFunc(exact, func(f *finding) bool { _, v := f.violating[l.Record]; return v })
		if !twice && oneOf(l.category, "exam", "lab", "treatment") {
			k := itemDay{l.item, l.day()}
			groups[k] = append(groups[k], l)
		}
	}
	for k, lines := range groups {
		orders, limit := s.ordered(k)
		rest := total(lines) - limit
		if len(lines) < 2 || rest <= 0 {
			continue
		}
		if lines[0].row == nil {
			t.notTold(s.key, ReasonNoRow)
			continue
		}
		if lines[0].row["max_per_day"] != "" {
			continue
		}
		f := newFinding("FEE-002", claimwatch.Suspicion, s, k.item, k.day.String())
		f.take(lines, rest)
		f.involve(orders...)
		f.ofDay(k.day)
		out = append(out, f)
	}
	return out
}

// ordered gives the orders of the item active on the day and what they allow,
// once when there is none.
func (s *stay) ordered(k itemDay) (orders []*claimwatch.Record, limit int64) {
	const once = 10_000
	for _, order := range s.of(claimwatch.Order) {
		if order.Field("item_code").Text != k.item || !s.active(order).Touches(k.day) {
			continue
		}
		orders = append(orders, order)
		if times := order.Field("times_per_day"); times.Set {
			limit += times.Num
		} else {
			limit += once
		}
	}
	if len(orders) == 0 {
		return nil, once
	}
	return orders, limit
}

// take puts an excess at issue; the lines that were only counted are involved.
func (f *finding) take(lines []line, rest int64) {
	giving, counted := excess(lines, rest)
	for _, g := range giving {
		f.violating[g.Record] = g.fen()
	}
	f.involveLines(counted)
}

// itemPrice groups the lines of an item at one unit price.
type itemPrice struct {
	item  string
	price int64
}

// overPrice is FEE-007: unit prices above the cap of the institution's level.
// A line whose item has no row leaves the stay not evaluated.
func overPrice(t *trial, s *stay) (out []*finding) {
	level := t.ref.institutions[s.institutionID]["level"]
	groups := map[itemPrice]*finding{}
	for _, l := range s.lines {
		if l.row == nil {
			t.notTold(s.key, ReasonNoRow)
			continue
		}
		limit, capped := number(l.row["price_cap_"+level], 6)
		if !capped || l.price <= limit { // an empty cap is no limit (1.23 iii)
			continue
		}
		k := itemPrice{l.item, l.price}
		if groups[k] == nil {
			text := string(claimwatch.AppendDecimal(nil, l.price, 6))
			groups[k] = newFinding("FEE-007", claimwatch.Violation, s, l.item, text)
		}
		groups[k].violating[l.Record] = claimwatch.Fen(min(price(l.quantity, l.price-limit), l.amount))
	}
	for _, f := range groups {
		f.ofLines()
		out = append(out, f)
	}
	return out
}

// bedDays is FEE-013: more bed days than days.
func bedDays(_ *trial, s *stay) []*finding {
	if s.discharge == nil {
		return nil
	}
	lines := s.linesWhere(func(l *line) bool { return l.dayUnit && l.category == "bed" })
	rest := total(lines) - s.stayDays()*10_000
	if rest <= 0 {
		return nil
	}
	f := newFinding("FEE-013", claimwatch.Violation, s)
	f.take(lines, rest)
	f.ofLines()
	return []*finding{f}
}

func oneOf[T cmp.Ordered](x T, list ...T) bool { return slices.Contains(list, x) }
