package store

import (
	"context"

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
