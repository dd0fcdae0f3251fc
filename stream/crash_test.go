package stream

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/stream/kafkatest"
)

// What was acknowledged survives kill -9 of the broker, and a consumer that was
// there all the time reads every message, in order, without being started anew.
func TestBrokerKilledWhileWriting(t *testing.T) {
	cluster := kafkatest.Start(t)
	cfg, topic := testConfig(t, cluster, 3)
	cfg.Write.Attempts = 20
	cfg.Watch.Interval, cfg.Watch.StallAfter = time.Second, 5*time.Second
	c := open(t, cfg)
	var got seen
	consume(t, c, topic, "g", &got)

	var mu sync.Mutex
	acked := map[string]bool{}
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				m := claimwatch.Message{Key: fmt.Appendf(nil, "k%d", i%7), Value: fmt.Appendf(nil, "%d-%d", g, i)}
				if c.Writer(topic).Write(ctx, m) == nil {
					mu.Lock()
					acked[string(m.Value)] = true
					mu.Unlock()
				}
			}
		})
	}
	count := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(acked)
	}
	rounds := 4
	if cluster.Real {
		rounds = 2 // it needs ten seconds to be back
	}
	for round := range rounds {
		before := count()
		eventually(t, 60*time.Second, "writes are acknowledged", func() bool { return count() > before+50*(round+1) })
		cluster.Kill()
		if err := cluster.Restart(); err != nil {
			t.Fatalf("Restart() error:\n%+v", err)
		}
	}
	before := count()
	eventually(t, 60*time.Second, "writes are acknowledged again", func() bool { return count() > before+50 })
	stop()
	wg.Wait()
	t.Logf("%d acknowledged", count())

	missing := func() (n int) {
		got.mu.Lock()
		defer got.mu.Unlock()
		for v := range acked {
			if got.count[v] == 0 {
				n++
			}
		}
		return n
	}
	eventually(t, 60*time.Second, "all acknowledged messages are read", func() bool { return missing() == 0 })
	next := map[int]int64{}
	for _, m := range got.messages() {
		if m.Offset > next[m.Partition] {
			t.Fatalf("partition %d: offset %d came when %d was next", m.Partition, m.Offset, next[m.Partition])
		}
		next[m.Partition] = max(next[m.Partition], m.Offset+1)
	}
}

// A broker that hangs is not a broker that is gone: connections stay open.
func TestBrokerPaused(t *testing.T) {
	cluster := kafkatest.Start(t)
	cfg, topic := testConfig(t, cluster, 1)
	c := open(t, cfg)
	var got seen
	consume(t, c, topic, "g", &got)
	write(t, c.Writer(topic), message(0))
	eventually(t, 20*time.Second, "the message arrives", func() bool { return got.distinct() == 1 })
	if err := c.Ready(t.Context()); err != nil {
		t.Errorf("Ready() error:\n%+v", err)
	}
	if err := cluster.Pause(); err != nil {
		t.Fatalf("Pause() error:\n%+v", err)
	}
	eventually(t, 10*time.Second, "readiness fails while the broker hangs", func() bool {
		short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		return c.Ready(short) != nil
	})
	time.AfterFunc(2*time.Second, func() { cluster.Continue() }) //nolint:errcheck // seen by the write
	write(t, c.Writer(topic), message(1))
	eventually(t, 30*time.Second, "the message arrives", func() bool { return got.distinct() == 2 })
}

// Two members share the partitions; when one leaves, the other has all at once.
func TestRebalanceBetweenTwoWorkers(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 4)
	a, b := open(t, cfg), open(t, cfg)
	var gotA, gotB seen
	consume(t, a, topic, "g", &gotA)
	w := a.Writer(topic)
	sent := 0
	send := func(n int) {
		for range n {
			write(t, w, message(sent))
			sent++
		}
	}
	all := func() bool {
		union := map[string]bool{}
		for _, s := range []*seen{&gotA, &gotB} {
			for _, m := range s.messages() {
				union[string(m.Value)] = true
			}
		}
		return len(union) == sent
	}
	send(20)
	eventually(t, 10*time.Second, "the first member has everything", all)
	begin := time.Now()
	stopB := consume(t, b, topic, "g", &gotB)
	eventually(t, 20*time.Second, "the second member has a share", func() bool { send(1); return gotB.total() > 0 })
	t.Logf("joined after %s", time.Since(begin))
	send(100)
	eventually(t, 20*time.Second, "the two have everything", all)

	begin = time.Now()
	if err := stopB(); err != nil {
		t.Fatalf("Consume() error:\n%+v", err)
	}
	left := gotB.total()
	send(40)
	eventually(t, 20*time.Second, "the first member has taken over", all)
	t.Logf("taken over after %s", time.Since(begin))
	if gotB.total() != left {
		t.Error("a member that left went on handling")
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("taking over took %s: the member did not leave the group", took)
	}
}
