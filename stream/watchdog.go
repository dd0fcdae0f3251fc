package stream

import (
	"context"
	"strconv"
	"time"

	"go.uber.org/zap"
)

// watch compares what was read with the ends of the log, from outside of the
// readers: a reader that hangs cannot be asked how far it lags (K12).
func (f *flow) watch(ctx context.Context) {
	cfg := f.c.cfg.Watch
	tick := time.NewTicker(cfg.Interval)
	defer tick.Stop()
	type mark struct {
		next int64
		at   time.Time
	}
	marks := make(map[int]mark, len(f.pullers))
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		ends := f.ends(ctx)
		for partition, p := range f.pullers {
			next, end := p.position()
			end = max(end, ends[partition])
			f.report(partition, end)
			now := f.c.cfg.Now()
			last, seen := marks[partition]
			if !seen || last.next != next || end <= next || f.buf.full() {
				marks[partition] = mark{next, now}
				continue
			}
			if now.Sub(last.at) < cfg.StallAfter {
				continue
			}
			f.log.Warn("reader stands still and is replaced", zap.Int("partition", partition), zap.Int64("lag", end-next))
			f.c.met.restarts.WithLabelValues(f.topic, partitionLabel(partition)).Inc()
			p.restart()
			marks[partition] = mark{next, now}
		}
	}
}

// ends asks on a short leash: the connection may be what hangs, and then the
// others that lie idle are no better.
func (f *flow) ends(ctx context.Context) map[int]int64 {
	short, cancel := context.WithTimeout(ctx, max(time.Second, f.c.cfg.Watch.Interval))
	defer cancel()
	ends, err := f.c.EndOffsets(short, f.topic)
	if err != nil && ctx.Err() == nil {
		f.log.Warn("ends of the log are unknown", zap.Error(err))
		f.c.transport.CloseIdleConnections()
	}
	return ends
}

// report sets the lag of a partition and tells liveness how far the handler is.
func (f *flow) report(partition int, end int64) {
	f.mu.Lock()
	handled := f.handled[partition]
	oldest, busy := f.inFlight[partition]
	f.mu.Unlock()
	if !busy {
		oldest, busy = f.buf.oldest(partition)
	}
	lag, age := max(0, end-handled), 0.0
	if lag > 0 && busy {
		age = max(0, f.c.cfg.Now().Sub(oldest).Seconds())
	}
	label := partitionLabel(partition)
	f.c.met.lag.WithLabelValues(f.topic, f.group, label).Set(float64(lag))
	f.c.met.lagSeconds.WithLabelValues(f.topic, f.group, label).Set(age)
	f.c.health.note(healthKey{f.topic, f.group, partition}, handled, lag)
}

// forget takes back what was reported: another member owns the partitions now.
func (f *flow) forget() {
	for partition := range f.pullers {
		label := partitionLabel(partition)
		f.c.met.lag.DeleteLabelValues(f.topic, f.group, label)
		f.c.met.lagSeconds.DeleteLabelValues(f.topic, f.group, label)
		f.c.health.forget(healthKey{f.topic, f.group, partition})
	}
}

func partitionLabel(partition int) string { return strconv.Itoa(partition) }
