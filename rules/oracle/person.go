package oracle

import (
	"slices"
	"strings"

	"claimwatch"
)

// personLines are the lines of a person in all stays, in the order of records.
func (w *world) personLines(person string) []line {
	var out []line
	for _, s := range w.stays {
		if s.personID == person {
			out = append(out, s.lines...)
		}
	}
	slices.SortFunc(out, func(a, b line) int { return compareRecords(a.Record, b.Record) })
	return out
}

// personRecords are the records of a kind of a person in all stays, in the order of records.
func (w *world) personRecords(person string, kind claimwatch.Kind) []*claimwatch.Record {
	var out []*claimwatch.Record
	for _, s := range w.stays {
		if s.personID == person {
			out = append(out, s.of(kind)...)
		}
	}
	slices.SortFunc(out, compareRecords)
	return out
}

// stayOf is the stay of a record, nil for a fitting without one.
func (w *world) stayOf(r *claimwatch.Record) *stay {
	for _, s := range w.stays {
		if s.key == (key{r.InstitutionID, r.PersonID, r.StayID}) {
			return s
		}
	}
	return nil
}

// ofItem filters lines by item.
func ofItem(lines []line, codes ...string) []line {
	var out []line
	for _, l := range lines {
		if slices.Contains(codes, l.item) {
			out = append(out, l)
		}
	}
	return out
}

// byDay groups lines by their local days, in their order.
func byDay(lines []line) map[claimwatch.Day][]line {
	out := map[claimwatch.Day][]line{}
	for _, l := range lines {
		out[l.day()] = append(out[l.day()], l)
	}
	return out
}

func recordsOf(lines []line) []*claimwatch.Record {
	var out []*claimwatch.Record
	for _, l := range lines {
		out = append(out, l.Record)
	}
	return out
}

// number reads a column with at most so many decimals as an integer in units of
// the last; ok is false when it is empty.
func number(text string, decimals int) (n int64, ok bool) {
	n, fault := claimwatch.ParseDecimal(text, decimals, claimwatch.MaxPrice)
	return n, fault == ""
}

// list reads a ;-separated column.
func list(text string) []string {
	return slices.DeleteFunc(strings.Split(text, ";"), func(s string) bool { return s == "" })
}
