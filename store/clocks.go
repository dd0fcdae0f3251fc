package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"claimwatch"
)

// SaveClocks notes the clocks of institutions of one partition, as they stand
// after the message at offset through. The greatest through counts, not the
// latest time: a correction may take a clock back.
func (db *DB) SaveClocks(ctx context.Context, clocks []claimwatch.Clock, through int64) error {
	if len(clocks) == 0 {
		return nil
	}
	n := len(clocks)
	ids, latest, throughs := make([]string, n), make([]int64, n), make([]int64, n)
	partitions, offsets, indexes := make([]int32, n), make([]int64, n), make([]int32, n)
	for i, clock := range clocks {
		ids[i], latest[i], throughs[i] = clock.InstitutionID, millis(clock.Latest), through
		partitions[i], offsets[i], indexes[i] = clock.Position.Partition, clock.Position.Offset, clock.Position.Index
	}
	return db.insert(ctx, "institution_clocks",
		column{"institution_id", "String", ids},
		column{"latest", timeType, latest},
		column{"log_partition", "Int32", partitions},
		column{"log_offset", "Int64", offsets},
		column{"log_index", "Int32", indexes},
		column{"through", "Int64", throughs})
}

// Clocks gives the clocks of the institutions named, or of all when none is.
// An institution without a live record has none.
func (db *DB) Clocks(ctx context.Context, institutions ...string) (map[string]claimwatch.Clock, error) {
	where := conditions{}
	if len(institutions) > 0 {
		where.add("institution_id IN {institutions:Array(String)}", named("institutions", institutions))
	}
	clocks := map[string]claimwatch.Clock{}
	var clock claimwatch.Clock
	var latest time.Time
	read := func() error {
		clock.Latest = claimwatch.InstantOf(latest)
		clocks[clock.InstitutionID] = clock
		return nil
	}
	dest := []any{&clock.InstitutionID, &latest, &clock.Position.Partition, &clock.Position.Offset, &clock.Position.Index}
	err := db.each(ctx, read, dest, `
		SELECT institution_id, latest, log_partition, log_offset, log_index FROM institution_clocks `+where.clause()+`
		ORDER BY institution_id, through DESC LIMIT 1 BY institution_id`, where.args...)
	if err != nil {
		return nil, fmt.Errorf("read clocks: %w", err)
	}
	return clocks, nil
}

// newestOf is the subquery of the newest accepted revision of each identity of
// the kinds that move clocks; of equal revisions the first by log position.
func newestOf(where string) string {
	return `
		SELECT identity_key, any(institution_id) AS institution,
			argMax((occurred_at, cancelled, log_partition, log_offset, log_index), (revision, -log_offset, -log_index)) AS newest
		FROM identities WHERE kind IN {kinds:Array(UInt8)} AND ` + where + `
		GROUP BY identity_key`
}

// movingKinds are the kinds that move clocks, as the table has them.
func movingKinds() []int32 {
	var kinds []int32
	for _, kind := range claimwatch.Kinds() {
		if kind.MovesClock() {
			kinds = append(kinds, int32(kind))
		}
	}
	return kinds
}

// recently is how far back ExactClock looks first.
const recently = claimwatch.Instant(7 * 24 * 60 * 60 * 1000)

// ExactClock finds an institution's clock at as_of from the records themselves:
// the latest live one of the kinds that move clocks with occurred_at <= as_of.
// ok is false when there is none. It is for the rare moments when the saved
// clock does not tell: a correction of the latest record, or as_of in the past.
func (db *DB) ExactClock(ctx context.Context, institution string, asOf claimwatch.Instant) (claimwatch.Clock, bool, error) {
	// Nearly always the answer lies in the last days before as_of, or in
	// those before the institution's newest record; only then everything.
	for _, from := range []claimwatch.Instant{asOf - recently, asOf - 16*recently, claimwatch.Earliest} {
		clock, ok, err := db.exactClock(ctx, institution, claimwatch.Interval{From: from, Until: asOf})
		if err != nil {
			return claimwatch.Clock{}, false, fmt.Errorf("find clock: %w", err)
		}
		if ok {
			return clock, true, nil
		}
	}
	return claimwatch.Clock{}, false, nil
}

