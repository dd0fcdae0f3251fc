package slice

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"claimwatch"
)

// Hours are what a line charges for one local day by the hour, as an exact
// fraction: all lines of a group count in the same unit (FEE-010, FEE-011).
type Hours struct {
	*Line
	On claimwatch.Day
	// Part are the line's hours of the day, Whole those of the whole line, Total
	// those of the day's group, Before those of its lines from which an excess is
	// taken earlier; all in units of which an hour has Hour.
	Part, Whole, Total, Before, Hour *big.Int
}

// dayHours is the length of a day in 1/10,000 hours.
const dayHours = 24 * 10_000

// piece is what a line charges for one day: num/den hours of the whole line's,
// all in 1/10,000.
type piece struct {
	line     *Line
	num, den int64 // num stays below 2^63: at most 10^10 x 90,000,000 ms of a day
	whole    int64
}

// atMost is the piece in 1/10,000 hours, rounded up.
func (p piece) atMost() int64 { return (p.num-1)/p.den + 1 }

// split hands over what a line charges for each local day: in proportion to time
// when it says from when until when, else all on its own day.
func (l *Line) split(each func(claimwatch.Day, piece)) {
	if l.From == nil || l.Until == nil || *l.From >= *l.Until {
		each(l.Day(), piece{l, l.Quantity, 1, l.Quantity})
		return
	}
	length := int64(*l.Until - *l.From)
	for day := l.From.Day(); day.Midnight() < *l.Until; day++ {
		on := min(*l.Until, (day+1).Midnight()) - max(*l.From, day.Midnight())
		each(day, piece{l, l.Quantity * int64(on), length, l.Quantity})
	}
}

// hoursOfItems are the lines of items charged by the hour, of each person, item
// and day with at least 24 hours; and one line without an item row of each stay,
// for nobody knows what is charged by the hour there.
func hoursOfItems(fees []*Line) []*Hours {
	type group struct {
		person, item string
		day          claimwatch.Day
	}
	groups, unknown := map[group][]piece{}, map[*Stay]bool{}
	var found []*Hours
	for _, l := range fees {
		switch {
		case l.Item == nil && !unknown[l.Stay]:
			unknown[l.Stay] = true
			found = append(found, untold(l))
		case l.Item != nil && l.Item.HourUnit:
			l.split(func(day claimwatch.Day, p piece) {
				key := group{l.PersonID, l.ItemCode, day}
				groups[key] = append(groups[key], p)
			})
		}
	}
	keys := slices.SortedFunc(maps.Keys(groups), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.item, b.item), cmp.Compare(a.day, b.day))
	})
	for _, key := range keys {
		if full(groups[key]) {
			found = append(found, exactly(key.day, groups[key])...)
		}
	}
	return found
}

// hoursOfCare are the nursing lines of each stay and day on which special nursing
// and nursing of a level are both charged, the special ones first: an excess is
// taken from the others before. One line without an item row of each stay is
// among them.
func hoursOfCare(fees []*Line) []*Hours {
	type group struct {
		stay *Stay
		day  claimwatch.Day
	}
	special, levels, unknown := map[group][]piece{}, map[group][]piece{}, map[*Stay]bool{}
	var found []*Hours
	for _, l := range fees {
		switch {
		case l.Category != "nursing" || !l.Stay.Inpatient():
		case l.Item == nil && !unknown[l.Stay]:
			unknown[l.Stay] = true
			found = append(found, untold(l))
		case l.Item == nil || l.Item.NursingLevel == nil:
		case *l.Item.NursingLevel == 0 && l.Item.HourUnit:
			l.split(func(day claimwatch.Day, p piece) {
				special[group{l.Stay, day}] = append(special[group{l.Stay, day}], p)
			})
		case *l.Item.NursingLevel == 0:
			key := group{l.Stay, l.Day()}
			special[key] = append(special[key], l.byDay())
		default:
			key := group{l.Stay, l.Day()}
			levels[key] = append(levels[key], l.byDay())
		}
	}
	keys := slices.SortedFunc(maps.Keys(levels), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.stay.Number, b.stay.Number), cmp.Compare(a.day, b.day))
	})
	for _, key := range keys {
		if len(special[key]) > 0 {
			found = append(found, exactly(key.day, slices.Concat(special[key], levels[key]))...)
		}
	}
	return found
}

// byDay is a line by the day: 24 hours a unit.
func (l *Line) byDay() piece { return piece{l, 24 * l.Quantity, 1, 24 * l.Quantity} }

// full says whether pieces may come to a whole day.
func full(pieces []piece) bool {
	hours := int64(0)
	for _, p := range pieces {
		hours += p.atMost()
	}
	return hours >= dayHours
}

// untold is a line of which nobody can tell what it charges.
func untold(l *Line) *Hours {
	none := new(big.Int)
	return &Hours{Line: l, On: l.Day(), Part: none, Whole: none, Total: none, Before: none, Hour: none}
}

// exactly brings the pieces of a day to one denominator. An excess is taken from
// the last one first.
func exactly(day claimwatch.Day, pieces []piece) []*Hours {
	fractions := make([]*big.Rat, len(pieces))
	for i, p := range pieces {
		fractions[i] = big.NewRat(p.num, p.den)
	}
	parts, unit := shared(fractions)
	hour, total := new(big.Int).Mul(unit, big.NewInt(10_000)), new(big.Int)
	found := make([]*Hours, len(pieces))
	for i, p := range slices.Backward(pieces) {
		found[i] = &Hours{
			Line: p.line, On: day, Part: parts[i], Whole: new(big.Int).Mul(unit, big.NewInt(p.whole)),
			Total: total, Before: new(big.Int).Set(total), Hour: hour,
		}
		total.Add(total, parts[i])
	}
	return found
}
