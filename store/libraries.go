package store

import (
	"context"

	"claimwatch"
)

// LibraryNote says with which rule library the findings of a store are evaluated.
type LibraryNote struct {
	Number  uint64 // from 1, the greatest counts
	Said    []byte // JSON of package rules
	NotedAt claimwatch.Instant
}

// SaveLibrary notes the library with which everybody was touched. A repeat after
// a crash changes nothing.
func (db *DB) SaveLibrary(ctx context.Context, note LibraryNote) error {
	return db.insert(ctx, "libraries",
		column{"number", "UInt64", []uint64{note.Number}},
		column{"said", "String", []string{string(note.Said)}},
		column{"noted_at", timeType, []int64{millis(note.NotedAt)}})
}

// Library gives the newest note; its number is 0 where nothing was noted yet.
func (db *DB) Library(ctx context.Context) (note LibraryNote, err error) {
	var said string
	var at int64
	read := func() error {
		note.Said, note.NotedAt = []byte(said), claimwatch.Instant(at)
		return nil
	}
	err = db.each(ctx, read, []any{&note.Number, &said, &at}, `
		SELECT number, said, toUnixTimestamp64Milli(noted_at) FROM libraries ORDER BY number DESC, noted_at DESC LIMIT 1`)
	return note, wrap("read which library was evaluated", err)
}
