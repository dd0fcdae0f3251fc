package store

import (
	"context"
	"io/fs"
	"strings"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"

	"claimwatch"
)

// MigrateTo stops after a version, for tests that start from former states.
func (db *DB) MigrateTo(ctx context.Context, version int64) error { return db.migrateTo(ctx, version) }

// FactTable is the table of a kind.
func FactTable(kind claimwatch.Kind) string { return factTable(kind) }

// FieldType is the column type of a field.
func FieldType(spec claimwatch.Spec) string { return fieldType(spec) }

// SaveLate runs two evaluations of a scope that both read the store before
// either wrote: first newer writes, then late.
func (db *DB) SaveLate(ctx context.Context, newer claimwatch.Evaluation, newerAt claimwatch.Instant, late claimwatch.Evaluation, lateAt claimwatch.Instant) error {
	current, err := db.currentSets(ctx, map[claimwatch.Scope]*claimwatch.Evaluation{late.Scope: &late})
	if err != nil {
		return err
	}
	before, known := current[late.Scope]
	row, err := nextSet(&late, before, known, lateAt)
	if err != nil {
		return err
	}
	if _, err := db.SaveEvaluations(ctx, []claimwatch.Evaluation{newer}, newerAt); err != nil {
		return err
	}
	return db.insertSets(ctx, []findingSet{row})
}

// RefType is the column type of a reference column.
func RefType(c claimwatch.Column) string { return refType(c) }

// PersonKey is the hash by which fact tables are sorted.
func PersonKey(personID string) uint64 { return xxhash.Sum64String(personID) }

// InsertFacts writes one kind without its identities.
func (db *DB) InsertFacts(ctx context.Context, kind claimwatch.Kind, records []claimwatch.Stored) error {
	return db.insert(ctx, factTable(kind), factColumns(kind, rowOf(records, func(s *claimwatch.Stored) *claimwatch.Stored { return s }))...)
}

// CreateTables runs the statements of the migrations all at once, for tests that
// are not about migrating: a fifth of the time.
func (db *DB) CreateTables(ctx context.Context) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var alters []string
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for _, file := range files {
		text, err := fs.ReadFile(migrations, file)
		if err != nil {
			return err
		}
		_, statement, _ := strings.Cut(string(text), "-- +goose Up\n")
		statement = strings.TrimSuffix(strings.TrimSpace(statement), ";")
		switch {
		case strings.HasPrefix(statement, "INSERT"): // of what was there before: nothing was
		case strings.HasPrefix(statement, "ALTER"):
			alters = append(alters, statement)
		default:
			group.Go(func() error { return db.Exec(within, statement) })
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, statement := range alters {
		if err := db.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// InsertIdentities writes the identities of records alone.
func (db *DB) InsertIdentities(ctx context.Context, records []claimwatch.Stored) error {
	return db.insertIdentities(ctx, records)
}

// Presents are those that KeepPresents kept.
func (s *Slice) Presents() map[string]claimwatch.Instant { return s.exact.presents }

// PersonKeys is the range of keys of persons that a part has.
func PersonKeys(part, parts uint64) (first, last uint64) { return personKeys(part, parts) }
