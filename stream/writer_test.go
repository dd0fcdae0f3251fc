package stream

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/segmentio/kafka-go"

	"claimwatch"
)

func endOf(t testing.TB, c *Client, topic string) int64 {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	ends, err := c.EndOffsets(ctx, topic)
	if err != nil {
		t.Fatalf("EndOffsets() error:\n%+v", err)
	}
	var sum int64
	for _, end := range ends {
		sum += end
	}
	return sum
}

// K1, K2: the acknowledgement is asked for and waited for.
func TestWriterAsksForAllReplicas(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	w := c.Writer(topic)
	if w.kafka.RequiredAcks != kafka.RequireAll || w.kafka.Async {
		t.Errorf("required acks %v, async %v: want all and synchronous", w.kafka.RequiredAcks, w.kafka.Async)
	}
	if again := c.Writer(topic); again != w {
		t.Error("a second writer was made for one topic: concurrent calls would not share requests")
	}
	// A broker that refuses must be heard: without acknowledgements kafka-go
	// answers nil to each of these.
	alter(t, c, topic, "max.message.bytes", "1000")
	err := w.Write(t.Context(), claimwatch.Message{Value: noise(10_000, 1)})
	var unknown *UnknownError
	if !errors.As(err, &unknown) || !errors.Is(err, kafka.MessageSizeTooLarge) {
		t.Errorf("Write() error is %v, want what the broker said", err)
	}
	if n := endOf(t, c, topic); n != 0 {
		t.Errorf("the log has %d messages, want none", n)
	}
}

// K3: a context that ends says nothing about the message.
func TestWriteThatTimesOutIsUnknown(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	cfg, net := via(cfg)
	c := open(t, cfg)
	w := c.Writer(topic)
	write(t, w, message(0))
	net.hold()
	defer net.release()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	err := w.Write(ctx, message(1))
	var unknown *UnknownError
	if !errors.As(err, &unknown) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Write() error is %v, want unknown because the deadline passed", err)
	}
	inFlight := c.met.inFlight.WithLabelValues(topic)
	for begin := time.Now(); time.Since(begin) < 50*time.Millisecond; {
		if testutil.ToFloat64(inFlight) == 0 {
			t.Fatal("the bytes are given back though the request is still on its way")
		}
	}
	net.release()
	eventually(t, 10*time.Second, "the message is in the log after all", func() bool { return endOf(t, c, topic) == 2 })
	eventually(t, 10*time.Second, "the bytes are given back", func() bool { return testutil.ToFloat64(inFlight) == 0 })
}

// K4: a slow acknowledgement must not become a duplicate. The second case shows
// that the trap is there and that the timeout is what keeps us out of it.
func TestWriteWithSlowAcknowledgement(t *testing.T) {
	for _, tc := range []struct {
		name    string
		timeout time.Duration
		copies  func(int64) bool
	}{
		{"timeout of the product", Default().Write.Timeout, func(n int64) bool { return n == 1 }},
		{"timeout shorter than the broker", 200 * time.Millisecond, func(n int64) bool { return n > 1 }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cfg, topic := testConfig(t, sharedCluster(t), 1)
			cfg.Write.Timeout = tc.timeout
			cfg, net := via(cfg)
			c := open(t, cfg)
			write(t, c.Writer(topic), message(0))
			net.hold()
			defer net.release()
			time.AfterFunc(1500*time.Millisecond, net.release)
			write(t, c.Writer(topic), message(1))
			if copies := endOf(t, c, topic) - 1; !tc.copies(copies) {
				t.Errorf("the log has %d copies of the message", copies)
			}
		})
	}
}

// K6: one message that is too large must not take the others with it silently.
func TestWriteTooLarge(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	big := claimwatch.Message{Key: []byte("k"), Value: make([]byte, claimwatch.MaxMessageBytes+1)}
	for _, tc := range []struct {
		name  string
		msgs  []claimwatch.Message
		index int
	}{
		{"alone", []claimwatch.Message{big}, 0},
		{"among others", []claimwatch.Message{message(0), big, message(2)}, 1},
		{"key", []claimwatch.Message{{Key: make([]byte, maxOverhead+1)}}, 0},
		{"headers", []claimwatch.Message{{Headers: map[string]string{"h": string(make([]byte, maxOverhead))}}}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := c.Writer(topic).Write(t.Context(), tc.msgs...)
			var large *TooLargeError
			if !errors.As(err, &large) || large.Index != tc.index {
				t.Errorf("Write() error is %v, want too large at %d", err, tc.index)
			}
			if n := endOf(t, c, topic); n != 0 {
				t.Errorf("%d messages were written", n)
			}
		})
	}
}

