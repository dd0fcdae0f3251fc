package oracle

import (
	"math/big"

	"claimwatch"
)

// itemPlace groups the lines of an item at an institution on a local day.
type itemPlace struct {
	institution, item string
	day               claimwatch.Day
}

func placeOf(l *line) itemPlace { return itemPlace{l.InstitutionID, l.item, l.day()} }

// overDailyLimit is FEE-008: more of an item on a day than max_per_day.
func overDailyLimit(t *trial, person string) (out []*finding) {
	groups := map[itemPlace][]line{}
	for _, l := range t.personLines(person) {
		switch {
		case l.category == "rehab": // REH-002's
		case l.row == nil:
			t.noRow(&l)
		default:
			groups[placeOf(&l)] = append(groups[placeOf(&l)], l)
		}
	}
	for k, lines := range groups {
		most, ok := number(lines[0].row["max_per_day"], 4)
		rest := minus(totalOf(lines, netUnits), ratio(most, 1))
		if !ok || rest.Sign() <= 0 {
			continue
		}
		f := findingOf("FEE-008", claimwatch.Violation, k.institution, person, k.item, k.day.String())
		f.putShares(lines, fromLast(lines, netUnits, rest), atPrice)
		f.ofDay(k.day)
		out = append(out, f)
	}
	return out
}

// overStayLimit is FEE-009: more of an item in a stay than the max_per_stay of
// the last line's date.
func overStayLimit(t *trial, s *stay) (out []*finding) {
	groups := map[string][]line{}
	for _, l := range s.lines {
		groups[l.item] = append(groups[l.item], l)
	}
	for item, lines := range groups {
		last := lines[len(lines)-1]
		if last.row == nil {
			t.noRow(&last)
			continue
		}
		most, ok := number(last.row["max_per_stay"], 4)
		rest := minus(totalOf(lines, netUnits), ratio(most, 1))
		if !ok || rest.Sign() <= 0 {
			continue
		}
		f := newFinding("FEE-009", claimwatch.Suspicion, s, item)
		f.putShares(lines, fromLast(lines, netUnits, rest), atPrice)
		f.ofLines()
		out = append(out, f)
	}
	return out
}

// overCourse is RX-009: more than item_limits allows of an item in a course, or
// too soon again. Rehabilitation is REH-002's.
func overCourse(t *trial, person string) (out []*finding) {
	for item, lines := range t.itemsOf(person, func(l *line) bool { return l.category != "rehab" }) {
		out = append(out, t.monthly(person, item, lines, largest(t.ref.overruns(item, lines)...))...)
	}
	return out
}

// overRehab is REH-002: rehabilitation above max_per_day or above item_limits,
// each line with the larger excess.
func overRehab(t *trial, person string) (out []*finding) {
	for item, lines := range t.itemsOf(person, func(l *line) bool { return l.category == "rehab" }) {
		days := map[itemPlace][]line{}
		for _, l := range lines {
			if l.row == nil {
				t.noRow(&l)
				continue
			}
			days[placeOf(&l)] = append(days[placeOf(&l)], l)
		}
		above := t.ref.overruns(item, lines)
		for _, ofDay := range days {
			if most, ok := number(ofDay[0].row["max_per_day"], 4); ok {
				o := newOverrun()
				o.take(countedLines(ofDay), ratio(most, 10_000))
				above = append(above, o)
			}
		}
		out = append(out, t.monthly(person, item, lines, largest(above...))...)
	}
	return out
}

// itemsOf are the lines of a person by item, in the order of records.
func (w *world) itemsOf(person string, keep func(*line) bool) map[string][]line {
	out := map[string][]line{}
	for _, l := range w.personLines(person) {
		if keep(&l) {
			out[l.item] = append(out[l.item], l)
		}
	}
	return out
}

// overruns are what the lines of an item have above each row of item_limits: a
// row counts those of dates on which it is valid.
func (t *tables) overruns(item string, lines []line) []overrun {
	var out []overrun
	for _, limit := range t.of("item_limits") {
		if limit["item_code"] != item {
			continue
		}
		var counts []line
		for _, l := range lines {
			if valid(limit, l.day()) {
				counts = append(counts, l)
			}
		}
		days, _ := number(limit["days"], 0)
		most, capped := number(limit["max"], 4)
		switch {
		case limit["kind"] == "interval":
			out = append(out, spaced(countedLines(counts), days))
		case capped:
			out = append(out, windowed(countedLines(counts), days, ratio(most, 10_000)))
		}
	}
	return out
}

// worth is what a line counts in a course: days of supply for drugs with some,
// else its net quantity.
func worth(l line) (value *big.Rat, inDays bool) {
	if days := l.daysSupply(); l.category == "drug" && days != nil {
		return days, true
	}
	return ratio(l.quantity, 10_000), false
}

func countedLines(lines []line) []counted {
	var out []counted
	for _, l := range lines {
		value, _ := worth(l)
		out = append(out, counted{l.Record, value})
	}
	return out
}

// monthly makes a finding of each local month with lines in excess.
func (t *trial) monthly(person, item string, lines []line, o overrun) []*finding {
	groups := map[string]*finding{}
	for _, l := range lines {
		part := o.excess[l.Record]
		if part == nil {
			continue
		}
		month := l.day().Month()
		if groups[month] == nil {
			groups[month] = findingOf(t.rule.code, claimwatch.Suspicion, person, item, month)
		}
		if _, days := worth(l); days {
			groups[month].violating[l.Record] = inDays(l, part)
		} else {
			groups[month].violating[l.Record] = l.priced(times(part, ratio(10_000, 1)))
		}
		groups[month].involve(o.with[l.Record]...)
	}
	return all(groups)
}
