package journal_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/journal/journaltest"
	"claimwatch/stream"
	"claimwatch/stream/kafkatest"
)

// topic is the journal on a real log, as cmd wires it.
type topic struct{ client *stream.Client }

func (l topic) Write(ctx context.Context, messages ...claimwatch.Message) error {
	return l.client.Writer(claimwatch.TopicJournal).Write(ctx, messages...)
}

func (l topic) Tail(ctx context.Context, handle func(context.Context, []claimwatch.Message) error, caughtUp func()) error {
	return l.client.Tail(ctx, stream.TailConfig{Topic: claimwatch.TopicJournal, Name: "journal", Handle: handle, CaughtUp: caughtUp})
}

func onLog(t *testing.T, brokers []string) topic {
	t.Helper()
	cfg := stream.Local(brokers...)
	cfg.Now = time.Now
	client, err := stream.Open(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("stream.Open() error:\n%+v", err)
	}
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	})
	if err := client.EnsureTopics(t.Context()); err != nil {
		t.Fatalf("EnsureTopics() error:\n%+v", err)
	}
	return topic{client}
}

// Two processes on a real log fold the same chain, large commands included, and
// a third that starts later reads the same from the beginning.
func TestOnALog(t *testing.T) {
	cluster := kafkatest.Start(t)
	cfg := journal.DefaultConfig()
	cfg.Timeout = time.Minute
	rows := &journaltest.Rows{}
	one := journaltest.StartWith(t, cfg, onLog(t, cluster.Brokers), rows)
	two := journaltest.StartWith(t, cfg, onLog(t, cluster.Brokers), rows)
	if _, err := one.Do(t.Context(), load(t, "c_load", 20_000)); err != nil {
		t.Fatalf("Do(load) error:\n%+v", err)
	}
	for i := range 10 {
		j := []*journal.Journal{one, two}[i%2]
		if _, err := j.Do(t.Context(), notify(t, fmt.Sprint("c_", i), finding(fmt.Sprint(i)), 0)); err != nil {
			t.Fatalf("Do(%d) error:\n%+v", i, err)
		}
	}
	bothAt(t, one, two, 11)
	three := journaltest.StartWith(t, cfg, onLog(t, cluster.Brokers), rows)
	bothAt(t, two, three, 11)
}
