package store

import (
	"context"
	"time"

	"claimwatch"
)

// findingSet is a row of finding_sets.
type findingSet struct {
	scope               claimwatch.Scope
	partition           int32
	offset              int64
	asOf, evaluatedAt   claimwatch.Instant
	epoch               uint64
	epochAt             claimwatch.Instant
	epochOffset         int64
	ids, facts, bodies  []string
	suppressions        []string // whitelist row of each finding, empty for none
	opened, revised     []claimwatch.Instant
	changedIDs, changes []string
	findings            []claimwatch.Finding
	hits                []claimwatch.Hit
	missed              []claimwatch.NotEvaluated
	due                 []claimwatch.Due
}

// noDue is due_min of a set that time cannot change: later than any record may be.
var noDue = claimwatch.InstantOf(time.Date(2261, 1, 1, 0, 0, 0, 0, time.UTC))

// newestFirst is the order in which of two rows of a scope the first one counts.
const newestFirst = "touched_offset DESC, epoch DESC, evaluated_at DESC"

// currentSets reads the current row of each scope, without the findings themselves.
func (db *DB) currentSets(ctx context.Context, scopes map[claimwatch.Scope]*claimwatch.Evaluation) (map[claimwatch.Scope]findingSet, error) {
	sets := make(map[claimwatch.Scope]findingSet, len(scopes))
	keys := make([]uint64, 0, len(scopes))
	for scope := range scopes {
		keys = append(keys, scopeKey(scope))
	}
	var scope string
	var row findingSet
	var evaluated, epochAt time.Time
	var opened, revised []time.Time
	read := func() error {
		row.scope = claimwatch.Scope(scope)
		if _, wanted := scopes[row.scope]; !wanted {
			return nil // another scope with the same key
		}
		row.evaluatedAt, row.epochAt = claimwatch.InstantOf(evaluated), claimwatch.InstantOf(epochAt)
		row.opened, row.revised = instants(opened), instants(revised)
		sets[row.scope] = row
		return nil
	}
	dest := []any{
		&scope, &row.offset, &evaluated, &row.epoch, &epochAt, &row.epochOffset,
		&row.ids, &row.facts, &row.suppressions, &opened, &revised, &row.changedIDs, &row.changes,
	}
	err := db.each(ctx, read, dest, `
		SELECT scope, touched_offset, evaluated_at, epoch, epoch_at, epoch_offset,
			finding_ids, facts, suppressions, opened_at, revised_at, changed_ids, changes
		FROM finding_sets WHERE scope_key IN {keys:Array(UInt64)}
		ORDER BY scope_key, scope, `+newestFirst+` LIMIT 1 BY scope_key, scope`, named("keys", keys))
	return sets, err
}

func instants(times []time.Time) []claimwatch.Instant {
	list := make([]claimwatch.Instant, len(times))
	for i, t := range times {
		list[i] = claimwatch.InstantOf(t)
	}
	return list
}

// rowOf gathers a column: one value of each row.
func rowOf[R, T any](rows []R, value func(*R) T) []T {
	list := make([]T, len(rows))
	for i := range rows {
		list[i] = value(&rows[i])
	}
	return list
}

// insertSets writes rows as one insert.
func (db *DB) insertSets(ctx context.Context, sets []findingSet) error {
	if len(sets) == 0 {
		return nil
	}
	type row = findingSet
	columns := []column{
		{"scope_key", "UInt64", rowOf(sets, func(s *row) uint64 { return scopeKey(s.scope) })},
		{"scope", "String", rowOf(sets, func(s *row) string { return string(s.scope) })},
		{"touched_partition", "Int32", rowOf(sets, func(s *row) int32 { return s.partition })},
		{"touched_offset", "Int64", rowOf(sets, func(s *row) int64 { return s.offset })},
		{"as_of", timeType, rowOf(sets, func(s *row) int64 { return millis(s.asOf) })},
		{"evaluated_at", timeType, rowOf(sets, func(s *row) int64 { return millis(s.evaluatedAt) })},
		{"epoch", "UInt64", rowOf(sets, func(s *row) uint64 { return s.epoch })},
		{"epoch_at", timeType, rowOf(sets, func(s *row) int64 { return millis(s.epochAt) })},
		{"epoch_offset", "Int64", rowOf(sets, func(s *row) int64 { return s.epochOffset })},
		{"finding_ids", "Array(String)", rowOf(sets, func(s *row) []string { return listOf(s.ids) })},
		{"facts", "Array(String)", rowOf(sets, func(s *row) []string { return listOf(s.facts) })},
		{"suppressions", "Array(String)", rowOf(sets, func(s *row) []string { return listOf(s.suppressions) })},
		{"bodies", "Array(String)", rowOf(sets, func(s *row) []string { return listOf(s.bodies) })},
		{"opened_at", "Array(" + timeType + ")", rowOf(sets, func(s *row) []time.Time { return timesOf(s.opened) })},
		{"revised_at", "Array(" + timeType + ")", rowOf(sets, func(s *row) []time.Time { return timesOf(s.revised) })},
		{"changed_ids", "Array(String)", rowOf(sets, func(s *row) []string { return listOf(s.changedIDs) })},
		{"changes", "Array(String)", rowOf(sets, func(s *row) []string { return listOf(s.changes) })},
	}
	columns = append(columns, findingColumns(sets)...)
	columns = append(columns, missedColumns(sets)...)
	columns = append(columns, hitColumns(sets)...)
	return db.insert(ctx, "finding_sets", append(columns, dueColumns(sets)...)...)
}

// listOf makes an absent list an empty one, which is what the driver wants.
func listOf(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func timesOf(list []claimwatch.Instant) []time.Time {
	return rowOf(list, func(i *claimwatch.Instant) time.Time { return i.Time() })
}
