package rules_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"claimwatch"
	"claimwatch/store"
)

// mutate draws a change of one row of a world's table: a row is edited, stands
// under another key, is new, or is withdrawn. Later changes build on it.
func (e *experiment) mutate(table string, world int) (store.ReferenceRow, bool) {
	w := &e.worlds[world]
	if w.Reference == nil {
		w.Reference = map[string][]map[string]string{}
	}
	rows := w.Reference[table]
	spec, _ := claimwatch.TableNamed(table)
	var row map[string]string
	if len(rows) > 0 && e.random.IntN(8) > 0 {
		row = maps.Clone(rows[e.random.IntN(len(rows))])
	} else {
		row = e.invent(spec, world)
	}
	if row == nil {
		return store.ReferenceRow{}, false
	}
	if table == "items" && e.random.IntN(2) == 0 {
		row = e.kept(rows, row)
	}
	void := false
	switch e.random.IntN(5) {
	case 0:
		void = true
	case 1: // as it is, or new
	default:
		column := e.column(spec)
		row[column.Name] = e.value(spec, column, world)
		if row[column.Name] == "" && !column.Optional {
			return store.ReferenceRow{}, false
		}
	}
	w.Reference[table] = append(slices.DeleteFunc(slices.Clone(rows), func(other map[string]string) bool {
		return sameRowKey(spec, row, other)
	}), row)
	if void {
		w.Reference[table] = w.Reference[table][:len(w.Reference[table])-1]
	}
	return store.ReferenceRow{Void: void, Values: referenceRow(table, row)}, true
}

// kept draws a bed or a nursing item where there is one: these alone concern more
// than the persons with lines of them.
func (e *experiment) kept(rows []map[string]string, other map[string]string) map[string]string {
	var of []map[string]string
	for _, row := range rows {
		if row["category"] == "bed" || row["nursing_level"] != "" {
			of = append(of, row)
		}
	}
	if len(of) == 0 {
		return other
	}
	return maps.Clone(of[e.random.IntN(len(of))])
}

// column draws a column that a rule reads, or a part of the key.
func (e *experiment) column(spec claimwatch.Table) claimwatch.Column {
	var columns []claimwatch.Column
	if spec.Name == "items" && e.random.IntN(2) == 0 {
		weighty := []string{"category", "unit", "nursing_level", "price_cap_1", "price_cap_2", "price_cap_3"}
		name := weighty[e.random.IntN(len(weighty))]
		return spec.Columns[slices.IndexFunc(spec.Columns, func(c claimwatch.Column) bool { return c.Name == name })]
	}
	for _, c := range spec.Columns {
		if c.Key || e.read[spec.Name][c.Name] || spec.Name == "whitelist" {
			columns = append(columns, c)
		}
	}
	return columns[e.random.IntN(len(columns))]
}

func sameRowKey(spec claimwatch.Table, a, b map[string]string) bool {
	return !slices.ContainsFunc(spec.Columns, func(c claimwatch.Column) bool { return c.Key && a[c.Name] != b[c.Name] })
}

// invent draws a row of which every column means something in the world.
func (e *experiment) invent(spec claimwatch.Table, world int) map[string]string {
	row := map[string]string{}
	for _, c := range spec.Columns {
		row[c.Name] = e.value(spec, c, world)
		if row[c.Name] == "" && !c.Optional {
			return nil
		}
	}
	return row
}

// value draws a text for a column: what the world's rows and records have there,
// or for what is no name one that lies near.
func (e *experiment) value(spec claimwatch.Table, c claimwatch.Column, world int) string {
	var from []string
	for _, row := range e.worlds[world].Reference[spec.Name] {
		from = append(from, row[c.Name])
	}
	from = append(from, e.named(c.Name, world)...)
	if c.Optional {
		from = append(from, "")
	}
	switch c.Type {
	case claimwatch.ColumnBool:
		from = append(from, "true", "false")
	case claimwatch.ColumnWord:
		from = append(from, c.Words...)
	case claimwatch.ColumnInt:
		from = append(from, strconv.FormatInt(c.Min+e.random.Int64N(min(c.Max-c.Min, 40)+1), 10))
	case claimwatch.ColumnAmount, claimwatch.ColumnPrice, claimwatch.ColumnNumber:
		from = append(from, strconv.Itoa(e.random.IntN(40)), "0.5", "0")
	case claimwatch.ColumnDay:
		from = append(from, (e.asOf.Day() - claimwatch.Day(e.random.IntN(90))).String())
	case claimwatch.ColumnList:
		from = append(from, c.Words...)
	case claimwatch.ColumnText, claimwatch.ColumnMonth, claimwatch.ColumnID, claimwatch.ColumnItem:
		if len(from) == 0 {
			from = append(from, fmt.Sprintf("w%d.X", world))
		}
	}
	if len(from) == 0 {
		return ""
	}
	return from[e.random.IntN(len(from))]
}

// fieldsOf are the fields of records that a column of tables is about.
var fieldsOf = map[string][]string{
	"item_code": {"item_code"}, "included_code": {"item_code"}, "high_code": {"item_code"}, "low_code": {"item_code"},
	"component_codes": {"item_code"}, "physician_id": {"physician_id", "surgeon_id"}, "injury_case_id": {"injury_case_id"},
}

// named lists what the records of a world name that a column could mean.
func (e *experiment) named(column string, world int) []string {
	seen := map[string]bool{}
	for _, r := range e.worlds[world].Records {
		switch column {
		case "institution_id", "from_institution_id", "to_institution_id":
			seen[r.InstitutionID] = true
		case "person_id":
			seen[r.PersonID] = true
		}
		for _, field := range fieldsOf[column] {
			if slot := r.Kind.Slot(field); slot >= 0 {
				seen[r.Values[slot].Text] = true
			}
		}
	}
	if column == "rule" {
		for scope, stands := range e.stands {
			for i := range stands.Findings {
				seen[stands.Findings[i].Rule] = seen[stands.Findings[i].Rule] || e.worldOf(scope) == world
			}
		}
		maps.DeleteFunc(seen, func(_ string, own bool) bool { return !own })
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen))
}
