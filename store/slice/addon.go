package slice

import "claimwatch"

// AddOn is an add-on charged in a stay on a day, and what it may be added to
// (FEE-024).
type AddOn struct {
	Stay *Stay
	Item string
	Day  claimwatch.Day
	// Mains are lines of its main items, Lines its own.
	Mains, Lines []*Line
}

// addOns are those that a pair of scope add_on names that day. All pairs of an
// add-on count together, each main item once.
func addOns(fees []*Line, entries ledger, reference *Reference) []*AddOn {
	type main struct {
		line *Line
		item string
	}
	byFirst, counted := map[*Line]*AddOn{}, map[main]bool{}
	var found []*AddOn
	entries.eachDay(fees, reference, "add_on", func(lines []*Line, pair *ItemPair) {
		first := lines[0]
		a := byFirst[first]
		if a == nil {
			a = &AddOn{Stay: first.Stay, Item: first.ItemCode, Day: first.Day(), Lines: lines}
			byFirst[first], found = a, append(found, a)
		}
		if one := (main{first, pair.ItemCode}); !counted[one] {
			counted[one] = true
			a.Mains = append(a.Mains, entries.sameStayAndDay(first, pair.ItemCode)...)
		}
	})
	return found
}

// Quantity is the net quantity of the add-on in 1/10,000.
func (a *AddOn) Quantity() int64 { return quantityOf(a.Lines) }

// MainQuantity is the net quantity of the main items in 1/10,000.
func (a *AddOn) MainQuantity() int64 { return quantityOf(a.Mains) }
