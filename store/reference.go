package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"claimwatch"
)

// ReferenceRow is a row of a reference table: one Value per column of the
// table. Days are in Num as claimwatch.Day, times as milliseconds, decimals in
// units of their last decimal, lists in Text with claimwatch.ListSeparator.
type ReferenceRow struct {
	Void   bool
	Values []claimwatch.Value
	// Seq, KnownFrom and Actor are those of the load; filled when read.
	Seq       uint64
	KnownFrom claimwatch.Instant
	Actor     string
}

// ReferenceLoad is an upsert of rows into a table, one entry of the journal.
type ReferenceLoad struct {
	Table     string
	Seq       uint64 // of the journal entry
	KnownFrom claimwatch.Instant
	Actor     string
	Rows      []ReferenceRow
}

// tableOf finds the table of a load or a query.
func tableOf(name string) (claimwatch.Table, error) {
	table, ok := claimwatch.TableNamed(name)
	if !ok {
		return table, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no reference table %q", name)
	}
	return table, nil
}

// SaveReference writes a load: its rows, then the note that the table was
// loaded. A load without rows is a load. Repeating it is harmless.
func (db *DB) SaveReference(ctx context.Context, load ReferenceLoad) error {
	table, err := tableOf(load.Table)
	if err != nil {
		return err
	}
	n := len(load.Rows)
	if n > 0 {
		seqs, lines, known, voids, actors := make([]uint64, n), make([]uint32, n), make([]int64, n), make([]bool, n), make([]string, n)
		values := make([]valueColumn, len(table.Columns))
		for i, c := range table.Columns {
			values[i] = refColumn(c, n)
		}
		for i, row := range load.Rows {
			if len(row.Values) != len(values) {
				return fmt.Errorf("save reference: row %d of %s has %d values", i, load.Table, len(row.Values))
			}
			seqs[i], lines[i], known[i], voids[i], actors[i] = load.Seq, uint32(i+1), millis(load.KnownFrom), row.Void, load.Actor
			for slot, c := range values {
				c.add(row.Values[slot])
			}
		}
		columns := []column{
			{"seq", "UInt64", seqs},
			{"line", "UInt32", lines},
			{"known_from", timeType, known},
			{"void", "Bool", voids},
			{"actor", "String", actors},
		}
		for i, c := range table.Columns {
			columns = append(columns, column{c.Name, refType(c), values[i].values()})
		}
		if err := db.insert(ctx, refTable(load.Table), columns...); err != nil {
			return err
		}
	}
	return db.insert(ctx, "ref_loads",
		column{"table_name", "String", []string{load.Table}},
		column{"seq", "UInt64", []uint64{load.Seq}},
		column{"loaded_at", timeType, []int64{millis(load.KnownFrom)}},
		column{"actor", "String", []string{load.Actor}},
		column{"rows", "UInt64", []uint64{uint64(n)}})
}

// LoadedTables gives the tables that were ever loaded with the journal entry of
// their newest load. To a rule, a table that is not there is "not loaded".
func (db *DB) LoadedTables(ctx context.Context) (map[string]uint64, error) {
	tables := map[string]uint64{}
	var name string
	var seq uint64
	err := db.each(ctx, func() error { tables[name] = seq; return nil }, []any{&name, &seq},
		`SELECT table_name, max(seq) FROM ref_loads GROUP BY table_name`)
	return tables, wrap("read loaded tables", err)
}

// ReferenceQuery asks for the rows of a table.
type ReferenceQuery struct {
	Table    string
	AsOfSeq  uint64            // as known after this journal entry; 0: now
	Where    map[string]string // exact text of text columns
	WithVoid bool              // withdrawn rows too
	Cursor   string
	Limit    int // 0: all rows
}

