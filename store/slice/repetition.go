package slice

import (
	"slices"

	"claimwatch"
)

// Repetition are several lines of an exam, test or treatment of one stay and day,
// beside the orders that were active that day (FEE-002).
type Repetition struct {
	Stay  *Stay
	Item  string
	Day   claimwatch.Day
	Found bool    // the item's row, of all lines
	Lines []*Line // without those that FEE-001 names
	// Orders of the item that are active that day.
	Orders []*ActiveOrder
	// DueAt is when another order may be active: one that begins at the very end of
	// an open stay is, as soon as the end moves on. 0 for never.
	DueAt claimwatch.Instant
}

// Charged is the net quantity of the lines in 1/10,000.
func (r *Repetition) Charged() int64 { return quantityOf(r.Lines) }

// Ordered is how often the orders ask for the item that day, in 1/10,000: once
// where they do not say, and once without any.
func (r *Repetition) Ordered() int64 {
	times := int64(0)
	for _, o := range r.Orders {
		if o.TimesPerDay == nil {
			times += once
		} else {
			times += *o.TimesPerDay
		}
	}
	if len(r.Orders) == 0 {
		return once
	}
	return times
}

const once = 10_000

// repetitions are those with more than was ordered, and those with orders to come.
func (b orderBook) repetitions(fees []*Line) []*Repetition {
	type itemDay struct {
		stay *Stay
		item string
		day  claimwatch.Day
	}
	byKey := map[itemDay]*Repetition{}
	var all []*Repetition
	for _, l := range fees {
		if !mayRepeat(l) || l.RecordID != l.Kept {
			continue
		}
		key := itemDay{l.Stay, l.ItemCode, l.Day()}
		r := byKey[key]
		if r == nil {
			r = &Repetition{Stay: l.Stay, Item: l.ItemCode, Day: l.Day(), Found: true}
			byKey[key], all = r, append(all, r)
		}
		r.Lines, r.Found = append(r.Lines, l), r.Found && l.Item != nil
	}
	return slices.DeleteFunc(all, func(r *Repetition) bool {
		if len(r.Lines) < 2 {
			return true
		}
		for _, o := range b.byStay[r.Stay] {
			if o.ItemCode == r.Item && o.At < (r.Day+1).Midnight() {
				r.order(o)
			}
		}
		return r.Charged() <= r.Ordered() && r.DueAt == 0
	})
}

// order takes an order of the item in that begins before the day is over.
func (r *Repetition) order(o *ActiveOrder) {
	from := max(o.At, r.Day.Midnight()) // of that day
	switch {
	case o.At < o.Until && o.Until > r.Day.Midnight():
		r.Orders = append(r.Orders, o)
	case o.OpenEnded && o.Until <= from && (r.DueAt == 0 || from+1 < r.DueAt):
		r.DueAt = from + 1
	}
}
