package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"claimwatch"
)

// IdempotencyTerm is how long an answer is given again (contract, section 6).
const IdempotencyTerm = claimwatch.Instant(7 * 24 * 60 * 60 * 1000)

// IdempotentAnswer is the first answer to a request with an Idempotency-Key.
type IdempotentAnswer struct {
	Scope    string // credential and path
	Key      string
	BodyHash string // SHA-256 of the request's body, hex
	Status   int
	Headers  map[string]string
	Body     []byte
	At       claimwatch.Instant
}

// SaveIdempotent keeps an answer. Of several the first counts.
func (db *DB) SaveIdempotent(ctx context.Context, a IdempotentAnswer) error {
	names := slices.Sorted(maps.Keys(a.Headers))
	values := rowOf(names, func(name *string) string { return a.Headers[*name] })
	return db.insert(ctx, "idempotency",
		column{"scope", "String", []string{a.Scope}},
		column{"key", "String", []string{a.Key}},
		column{"saved_at", timeType, []int64{millis(a.At)}},
		column{"body_hash", "String", []string{a.BodyHash}},
		column{"status", "UInt16", []uint16{uint16(a.Status)}},
		column{"header_names", "Array(String)", [][]string{listOf(names)}},
		column{"header_values", "Array(String)", [][]string{values}},
		column{"body", "String", []string{string(a.Body)}})
}

// Idempotent gives the first answer saved within the term before now; ok is
// false when there is none.
func (db *DB) Idempotent(ctx context.Context, scope, key string, now claimwatch.Instant) (a IdempotentAnswer, ok bool, err error) {
	var saved time.Time
	var status uint16
	var names, values []string
	var body string
	read := func() error {
		ok = true
		a.Scope, a.Key, a.At, a.Status, a.Body = scope, key, claimwatch.InstantOf(saved), int(status), []byte(body)
		a.Headers = make(map[string]string, len(names))
		for i, name := range names {
			a.Headers[name] = values[i]
		}
		return nil
	}
	err = db.each(ctx, read, []any{&saved, &a.BodyHash, &status, &names, &values, &body}, `
		SELECT saved_at, body_hash, status, header_names, header_values, body FROM idempotency
		WHERE scope = {scope:String} AND key = {key:String} AND saved_at > fromUnixTimestamp64Milli({after:Int64})
		ORDER BY saved_at LIMIT 1`,
		named("scope", scope), named("key", key), named("after", millis(now-IdempotencyTerm)))
	return a, ok, wrap("read idempotent answer", err)
}
