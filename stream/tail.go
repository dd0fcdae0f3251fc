package stream

import (
	"context"
	"fmt"
	"maps"

	"go.uber.org/zap"

	"claimwatch"
)

// TailConfig says what to read without a group.
type TailConfig struct {
	Topic string
	// Name stands for the reader in metrics and logs, where a group would stand.
	Name string
	// From are the offsets to begin with; a partition that is absent begins at 0.
	// That the log still holds it is checked: what is missing halts.
	From map[int]int64
	// Last, when it is not 0, begins so many messages before the end of each
	// partition instead, or with the first that the log still holds.
	Last int64
	// Begins is called once with the offsets at which reading begins. May be nil.
	Begins func(map[int]int64)
	// Handle gets batches, one at a time, in order within each partition. An
	// error makes the same batch come again; an error marked by Halt stops.
	Handle func(ctx context.Context, msgs []claimwatch.Message) error
	// CaughtUp is called once, when everything is handled that was in the log
	// when Tail began; at once when that is nothing. May be nil.
	CaughtUp func()
	// MaxMessages and MaxBytes bound a batch; one message always passes. 0: 5,000 and 8 MiB.
	MaxMessages, MaxBytes int
}

// Tail reads a topic whole, from the given offsets, and follows it. Every
// process that tails sees everything. It blocks until ctx ends and then answers
// nil; a *HaltError means that reading must not go on.
func (c *Client) Tail(ctx context.Context, cfg TailConfig) error {
	return c.read(ctx, cfg, false)
}

// ReadAll reads a topic up to the ends that it has when the call begins and
// returns nil when all of that is handled, or the error of ctx when it ended before.
func (c *Client) ReadAll(ctx context.Context, cfg TailConfig) error {
	return c.read(ctx, cfg, true)
}

func (c *Client) read(ctx context.Context, cfg TailConfig, stopAtEnd bool) error {
	if c.Partitions(cfg.Topic) < 1 {
		return fmt.Errorf("read %s: topic is not configured", cfg.Topic)
	}
	starts := make(map[int]int64)
	for partition := range c.Partitions(cfg.Topic) {
		starts[partition] = max(0, cfg.From[partition])
	}
	ends, err := c.untilEnds(ctx, cfg.Topic)
	if err != nil {
		if stopAtEnd {
			return err
		}
		return nil
	}
	if cfg.Last > 0 {
		first, err := c.StartOffsets(ctx, cfg.Topic)
		if err != nil {
			return err
		}
		for partition, end := range ends {
			starts[partition] = max(first[partition], end-cfg.Last)
		}
	}
	if cfg.Begins != nil {
		cfg.Begins(starts)
	}
	outer := ctx
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	left := maps.Clone(ends)
	caughtUp := false
	advance := func(next map[int]int64) {
		for partition, end := range left {
			if next[partition] >= end {
				delete(left, partition)
			}
		}
		if len(left) > 0 || caughtUp {
			return
		}
		caughtUp = true
		if cfg.CaughtUp != nil {
			cfg.CaughtUp()
		}
		if stopAtEnd {
			cancel()
		}
	}
	if advance(starts); caughtUp && stopAtEnd {
		return nil
	}
	err = c.newFlow(cfg.Topic, cfg.Name, batchLimit{messages: cfg.MaxMessages, bytes: cfg.MaxBytes}, starts).run(ctx,
		func(ctx context.Context, msgs []claimwatch.Message, next map[int]int64) error {
			if err := cfg.Handle(ctx, msgs); err != nil {
				return err
			}
			advance(next)
			return nil
		})
	if err != nil {
		return err
	}
	if stopAtEnd && !caughtUp {
		return outer.Err()
	}
	return nil
}

// untilEnds insists until the log answers; its error is that of ctx.
func (c *Client) untilEnds(ctx context.Context, topic string) (map[int]int64, error) {
	pause := c.retryPause()
	for {
		ends, err := c.EndOffsets(ctx, topic)
		if err == nil {
			return ends, nil
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("read %s: %w", topic, ctx.Err())
		}
		wait := pause.NextBackOff()
		c.log.Warn("ends of the log are asked for again", zap.String("topic", topic), zap.Duration("after", wait), zap.Error(err))
		sleep(ctx, wait)
	}
}
