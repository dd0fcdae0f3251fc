package slice

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"claimwatch"
)

// Overbilled is an order with the lines of its item that are billed on it: more
// than it allows (FEE-019).
type Overbilled struct {
	*ActiveOrder
	Lines []*Line // in order
}

// Stopped is a line on an order, of a day after that on which the order ended
// (FEE-020).
type Stopped struct {
	*Line
	Order *ActiveOrder
}

// orderBook finds orders within their stays.
type orderBook struct {
	byStay map[*Stay][]*ActiveOrder
	byID   map[lineKey]*ActiveOrder
}

func bookOf(orders []*ActiveOrder) orderBook {
	book := orderBook{map[*Stay][]*ActiveOrder{}, make(map[lineKey]*ActiveOrder, len(orders))}
	for _, o := range orders {
		book.byStay[o.Stay] = append(book.byStay[o.Stay], o)
		book.byID[lineKey{o.Stay.key(), o.RecordID}] = o
	}
	return book
}

// of is the order that a line names; nil when its stay has none of that number.
func (b orderBook) of(l *Line) *ActiveOrder {
	if l.OrderID == "" {
		return nil
	}
	return b.byID[lineKey{l.Stay.key(), l.OrderID}]
}

// activeAt says whether an order of an item was active in a stay at an instant.
func (b orderBook) activeAt(s *Stay, item string, at claimwatch.Instant) bool {
	return slices.ContainsFunc(b.byStay[s], func(o *ActiveOrder) bool {
		return o.ItemCode == item && o.At <= at && at < o.Until
	})
}

// unordered are the lines without an order of items that need one, or of which
// nothing is known (FEE-018).
func (b orderBook) unordered(fees []*Line) []*Line {
	var lines []*Line
	for _, l := range fees {
		if (l.Item == nil || l.Item.OrderRequired) && b.of(l) == nil && !b.activeAt(l.Stay, l.ItemCode, l.At) {
			lines = append(lines, l)
		}
	}
	return lines
}

// billed goes through the lines that are on orders.
func (b orderBook) billed(fees []*Line) (over []*Overbilled, stopped []*Stopped) {
	byOrder := map[*ActiveOrder]*Overbilled{}
	for _, l := range fees {
		order := b.of(l)
		if order == nil {
			continue
		}
		if order.Order.Until != nil && l.Day() > order.Order.Until.Day() {
			stopped = append(stopped, &Stopped{Line: l, Order: order})
		}
		if order.ItemCode == l.ItemCode && order.Quantity != nil && order.TimesPerDay != nil && order.Days != nil {
			if byOrder[order] == nil {
				byOrder[order] = &Overbilled{ActiveOrder: order}
			}
			byOrder[order].Lines = append(byOrder[order].Lines, l)
		}
	}
	for _, o := range byOrder {
		if o.exceeds() {
			over = append(over, o)
		}
	}
	slices.SortFunc(over, func(a, b *Overbilled) int {
		return cmp.Or(cmp.Compare(a.Stay.Number, b.Stay.Number), strings.Compare(a.RecordID, b.RecordID))
	})
	return over, stopped
}

// exceeds says whether more is billed than quantity x times_per_day x days.
func (o *Overbilled) exceeds() bool {
	billed, allowed := new(big.Int), big.NewInt(*o.Quantity)
	for _, l := range o.Lines {
		billed.Add(billed, big.NewInt(l.Quantity))
	}
	billed.Mul(billed, big.NewInt(10_000)) // times_per_day is in 1/10,000 too
	allowed.Mul(allowed, big.NewInt(*o.TimesPerDay)).Mul(allowed, big.NewInt(int64(*o.Days)))
	return billed.Cmp(allowed) > 0
}
