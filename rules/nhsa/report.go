package nhsa

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
)

const (
	whyWithdrawn = "the row was withdrawn here"
	whyByHand    = "the row was changed here and says something else"
	whyUnknown   = "the item is not in items here: load items, then import again"
	whyDiffers   = "items says something else here, and keeps it"
	whyNoRoom    = "the source of the item's row is full"
	noteFactor   = "no sheet tells what a second operation may cost: without a factor FEE-023 has nothing to hold it to"
)

// Report says what became of a file: every row of every sheet is counted once,
// as imported or as left out with its reason.
type Report struct {
	File        string             `json:"file"`
	SHA256      string             `json:"sha256"`
	Batch       string             `json:"batch,omitempty"`
	ValidFrom   claimwatch.Day     `json:"valid_from"`
	Sheets      []SheetReport      `json:"sheets"`
	Tables      map[string]*Counts `json:"tables"`
	Differences []Difference       `json:"differences,omitempty"`
}

// SheetReport counts the rows of a sheet. Imported and the counts of LeftOut add
// up to Rows. Reserved names rows that are imported and say more than the table can.
type SheetReport struct {
	Sheet    string   `json:"sheet"`
	Rows     int      `json:"rows"`
	Imported int      `json:"imported"`
	LeftOut  []Reason `json:"left_out,omitempty"`
	Reserved []Reason `json:"reserved,omitempty"`
}

// Reason is why rows were left out, and which.
type Reason struct {
	Why   string `json:"why"`
	Count int    `json:"count"`
	Rows  []int  `json:"rows"`
}

// Counts tells what an edition does to the rows of a table; for items, to columns.
type Counts struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Ended     int `json:"ended"`
	Unchanged int `json:"unchanged"`
}

// Difference is a cell that stays as it is although the file says otherwise.
type Difference struct {
	Table  string `json:"table"`
	Key    string `json:"key"`
	Column string `json:"column"`
	Here   string `json:"here"`
	File   string `json:"file"`
}

func (e *edition) count(table string) *Counts {
	if e.counts[table] == nil {
		e.counts[table] = &Counts{}
	}
	return e.counts[table]
}

// land says that a statement is in its table: the rows that make it are imported.
func (e *edition) land(s Statement) {
	for _, from := range s.From {
		e.landed[from] = true
	}
}

// miss says why a statement is not in its table.
func (e *edition) miss(s Statement, why string) {
	for _, from := range s.From {
		e.missed[from] = why
	}
}

func (e *edition) differs(r *row, cells map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(cells)) {
		if here := r.cells[name]; !equal(here, cells[name]) {
			e.differ = append(e.differ, Difference{Table: r.table, Key: r.key, Column: name, Here: here, File: cells[name]})
		}
	}
}

func (e *edition) report() Report {
	out := Report{File: e.book.File, SHA256: e.book.SHA256, Batch: e.batch, ValidFrom: e.day, Tables: e.counts, Differences: e.differ}
	for _, sheet := range e.book.Sheets {
		left := maps.Clone(sheet.leftOut)
		for from, why := range e.missed {
			if from.Sheet == sheet && !e.landed[from] && left[from.Row] == "" {
				left[from.Row] = why
			}
		}
		for from := range e.landed {
			if from.Sheet == sheet {
				delete(left, from.Row)
			}
		}
		reserved := maps.Clone(sheet.reservations)
		for from, why := range e.reserved {
			if from.Sheet == sheet {
				reserved[from.Row] = why
			}
		}
		maps.DeleteFunc(reserved, func(n int, _ string) bool { return left[n] != "" })
		out.Sheets = append(out.Sheets, SheetReport{
			Sheet: sheet.Name, Rows: sheet.Rows, Imported: sheet.Rows - len(left), LeftOut: reasons(left), Reserved: reasons(reserved),
		})
	}
	return out
}

func reasons(rows map[int]string) []Reason {
	by := map[string]*Reason{}
	for _, n := range slices.Sorted(maps.Keys(rows)) {
		why := rows[n]
		if by[why] == nil {
			by[why] = &Reason{Why: why}
		}
		by[why].Count++
		by[why].Rows = append(by[why].Rows, n)
	}
	var list []Reason
	for _, r := range by {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b Reason) int { return cmp.Compare(a.Rows[0], b.Rows[0]) })
	return list
}

// Text writes the report for a person: a line for each sheet, under it what was left out.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  valid from %s, sha256 %s\n", r.File, r.ValidFrom, r.SHA256)
	for _, s := range r.Sheets {
		fmt.Fprintf(&b, "  %s: %d rows, %d imported, %d left out\n", s.Sheet, s.Rows, s.Imported, s.Rows-s.Imported)
		for _, why := range s.LeftOut {
			fmt.Fprintf(&b, "    left out %d: %s (%s)\n", why.Count, why.Why, someRows(why.Rows))
		}
		for _, why := range s.Reserved {
			fmt.Fprintf(&b, "    with reservation %d: %s (%s)\n", why.Count, why.Why, someRows(why.Rows))
		}
	}
	for _, table := range slices.Sorted(maps.Keys(r.Tables)) {
		c := r.Tables[table]
		fmt.Fprintf(&b, "  %s: %d new, %d changed, %d ended, %d unchanged\n", table, c.New, c.Changed, c.Ended, c.Unchanged)
	}
	for i, d := range r.Differences {
		if i == maxListed {
			fmt.Fprintf(&b, "  … and %d more differences (--json lists all)\n", len(r.Differences)-i)
			break
		}
		fmt.Fprintf(&b, "  differs: %s %s, %s is %q here and stays, the file says %q\n", d.Table, d.Key, d.Column, d.Here, d.File)
	}
	return b.String()
}

const maxListed = 20

// someRows names rows, of many the first and the last.
func someRows(rows []int) string {
	texts := make([]string, len(rows))
	for i, n := range rows {
		texts[i] = strconv.Itoa(n)
	}
	switch {
	case len(rows) == 1:
		return "row " + texts[0]
	case len(rows) <= 5:
		return "rows " + strings.Join(texts, ", ")
	default:
		return "rows " + strings.Join(texts[:3], ", ") + " … " + texts[len(texts)-1]
	}
}
