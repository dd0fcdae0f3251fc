package slice

import "claimwatch"

// SecondOperation is a lesser operation charged in one stay and on one day with
// the main one, at which its price is less (FEE-023).
type SecondOperation struct {
	Pair *ItemPair
	Day  claimwatch.Day
	// Mains are lines of the main operation, Lines those of the lesser one; both in
	// the order of records.
	Mains, Lines []*Line
}

// secondOperations are those of pairs of scope secondary. A pair that the table
// has in both directions counts in the one whose included code is the lesser
// that day.
func secondOperations(fees []*Line, entries ledger, reference *Reference) []*SecondOperation {
	var found []*SecondOperation
	entries.eachDay(fees, reference, "secondary", func(lines []*Line, pair *ItemPair) {
		l := lines[0]
		mains := entries.sameStayAndDay(l, pair.ItemCode)
		if len(mains) == 0 || reference.otherWay(pair, l.Day()) && !lesser(lines, mains) {
			return
		}
		found = append(found, &SecondOperation{Pair: pair, Day: l.Day(), Mains: mains, Lines: lines})
	})
	return found
}

// eachDay hands over, for each stay, day and pair of a scope that is valid that
// day, the lines of the pair's included item.
func (g ledger) eachDay(fees []*Line, reference *Reference, scope string, each func([]*Line, *ItemPair)) {
	for _, l := range fees {
		pairs := reference.Pairs[l.ItemCode]
		for i := range pairs {
			if pair := &pairs[i]; pair.Scope == scope && pair.On(l.Day()) {
				// The first line of the day speaks for all.
				if lines := g.sameStayAndDay(l, l.ItemCode); lines[0] == l {
					each(lines, pair)
				}
			}
		}
	}
}

// otherWay says whether the table has a pair in the other direction too.
func (r *Reference) otherWay(pair *ItemPair, day claimwatch.Day) bool {
	for _, other := range r.Pairs[pair.ItemCode] {
		if other.Scope == pair.Scope && other.ItemCode == pair.IncludedCode && other.On(day) {
			return true
		}
	}
	return false
}

// lesser says whether the first of two items is the lesser operation: that with
// the smaller of the smallest unit prices, then the larger code.
func lesser(lines, others []*Line) bool {
	price, other := cheapest(lines), cheapest(others)
	return price < other || price == other && lines[0].ItemCode > others[0].ItemCode
}

func cheapest(lines []*Line) int64 {
	price := lines[0].UnitPrice
	for _, l := range lines {
		price = min(price, l.UnitPrice)
	}
	return price
}
