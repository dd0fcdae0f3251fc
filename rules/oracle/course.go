package oracle

import (
	"math/big"

	"claimwatch"
)

// counted is a record with what it counts in a limit over days: a line with its
// quantity or days of supply, a report with one.
type counted struct {
	*claimwatch.Record
	value *big.Rat
}

func (c counted) day() claimwatch.Day { return c.OccurredAt.Day() }

// overrun is what some records have above a limit, and for each of them the
// records that it was counted with.
type overrun struct {
	excess shares
	with   map[*claimwatch.Record][]*claimwatch.Record
}

func newOverrun() overrun {
	return overrun{excess: shares{}, with: map[*claimwatch.Record][]*claimwatch.Record{}}
}

// windowed is the excess over most in windows of days from the local day of each
// record, in their order: what is in excess of a window is not counted by later
// ones. Two records of a day have the same window.
func windowed(list []counted, days int64, most *big.Rat) overrun {
	out := newOverrun()
	for _, first := range list {
		var window []counted
		for _, c := range list {
			if c.day() >= first.day() && int64(c.day()) < int64(first.day())+days {
				window = append(window, c)
			}
		}
		out.take(window, most)
	}
	return out
}

// take puts what a window has above most, and not yet in excess, on its last records.
func (o overrun) take(window []counted, most *big.Rat) {
	left := func(c counted) *big.Rat {
		if already := o.excess[c.Record]; already != nil {
			return minus(c.value, already)
		}
		return c.value
	}
	rest := minus(new(big.Rat), most)
	for _, c := range window {
		rest = sum(rest, left(c))
	}
	for i := len(window) - 1; i >= 0 && rest.Sign() > 0; i-- {
		part := lesser(rest, left(window[i]))
		if part.Sign() <= 0 {
			continue
		}
		rest = minus(rest, part)
		r := window[i].Record
		if o.excess[r] == nil {
			o.excess[r] = new(big.Rat)
		}
		o.excess[r] = sum(o.excess[r], part)
		for _, c := range window {
			o.with[r] = append(o.with[r], c.Record)
		}
	}
}

// spaced is the excess of an interval of days: a record whole whose local day is
// less than days after that of the last one not itself in excess. The same day is
// no interval.
func spaced(list []counted, days int64) overrun {
	out := newOverrun()
	var last *counted
	for i, c := range list {
		if last != nil && c.day() != last.day() && int64(c.day()-last.day()) < days {
			out.excess[c.Record] = c.value
			out.with[c.Record] = []*claimwatch.Record{last.Record}
			continue
		}
		last = &list[i]
	}
	return out
}

// largest joins overruns that do not know of each other: each record has the
// largest of its excesses, and what it was counted with in all of them.
func largest(all ...overrun) overrun {
	out := newOverrun()
	for _, o := range all {
		for r, part := range o.excess {
			if out.excess[r] == nil || less(out.excess[r], part) {
				out.excess[r] = part
			}
			out.with[r] = append(out.with[r], o.with[r]...)
		}
	}
	return out
}
