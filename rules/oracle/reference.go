package oracle

import (
	"strings"

	"claimwatch"
)

// Reference holds the rows of the reference tables by table, as uploaded and in
// the order of their loads: a later row of a key replaces an earlier one, void
// withdraws it. A table that is absent was never loaded; one without rows was.
type Reference map[string][]map[string]string

type row = map[string]string

// tables are the rows that stand, ready to be looked up.
type tables struct {
	loaded       map[string]bool
	rows         map[string][]row // by table
	institutions map[string]row
	persons      map[string]row
	cases        map[string]row   // injury_cases
	items        map[string][]row // by item_code
}

func newTables(ref Reference) *tables {
	t := &tables{
		loaded: map[string]bool{}, rows: map[string][]row{},
		institutions: map[string]row{}, persons: map[string]row{}, cases: map[string]row{}, items: map[string][]row{},
	}
	for table := range ref {
		t.loaded[table] = true
		t.rows[table] = ref.standing(table)
	}
	for _, r := range t.rows["institutions"] {
		t.institutions[r["institution_id"]] = r
	}
	for _, r := range t.rows["persons"] {
		t.persons[r["person_id"]] = r
	}
	for _, r := range t.rows["injury_cases"] {
		t.cases[r["injury_case_id"]] = r
	}
	for _, r := range t.rows["items"] {
		t.items[r["item_code"]] = append(t.items[r["item_code"]], r)
	}
	return t
}

// of lists the rows of a table that stand, in the order of their loads.
func (t *tables) of(table string) []row { return t.rows[table] }

// standing gives the rows of a table that stand, the last loaded of each key
// unless it is void.
func (ref Reference) standing(table string) []row {
	spec, _ := claimwatch.TableNamed(table)
	last := map[string]int{}
	keyOf := func(r row) string {
		var parts []string
		for _, c := range spec.Columns {
			if c.Key {
				parts = append(parts, r[c.Name])
			}
		}
		return strings.Join(parts, "\x00")
	}
	for i, r := range ref[table] {
		last[keyOf(r)] = i
	}
	var rows []row
	for i, r := range ref[table] {
		if last[keyOf(r)] == i && !truth(r["void"]) {
			rows = append(rows, r)
		}
	}
	return rows
}

// item gives the row of an item that is valid on the service date: the one of
// the institution's city before the one of everywhere (1.9). An institution
// without a row has no city; the rows of everywhere hold for it.
func (t *tables) item(code, institutionID string, day claimwatch.Day) row {
	city := t.institutions[institutionID]["city"]
	var everywhere row
	for _, r := range t.items[code] {
		if !valid(r, day) {
			continue
		}
		switch r["region"] {
		case "":
			everywhere = r
		case city:
			return r
		}
	}
	return everywhere
}

// valid says whether valid_from <= day < valid_until; an empty end is none (1.5).
func valid(r row, day claimwatch.Day) bool { return within(day, r["valid_from"], r["valid_until"]) }

// within says whether from <= day < until as dates; an empty until is none (1.5).
func within(day claimwatch.Day, from, until string) bool {
	date := day.String() // YYYY-MM-DD sorts as text
	return from <= date && (until == "" || date < until)
}

func truth(s string) bool { return s == "true" || s == "1" }

// number reads a decimal column in units of 10^-decimals; ok is false when it is empty.
func number(text string, decimals int) (n int64, ok bool) {
	n, fault := claimwatch.ParseDecimal(text, decimals, claimwatch.MaxPrice)
	return n, fault == ""
}

// list splits a list column; empty elements are none.
func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ';' })
}
