package wire

import (
	"context"

	"claimwatch"
)

// Commit tells the log which offset comes next in each partition.
type Commit func(ctx context.Context, next map[int]int64) error

// Subscription is what a consumer of the log asks for. Start is called once for
// each assignment and gives the offsets that the consumer's own table says come
// next, absent when it knows none. Handle gets one batch at a time, in order
// within each partition; an error makes the same batch come again.
type Subscription struct {
	Topic, Group string
	Start        func(ctx context.Context, partitions []int) (map[int]int64, error)
	Handle       func(ctx context.Context, msgs []claimwatch.Message, commit Commit) error
}

// Consume serves a subscription until ctx ends.
type Consume func(ctx context.Context, s Subscription) error

// Write appends messages to the log. Nil means that all replicas have them.
type Write func(ctx context.Context, msgs ...claimwatch.Message) error
