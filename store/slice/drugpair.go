package slice

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// DrugPair is two drug orders of a person for different items of one class, as
// far as they are active together, or may come to be (RX-004).
type DrugPair struct {
	First, Second *ActiveOrder // in the order of records
	Together      Span         // may be empty while Mover is set
	Class         string       // the first characters of the ATC code that they share; empty while it is not known
	// Unknown is the stay of the order whose item has no row, so that its class
	// cannot be told; nil when both are known.
	Unknown *Stay
	// Mover is the open stay with whose end the time together moves on; nil when
	// it stands.
	Mover *Stay
}

// atcClass is how many characters of an ATC code tell the class of a drug.
const atcClass = 5

// classed is a drug order with the class of its item.
type classed struct {
	*ActiveOrder
	class string
	known bool // the item has a row
}

// drugPairs are those among the orders, person by person.
func drugPairs(orders []*ActiveOrder, reference *Reference) []*DrugPair {
	byPerson := map[string][]classed{}
	for _, o := range orders {
		if o.Class != "drug" {
			continue
		}
		c := classed{ActiveOrder: o}
		if row := reference.item(o.ItemCode, o.Stay.City, o.At.Day()); row != nil {
			characters := []rune(row.ATC)
			c.class, c.known = string(characters[:min(atcClass, len(characters))]), true
		}
		byPerson[o.PersonID] = append(byPerson[o.PersonID], c)
	}
	var pairs []*DrugPair
	for _, person := range slices.Sorted(maps.Keys(byPerson)) {
		own := byPerson[person]
		slices.SortFunc(own, func(a, b classed) int {
			return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID), strings.Compare(a.InstitutionID, b.InstitutionID))
		})
		pairs = append(pairs, pairsAmong(own)...)
	}
	return pairs
}

// pairsAmong pairs the orders of a person. Of the pairs that cannot be told the
// longest are enough, for all of them say the same.
func pairsAmong(orders []classed) (pairs []*DrugPair) {
	type doubt struct{ unknown, mover *Stay }
	doubts := map[doubt]*DrugPair{}
	for i, a := range orders {
		for _, b := range orders[i+1:] {
			if b.At >= a.Until && !a.moves() {
				break // so do all that begin later
			}
			if a.ItemCode == b.ItemCode || a.known && b.known && (a.class != b.class || a.class == "") {
				continue
			}
			pair := pairOf(a, b)
			if pair.Together.From >= pair.Together.Until && pair.Mover == nil {
				continue
			}
			if a.known && b.known {
				pair.Class = a.class
				pairs = append(pairs, pair)
				continue
			}
			for _, o := range []classed{a, b} {
				key := doubt{o.Stay, pair.Mover}
				if held := doubts[key]; !o.known && (held == nil || held.length() < pair.length()) {
					unknown := *pair
					unknown.Unknown = o.Stay
					doubts[key] = &unknown
				}
			}
		}
	}
	return slices.AppendSeq(pairs, maps.Values(doubts))
}

// moves says that the order is active as long as its open stay goes on.
func (o *ActiveOrder) moves() bool { return o.OpenEnded && o.Stay.DischargedAt == nil }

func pairOf(a, b classed) *DrugPair {
	earlier := a
	if b.Until < a.Until {
		earlier = b
	}
	pair := &DrugPair{First: a.ActiveOrder, Second: b.ActiveOrder, Together: Span{max(a.At, b.At), earlier.Until}}
	if earlier.moves() {
		pair.Mover = earlier.Stay
	}
	return pair
}

func (p *DrugPair) length() claimwatch.Instant { return p.Together.Until - p.Together.From }
