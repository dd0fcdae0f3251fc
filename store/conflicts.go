package store

import (
	"context"

	"github.com/cespare/xxhash/v2"

	"claimwatch"
)

// InsertConflicts notes uploads that contradict what stands. The quarantine keeps
// what they said; here is whom they concern (rule DAT-004). Repeats are one.
func (db *DB) InsertConflicts(ctx context.Context, conflicts []claimwatch.Conflict) error {
	if len(conflicts) == 0 {
		return nil
	}
	type row = claimwatch.Conflict
	text := func(name string, get func(row) string) column {
		return column{name, "String", valuesOf(conflicts, get)}
	}
	number := func(name string, get func(row) int32) column { return column{name, "Int32", valuesOf(conflicts, get)} }
	return db.insert(ctx, "conflicts",
		column{"person_key", "UInt64", valuesOf(conflicts, func(c row) uint64 { return xxhash.Sum64String(c.PersonID) })},
		text("person_id", func(c row) string { return c.PersonID }),
		text("institution_id", func(c row) string { return c.InstitutionID }),
		text("stay_id", func(c row) string { return c.StayID }),
		text("kind", func(c row) string { return c.Kind.String() }),
		text("record_id", func(c row) string { return c.RecordID }),
		column{"revision", "UInt32", valuesOf(conflicts, func(c row) uint32 { return uint32(c.Revision) })},
		column{"received_at", timeType, valuesOf(conflicts, func(c row) int64 { return millis(c.ReceivedAt) })},
		number("log_partition", func(c row) int32 { return c.Position.Partition }),
		column{"log_offset", "Int64", valuesOf(conflicts, func(c row) int64 { return c.Position.Offset })},
		number("log_index", func(c row) int32 { return c.Position.Index }),
	)
}

// readConflicts reads which records of a condition were contradicted, each once.
func (db *DB) readConflicts(ctx context.Context, where string) ([]claimwatch.Identity, error) {
	var found []claimwatch.Identity
	var id claimwatch.Identity
	var kind string
	read := func() error {
		if parsed, known := claimwatch.ParseKind(kind); known {
			id.Kind = parsed
			found = append(found, id)
		}
		return nil
	}
	err := db.each(ctx, read, []any{&id.InstitutionID, &kind, &id.RecordID},
		`SELECT DISTINCT institution_id, kind, record_id FROM conflicts WHERE `+where+` ORDER BY institution_id, kind, record_id`)
	return found, wrap("read conflicts", err)
}
