package store

import (
	"context"
	"fmt"
	"time"

	"claimwatch"
)

// raiseEventClock notes the greatest occurred_at of each partition. It comes
// before the records themselves: after a crash in between, the repetition may
// find its records stored already and hand over none of them. Until then the
// clock is ahead by records that the log holds, which harms nobody.
func (db *DB) raiseEventClock(ctx context.Context, records []claimwatch.Stored) error {
	latest := map[int32]claimwatch.Instant{}
	for i := range records {
		r := records[i].Record
		if !r.Kind.MovesClock() {
			continue
		}
		if before, ok := latest[records[i].Position.Partition]; !ok || r.OccurredAt > before {
			latest[records[i].Position.Partition] = r.OccurredAt
		}
	}
	if len(latest) == 0 {
		return nil
	}
	var partitions []int32
	var instants []int64
	for partition, at := range latest {
		partitions = append(partitions, partition)
		instants = append(instants, millis(at))
	}
	return db.insert(ctx, "event_clock",
		column{"log_partition", "Int32", partitions},
		column{"latest", "SimpleAggregateFunction(max, " + timeType + ")", instants})
}

// Latest is the event clock: the greatest occurred_at stored of the kinds that
// move clocks, any revision and cancelled ones too (contract, section 6). ok is
// false before the first.
func (db *DB) Latest(ctx context.Context) (latest claimwatch.Instant, ok bool, err error) {
	var count uint64
	var at time.Time
	if err := db.QueryRow(ctx, `SELECT count(), max(latest) FROM event_clock`).Scan(&count, &at); err != nil {
		return 0, false, fmt.Errorf("read event clock: %w", err)
	}
	if count == 0 {
		return 0, false, nil
	}
	return claimwatch.InstantOf(at), true, nil
}
