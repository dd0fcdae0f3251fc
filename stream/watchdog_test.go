package stream

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"claimwatch"
)

// K12: connections that were forgotten by something in between stay open and
// silent. The watchdog notices from outside and reads on with new ones, long
// before the fetch gives up by itself.
func TestWatchdogReplacesReaderThatStandsStill(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	healthy := open(t, cfg)
	cfg.Read.Timeout = 10 * time.Minute // the fetch itself is patient beyond the test
	cfg.Watch.Interval, cfg.Watch.StallAfter = 100*time.Millisecond, 500*time.Millisecond
	cfg, net := via(cfg)
	c := open(t, cfg)
	var got seen
	background(t, func(ctx context.Context) error { // no group: its heartbeat has a timeout of its own
		return c.Tail(ctx, TailConfig{Topic: topic, Name: "n", Handle: got.handle})
	})
	write(t, healthy.Writer(topic), message(0))
	eventually(t, 10*time.Second, "the reader follows", func() bool { return got.total() == 1 })
	net.holdOld()
	write(t, healthy.Writer(topic), message(1))
	eventually(t, 20*time.Second, "the reader follows again", func() bool { return got.total() == 2 })
	if n := testutil.ToFloat64(c.met.restarts.WithLabelValues(topic, "0")); n < 1 {
		t.Errorf("reader restarts are %v, want at least 1", n)
	}
	if m := got.messages(); m[0].Offset != 0 || m[1].Offset != 1 {
		t.Errorf("offsets %d, %d: want 0, 1", m[0].Offset, m[1].Offset)
	}
}

func (s *seen) handle(_ context.Context, msgs []claimwatch.Message) error {
	s.add(msgs...)
	return nil
}

// A handler that never finishes fails liveness, and lag is told in messages and
// in seconds. A reader that waits for its handler is not replaced.
func TestLivenessFailsWhenNothingIsFinished(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	cfg.Watch = WatchConfig{Interval: 50 * time.Millisecond, StallAfter: 300 * time.Millisecond, DeadAfter: time.Second}
	cfg.Read.PrefetchBytes = 1
	c := open(t, cfg)
	write(t, c.Writer(topic), messages(3)...)
	release := make(chan struct{})
	var got seen
	background(t, func(ctx context.Context) error {
		return c.Consume(ctx, ConsumerConfig{Topic: topic, Group: "g", MaxMessages: 1, Handle: func(ctx context.Context, b *Batch) error {
			<-release
			got.add(b.Messages()...)
			return b.Commit(ctx, nil)
		}})
	})
	eventually(t, 10*time.Second, "liveness fails", func() bool {
		err := c.Healthy()
		return err != nil && strings.Contains(err.Error(), topic)
	})
	lag := func() float64 { return testutil.ToFloat64(c.met.lag.WithLabelValues(topic, "g", "0")) }
	if lag() != 3 {
		t.Errorf("lag is %v messages, want 3", lag())
	}
	if s := testutil.ToFloat64(c.met.lagSeconds.WithLabelValues(topic, "g", "0")); s < 1 || s > 60 {
		t.Errorf("lag is %v s, want the age of the oldest message", s)
	}
	if n := testutil.ToFloat64(c.met.restarts.WithLabelValues(topic, "0")); n != 0 {
		t.Errorf("the reader was replaced %v times while its handler was busy", n)
	}
	close(release)
	eventually(t, 10*time.Second, "everything is handled", func() bool { return got.total() == 3 })
	eventually(t, 10*time.Second, "liveness is back", func() bool { return c.Healthy() == nil && lag() == 0 })
}

func TestHealthKeepsTime(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	h := newHealth(180*time.Second, func() time.Time { return now })
	k := healthKey{"topic", "group", 0}
	for _, step := range []struct {
		after        time.Duration
		handled, lag int64
		healthy      bool
	}{
		{0, 0, 0, true},
		{time.Hour, 0, 5, true}, // there was nothing to do for an hour
		{179 * time.Second, 0, 9, true},
		{time.Second, 0, 9, false},
		{time.Second, 1, 8, true}, // it moves again
		{180 * time.Second, 1, 8, false},
		{time.Second, 1, 0, true}, // nothing is left
	} {
		now = now.Add(step.after)
		h.note(k, step.handled, step.lag)
		if err := h.check(); (err == nil) != step.healthy {
			t.Errorf("after %+v check() = %v", step, err)
		}
	}
	now = now.Add(time.Hour)
	h.note(k, 1, 3)
	now = now.Add(time.Hour)
	if h.check() == nil {
		t.Error("check() is nil though nobody has noted anything for an hour")
	}
	h.forget(k)
	if err := h.check(); err != nil {
		t.Errorf("check() after forget error:\n%+v", err)
	}
}