// Reference reads a table in order of its key, each key as its newest load says.
func (db *DB) Reference(ctx context.Context, q ReferenceQuery) (rows []ReferenceRow, next string, err error) {
	table, err := tableOf(q.Table)
	if err != nil {
		return nil, "", err
	}
	where, err := q.conditions(table)
	if err != nil {
		return nil, "", err
	}
	inner := ""
	if q.AsOfSeq > 0 {
		inner = "WHERE seq <= {seq:UInt64}"
		where.args = append(where.args, named("seq", q.AsOfSeq))
	}
	limit := ""
	if q.Limit > 0 {
		limit = "LIMIT {limit:UInt64}"
		where.args = append(where.args, named("limit", q.Limit+1))
	}
	key := refKey(table)
	query := refSelect(table) + ` FROM (SELECT * FROM ` + refTable(q.Table) + ` ` + inner + `
		ORDER BY ` + key + `, seq DESC, line DESC LIMIT 1 BY ` + key + `) ` + where.clause() + ` ORDER BY ` + key + ` ` + limit
	rows, keys, err := db.scanReference(ctx, query, where.args)
	if err != nil {
		return nil, "", fmt.Errorf("read reference table %s: %w", q.Table, err)
	}
	if q.Limit > 0 && len(rows) > q.Limit {
		return rows[:q.Limit], writeCursor(keys[q.Limit-1]), nil
	}
	return rows, "", nil
}

func (q ReferenceQuery) conditions(table claimwatch.Table) (where conditions, err error) {
	if !q.WithVoid {
		where.add("NOT void")
	}
	for name, value := range q.Where {
		at := slices.IndexFunc(table.Columns, func(c claimwatch.Column) bool { return c.Name == name })
		if at < 0 || refType(table.Columns[at]) != "String" {
			return where, claimwatch.Refuse(claimwatch.CodeBadQuery, "%s cannot be filtered by %q", table.Name, name)
		}
		where.add(quoteName(name)+" = {where_"+name+":String}", named("where_"+name, value))
	}
	var after []string
	ok, err := readCursor(q.Cursor, &after)
	if err != nil || !ok {
		return where, err
	}
	if len(after) != len(keyTexts(table, make([]claimwatch.Value, len(table.Columns)))) {
		return where, badCursor(nil) // of a table with another key
	}
	var places []string
	for i, text := range after {
		places = append(places, "{after_"+strconv.Itoa(i)+":String}")
		where.args = append(where.args, named("after_"+strconv.Itoa(i), text))
	}
	where.add("tuple(" + refKey(table) + ") > tuple(" + strings.Join(places, ", ") + ")")
	return where, nil
}

// ReferenceHistory reads every version of a key, oldest first. key holds the
// values of the key columns in their order.
func (db *DB) ReferenceHistory(ctx context.Context, name string, key []claimwatch.Value) ([]ReferenceRow, error) {
	table, err := tableOf(name)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, c := range table.Columns {
		if c.Key && len(texts) < len(key) {
			texts = append(texts, keyText(c, key[len(texts)]))
		}
	}
	rows, _, err := db.scanReference(ctx, refSelect(table)+` FROM `+refTable(name)+`
		WHERE [`+refKey(table)+`] = {key:Array(String)} ORDER BY seq, line LIMIT 1 BY seq, line`, []any{named("key", texts)})
	return rows, wrap("read history of "+name, err)
}

// scanReference reads the rows of a refSelect and their keys.
func (db *DB) scanReference(ctx context.Context, query string, args []any) (rows []ReferenceRow, keys [][]string, err error) {
	var row ReferenceRow
	var known time.Time
	var texts, key []string
	var nums []int64
	var sets []bool
	read := func() error {
		row.KnownFrom = claimwatch.InstantOf(known)
		row.Values = make([]claimwatch.Value, len(sets))
		for i, set := range sets {
			row.Values[i] = claimwatch.Value{Text: texts[i], Num: nums[i], Set: set}
		}
		rows, keys = append(rows, row), append(keys, key)
		return nil
	}
	err = db.each(ctx, read, []any{&row.Seq, &known, &row.Void, &row.Actor, &texts, &nums, &sets, &key}, query, args...)
	return rows, keys, err
}
