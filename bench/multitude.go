package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/bench/full"
	"claimwatch/province"
	"claimwatch/store"
	"claimwatch/store/embedded"
)

// multitude is a store with the records of many persons: some as the sink would
// store them, the others copied from these by the engine under numbers of their
// own, which takes minutes where the sink would take hours.
type multitude struct {
	db             *store.DB
	dir            string
	persons, lines int
	asOf           claimwatch.Instant
}

// atFirst is how many persons are stored as the sink does it.
const atFirst = 40_000

// crowded makes the store on the first call; the next ones get the same.
func (b *bench) crowded(ctx context.Context) (*multitude, error) {
	if b.many != nil {
		return b.many, nil
	}
	dir, err := os.MkdirTemp(b.dir, "store-")
	if err != nil {
		return nil, fmt.Errorf("make a directory: %w", err)
	}
	m := &multitude{dir: dir, asOf: claimwatch.InstantOf(b.now())}
	if m.db, err = store.Open(ctx, store.Config{Embedded: &embedded.Config{Dir: dir}}, zap.NewNop()); err != nil {
		return nil, err
	}
	b.many = m
	if err := catalogue(ctx, m.db); err != nil {
		return nil, err
	}
	wanted := b.plan.historyLines / (shortStay + 1)
	first := min(wanted, atFirst)
	if err := b.populate(ctx, m.db, first); err != nil {
		return nil, err
	}
	copies := wanted / first
	m.persons = copies * first
	if err := b.multiply(ctx, m.db, first, copies); err != nil {
		return nil, err
	}
	m.lines, err = linesIn(ctx, m.db)
	say("%s persons with %s lines", thousands(int64(m.persons)), thousands(int64(m.lines)))
	return m, err
}

// close drops the store.
func (m *multitude) close() {
	if m == nil {
		return
	}
	_ = m.db.Close()
	_ = os.RemoveAll(m.dir)
}

// everybody are so many persons in the order of the tables, as the store lists them.
func (m *multitude) everybody(ctx context.Context, most int) ([]claimwatch.Scope, error) {
	scopes, err := m.db.Scopes(ctx)
	return scopes[:min(m.persons, most)], err
}

// populate fills the tables as the sink would.
func (b *bench) populate(ctx context.Context, db *store.DB, persons int) error {
	const atOnce = 8000
	people, clocks, began := newCrowd(b.now()), map[string]claimwatch.Clock{}, b.now()
	for first := 0; first < persons; first += atOnce {
		var batch []claimwatch.Stored
		for i := first; i < min(persons, first+atOnce); i++ {
			batch = append(batch, people.person(i, int64(i/1000))...)
		}
		if err := db.InsertRecords(ctx, batch); err != nil {
			return err
		}
		tick(clocks, batch)
	}
	say("%s persons stored after %s", thousands(int64(persons)), b.now().Sub(began).Round(time.Second))
	return db.SaveClocks(ctx, slices.Collect(maps.Values(clocks)), 1)
}

// multiply copies what all persons have, so that there are copies times as many,
// and waits for merges to end.
func (b *bench) multiply(ctx context.Context, db *store.DB, first, copies int) error {
	const atOnce = 20
	began, tables := b.now(), []string{}
	rows, err := db.Query(ctx, `SELECT DISTINCT table FROM system.columns
		WHERE database = currentDatabase() AND name = 'log_index' AND table != 'institution_clocks' ORDER BY table`)
	if err != nil {
		return fmt.Errorf("list tables: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return fmt.Errorf("list tables: %w", err)
		}
		tables = append(tables, table)
	}
	for _, table := range tables {
		statement, err := copying(ctx, db, table, first)
		if err != nil {
			return err
		}
		for from := 1; statement != "" && from < copies; from += atOnce {
			until := min(copies, from+atOnce)
			if err := db.Exec(ctx, strings.ReplaceAll(statement, "{copies}", fmt.Sprintf("range(%d, %d)", from, until))); err != nil {
				return fmt.Errorf("copy %s: %w", table, err)
			}
			say("%s: %d of %d copies after %s", table, until, copies, b.now().Sub(began).Round(time.Second))
		}
	}
	return settle(ctx, db)
}

// copying is the statement that copies the persons of the first copy. It is empty
// for a table without persons.
func copying(ctx context.Context, db *store.DB, table string, first int) (string, error) {
	person := "concat('C', leftPad(toString(toUInt32(substring(person_id, 2)) + copy * " + strconv.Itoa(first) + "), 8, '0'))"
	rows, err := db.Query(ctx, "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '"+table+"' ORDER BY position")
	if err != nil {
		return "", fmt.Errorf("list columns: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var names, values []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return "", fmt.Errorf("list columns: %w", err)
		}
		value := "`" + name + "`"
		names = append(names, value)
		switch name {
		case "person_id":
			value = person
		case "person_key":
			value = "xxHash64(" + person + ")"
		case "identity_key": // any other: nobody looks these identities up
			value = "sipHash128(identity_key, copy)"
		case "stay_id", "record_id", "order_id", "prescription_id", "reverses":
			value = "if(empty(" + value + "), '', concat(" + value + ", '-', toString(copy)))"
		case "log_offset":
			value = "log_offset + copy * 1000000"
		}
		values = append(values, value)
	}
	if !slices.Contains(names, "`person_id`") {
		return "", nil
	}
	// The newest revisions alone: a crowd has no others.
	return "INSERT INTO " + table + " (" + strings.Join(names, ", ") + ") SELECT " + strings.Join(values, ", ") +
		" FROM (SELECT * FROM " + table + " WHERE log_offset < 1000000) AS one ARRAY JOIN {copies} AS copy", nil
}

// linesIn counts the records.
func linesIn(ctx context.Context, db *store.DB) (int, error) {
	var lines uint64
	if err := db.QueryRow(ctx, "SELECT count() FROM identities").Scan(&lines); err != nil {
		return 0, fmt.Errorf("count lines: %w", err)
	}
	return int(lines), nil
}

// catalogue makes the tables and loads the reference data of the crowd.
func catalogue(ctx context.Context, db *store.DB) error {
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	for table, rows := range province.New(province.Config{Seed: 9, Persons: 500}).Reference() {
		text, err := tableText(rows)
		if err != nil {
			return err
		}
		if err := full.LoadReference(ctx, db, table, text); err != nil {
			return err
		}
	}
	return nil
}

// tick keeps the clocks of institutions, as the sink does.
func tick(clocks map[string]claimwatch.Clock, batch []claimwatch.Stored) {
	for i := range batch {
		r := batch[i].Record
		if r.Kind.MovesClock() && r.OccurredAt > clocks[r.InstitutionID].Latest {
			clocks[r.InstitutionID] = claimwatch.Clock{InstitutionID: r.InstitutionID, Latest: r.OccurredAt}
		}
	}
}

// settle waits until the engine merges no more, at most five minutes.
func settle(ctx context.Context, db *store.DB) error {
	for quiet, looks := 0, 0; quiet < 3 && looks < 300; looks++ {
		var merges uint64
		if err := db.QueryRow(ctx, "SELECT count() FROM system.merges").Scan(&merges); err != nil {
			return fmt.Errorf("ask for merges: %w", err)
		}
		quiet++
		if merges > 0 {
			quiet = 0
		}
		time.Sleep(time.Second)
	}
	return nil
}
