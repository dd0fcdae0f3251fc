package oracle

import (
	"math/big"
	"slices"

	"claimwatch"
)

// hoursOn are the hours of an hour-unit line on each local day: its net quantity,
// split at local midnights in proportion to time when the line says from when
// until when, else all on the day of occurred_at (FEE-010). A quantity of 1 is an
// hour.
func hoursOn(l *line) map[claimwatch.Day]*big.Rat {
	hours := ratio(l.quantity, 10_000)
	span := claimwatch.Interval{From: instant(l.Record, "from"), Until: instant(l.Record, "until")}
	if !l.Field("from").Set || !l.Field("until").Set || span.Empty() {
		return map[claimwatch.Day]*big.Rat{l.day(): hours}
	}
	out := map[claimwatch.Day]*big.Rat{}
	for day := span.From.Day(); day.Midnight() < span.Until; day++ {
		part := span.Overlap(claimwatch.Interval{From: day.Midnight(), Until: (day + 1).Midnight()})
		out[day] = times(hours, ratio(int64(part.Until-part.From), int64(span.Until-span.From)))
	}
	return out
}

// ofDay asks for what a line has on one day; a line that has nothing there gives 0.
func ofDay(day claimwatch.Day, hours func(*line) map[claimwatch.Day]*big.Rat) func(line) *big.Rat {
	return func(l line) *big.Rat {
		if part := hours(&l)[day]; part != nil {
			return part
		}
		return new(big.Rat)
	}
}

// overDay is FEE-010: more than 24 hours of an item on one day of a person.
// Without a row nobody can tell whether an item is charged by the hour.
func overDay(t *trial, person string) (out []*finding) {
	groups := map[itemDay][]line{}
	for _, l := range t.personLines(person) {
		switch {
		case l.row == nil:
			t.noRow(&l)
		case truth(l.row["hour_unit"]):
			for day := range hoursOn(&l) {
				k := itemDay{l.item, day}
				groups[k] = append(groups[k], l)
			}
		}
	}
	for k, lines := range groups {
		has := ofDay(k.day, hoursOn)
		rest := minus(totalOf(lines, has), ratio(24, 1))
		if rest.Sign() <= 0 {
			continue
		}
		f := findingOf("FEE-010", claimwatch.Violation, person, k.item, k.day.String())
		f.putShares(lines, fromLast(lines, has, rest), func(l line, part *big.Rat) claimwatch.Fen {
			return l.proportion(part, ratio(l.quantity, 10_000))
		})
		f.ofDay(k.day)
		out = append(out, f)
	}
	return out
}

// careHours are the hours of a nursing line on each day (FEE-011): those of level
// 0 by the hour are split, a unit of anything else is 24 hours on its day.
func careHours(l *line) map[claimwatch.Day]*big.Rat {
	if l.row["nursing_level"] == "0" && truth(l.row["hour_unit"]) {
		return hoursOn(l)
	}
	return map[claimwatch.Day]*big.Rat{l.day(): ratio(24*l.quantity, 10_000)}
}

// exclusiveCare is FEE-011: special nursing and nursing of a level together for
// more than 24 hours on one day.
func exclusiveCare(t *trial, s *stay) (out []*finding) {
	special, levels := map[claimwatch.Day][]line{}, map[claimwatch.Day][]line{}
	for _, l := range s.lines {
		switch {
		case l.category != "nursing":
		case l.row == nil:
			t.noRow(&l)
		case l.row["nursing_level"] == "0":
			for day := range careHours(&l) {
				special[day] = append(special[day], l)
			}
		case l.row["nursing_level"] != "":
			levels[l.day()] = append(levels[l.day()], l)
		}
	}
	for day := range special {
		if len(levels[day]) == 0 {
			continue
		}
		// "from level 1-3 lines first": they stand behind those of level 0.
		lines := slices.Concat(special[day], levels[day])
		has := ofDay(day, careHours)
		rest := minus(totalOf(lines, has), ratio(24, 1))
		if rest.Sign() <= 0 {
			continue
		}
		f := newFinding("FEE-011", claimwatch.Violation, s, day.String())
		f.putShares(lines, fromLast(lines, has, rest), func(l line, part *big.Rat) claimwatch.Fen {
			return l.proportion(part, wholeCare(&l))
		})
		f.ofDay(day)
		out = append(out, f)
	}
	return out
}

// wholeCare are all hours of a nursing line, over its days.
func wholeCare(l *line) *big.Rat {
	out := new(big.Rat)
	for _, part := range careHours(l) {
		out.Add(out, part)
	}
	return out
}
