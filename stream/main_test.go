package stream

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"claimwatch"
	"claimwatch/stream/kafkatest"
)

// shared is one broker for all tests that do not break it; each uses topics of
// its own. Tests that kill, pause or reconfigure start their own.
var shared = sync.OnceValues(func() (*kafkatest.Cluster, error) {
	dir, err := os.MkdirTemp("", "claimwatch-stream-")
	if err != nil {
		return nil, err
	}
	return kafkatest.Run(dir)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if c, err := shared(); err == nil {
		c.Kill()
	}
	os.Exit(code)
}

func sharedCluster(t testing.TB) *kafkatest.Cluster {
	t.Helper()
	c, err := shared()
	if err != nil {
		t.Fatalf("start the shared broker:\n%+v", err)
	}
	return c
}

// testConfig is Local with a topic of the test's own and short patience.
func testConfig(t testing.TB, cluster *kafkatest.Cluster, partitions int) (Config, string) {
	t.Helper()
	topic := "t." + strings.NewReplacer("/", ".", " ", ".", "=", ".", ",", "").Replace(t.Name())
	cfg := Local(cluster.Brokers...)
	cfg.Now = time.Now
	cfg.Partitions = map[string]int{topic: partitions, claimwatch.TopicJournal: 1}
	cfg.Read.RetryMax = 500 * time.Millisecond
	cfg.Group.Session = 6 * time.Second
	cfg.Group.Heartbeat = 200 * time.Millisecond
	return cfg, topic
}

// open gives a client whose topics are there.
func open(t testing.TB, cfg Config) *Client {
	t.Helper()
	c := openOnly(t, cfg)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := c.EnsureTopics(ctx); err != nil {
		t.Fatalf("EnsureTopics() error:\n%+v", err)
	}
	return c
}

func openOnly(t testing.TB, cfg Config) *Client {
	t.Helper()
	log := zaptest.NewLogger(t, zaptest.Level(zap.ErrorLevel))
	if testing.Verbose() {
		log = zap.Must(zap.NewDevelopment())
	}
	c, err := Open(cfg, log, prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("Open() error:\n%+v", err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	})
	return c
}

// background runs f until the test ends or stop is called, and gives its error.
func background(t testing.TB, f func(ctx context.Context) error) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	var err error
	go func() {
		defer close(done)
		err = f(ctx)
	}()
	stop = func() error {
		cancel()
		select {
		case <-done:
			return err
		case <-time.After(30 * time.Second):
			return fmt.Errorf("it did not return")
		}
	}
	t.Cleanup(func() {
		if err := stop(); err != nil && !halts(err) {
			t.Errorf("background error:\n%+v", err)
		}
	})
	return stop
}

// eventually polls until ok, or fails the test.
func eventually(t testing.TB, within time.Duration, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(within); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("within %s it did not happen that %s", within, what)
		}
	}
}

func write(t testing.TB, w *Writer, msgs ...claimwatch.Message) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	if err := w.Write(ctx, msgs...); err != nil {
		t.Fatalf("Write() error:\n%+v", err)
	}
}

func message(i int) claimwatch.Message {
	return claimwatch.Message{Key: fmt.Appendf(nil, "k%d", i), Value: fmt.Appendf(nil, "v%d", i)}
}

func messages(n int) []claimwatch.Message {
	msgs := make([]claimwatch.Message, n)
	for i := range msgs {
		msgs[i] = message(i)
	}
	return msgs
}

// seen collects what handlers got, by value.
type seen struct {
	mu    sync.Mutex
	count map[string]int
	order []claimwatch.Message
}

func (s *seen) add(msgs ...claimwatch.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count == nil {
		s.count = make(map[string]int)
	}
	for _, m := range msgs {
		s.count[string(m.Value)]++
	}
	s.order = append(s.order, msgs...)
}

func (s *seen) distinct() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.count)
}

func (s *seen) total() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.order)
}

func (s *seen) messages() []claimwatch.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]claimwatch.Message(nil), s.order...)
}

// consume handles a topic into s and commits each batch.
func consume(t testing.TB, c *Client, topic, group string, s *seen) (stop func() error) {
	t.Helper()
	return background(t, func(ctx context.Context) error {
		return c.Consume(ctx, ConsumerConfig{
			Topic: topic, Group: group,
			Handle: func(ctx context.Context, b *Batch) error {
				s.add(b.Messages()...)
				return b.Commit(ctx, nil)
			},
		})
	})
}
