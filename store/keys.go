package store

import (
	"context"
	"time"

	"claimwatch"
)

// KeyRow is a bearer key. The key itself is nowhere, only its hash.
type KeyRow struct {
	Seq           uint64 // the journal entry; the greatest counts
	Hash          string // SHA-256 of the key, hex
	InstitutionID string // of a hospital's key
	Label         string
	Roles         []string
	City          string // of a city's agency; empty: of the province
	CreatedAt     claimwatch.Instant
	Revoked       bool
}

// SaveKeys writes keys.
func (db *DB) SaveKeys(ctx context.Context, rows []KeyRow) error {
	if len(rows) == 0 {
		return nil
	}
	type row = KeyRow
	return db.insert(ctx, "keys",
		column{"key_sha256", "String", rowOf(rows, func(r *row) string { return r.Hash })},
		column{"seq", "UInt64", rowOf(rows, func(r *row) uint64 { return r.Seq })},
		column{"institution_id", "String", rowOf(rows, func(r *row) string { return r.InstitutionID })},
		column{"label", "String", rowOf(rows, func(r *row) string { return r.Label })},
		column{"roles", "Array(String)", rowOf(rows, func(r *row) []string { return listOf(r.Roles) })},
		column{"city", "String", rowOf(rows, func(r *row) string { return r.City })},
		column{"created_at", timeType, rowOf(rows, func(r *row) int64 { return millis(r.CreatedAt) })},
		column{"revoked", "Bool", rowOf(rows, func(r *row) bool { return r.Revoked })})
}

// Keys lists every key as it is now, revoked ones too, by hash.
func (db *DB) Keys(ctx context.Context) (rows []KeyRow, err error) {
	var row KeyRow
	var created time.Time
	read := func() error {
		row.CreatedAt = claimwatch.InstantOf(created)
		rows = append(rows, row)
		return nil
	}
	err = db.each(ctx, read, []any{&row.Seq, &row.Hash, &row.InstitutionID, &row.Label, &row.Roles, &row.City, &created, &row.Revoked}, `
		SELECT seq, key_sha256, institution_id, label, roles, city, created_at, revoked FROM keys
		ORDER BY key_sha256, seq DESC LIMIT 1 BY key_sha256`)
	return rows, wrap("read keys", err)
}