// K6: the largest message with the largest key and headers passes the broker.
func TestWriteLargest(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	cfg.Write.Compression = "none"
	c := open(t, cfg)
	write(t, c.Writer(topic), claimwatch.Message{
		Key:     noise(maxOverhead/2, 1),
		Value:   noise(claimwatch.MaxMessageBytes, 2),
		Headers: map[string]string{"h": string(noise(maxOverhead/2-17, 3))},
	})
	if n := endOf(t, c, topic); n != 1 {
		t.Errorf("%d messages were written, want 1", n)
	}
}

// K13: what is on its way is bounded, and the door can say "busy".
func TestWriteIsBounded(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	cfg.Write.MaxBytesInFlight = 2 * batchBytes
	cfg, net := via(cfg)
	c := open(t, cfg)
	w := c.Writer(topic)
	write(t, w, message(0))
	net.hold()
	defer net.release()
	errs := make(chan error, 2)
	for i := range 2 {
		go func() {
			errs <- w.Write(context.Background(), claimwatch.Message{Key: []byte(strconv.Itoa(i)), Value: noise(claimwatch.MaxMessageBytes, byte(i))})
		}()
	}
	eventually(t, 5*time.Second, "two large messages are on their way", func() bool {
		return testutil.ToFloat64(c.met.inFlight.WithLabelValues(topic)) > 2*claimwatch.MaxMessageBytes-1
	})
	err := w.Write(t.Context(), claimwatch.Message{Value: make([]byte, 300_000)})
	var later interface{ RetryAfter() time.Duration }
	if !errors.Is(err, ErrBusy) || !errors.As(err, &later) || later.RetryAfter() <= 0 {
		t.Errorf("Write() error is %v, want busy with a time to come back", err)
	}
	net.release()
	for range 2 {
		if err := <-errs; err != nil {
			t.Errorf("Write() error:\n%+v", err)
		}
	}
	write(t, w, message(1))
	if n := endOf(t, c, topic); n != 4 {
		t.Errorf("the log has %d messages, want 4: the refused one is not in it", n)
	}
	if n := testutil.ToFloat64(c.met.writeErrors.WithLabelValues(topic, "busy")); n != 1 {
		t.Errorf("busy was counted %v times, want once", n)
	}
}

func TestWriteAfterClose(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	w := c.Writer(topic)
	write(t, w, message(0))
	if err := c.Close(); err != nil {
		t.Fatalf("Close() error:\n%+v", err)
	}
	for _, w := range []*Writer{w, c.Writer(topic)} {
		if err := w.Write(t.Context(), message(1)); !errors.Is(err, ErrClosed) {
			t.Errorf("Write() error is %v, want closed", err)
		}
	}
}

// K14: the default of kafka-go makes each call last a second.
func TestWriteIsQuick(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	w := c.Writer(topic)
	write(t, w, message(0))
	begin := time.Now()
	for i := range 20 {
		write(t, w, message(i))
	}
	if each := time.Since(begin) / 20; each > 200*time.Millisecond {
		t.Errorf("a write takes %s", each)
	}
}

func alter(t testing.TB, c *Client, topic, name, value string) {
	t.Helper()
	res, err := c.api.IncrementalAlterConfigs(context.Background(), &kafka.IncrementalAlterConfigsRequest{
		Resources: []kafka.IncrementalAlterConfigsRequestResource{{
			ResourceType: kafka.ResourceTypeTopic, ResourceName: topic,
			Configs: []kafka.IncrementalAlterConfigsRequestConfig{{Name: name, Value: value, ConfigOperation: kafka.ConfigOperationSet}},
		}},
	})
	if err == nil {
		err = res.Resources[0].Error
	}
	if err != nil {
		t.Fatalf("alter %s of %s:\n%+v", name, topic, err)
	}
}