// exactClock looks at the identities of which any revision lies in the span,
// both ends included: a live newest revision in the span is among them.
func (db *DB) exactClock(ctx context.Context, institution string, span claimwatch.Interval) (claimwatch.Clock, bool, error) {
	clock := claimwatch.Clock{InstitutionID: institution}
	found := false
	var latest time.Time
	read := func() error {
		clock.Latest, found = claimwatch.InstantOf(latest), true
		return nil
	}
	dest := []any{&latest, &clock.Position.Partition, &clock.Position.Offset, &clock.Position.Index}
	err := db.each(ctx, read, dest, `
		SELECT newest.1, newest.3, newest.4, newest.5 FROM (`+newestOf(`identity_key IN (
			SELECT identity_key FROM identities WHERE institution_id = {institution:String}
				AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}) AND occurred_at <= fromUnixTimestamp64Milli({until:Int64}))`)+`)
		WHERE NOT newest.2 AND newest.1 >= fromUnixTimestamp64Milli({from:Int64}) AND newest.1 <= fromUnixTimestamp64Milli({until:Int64})
		ORDER BY newest.1 DESC, newest.4, newest.5 LIMIT 1`,
		named("kinds", movingKinds()), named("institution", institution),
		named("from", millis(span.From)), named("until", millis(span.Until)))
	return clock, found, err
}

// ExactClocks is ExactClock for all institutions, without the positions.
func (db *DB) ExactClocks(ctx context.Context, asOf claimwatch.Instant) (map[string]claimwatch.Instant, error) {
	return db.exactClocksKnown(ctx, asOf, 0)
}

// keptClocks are the clocks that the sink keeps, as presents. They tell the same
// as the records where no institution was heard of since when.KnownAt and none is
// beyond when.AsOf; same is false otherwise, and where it is not asked what was
// known at a moment.
func (db *DB) keptClocks(ctx context.Context, when claimwatch.Moment) (presents map[string]claimwatch.Instant, same bool, err error) {
	if when.KnownAt == 0 {
		return nil, false, nil
	}
	last, err := db.Receptions(ctx, nil)
	if err != nil {
		return nil, false, err
	}
	clocks, err := db.Clocks(ctx)
	if err != nil {
		return nil, false, err
	}
	presents = map[string]claimwatch.Instant{}
	for institution, at := range last {
		clock, kept := clocks[institution]
		if !kept || clock.Latest > when.AsOf || at > when.KnownAt {
			return nil, false, nil
		}
		presents[institution] = clock.Latest
	}
	return presents, true, nil
}

// exactClocksKnown is ExactClocks from what was received until a moment, 0 for
// everything.
func (db *DB) exactClocksKnown(ctx context.Context, asOf, knownAt claimwatch.Instant) (map[string]claimwatch.Instant, error) {
	clocks := map[string]claimwatch.Instant{}
	var institution string
	var latest time.Time
	read := func() error { clocks[institution] = claimwatch.InstantOf(latest); return nil }
	newest := newestOf("true")
	args := []any{named("kinds", movingKinds()), named("as_of", millis(asOf))}
	if knownAt != 0 {
		newest, args = newestKnown(), []any{named("known", millis(knownAt)), named("as_of", millis(asOf))}
	}
	err := db.each(ctx, read, []any{&institution, &latest}, `
		SELECT institution, max(newest.1) FROM (`+newest+`)
		WHERE NOT newest.2 AND newest.1 <= fromUnixTimestamp64Milli({as_of:Int64}) GROUP BY institution`, args...)
	if err != nil {
		return nil, fmt.Errorf("find clocks: %w", err)
	}
	return clocks, nil
}

// newestKnown is newestOf over the fact tables, which know when each revision
// was received.
func newestKnown() string {
	var parts []string
	for _, kind := range claimwatch.Kinds() {
		if kind.MovesClock() {
			parts = append(parts, `
		SELECT any(institution_id) AS institution,
			argMax((occurred_at, cancelled), (revision, -log_offset, -log_index)) AS newest
		FROM `+factTable(kind)+` WHERE received_at <= fromUnixTimestamp64Milli({known:Int64})
		GROUP BY institution_id, record_id`)
		}
	}
	return strings.Join(parts, " UNION ALL ")
}

// PersonsOf lists everybody of whom the institution ever sent a record.
func (db *DB) PersonsOf(ctx context.Context, institution string) ([]string, error) {
	persons, err := db.texts(ctx, `SELECT DISTINCT person_id FROM identities
		WHERE institution_id = {institution:String} ORDER BY person_id`, named("institution", institution))
	if err != nil {
		return nil, fmt.Errorf("read persons of institution: %w", err)
	}
	return persons, nil
}
