package slice

import "claimwatch"

const hour = 60 * 60 * 1000

// Inclusion is a line of an item that another one includes, or of that other
// one, where both are charged together as item_pairs forbids (FEE-004, EXM-003).
type Inclusion struct {
	*Line
	Pair *ItemPair
	// On is the local day of the included line.
	On claimwatch.Day
	// Exams: both are exams, charged within the hour.
	Exams bool
	// Included: the line is the included one.
	Included bool
}

// together is what one finding is about: a pair of items on a day.
type together struct {
	pair                *ItemPair
	institution, person string
	on                  claimwatch.Day
	exams               bool
}

// inclusions are the lines of each pair and day, each once.
func inclusions(fees []*Line, entries ledger, reference *Reference) []*Inclusion {
	var found []*Inclusion
	type member struct {
		together
		line *Line
	}
	seen := map[member]bool{}
	note := func(key together, l *Line, included bool) {
		if one := (member{key, l}); !seen[one] {
			seen[one] = true
			found = append(found, &Inclusion{Line: l, Pair: key.pair, On: key.on, Exams: key.exams, Included: included})
		}
	}
	for _, l := range fees {
		pairs := reference.Pairs[l.ItemCode]
		for i := range pairs {
			pair := &pairs[i]
			if !pair.On(l.Day()) {
				continue
			}
			for _, main := range entries.mains(l, pair) {
				exams := pair.Scope == "hour" && l.Category == "exam" && main.Category == "exam"
				key := together{pair, l.InstitutionID, l.PersonID, l.Day(), exams}
				note(key, l, true)
				note(key, main, false)
			}
		}
	}
	return found
}

// mains are the lines with which an included one is charged as its pair forbids;
// none for pairs that say something else.
func (g ledger) mains(l *Line, pair *ItemPair) []*Line {
	switch pair.Scope {
	case "day":
		return g.sameDay(l, pair.ItemCode)
	case "stay":
		return g.sameStay(l, pair.ItemCode)
	case "6h":
		return g.between(l, pair.ItemCode, l.At-6*hour+1, l.At+6*hour)
	case "hour":
		return g.between(l, pair.ItemCode, l.At-hour+1, l.At+hour)
	default:
		return nil
	}
}
