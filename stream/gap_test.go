package stream

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"claimwatch"
	"claimwatch/stream/kafkatest"
)

// deleteRecords moves the beginning of a partition, as retention does. kafka-go
// has no request for it.
func deleteRecords(t testing.TB, c *Client, topic string, before int64) {
	t.Helper()
	cl, err := kgo.NewClient(kgo.SeedBrokers(c.cfg.Brokers...))
	if err != nil {
		t.Fatalf("NewClient() error:\n%+v", err)
	}
	defer cl.Close()
	req := kmsg.NewDeleteRecordsRequest()
	rt := kmsg.NewDeleteRecordsRequestTopic()
	rt.Topic = topic
	rp := kmsg.NewDeleteRecordsRequestTopicPartition()
	rp.Offset = before
	rt.Partitions = append(rt.Partitions, rp)
	req.Topics = append(req.Topics, rt)
	for _, res := range cl.RequestSharded(t.Context(), &req) {
		if res.Err != nil {
			t.Fatalf("delete records:\n%+v", res.Err)
		}
		for _, topic := range res.Resp.(*kmsg.DeleteRecordsResponse).Topics {
			for _, p := range topic.Partitions {
				if p.ErrorCode != 0 {
					t.Fatalf("delete records: error code %d", p.ErrorCode)
				}
			}
		}
	}
}

// expectHalt runs a consumer that must stop with a halt and not hand out
// anything from the far side of the gap.
func expectHalt(t *testing.T, c *Client, cfg ConsumerConfig) *HaltError {
	t.Helper()
	var got seen
	if cfg.Handle == nil {
		cfg.Handle = func(_ context.Context, b *Batch) error {
			got.add(b.Messages()...)
			return nil
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	err := c.Consume(ctx, cfg)
	var halt *HaltError
	if !errors.As(err, &halt) {
		t.Fatalf("Consume() error is %v, want a halt", err)
	}
	if n := got.total(); n > 0 {
		t.Errorf("%d messages were handed out after the gap", n)
	}
	if c.Healthy() == nil {
		t.Error("Healthy() is nil after a halt")
	}
	if n := testutil.ToFloat64(c.met.halted.WithLabelValues(cfg.Topic, partitionLabel(halt.Partition))); n != 1 {
		t.Errorf("halted metric is %v, want 1", n)
	}
	return halt
}

// K9: kafka-go's reader jumps over what retention took, without an error.
func TestGapBelowTheLogHalts(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	write(t, c.Writer(topic), messages(10)...)
	deleteRecords(t, c, topic, 7)
	halt := expectHalt(t, c, ConsumerConfig{
		Topic: topic, Group: "g",
		Start: func(context.Context, []int) (map[int]int64, error) { return map[int]int64{0: 1}, nil },
	})
	if halt.Partition != 0 || halt.Offset != 1 {
		t.Errorf("halted at partition %d offset %d, want 0 and 1", halt.Partition, halt.Offset)
	}
}

// K9: the same while reading, when retention overtakes a slow consumer.
func TestGapWhileReadingHalts(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	cfg.Read.PrefetchBytes = 1
	c := open(t, cfg)
	w := c.Writer(topic)
	for i := range 6 {
		write(t, w, claimwatch.Message{Key: []byte("k"), Value: noise(900_000, byte(i))}) // one fetch each
	}
	release := make(chan struct{})
	var got seen
	done := make(chan error, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	go func() {
		done <- c.Consume(ctx, ConsumerConfig{Topic: topic, Group: "g", Handle: func(_ context.Context, b *Batch) error {
			got.add(b.Messages()...)
			<-release
			return nil
		}})
	}()
	eventually(t, 10*time.Second, "the handler is busy", func() bool { return got.total() > 0 })
	deleteRecords(t, c, topic, 6)
	close(release)
	var halt *HaltError
	if err := <-done; !errors.As(err, &halt) {
		t.Fatalf("Consume() error is %v, want a halt", err)
	}
	for i, m := range got.messages() {
		if m.Offset != int64(i) {
			t.Errorf("offset %d was handed out as message %d", m.Offset, i)
		}
	}
}

// A log that ends before what was read from it lost its tail: new messages
// would get offsets that the table has already.
func TestLogThatLostItsTailHalts(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	cfg.Read.RangeGrace = 300 * time.Millisecond
	c := open(t, cfg)
	write(t, c.Writer(topic), messages(3)...)
	expectHalt(t, c, ConsumerConfig{
		Topic: topic, Group: "g",
		Start: func(context.Context, []int) (map[int]int64, error) { return map[int]int64{0: 9}, nil },
	})
}

// Nobody of us writes transactions; a marker takes an offset that no message has.
func TestTransactionMarkerHalts(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	cl, err := kgo.NewClient(kgo.SeedBrokers(cfg.Brokers...), kgo.TransactionalID(topic), kgo.DefaultProduceTopic(topic))
	if err != nil {
		t.Fatalf("NewClient() error:\n%+v", err)
	}
	defer cl.Close()
	if err := cl.BeginTransaction(); err != nil {
		t.Fatalf("BeginTransaction() error:\n%+v", err)
	}
	if err := cl.ProduceSync(t.Context(), kgo.StringRecord("v")).FirstErr(); err != nil {
		t.Fatalf("ProduceSync() error:\n%+v", err)
	}
	if err := cl.EndTransaction(t.Context(), kgo.TryCommit); err != nil {
		t.Fatalf("EndTransaction() error:\n%+v", err)
	}
	expectHalt(t, c, ConsumerConfig{Topic: topic, Group: "g", Handle: func(_ context.Context, b *Batch) error {
		for _, m := range b.Messages() {
			if m.Offset != 0 { // the message itself may come before its marker is written
				t.Errorf("offset %d was handed out", m.Offset)
			}
		}
		return nil
	}})
}

// What is kept for ever begins at 0: with nothing known, a later beginning
// means that the first messages were never read by anybody.
func TestRecordsThatDoNotBeginAtZeroHalt(t *testing.T) {
	cluster := kafkatest.Start(t)
	cfg := Local(cluster.Brokers...)
	cfg.Now = time.Now
	c := open(t, cfg)
	i := 0
	for c.PartitionOf(claimwatch.TopicRecords, message(i).Key) != 0 {
		i++
	}
	write(t, c.Writer(claimwatch.TopicRecords), message(i), message(i))
	deleteRecords(t, c, claimwatch.TopicRecords, 1)
	halt := expectHalt(t, c, ConsumerConfig{Topic: claimwatch.TopicRecords, Group: "g"})
	if halt.Partition != 0 || halt.Offset != 0 {
		t.Errorf("halted at partition %d offset %d, want 0 and 0", halt.Partition, halt.Offset)
	}
}

func TestHandlerHalts(t *testing.T) {
	for name, err := range map[string]error{
		"marked":           Halt(errors.New("poison")),
		"marked elsewhere": errors.Join(errors.New("x"), haltsItself{}),
	} {
		t.Run(name, func(t *testing.T) {
			cfg, topic := testConfig(t, sharedCluster(t), 1)
			c := open(t, cfg)
			write(t, c.Writer(topic), message(1))
			calls := 0
			halt := expectHalt(t, c, ConsumerConfig{Topic: topic, Group: "g", Handle: func(context.Context, *Batch) error {
				calls++
				return err
			}})
			if calls != 1 || !errors.Is(halt, err) {
				t.Errorf("%d calls, halted by %v", calls, halt)
			}
		})
	}
}

type haltsItself struct{}

func (haltsItself) Error() string { return "a stage says stop" }
func (haltsItself) Halts() bool   { return true }
