package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"
)

// ConsumerConfig says what to consume and who handles it.
type ConsumerConfig struct {
	// Topic and Group; all members of a group share the partitions of the topic.
	Topic, Group string
	// Start gives the offsets that the consumer's own table says come next. The
	// smaller of that and the committed offset is taken: a table that lost its
	// tail gets it again, and group offsets that expired do not count (K15).
	// A partition that is absent or negative is not known. With nothing known
	// at all, reading begins at the first offset. Start may be nil.
	Start func(ctx context.Context, partitions []int) (map[int]int64, error)
	// Handle gets one batch at a time. Its ctx ends with the generation; it
	// must then return soon, because the group waits for it. An error makes the
	// same batch come again after a pause, until the generation ends; an error
	// marked by Halt stops the consumer. Returning nil commits nothing: Handle
	// calls Commit when the work is durable (K8).
	Handle func(ctx context.Context, b *Batch) error
	// MaxWait is how long a batch waits for more once it has its first message.
	// 0, the default, hands over as soon as the handler is free: under load
	// batches grow by themselves while it is busy.
	MaxWait time.Duration
	// MaxMessages and MaxBytes bound a batch; one message always passes. 0: 5,000 and 8 MiB.
	MaxMessages, MaxBytes int
	// OnAssign is called before the first batch of each generation, so that a
	// stage may drop what it kept for partitions that it lost. May be nil.
	OnAssign func(generation int, partitions []int)
}

// Consume handles a topic as a member of a group. It blocks until ctx ends and
// then answers nil, after leaving the group so that others take over at once.
// A *HaltError means that reading must not go on: the alarm metric is set and
// Healthy fails from then on.
func (c *Client) Consume(ctx context.Context, cfg ConsumerConfig) error {
	if c.Partitions(cfg.Topic) < 1 {
		return fmt.Errorf("consume %s: topic is not configured", cfg.Topic)
	}
	log := c.log.With(zap.String("topic", cfg.Topic), zap.String("group", cfg.Group))
	group, err := kafka.NewConsumerGroup(kafka.ConsumerGroupConfig{
		ID:                cfg.Group,
		Brokers:           c.cfg.Brokers,
		Topics:            []string{cfg.Topic},
		Dialer:            c.dialer,
		GroupBalancers:    []kafka.GroupBalancer{kafka.RangeGroupBalancer{}},
		HeartbeatInterval: c.cfg.Group.Heartbeat,
		SessionTimeout:    c.cfg.Group.Session,
		RebalanceTimeout:  c.cfg.Group.Rebalance,
		JoinGroupBackoff:  c.cfg.Group.Rejoin,
		Timeout:           c.cfg.Group.Timeout,
		StartOffset:       kafka.FirstOffset,
		ErrorLogger:       kafkaLog{log, zap.WarnLevel},
	})
	if err != nil {
		return fmt.Errorf("join group %s: %w", cfg.Group, err)
	}
	defer group.Close() //nolint:errcheck // always nil; leaves the group

	for ctx.Err() == nil {
		next, err := group.Next(ctx)
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				log.Warn("joining the group did not work", zap.Error(err))
			}
			continue
		}
		if err := c.generation(ctx, cfg, next); err != nil {
			return err
		}
	}
	return nil
}

// generation serves one generation to its end. Its work runs inside of the
// generation, so that the group does not join anew while a handler still runs.
func (c *Client) generation(ctx context.Context, cfg ConsumerConfig, next *kafka.Generation) error {
	done := make(chan error, 1)
	next.Start(func(over context.Context) {
		g := newGeneration(c, cfg, next, over)
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		stop := context.AfterFunc(over, cancel)
		defer stop()
		done <- g.run(ctx)
	})
	err := <-done
	var halt *HaltError
	if errors.As(err, &halt) {
		return err
	}
	return nil
}

// startOffsets decides where each partition begins.
func (g *generation) startOffsets(ctx context.Context) (map[int]int64, error) {
	known := map[int]int64{}
	if g.cfg.Start != nil {
		var err error
		if known, err = g.cfg.Start(ctx, g.partitions()); err != nil {
			return nil, fmt.Errorf("ask for the offsets of the table: %w", err)
		}
	}
	starts := make(map[int]int64)
	var first map[int]int64
	for partition, committed := range g.assigned {
		offset, ok := known[partition]
		switch {
		case ok && offset >= 0 && committed >= 0:
			starts[partition] = min(offset, committed)
		case ok && offset >= 0:
			starts[partition] = offset
		case committed >= 0:
			starts[partition] = committed
		default:
			if first == nil {
				var err error
				if first, err = g.c.StartOffsets(ctx, g.cfg.Topic); err != nil {
					return nil, err
				}
			}
			if starts[partition] = first[partition]; starts[partition] > 0 && keptForEver(g.cfg.Topic) {
				return nil, &HaltError{Topic: g.cfg.Topic, Partition: partition, Offset: 0, Err: fmt.Errorf(
					"the log is kept for ever and begins at offset %d: what came before was never read", first[partition])}
			}
		}
	}
	return starts, nil
}

func (g *generation) untilStarted(ctx context.Context) (map[int]int64, error) {
	pause := g.c.retryPause()
	for {
		starts, err := g.startOffsets(ctx)
		if err == nil || halts(err) {
			return starts, err
		}
		if ctx.Err() != nil {
			return nil, ErrGenerationEnded
		}
		wait := pause.NextBackOff()
		g.log.Warn("start offsets are asked for again", zap.Duration("after", wait.Round(time.Millisecond)), zap.Error(err))
		sleep(ctx, wait)
	}
}
