package stream

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/stream/kafkatest"
)

func TestTailTellsWhenItHasCaughtUpAndFollows(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 3)
	c := open(t, cfg)
	w := c.Writer(topic)
	write(t, w, messages(100)...)
	var got seen
	caughtUp := make(chan int, 2)
	background(t, func(ctx context.Context) error {
		return c.Tail(ctx, TailConfig{
			Topic: topic, Name: "fold", MaxMessages: 7, Handle: got.handle,
			CaughtUp: func() { caughtUp <- got.total() },
		})
	})
	select {
	case n := <-caughtUp:
		if n != 100 {
			t.Errorf("caught up after %d messages, want 100", n)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it did not catch up")
	}
	write(t, w, messages(20)...)
	eventually(t, 10*time.Second, "the new messages arrive", func() bool { return got.total() == 120 })
	if len(caughtUp) != 0 {
		t.Error("caught up was told twice")
	}
	next := map[int]int64{}
	for _, m := range got.messages() {
		if m.Offset != next[m.Partition] {
			t.Fatalf("partition %d: offset %d, want %d", m.Partition, m.Offset, next[m.Partition])
		}
		next[m.Partition]++
	}
}

func TestTailOfAnEmptyTopicHasCaughtUpAtOnce(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 2)
	c := open(t, cfg)
	caughtUp := make(chan struct{})
	var got seen
	background(t, func(ctx context.Context) error {
		return c.Tail(ctx, TailConfig{Topic: topic, Name: "n", Handle: got.handle, CaughtUp: func() { close(caughtUp) }})
	})
	select {
	case <-caughtUp:
	case <-time.After(20 * time.Second):
		t.Fatal("it did not catch up")
	}
	write(t, c.Writer(topic), message(0))
	eventually(t, 10*time.Second, "the message arrives", func() bool { return got.total() == 1 })
}

func TestReadAll(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	write(t, c.Writer(topic), messages(10)...)
	for _, tc := range []struct {
		name string
		from map[int]int64
		want []int64
	}{
		{"from the beginning", nil, []int64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{"from the middle of a produce batch", map[int]int64{0: 7}, []int64{7, 8, 9}},
		{"from the end", map[int]int64{0: 10}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []int64
			err := c.ReadAll(t.Context(), TailConfig{
				Topic: topic, Name: "n", From: tc.from, MaxMessages: 4,
				Handle: func(_ context.Context, msgs []claimwatch.Message) error {
					for _, m := range msgs {
						got = append(got, m.Offset)
					}
					return nil
				},
			})
			if err != nil {
				t.Fatalf("ReadAll() error:\n%+v", err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("offsets (-want, +got):\n%s", diff)
			}
		})
	}
}

func TestReadAllEndsEarly(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	write(t, c.Writer(topic), messages(2)...)
	ctx, cancel := context.WithCancel(t.Context())
	err := c.ReadAll(ctx, TailConfig{Topic: topic, Name: "n", MaxMessages: 1, Handle: func(context.Context, []claimwatch.Message) error {
		cancel()
		return nil
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ReadAll() error is %v: an early end must not look like a whole log", err)
	}

	var calls atomic.Int32
	poison := errors.New("poison")
	err = c.ReadAll(t.Context(), TailConfig{Topic: topic, Name: "n", Handle: func(context.Context, []claimwatch.Message) error {
		if calls.Add(1) < 3 {
			return errors.New("try again")
		}
		return Halt(poison)
	}})
	if !errors.Is(err, poison) || calls.Load() != 3 {
		t.Errorf("ReadAll() error is %v after %d calls, want the halt after 3", err, calls.Load())
	}
}

// The log may not be there yet when a process starts; that must not end it.
func TestTailWaitsForTheLog(t *testing.T) {
	cluster := kafkatest.Start(t)
	cfg, topic := testConfig(t, cluster, 1)
	write(t, open(t, cfg).Writer(topic), message(0))
	cluster.Kill()
	c := openOnly(t, cfg)
	var got seen
	background(t, func(ctx context.Context) error {
		return c.Tail(ctx, TailConfig{Topic: topic, Name: "n", Handle: got.handle})
	})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := c.ReadAll(ctx, TailConfig{Topic: topic, Name: "all", Handle: got.handle}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ReadAll() error is %v, want that time is over", err)
	}
	if err := cluster.Restart(); err != nil {
		t.Fatalf("Restart() error:\n%+v", err)
	}
	eventually(t, 30*time.Second, "the message arrives", func() bool { return got.total() == 1 })
	for _, err := range []error{
		c.Tail(t.Context(), TailConfig{Topic: "nobody knows it"}),
		c.Consume(t.Context(), ConsumerConfig{Topic: "nobody knows it", Group: "g"}),
	} {
		if err == nil {
			t.Error("a topic that is not configured is read without an error")
		}
	}
}
