// Package journaltest is a journal topic and its views in memory, for tests of
// what stands on the journal. The topic duplicates and delays like the real one
// when it is told to.
package journaltest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/reference"
)

// Log is a topic with one partition. The zero Log is empty.
type Log struct {
	mu       sync.Mutex
	messages []claimwatch.Message
	changed  chan struct{}

	// Copies is how often each message is written beyond the first time: the
	// retries of a client without idempotence.
	Copies int
	// Lose makes Write answer an error; the message is written all the same when
	// LoseAnswer is set.
	Lose, LoseAnswer bool
}

// Write appends messages.
func (l *Log) Write(_ context.Context, messages ...claimwatch.Message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Lose && !l.LoseAnswer {
		return errors.New("the log is away")
	}
	for range l.Copies + 1 {
		for _, m := range messages {
			m.Offset = int64(len(l.messages))
			m.Value = slices.Clone(m.Value)
			l.messages = append(l.messages, m)
		}
	}
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
	if l.Lose {
		return errors.New("the answer of the log is away")
	}
	return nil
}

// Messages gives a copy of the topic.
func (l *Log) Messages() []claimwatch.Message {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.messages)
}

// Tail hands over everything from the beginning and follows until ctx ends.
func (l *Log) Tail(ctx context.Context, handle func(context.Context, []claimwatch.Message) error, caughtUp func()) error {
	begun := len(l.Messages())
	for next := 0; ; {
		if next >= begun {
			caughtUp()
		}
		l.mu.Lock()
		batch := slices.Clone(l.messages[next:])
		if l.changed == nil {
			l.changed = make(chan struct{})
		}
		changed := l.changed
		l.mu.Unlock()
		if len(batch) > 0 {
			if err := handle(ctx, batch); err != nil {
				return err
			}
			next += len(batch)
			continue
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil
		}
	}
}

// Rows keeps the views in memory. The zero Rows is empty.
type Rows struct {
	mu      sync.Mutex
	Views   []*journal.Accepted
	Entries []*journal.Accepted
	Touched []*reference.Outcome
	Fail    int // so many calls answer an error first
	Steps   []string
	// Folded is told of every entry; it is set before Start. May be nil.
	Folded func(*journal.Accepted)
}

func (r *Rows) step(name string) error {
	r.Steps = append(r.Steps, name)
	if r.Fail > 0 {
		r.Fail--
		return errors.New("the store is away")
	}
	return nil
}

// SaveViews implements journal.Rows.
func (r *Rows) SaveViews(_ context.Context, accepted []*journal.Accepted) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.step("views"); err != nil {
		return err
	}
	r.Views = append(r.Views, accepted...)
	return nil
}

// SaveEntries implements journal.Rows.
func (r *Rows) SaveEntries(_ context.Context, accepted []*journal.Accepted) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.step("entries"); err != nil {
		return err
	}
	for _, a := range accepted {
		known := slices.ContainsFunc(r.Entries, func(b *journal.Accepted) bool { return b.Seq == a.Seq })
		if !known {
			r.Entries = append(r.Entries, a)
		}
	}
	return nil
}

// Head implements journal.Rows.
func (r *Rows) Head(context.Context) (uint64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.Entries) == 0 {
		return 0, nil
	}
	return r.Entries[len(r.Entries)-1].Seq, nil
}

// Touch implements journal.Touch.
func (r *Rows) Touch(_ context.Context, load *reference.Outcome) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.step("touch"); err != nil {
		return err
	}
	r.Touched = append(r.Touched, load)
	return nil
}

// Saved gives a copy of the views.
func (r *Rows) Saved() []*journal.Accepted {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.Views)
}

// Bodies implements audit.Entries.
func (r *Rows) Bodies(_ context.Context, after uint64, limit int) ([][]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var bodies [][]byte
	for _, a := range r.Entries {
		if a.Seq > after && len(bodies) < limit {
			bodies = append(bodies, a.Body)
		}
	}
	return bodies, nil
}

// Start runs a journal on a log and rows until the test ends, and waits until
// it has caught up.
func Start(t testing.TB, log *Log, rows *Rows) *journal.Journal {
	t.Helper()
	cfg := journal.DefaultConfig()
	cfg.Retry, cfg.TakeOver = time.Millisecond, 150*time.Millisecond
	return StartWith(t, cfg, log, rows)
}

// StartWith is Start with a configuration.
func StartWith(t testing.TB, cfg journal.Config, log journal.Log, rows *Rows) *journal.Journal {
	t.Helper()
	j, err := journal.New(cfg, journal.Deps{Log: log, Rows: rows, Touch: rows.Touch, Now: time.Now, Folded: rows.Folded}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("journal.New() error:\n%+v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- j.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Journal.Run() error:\n%+v", err)
		}
	})
	select {
	case <-j.CaughtUp():
	case <-time.After(30 * time.Second):
		t.Fatal("the journal did not catch up")
	}
	return j
}
