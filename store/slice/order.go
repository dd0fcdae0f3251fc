package slice

import "claimwatch"

// ActiveOrder is an order of a known stay with the time in which it is active
// (rules.md 1.12); an open-ended one ends with its stay.
type ActiveOrder struct {
	*Order
	Stay      *Stay
	Until     claimwatch.Instant
	OpenEnded bool
}

const day24 = 24 * 60 * 60 * 1000 // `d` between instants is 24 h

// orders are those of known stays.
func (w *World) orders(stays map[stayKey]*Stay) []*ActiveOrder {
	orders := make([]*ActiveOrder, 0, len(w.facts.Orders))
	for _, o := range w.facts.Orders {
		stay := stays[o.stay()]
		if stay == nil {
			continue
		}
		active := &ActiveOrder{Order: o, Stay: stay}
		switch {
		case o.Until != nil:
			active.Until = *o.Until
		case o.Days != nil:
			active.Until = o.At + claimwatch.Instant(*o.Days)*day24
		default:
			active.Until, active.OpenEnded = stay.EndedAt, true
		}
		orders = append(orders, active)
	}
	return orders
}
