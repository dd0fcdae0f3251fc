package store

import (
	"context"
	"fmt"
	"slices"

	"claimwatch"
)

// Portion is a part of whom a journal entry, or something else, touches, that is
// to be evaluated in the background.
type Portion struct {
	Seq    uint64 // of the journal entry, or what stands for one
	Number uint32 // from 0, in the order in which they are worked off
	What   string // the entry, for people: "items load 17"
	Scopes []claimwatch.Scope
}

// BackgroundWork is how far the background has come with a journal entry, in
// scopes.
type BackgroundWork struct {
	What     string
	Done, Of uint64
}

// SaveBackground remembers that scopes are to be evaluated again in portions of
// so many. An entry that is remembered already stays as it is: whoever repeats
// this after a crash may find others touched, but who was not touched the first
// time has come since, and was evaluated then.
func (db *DB) SaveBackground(ctx context.Context, seq uint64, what string, scopes []claimwatch.Scope, portion int) error {
	var rows uint64
	if err := db.QueryRow(ctx, `SELECT count() FROM background WHERE seq = {seq:UInt64}`, named("seq", seq)).Scan(&rows); err != nil {
		return fmt.Errorf("look for background work %d: %w", seq, err)
	}
	if rows > 0 || len(scopes) == 0 {
		return nil
	}
	var portions []Portion
	for part := range slices.Chunk(scopes, portion) {
		portions = append(portions, Portion{Seq: seq, Number: uint32(len(portions)), What: what, Scopes: part})
	}
	return db.insertPortions(ctx, portions, false) // in one block: a crash leaves all of it or nothing
}

// DoneBackground notes that a portion is answered.
func (db *DB) DoneBackground(ctx context.Context, p Portion) error {
	return db.insertPortions(ctx, []Portion{p}, true)
}

// insertPortions writes portions; of those that are done the scopes are dropped.
func (db *DB) insertPortions(ctx context.Context, portions []Portion, done bool) error {
	flag := uint8(0)
	if done {
		flag = 1
	}
	scopes := func(p Portion) []string {
		if done {
			return []string{}
		}
		return rowOf(p.Scopes, func(s *claimwatch.Scope) string { return string(*s) })
	}
	return db.insert(ctx, "background",
		column{"seq", "UInt64", valuesOf(portions, func(p Portion) uint64 { return p.Seq })},
		column{"number", "UInt32", valuesOf(portions, func(p Portion) uint32 { return p.Number })},
		column{"what", "String", valuesOf(portions, func(p Portion) string { return p.What })},
		column{"size", "UInt32", valuesOf(portions, func(p Portion) uint32 { return uint32(len(p.Scopes)) })},
		column{"scopes", "Array(String)", valuesOf(portions, scopes)},
		column{"done", "UInt8", valuesOf(portions, func(Portion) uint8 { return flag })})
}

// NextBackground gives the earliest portion that is not answered; ok is false
// when there is none.
func (db *DB) NextBackground(ctx context.Context) (p Portion, ok bool, err error) {
	var texts []string
	read := func() error { ok = true; p.Scopes = scopesOf(texts); return nil }
	err = db.each(ctx, read, []any{&p.Seq, &p.Number, &p.What, &texts}, `
		SELECT seq, number, what, scopes FROM background FINAL WHERE done = 0 ORDER BY seq, number LIMIT 1`)
	return p, ok, wrap("read next background portion", err)
}

// Background tells how far the entries are that are not wholly answered, the
// earliest first.
func (db *DB) Background(ctx context.Context) (works []BackgroundWork, err error) {
	var work BackgroundWork
	read := func() error { works = append(works, work); return nil }
	err = db.each(ctx, read, []any{&work.What, &work.Done, &work.Of}, `
		SELECT any(what), sumIf(size, done = 1), sum(size) FROM background FINAL
		GROUP BY seq HAVING countIf(done = 0) > 0 ORDER BY seq`)
	return works, wrap("read background", err)
}
