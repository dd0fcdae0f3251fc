package store

import (
	"context"

	"claimwatch"
)

// LibraryNote says that findings of a store are evaluated with a rule library.
type LibraryNote struct {
	Number  uint64 // from 1, grows with every library that is put into use
	Said    []byte // JSON of package rules
	Touched bool   // everybody whom it concerns was touched
	NotedAt claimwatch.Instant
}

// SaveLibrary notes a library. A repeat after a crash changes nothing.
func (db *DB) SaveLibrary(ctx context.Context, note LibraryNote) error {
	return db.insert(ctx, "libraries",
		column{"number", "UInt64", []uint64{note.Number}},
		column{"said", "String", []string{string(note.Said)}},
		column{"touched", "Bool", []bool{note.Touched}},
		column{"noted_at", timeType, []int64{millis(note.NotedAt)}})
}

// Libraries gives the notes of all libraries that something in the store may have
// been evaluated with, in order: from the last one on for which everybody was touched.
func (db *DB) Libraries(ctx context.Context) (notes []LibraryNote, err error) {
	var note LibraryNote
	var said string
	var at int64
	read := func() error {
		note.Said, note.NotedAt = []byte(said), claimwatch.Instant(at)
		if note.Touched {
			notes = nil
		}
		notes = append(notes, note)
		return nil
	}
	err = db.each(ctx, read, []any{&note.Number, &said, &note.Touched, &at}, `
		SELECT number, said, max(touched) AS done, toUnixTimestamp64Milli(max(noted_at)) AS at
		FROM libraries GROUP BY number, said ORDER BY number, at, said`)
	return notes, wrap("read which libraries were in use", err)
}
