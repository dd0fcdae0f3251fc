package slice

import (
	"sort"

	"claimwatch"
)

// ledger finds charges by who charged what for whom. It holds those of items
// that item_pairs and item_packages name together, in the order of records.
type ledger map[entry][]*Line

type entry struct{ institution, person, item string }

// ledgerOf enters the lines of items that some line's item is named with.
func ledgerOf(fees []*Line, reference *Reference) ledger {
	named := map[string]bool{}
	for _, l := range fees {
		for _, pair := range reference.Pairs[l.ItemCode] {
			named[pair.ItemCode], named[pair.IncludedCode] = true, true
		}
	}
	for _, row := range reference.Packages {
		for _, code := range row.Components {
			named[code] = true
		}
	}
	entries := ledger{}
	if len(named) == 0 {
		return entries
	}
	for _, l := range fees {
		if named[l.ItemCode] {
			key := l.entry(l.ItemCode)
			entries[key] = append(entries[key], l)
		}
	}
	return entries
}

// entry is where the institution of a line charges an item to its person.
func (l *Line) entry(item string) entry { return entry{l.InstitutionID, l.PersonID, item} }

// between are the charges of an item beside a line in [from, until).
func (g ledger) between(l *Line, item string, from, until claimwatch.Instant) []*Line {
	lines := g[l.entry(item)]
	first := sort.Search(len(lines), func(i int) bool { return lines[i].At >= from })
	behind := sort.Search(len(lines), func(i int) bool { return lines[i].At >= until })
	return lines[first:behind]
}

// sameDay are the charges of an item on the local day of a line.
func (g ledger) sameDay(l *Line, item string) []*Line {
	return g.between(l, item, l.Day().Midnight(), (l.Day() + 1).Midnight())
}

// sameStay are the charges of an item in the stay of a line.
func (g ledger) sameStay(l *Line, item string) []*Line { return ofStay(l.Stay, g[l.entry(item)]) }

// sameStayAndDay are those of its day and its stay.
func (g ledger) sameStayAndDay(l *Line, item string) []*Line {
	return ofStay(l.Stay, g.sameDay(l, item))
}

func ofStay(stay *Stay, lines []*Line) []*Line {
	var own []*Line
	for _, l := range lines {
		if l.Stay == stay {
			own = append(own, l)
		}
	}
	return own
}

// quantityOf adds the net quantities of lines up, in 1/10,000.
func quantityOf(lines []*Line) (sum int64) {
	for _, l := range lines {
		sum += l.Quantity
	}
	return sum
}
