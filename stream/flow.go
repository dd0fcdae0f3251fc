package stream

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.uber.org/zap"

	"claimwatch"
)

// batchLimit says how messages are collected for a handler, see ConsumerConfig.
type batchLimit struct {
	messages, bytes int
	linger          time.Duration
}

func (l batchLimit) withDefaults() batchLimit {
	if l.messages <= 0 {
		l.messages = 5_000
	}
	if l.bytes <= 0 {
		l.bytes = 8 << 20
	}
	return l
}

// flow reads some partitions of a topic from given offsets and hands batches to
// one handler at a time. A generation of a group is a flow, and so is a Tail.
type flow struct {
	c            *Client
	topic, group string
	limit        batchLimit
	log          *zap.Logger
	buf          *buffer
	pullers      map[int]*puller

	mu       sync.Mutex
	handled  map[int]int64     // the offset after the last handled message
	inFlight map[int]time.Time // the time of the first message that the handler has now
}

// handler gets a batch; next holds the offset after the last message of each partition.
type handler func(ctx context.Context, msgs []claimwatch.Message, next map[int]int64) error

func (c *Client) newFlow(topic, group string, limit batchLimit, starts map[int]int64) *flow {
	f := &flow{
		c: c, topic: topic, group: group, limit: limit.withDefaults(),
		log:      c.log.With(zap.String("topic", topic), zap.String("group", group)),
		buf:      newBuffer(c.cfg.Read.PrefetchBytes, c.met.buffered.WithLabelValues(topic, group)),
		pullers:  make(map[int]*puller, len(starts)),
		handled:  make(map[int]int64, len(starts)),
		inFlight: make(map[int]time.Time),
	}
	c.met.begin(topic, group, starts)
	for partition, offset := range starts {
		f.handled[partition] = offset
		f.pullers[partition] = &puller{
			c: c, topic: topic, partition: partition, buf: f.buf, log: f.log, next: offset, end: offset,
		}
	}
	return f
}

// run returns nil when ctx ends, ErrGenerationEnded when the handler says so,
// and a *HaltError when reading must not go on. Nothing of it runs afterwards.
func (f *flow) run(ctx context.Context, handle handler) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := context.AfterFunc(ctx, f.buf.close)
	defer stop()
	var wg sync.WaitGroup
	for _, p := range f.pullers {
		wg.Go(func() {
			if err := p.run(ctx); err != nil {
				cancel(err)
			}
		})
	}
	wg.Go(func() { f.watch(ctx) })
	err := f.deliver(ctx, handle)
	if err != nil {
		cancel(err)
	} else {
		<-ctx.Done()
	}
	f.buf.close()
	wg.Wait()
	f.forget()
	var halt *HaltError
	switch cause := context.Cause(ctx); {
	case errors.As(cause, &halt):
		f.c.halted(halt)
		return halt
	case errors.Is(cause, ErrGenerationEnded):
		return ErrGenerationEnded
	}
	return nil
}

// deliver hands over batch after batch until the buffer is closed.
func (f *flow) deliver(ctx context.Context, handle handler) error {
	for {
		msgs := f.buf.take(f.limit)
		if len(msgs) == 0 {
			return nil
		}
		next := f.begin(msgs)
		if err := f.insist(ctx, handle, msgs, next); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		f.finish(msgs, next)
	}
}

// insist tries one batch until the handler takes it, ctx ends or it halts.
func (f *flow) insist(ctx context.Context, handle handler, msgs []claimwatch.Message, next map[int]int64) error {
	pause := f.c.retryPause()
	for {
		f.c.met.read.WithLabelValues(f.topic, f.group).Add(float64(len(msgs)))
		f.c.met.readBytes.WithLabelValues(f.topic, f.group).Add(float64(bytesOf(msgs)))
		err := handle(ctx, msgs, next)
		switch {
		case err == nil || ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrGenerationEnded):
			return err
		case halts(err):
			return &HaltError{Topic: f.topic, Partition: -1, Offset: -1, Err: err}
		}
		f.c.met.retries.WithLabelValues(f.topic, f.group).Inc()
		wait := pause.NextBackOff()
		f.log.Warn("batch is tried again", zap.Int("messages", len(msgs)), zap.Duration("after", wait), zap.Error(err))
		sleep(ctx, wait)
		if ctx.Err() != nil {
			return nil
		}
	}
}

func (f *flow) begin(msgs []claimwatch.Message) map[int]int64 {
	next := make(map[int]int64)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range msgs {
		if _, seen := next[m.Partition]; !seen {
			f.inFlight[m.Partition] = m.Time
		}
		next[m.Partition] = m.Offset + 1
	}
	return next
}

func (f *flow) finish(msgs []claimwatch.Message, next map[int]int64) {
	f.mu.Lock()
	for partition, offset := range next {
		f.handled[partition] = offset
		delete(f.inFlight, partition)
	}
	f.mu.Unlock()
	f.c.met.batches.WithLabelValues(f.topic, f.group).Inc()
	f.c.met.batchSize.WithLabelValues(f.topic, f.group).Observe(float64(len(msgs)))
	for partition := range next {
		_, end := f.pullers[partition].position()
		f.report(partition, end)
	}
}

func (c *Client) halted(halt *HaltError) {
	c.health.halt(halt)
	c.met.halted.WithLabelValues(halt.Topic, partitionLabel(halt.Partition)).Set(1)
	c.log.Error("reading halted", zap.String("topic", halt.Topic), zap.Int("partition", halt.Partition),
		zap.Int64("offset", halt.Offset), zap.Error(halt.Err))
}
