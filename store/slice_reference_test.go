package store_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// itemRow is a row of an item with a cap for third-level hospitals, in 1/1,000,000 yuan.
func itemRow(code, region string, limit int64, void bool) store.ReferenceRow {
	row := refRow("items", 0, map[string]string{"item_code": code, "region": region, "name": "x", "category": "exam", "unit": "次"})
	table, _ := claimwatch.TableNamed("items")
	for i, column := range table.Columns {
		switch column.Name {
		case "price_cap_3":
			row.Values[i] = claimwatch.Value{Num: limit, Set: true}
		case "valid_from":
			row.Values[i] = claimwatch.Value{Num: int64(clock("2020-01-01T00:00").Day()), Set: true}
		}
	}
	row.Void = void
	return row
}

func hospitalRow(id, city string, void bool) store.ReferenceRow {
	row := refRow("institutions", 3, map[string]string{"institution_id": id, "name": "x", "kind": "medical", "city": city})
	row.Void = void
	return row
}

// TestReferenceRowsOfASliceAreTheNewest: a slice keeps what it has read, and
// must not keep it beyond the next load of the table.
func TestReferenceRowsOfASliceAreTheNewest(t *testing.T) {
	db, s := openSlice(t)
	admission := record(claimwatch.Admission, "H1", "P1", "ad", clock("2026-01-01T08:00"))
	fee := record(claimwatch.Fee, "H1", "P1", "fe", clock("2026-01-02T08:00"))
	setText(fee, "item_code", "CT")
	must(t, db.InsertRecords(t.Context(), stored(0, 0, admission, fee)))
	seq := uint64(0)
	change := func(table string, rows ...store.ReferenceRow) {
		seq++
		must(t, db.SaveReference(t.Context(), load(table, seq, rows...)))
	}
	for _, step := range []struct {
		name   string
		change func()
		want   string
	}{
		{"nothing is loaded", func() {}, "unknown hospital, no item"},
		{"loaded without rows", func() { change("institutions"); change("items") }, "unknown hospital, no item"},
		{"the hospital", func() { change("institutions", hospitalRow("H1", "Taiyuan", false)) }, "hospital, no item"},
		{"another item", func() { change("items", itemRow("MR", "", 5, false)) }, "hospital, no item"},
		{"the item", func() { change("items", itemRow("CT", "", 7, false)) }, "hospital, cap 7"},
		{"a new cap", func() { change("items", itemRow("CT", "", 9, false)) }, "hospital, cap 9"},
		{"another table", func() { change("agencies") }, "hospital, cap 9"},
		{"the city's own cap", func() { change("items", itemRow("CT", "Taiyuan", 4, false)) }, "hospital, cap 4"},
		{"the hospital moves", func() { change("institutions", hospitalRow("H1", "Datong", false)) }, "hospital, cap 9"},
		{"the item is withdrawn", func() { change("items", itemRow("CT", "", 9, true)) }, "hospital, no item"},
		{"the hospital is withdrawn", func() { change("institutions", hospitalRow("H1", "Datong", true)) }, "unknown hospital, no item"},
	} {
		step.change()
		for range 2 { // read, and kept
			must(t, s.Load(t.Context(), []claimwatch.Scope{"P1"}, claimwatch.Moment{AsOf: clock("2026-02-01T00:00")}))
			same(t, step.name, texts(t, s, `SELECT concat(if(institution_found, 'hospital', 'unknown hospital'), ', ',
				if(item_found, concat('cap ', toString(assumeNotNull(cap))), 'no item')) FROM fees INNER JOIN stays ON stays.stay = fees.stay`), []string{step.want})
		}
	}
}

func TestKnowledgeOfASlice(t *testing.T) {
	db, s := openSlice(t)
	law := func(id string, until int64, void bool) store.ReferenceRow {
		row := refRow("laws", 100, map[string]string{"law_id": id, "title": "x", "source": "x"})
		table, _ := claimwatch.TableNamed("laws")
		for i, column := range table.Columns {
			if column.Name == "valid_until" {
				row.Values[i] = claimwatch.Value{Num: until, Set: until != 0}
			}
		}
		row.Void = void
		return row
	}
	know := func() string {
		must(t, s.Load(t.Context(), nil, claimwatch.Moment{AsOf: clock("2026-02-01T00:00")}))
		known := s.Knowledge()
		return fmt.Sprint(known.Loaded, known.Laws)
	}
	same(t, "nothing", know(), "map[] []")
	must(t, db.SaveReference(t.Context(), load("laws", 1, law("a", 200, false))))
	same(t, "a law", know(), "map[laws:true] [{a 1970-04-11 1970-07-20}]")
	must(t, db.SaveReference(t.Context(), load("items", 2)))
	same(t, "a table without rows", know(), "map[items:true laws:true] [{a 1970-04-11 1970-07-20}]")
	must(t, db.SaveReference(t.Context(), load("laws", 3, law("a", 300, false))))
	same(t, "extended", know(), "map[items:true laws:true] [{a 1970-04-11 1970-10-28}]")
	must(t, db.SaveReference(t.Context(), load("laws", 4, law("a", 0, true))))
	same(t, "withdrawn", know(), "map[items:true laws:true] []")
}

// TestOnlyFilledTablesAreFilled is what lets rules be left out.
func TestOnlyFilledTablesAreFilled(t *testing.T) {
	db, s := openSlice(t)
	filled := func() string {
		must(t, s.Load(t.Context(), []claimwatch.Scope{"P1"}, claimwatch.Moment{AsOf: clock("2026-02-01T00:00")}))
		return fmt.Sprint(s.Filled("stays"), s.Filled("fees"), s.Filled("orders"), s.Filled("readmissions"))
	}
	same(t, "nothing", filled(), "false false false false")
	must(t, db.InsertRecords(t.Context(), stored(0, 0, record(claimwatch.Admission, "H1", "P1", "ad", clock("2026-01-01T08:00")))))
	same(t, "a stay", filled(), "true false false false")
	must(t, db.InsertRecords(t.Context(), stored(0, 1, record(claimwatch.Order, "H1", "P1", "or", clock("2026-01-01T09:00")))))
	same(t, "an order", filled(), "true false true false")
}
