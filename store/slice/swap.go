package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Swapped is a line of a dear item on a day on which a cheap one was ordered in
// its place (SWP-001).
type Swapped struct {
	*Line
	Low string
	// LowItem is the row of the cheap item on that day, nil without one; LowCap is
	// its cap at the institution, nil for none.
	LowItem *Item
	LowCap  *int64
	Orders  []*ActiveOrder // of the cheap item that are active that day
	// Instead says that there are such and none of the dear item. What begins at the
	// very end of an open stay is active once the present reaches DueAt.
	Instead bool
	DueAt   claimwatch.Instant
}

// swapped are such lines, and those that may come to be.
func (b orderBook) swapped(fees []*Line, reference *Reference) []*Swapped {
	var lines []*Swapped
	if len(reference.Swaps) == 0 {
		return nil
	}
	for _, l := range fees {
		for _, swap := range reference.Swaps[l.ItemCode] {
			low, lowAt := b.activeOn(l.Stay, swap.Low, l.Day())
			high, highAt := b.activeOn(l.Stay, l.ItemCode, l.Day())
			s := &Swapped{Line: l, Low: swap.Low, Orders: low, Instead: len(low) > 0 && len(high) == 0, DueAt: sooner(lowAt, highAt)}
			if len(high) > 0 || len(low) == 0 && lowAt == 0 {
				continue
			}
			if s.LowItem = reference.item(swap.Low, l.Stay.City, l.Day()); s.LowItem != nil {
				s.LowCap = s.LowItem.capOf(l.Stay.Level)
			}
			lines = append(lines, s)
		}
	}
	return lines
}

// activeOn are the orders of an item that are active in a stay on a day, in
// order, and when the first that is not yet will be; 0 for none.
func (b orderBook) activeOn(s *Stay, item string, day claimwatch.Day) (active []*ActiveOrder, due claimwatch.Instant) {
	for _, o := range b.byStay[s] {
		from := max(o.At, day.Midnight())
		switch {
		case o.ItemCode != item || from >= (day+1).Midnight():
		case o.Until > from:
			active = append(active, o)
		case o.OpenEnded && s.DischargedAt == nil:
			due = sooner(due, from+1)
		}
	}
	slices.SortFunc(active, func(a, b *ActiveOrder) int {
		return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID))
	})
	return active, due
}

// sooner is the smaller of two times, of which 0 is none.
func sooner(a, b claimwatch.Instant) claimwatch.Instant {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
