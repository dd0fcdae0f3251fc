package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"

	"github.com/ClickHouse/clickhouse-go/v2"

	"claimwatch"
)

// Slice is a working database of Memory tables over one pinned connection. It
// holds every fact of a few persons, net of refunds and superseded revisions,
// under the plain names that rules use (stays, fees, orders …). A load replaces
// what the load before left. One Slice serves one worker at a time.
type Slice struct {
	db      *DB      // pinned, reads the store and writes
	beside  *DB      // pinned, does so at the same time
	readers chan *DB // pinned, read-only: what rules run on, two at once
	main    *DB      // the store itself, for clocks
	name    string
	exact   exactPresents

	reference  sliceReference
	conflicts  bool                          // are noted of anybody, as of the last load
	upcoming   map[string]claimwatch.Instant // of the last load, by person
	houseAhead map[string]claimwatch.Instant // the same by institution
	filled     map[string]bool               // tables with rows, of the last load
	written    []string                      // tables that the last load wrote, or began to
	wanted     [][]string                    // tables that rules read; nil for all
	stays      map[uint32]claimwatch.Stay    // of the last load, by number

	kept *keptFacts // of LoadWith, for LoadWithout
}

// exactPresents are the presents of every institution at one moment, kept so
// that a sweep works them out once.
type exactPresents struct {
	when     claimwatch.Moment
	presents map[string]claimwatch.Instant
	known    bool
}

// sliceSettings suit statements over a few thousand rows: planning costs more
// than rows do, and threads and compiled expressions only add to it.
var sliceSettings = clickhouse.Settings{
	"max_query_size":      16 << 20, // the keys of the persons are in the text
	"compile_expressions": 0, "compile_aggregate_expressions": 0, "compile_sort_description": 0,
}

// plainPlans leave out the optimizer's second look at a plan, a third of the
// time of a statement. It is what knows primary keys, so statements that read
// the store itself must not go without.
var plainPlans = clickhouse.Settings{"query_plan_enable_optimizations": 0}

var sliceName = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)

// NewSlice makes the working database slice_<store>_<name>; whatever stood
// there is dropped. The name is of a-z, 0-9 and _ and belongs to one worker.
func (db *DB) NewSlice(ctx context.Context, name string) (*Slice, error) {
	if !sliceName.MatchString(name) {
		return nil, fmt.Errorf("open slice %q: want a-z, 0-9 and _", name)
	}
	s := &Slice{main: db, name: "slice_" + db.Database() + "_" + name, readers: make(chan *DB, sliceReaders)}
	if err := s.open(ctx); err != nil {
		_ = s.disconnect() // the first error says more
		return nil, fmt.Errorf("open slice %s: %w", name, err)
	}
	return s, nil
}

// sliceReaders is how many statements of rules run at once.
const sliceReaders = 2

// open pins the connections and makes the database.
func (s *Slice) open(ctx context.Context) (err error) {
	outside := &DB{cfg: s.main.cfg, engine: s.main.engine}
	outside.cfg.MaxThreads, outside.cfg.extra = 1, sliceSettings
	for _, writer := range []**DB{&s.db, &s.beside} {
		if *writer, err = outside.Pin(ctx); err != nil {
			return fmt.Errorf("pin a connection: %w", err)
		}
	}
	for _, statement := range s.definitions() {
		if err := s.db.Exec(ctx, statement); err != nil {
			return err
		}
	}
	inside := &DB{cfg: outside.cfg, engine: s.main.engine}
	inside.cfg.extra = maps.Clone(sliceSettings)
	maps.Copy(inside.cfg.extra, plainPlans)
	inside.cfg.Database = s.name // plain table names are those of the slice
	for range sliceReaders {
		reader, err := inside.PinReadOnly(ctx)
		if err != nil {
			return fmt.Errorf("pin a reader: %w", err)
		}
		s.readers <- reader
	}
	return nil
}

// definitions are the statements that make the database, its functions, tables
// and views, in order.
func (s *Slice) definitions() []string {
	statements := []string{
		"DROP DATABASE IF EXISTS " + quoteName(s.name),
		"CREATE DATABASE " + quoteName(s.name) + " ENGINE = Memory",
	}
	for _, statement := range SliceDefinitions() {
		statements = append(statements, s.place(statement))
	}
	return statements
}

// SliceDefinitions are the statements that make the functions and tables of
// every slice, with {slice} for its database. What a rule means depends on them.
func SliceDefinitions() []string {
	return append(sliceStatements("functions.sql"), sliceStatements("tables.sql")...)
}

// Definitions are SliceDefinitions.
func (s *Slice) Definitions() []string { return SliceDefinitions() }

// Close drops the working database and gives the connections back.
func (s *Slice) Close(ctx context.Context) error {
	err := s.db.Exec(ctx, "DROP DATABASE IF EXISTS "+quoteName(s.name))
	if err = errors.Join(err, s.disconnect()); err != nil {
		return fmt.Errorf("close slice: %w", err)
	}
	return nil
}

// disconnect gives the connections back.
func (s *Slice) disconnect() error {
	var faults []error
	for len(s.readers) > 0 {
		faults = append(faults, (<-s.readers).Close())
	}
	for _, writer := range []*DB{s.db, s.beside} {
		if writer != nil {
			faults = append(faults, writer.Close())
		}
	}
	return errors.Join(faults...)
}
