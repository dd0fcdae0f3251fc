package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// RecordsConsumer is the name under which the sink saves its progress.
const RecordsConsumer = "records"

// tally is how many revisions of each partition have been counted: those below
// an offset that the sink has passed, where no row can be added any more but
// repeats of those that are there.
type tally struct {
	mutex  sync.Mutex
	passed map[int32]int64 // partition -> offset below which all is counted
	count  int64
}

// CountStored is the number of distinct (institution, kind, record_id,
// revision) in the store. It is exact, repeats after crashes count once. Each
// call counts only what came after what earlier calls could settle.
func (db *DB) CountStored(ctx context.Context) (int64, error) {
	db.tally.mutex.Lock()
	defer db.tally.mutex.Unlock()
	// Progress is read first: what it has passed is in the table by then.
	progress, err := db.LoadProgress(ctx, RecordsConsumer)
	if err != nil {
		return 0, fmt.Errorf("count records: %w", err)
	}
	next := map[int32]int64{}
	for partition, p := range progress {
		next[int32(partition)] = p.Next
	}
	settled, open, err := db.countFrom(ctx, db.tally.passed, next)
	if err != nil {
		return 0, fmt.Errorf("count records: %w", err)
	}
	db.tally.passed = next
	db.tally.count += settled
	return db.tally.count + open, nil
}

// countFrom counts revisions at or after from, apart by whether they lie below
// next. All rows of one revision have one position, so each is on one side.
func (db *DB) countFrom(ctx context.Context, from, next map[int32]int64) (settled, open int64, err error) {
	partitions := slices.Sorted(maps.Keys(next))
	if len(partitions) == 0 {
		partitions = []int32{-1} // transform takes no empty list
	}
	froms, nexts := make([]int64, len(partitions)), make([]int64, len(partitions))
	for i, partition := range partitions {
		froms[i], nexts[i] = from[partition], next[partition]
	}
	var below, above uint64
	row := db.QueryRow(ctx, `
		SELECT countIf(below), countIf(NOT below) FROM (
			SELECT identity_key, revision,
				any(log_offset < transform(log_partition, {partitions:Array(Int32)}, {nexts:Array(Int64)}, toInt64(0))) AS below
			FROM identities
			WHERE log_offset >= transform(log_partition, {partitions:Array(Int32)}, {froms:Array(Int64)}, toInt64(0))
			GROUP BY identity_key, revision
			SETTINGS optimize_aggregation_in_order = 1)`,
		named("partitions", partitions), named("froms", froms), named("nexts", nexts))
	if err := row.Scan(&below, &above); err != nil {
		return 0, 0, err
	}
	return int64(below), int64(above), nil
}
