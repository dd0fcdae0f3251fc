package stream

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"

	"claimwatch"
)

// generation is one term of membership: the group gave us these partitions
// until it ends. Readers and commits are bound to it (K11).
type generation struct {
	c        *Client
	cfg      ConsumerConfig
	kafka    *kafka.Generation
	ctx      context.Context //nolint:containedctx // kafka-go's way to tell that the generation is over
	log      *zap.Logger
	assigned map[int]int64 // committed offset of each partition, negative when there is none
	stop     context.CancelFunc

	mu        sync.Mutex
	ended     bool
	committed map[int]int64 // guard: commits must be ahead of it (K10)
	handed    map[int]int64 // the offset after the last message that was handed out
}

func newGeneration(c *Client, cfg ConsumerConfig, gen *kafka.Generation, over context.Context) *generation {
	g := &generation{
		c: c, cfg: cfg, kafka: gen, ctx: over,
		log:       c.log.With(zap.String("topic", cfg.Topic), zap.String("group", cfg.Group), zap.Int32("generation", gen.ID)),
		assigned:  make(map[int]int64),
		committed: make(map[int]int64),
		handed:    make(map[int]int64),
	}
	for _, a := range gen.Assignments[cfg.Topic] {
		g.assigned[a.ID] = a.Offset
		g.committed[a.ID] = max(0, a.Offset)
	}
	return g
}

func (g *generation) partitions() []int { return slices.Sorted(maps.Keys(g.assigned)) }

func (g *generation) over() bool { return g.ended || g.ctx.Err() != nil }

// run serves the generation: nil or ErrGenerationEnded when it is over, *HaltError for good.
func (g *generation) run(ctx context.Context) error {
	ctx, g.stop = context.WithCancel(ctx)
	defer g.stop()
	g.c.met.generations.WithLabelValues(g.cfg.Topic, g.cfg.Group).Inc()
	starts, err := g.untilStarted(ctx)
	if err != nil {
		var halt *HaltError
		switch {
		case errors.As(err, &halt):
		case halts(err):
			halt = &HaltError{Topic: g.cfg.Topic, Partition: -1, Offset: -1, Err: err}
		default:
			return err
		}
		g.c.halted(halt)
		return halt
	}
	g.log.Info("partitions assigned", zap.Ints("partitions", g.partitions()))
	if g.cfg.OnAssign != nil {
		g.cfg.OnAssign(int(g.kafka.ID), g.partitions())
	}
	limit := batchLimit{messages: g.cfg.MaxMessages, bytes: g.cfg.MaxBytes, linger: g.cfg.MaxWait}
	f := g.c.newFlow(g.cfg.Topic, g.cfg.Group, limit, starts)
	return f.run(ctx, func(ctx context.Context, msgs []claimwatch.Message, next map[int]int64) error {
		g.mu.Lock()
		maps.Copy(g.handed, next)
		g.mu.Unlock()
		return g.cfg.Handle(ctx, &Batch{gen: g, msgs: msgs, next: next})
	})
}
