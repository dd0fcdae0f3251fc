package stream

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func TestConsumeGivesWhatWasWritten(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 3)
	c := open(t, cfg)
	var got seen
	begin := time.Now()
	consume(t, c, topic, "g", &got)
	want := messages(300)
	for i := range want {
		want[i].Headers = map[string]string{"schema": "1", "receipt": fmt.Sprint(i)}
	}
	write(t, c.Writer(topic), want...)
	eventually(t, 10*time.Second, "all messages arrive", func() bool { return got.total() >= len(want) })
	t.Logf("first join to last message: %s", time.Since(begin))

	next := map[int]int64{}
	byValue := map[string]claimwatch.Message{}
	for _, m := range got.messages() {
		if m.Offset != next[m.Partition] {
			t.Fatalf("partition %d: offset %d after %d", m.Partition, m.Offset, next[m.Partition]-1)
		}
		next[m.Partition]++
		if p := c.PartitionOf(topic, m.Key); p != m.Partition {
			t.Errorf("PartitionOf(%q) = %d, the writer chose %d", m.Key, p, m.Partition)
		}
		if age := time.Since(m.Time); age < 0 || age > time.Minute {
			t.Errorf("message time is %s ago", age)
		}
		byValue[string(m.Value)] = m
	}
	for _, w := range want {
		g := byValue[string(w.Value)]
		if diff := cmp.Diff(w, claimwatch.Message{Key: g.Key, Value: g.Value, Headers: g.Headers}); diff != "" {
			t.Fatalf("message (-want, +got):\n%s", diff)
		}
	}
}

func TestConsumeLatency(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 4)
	c := open(t, cfg)
	var got seen
	consume(t, c, topic, "g", &got)
	w := c.Writer(topic)
	write(t, w, message(0))
	eventually(t, 10*time.Second, "the group is joined", func() bool { return got.total() == 1 })
	var writes, total time.Duration
	const n = 100
	for i := 1; i <= n; i++ {
		begin := time.Now()
		write(t, w, message(i))
		writes += time.Since(begin)
		for got.total() <= i {
			time.Sleep(50 * time.Microsecond)
			if time.Since(begin) > 5*time.Second {
				t.Fatalf("message %d did not arrive", i)
			}
		}
		total += time.Since(begin)
	}
	t.Logf("write %s, write to handler %s", writes/n, total/n)
	if total/n > 100*time.Millisecond {
		t.Errorf("write to handler took %s on average, aim is 10ms", total/n)
	}
}

func TestConsumeLargeMessages(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 2)
	c := open(t, cfg)
	var got seen
	consume(t, c, topic, "g", &got)
	want := make([]claimwatch.Message, 12)
	for i := range want {
		// incompressible: the produce request is as large as it gets
		want[i] = claimwatch.Message{Key: fmt.Appendf(nil, "%d", i), Value: noise(claimwatch.MaxMessageBytes, byte(i))}
	}
	write(t, c.Writer(topic), want...)
	eventually(t, 30*time.Second, "all messages arrive", func() bool { return got.total() >= len(want) })
	for _, m := range got.messages() {
		var i int
		fmt.Sscan(string(m.Key), &i) //nolint:errcheck // checked by the comparison
		if !bytes.Equal(m.Value, want[i].Value) {
			t.Errorf("message %d came back changed", i)
		}
	}
}

func noise(n int, seed byte) []byte {
	b := make([]byte, n)
	x := uint32(seed) + 1
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = byte(x)
	}
	return b
}

func TestConsumeResumesAfterTheCommit(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	write(t, c.Writer(topic), messages(10)...)
	var first seen
	stop := background(t, func(ctx context.Context) error {
		return c.Consume(ctx, ConsumerConfig{
			Topic: topic, Group: "g", MaxMessages: 10,
			Handle: func(ctx context.Context, b *Batch) error {
				first.add(b.Messages()...)
				return b.Commit(ctx, map[int]int64{0: 4}) // crash before the rest is durable
			},
		})
	})
	eventually(t, 10*time.Second, "the batch is handled", func() bool { return first.total() == 10 })
	if err := stop(); err != nil {
		t.Fatalf("Consume() error:\n%+v", err)
	}
	var second seen
	begin := time.Now()
	consume(t, c, topic, "g", &second)
	eventually(t, 10*time.Second, "the rest arrives again", func() bool { return second.total() == 6 })
	t.Logf("taken over after %s", time.Since(begin))
	if got := second.messages()[0].Offset; got != 4 {
		t.Errorf("resumed at offset %d, want 4: committed before processing (K8)", got)
	}
}
