package store

import (
	"context"
	"fmt"
	"time"

	"claimwatch"
)

// SaveProgress notes how far a consumer has come in its partitions. Progress
// only grows: what a late worker saves afterwards changes nothing.
func (db *DB) SaveProgress(ctx context.Context, consumer string, progress map[int]claimwatch.Progress) error {
	if len(progress) == 0 {
		return nil
	}
	var consumers []string
	var partitions []int32
	var nexts, received []int64
	for partition, p := range progress {
		consumers = append(consumers, consumer)
		partitions = append(partitions, int32(partition))
		nexts = append(nexts, p.Next)
		received = append(received, millis(p.ReceivedAt))
	}
	return db.insert(ctx, "log_progress",
		column{"consumer", "String", consumers},
		column{"log_partition", "Int32", partitions},
		column{"next", "Int64", nexts},
		column{"received_at", timeType, received})
}

// LoadProgress tells how far a consumer has come in each partition; partitions
// in which it saved nothing are not in the answer.
func (db *DB) LoadProgress(ctx context.Context, consumer string) (map[int]claimwatch.Progress, error) {
	progress := map[int]claimwatch.Progress{}
	var partition int32
	var next int64
	var received time.Time
	read := func() error {
		progress[int(partition)] = claimwatch.Progress{Next: next, ReceivedAt: claimwatch.InstantOf(received)}
		return nil
	}
	err := db.each(ctx, read, []any{&partition, &next, &received}, `
		SELECT log_partition, max(next), max(received_at) FROM log_progress
		WHERE consumer = {consumer:String} GROUP BY log_partition`, named("consumer", consumer))
	if err != nil {
		return nil, fmt.Errorf("load progress of %s: %w", consumer, err)
	}
	return progress, nil
}
