package oracle

import (
	"claimwatch"
)

// included are FEE-004 and EXM-003: an item charged together with the one that
// includes it, by one institution for one person.
func included(t *trial, person string) []*finding {
	type group struct {
		institution, pair string
		day               claimwatch.Day
	}
	groups := map[group]*finding{}
	lines := t.personLines(person)
	for _, pair := range t.ref.of("item_pairs") {
		if !oneOf(pair["scope"], "day", "stay", "6h", "hour") {
			continue
		}
		for _, l := range ofItem(lines, pair["included_code"]) {
			for _, main := range ofItem(lines, pair["item_code"]) {
				if !valid(pair, l.day()) || !together(pair["scope"], l, main) {
					continue
				}
				exams := pair["scope"] == "hour" && l.category == "exam" && main.category == "exam"
				if exams != (t.rule.code == "EXM-003") {
					continue
				}
				k := group{l.InstitutionID, pair["pair_id"], l.day()}
				if groups[k] == nil {
					severity := claimwatch.Suspicion
					if truth(pair["absolute"]) {
						severity = claimwatch.Violation
					}
					groups[k] = findingOf(t.rule.code, severity, k.institution, person, k.pair, k.day.String())
					groups[k].ofDay(k.day)
				}
				groups[k].charge([]line{l})
				groups[k].involve(main.Record)
			}
		}
	}
	return all(groups)
}

// together says whether two lines of a person are as near to each other as a
// scope asks.
func together(scope string, a, b line) bool {
	if a.InstitutionID != b.InstitutionID {
		return false
	}
	apart := max(a.OccurredAt, b.OccurredAt) - min(a.OccurredAt, b.OccurredAt)
	switch scope {
	case "day":
		return a.day() == b.day()
	case "stay":
		return a.StayID == b.StayID
	case "6h":
		return apart < 6*hour
	default:
		return apart < hour
	}
}

// unbundled is FEE-005: all parts of a package charged on one day, for more than
// the package costs.
func unbundled(t *trial, s *stay) (out []*finding) {
	for _, pack := range t.ref.of("item_packages") {
		codes := list(pack["component_codes"])
		for day, lines := range byDay(s.lines) {
			parts := ofItem(lines, codes...)
			if !valid(pack, day) || len(parts) == 0 {
				continue
			}
			least, amount := int64(0), int64(0)
			for i, code := range codes {
				if q := total(ofItem(parts, code)); i == 0 || q < least {
					least = q
				}
			}
			for _, l := range parts {
				amount += l.amount
			}
			packages := max(1, least/10_000)
			cost, _ := number(pack["price"], 2)
			rest := amount - cost*packages
			if least == 0 || rest <= 0 {
				continue
			}
			f := newFinding("FEE-005", claimwatch.Suspicion, s, pack["package_code"], day.String())
			f.putMoney(parts, rest)
			f.ofDay(day)
			out = append(out, f)
		}
	}
	return out
}

// putMoney takes fen from the last lines first; the others are involved.
func (f *finding) putMoney(lines []line, rest int64) {
	for i := len(lines) - 1; i >= 0; i-- {
		if rest <= 0 {
			f.involve(lines[i].Record)
			continue
		}
		part := min(rest, lines[i].amount)
		f.violating[lines[i].Record] = claimwatch.Fen(part)
		rest -= part
	}
}

// secondOperation is FEE-023: the lesser of two operations of a day at more than
// its share of the cap.
func secondOperation(t *trial, s *stay) (out []*finding) {
	for _, pair := range t.ref.of("item_pairs") {
		if pair["scope"] != "secondary" {
			continue
		}
		for day, lines := range byDay(s.lines) {
			main, second := ofItem(lines, pair["item_code"]), ofItem(lines, pair["included_code"])
			if !valid(pair, day) || len(main) == 0 || len(second) == 0 {
				continue
			}
			if t.otherWay(pair, day) && !lesserOperation(second, main) {
				continue
			}
			if second[0].row == nil {
				t.noRow(&second[0])
				continue
			}
			most, ok := t.secondPrice(pair, second[0])
			if !ok {
				continue
			}
			f := newFinding("FEE-023", claimwatch.Violation, s, pair["pair_id"], day.String())
			for _, l := range second {
				if over := l.price - most; over > 0 {
					f.violating[l.Record] = l.costs(l.units(), ratio(over, 1))
				}
			}
			if len(f.violating) == 0 {
				continue
			}
			f.involveLines(main)
			f.ofDay(day)
			out = append(out, f)
		}
	}
	return out
}

// otherWay says whether a row that is valid on the day has the pair the other way round.
func (w *world) otherWay(pair row, day claimwatch.Day) bool {
	for _, other := range w.ref.of("item_pairs") {
		if other["scope"] == "secondary" && valid(other, day) &&
			other["item_code"] == pair["included_code"] && other["included_code"] == pair["item_code"] {
			return true
		}
	}
	return false
}

// lesserOperation says which of two codes is the second operation where the
// table has both directions: the one with the smaller smallest unit price, of
// equal ones the larger code.
func lesserOperation(second, main []line) bool {
	a, b := smallestPrice(second), smallestPrice(main)
	return a < b || (a == b && second[0].item > main[0].item)
}

func smallestPrice(lines []line) int64 {
	least := lines[0].price
	for _, l := range lines {
		least = min(least, l.price)
	}
	return least
}

// secondPrice is round(factor x cap, 2) in 1/1,000,000 yuan. Without a factor or
// a cap there is no limit.
func (w *world) secondPrice(pair row, l line) (most int64, ok bool) {
	limit, capped := w.capOf(l.row, l.InstitutionID)
	factor, given := number(pair["factor"], 4)
	const micro = 10_000 // parts of a fen
	return halfUp(times(ratio(limit, micro), ratio(factor, 10_000))) * micro, capped && given
}

// addedOn is FEE-024: more of an add-on on a day than of all its main items.
func addedOn(t *trial, s *stay) (out []*finding) {
	mains := map[itemDay]map[string]bool{}
	days := byDay(s.lines)
	for _, pair := range t.ref.of("item_pairs") {
		for day := range days {
			if pair["scope"] == "add_on" && valid(pair, day) {
				k := itemDay{pair["included_code"], day}
				if mains[k] == nil {
					mains[k] = map[string]bool{}
				}
				mains[k][pair["item_code"]] = true
			}
		}
	}
	for k, codes := range mains {
		added := ofItem(days[k.day], k.item)
		var main []line
		for _, l := range days[k.day] {
			if codes[l.item] {
				main = append(main, l)
			}
		}
		rest := minus(totalOf(added, netUnits), totalOf(main, netUnits))
		if rest.Sign() <= 0 {
			continue
		}
		f := newFinding("FEE-024", claimwatch.Violation, s, k.item, k.day.String())
		f.putShares(added, fromLast(added, netUnits, rest), atPrice)
		f.involveLines(main)
		f.ofDay(k.day)
		out = append(out, f)
	}
	return out
}
