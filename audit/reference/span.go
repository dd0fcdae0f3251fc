package reference

import (
	"maps"
	"math"
	"slices"
	"strings"

	"claimwatch"
)

// span is the validity of a row: until it, exclusive; line is that of the file
// for a row of the present load, 0 for one loaded before.
type span struct {
	until claimwatch.Day
	line  int
}

const forEver = claimwatch.Day(math.MaxInt32)

// family is the key of a row without the day from which it is valid: the rows
// of one family must not overlap.
func family(t claimwatch.Table, row *Row) string {
	var cells []string
	for i, column := range t.Columns {
		if column.Key && column.Name != t.Within[0] {
			cells = append(cells, FormatCell(column, row.Values[i]))
		}
	}
	return strings.Join(cells, "|")
}

// validity is the span of a row.
func validity(t claimwatch.Table, row *Row) (from, until claimwatch.Day) {
	from, until = claimwatch.Day(row.Values[columnIndex(t, t.Within[0])].Num), forEver
	if end := row.Values[columnIndex(t, t.Within[1])]; end.Set {
		until = claimwatch.Day(end.Num)
	}
	return from, until
}

func (t *tableState) setSpan(table claimwatch.Table, row *Row) {
	if table.Within[0] == "" {
		return
	}
	of := family(table, row)
	from, until := validity(table, row)
	if row.Void {
		delete(t.spans[of], from)
		return
	}
	if t.spans[of] == nil {
		t.spans[of] = map[claimwatch.Day]span{}
	}
	t.spans[of][from] = span{until: until}
}

// overlaps finds rows of the file that overlap others of their family, once the
// whole file is taken: a file may shorten one row and begin the next.
func (t *tableState) overlaps(table claimwatch.Table, rows []Row, f *faults) {
	after := map[string]map[claimwatch.Day]span{}
	for i := range rows {
		row := &rows[i]
		of := family(table, row)
		if after[of] == nil {
			after[of] = map[claimwatch.Day]span{}
			for from, known := range t.spans[of] {
				after[of][from] = known
			}
		}
		from, until := validity(table, row)
		if row.Void {
			delete(after[of], from)
			continue
		}
		after[of][from] = span{until: until, line: row.Line}
	}
	for _, of := range slices.Sorted(maps.Keys(after)) { // every process names the same faults
		report(table, of, after[of], f)
	}
}

// report names every row of the file that begins while an earlier one holds, or
// that holds when one loaded before begins; each once, with its line.
func report(table claimwatch.Table, of string, spans map[claimwatch.Day]span, f *faults) {
	starts := slices.Sorted(maps.Keys(spans))
	clash := func(line int, later, earlier claimwatch.Day) {
		f.add(line, table.Within[0], claimwatch.CodeConflict, "%s from %s overlaps the one from %s: end that first", of, later, earlier)
	}
	next := make([]claimwatch.Day, len(starts)) // where the next loaded row begins
	for i, loaded := len(starts)-1, forEver; i >= 0; i-- {
		next[i] = loaded
		if spans[starts[i]].line == 0 {
			loaded = starts[i]
		}
	}
	longest := 0 // of the rows before, the one that ends last
	for i, from := range starts {
		row, before := spans[from], starts[longest]
		switch {
		case row.line == 0:
		case i > 0 && spans[before].until > from:
			clash(row.line, from, before)
		case row.until > next[i]:
			clash(row.line, next[i], from)
		}
		if row.until > spans[before].until {
			longest = i
		}
	}
}
