package journal_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/journal/journaltest"
	"claimwatch/audit/key"
)

// gate is a log that keeps what is written until it opens, as a slow broker does.
type gate struct {
	journaltest.Log
	mu     sync.Mutex
	held   []claimwatch.Message
	writes int
}

func (g *gate) Write(_ context.Context, messages ...claimwatch.Message) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.held, g.writes = append(g.held, messages...), g.writes+1
	return nil
}

func (g *gate) open(t *testing.T) {
	t.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.Log.Write(t.Context(), g.held...); err != nil {
		t.Fatalf("Write() error:\n%+v", err)
	}
}

func (g *gate) written() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.writes
}

// until polls a condition with a deadline.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func patient() journal.Config {
	cfg := journal.DefaultConfig()
	cfg.Timeout, cfg.Retry = time.Minute, time.Millisecond
	return cfg
}

// Two callers with one command: that one gives up takes nothing from the other,
// and the command is done once.
func TestOneOfTwoCallersGivesUp(t *testing.T) {
	log, rows := &gate{}, &journaltest.Rows{}
	j := journaltest.StartWith(t, patient(), log, rows)
	command := notify(t, "c_1", finding("s"), 0)
	impatient, giveUp := context.WithCancel(t.Context())
	gone, stayed := make(chan error, 1), make(chan error, 1)
	var answer journal.Answer
	go func() { _, err := j.Do(impatient, command); gone <- err }()
	go func() {
		var err error
		answer, err = j.Do(context.Background(), command)
		stayed <- err
	}()
	until(t, "both to have written", func() bool { return log.written() == 2 })
	giveUp()
	if err := <-gone; claimwatch.CodeOf(err) != claimwatch.CodeUnavailable || !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up gets %v, want unavailable", err)
	}
	log.open(t)
	if err := <-stayed; err != nil || answer.Seq != 1 || answer.Revision != 1 {
		t.Errorf("who stayed gets %+v, %v; want entry 1", answer, err)
	}
	if seq, _ := j.Head(); seq != 1 || len(rows.Entries) != 1 {
		t.Errorf("the journal is at entry %d with %d rows, want one", seq, len(rows.Entries))
	}
}

// Several commands at once get their answers in the order of the call, each by
// itself, the same command twice among them the same answer twice.
func TestDoAllAnswersInOrder(t *testing.T) {
	j := journaltest.StartWith(t, patient(), &journaltest.Log{Copies: 1}, &journaltest.Rows{})
	a, b := finding("a"), finding("b")
	commands := []journal.Command{
		notify(t, "c_1", a, 0), notify(t, "c_2", a, 0), notify(t, "c_3", b, 7), notify(t, "c_4", b, 0), notify(t, "c_1", a, 0), load(t, "c_5", 2),
	}
	for range 2 { // and the same call once more
		answers, err := j.DoAll(t.Context(), commands)
		if err != nil {
			t.Fatalf("DoAll() error:\n%+v", err)
		}
		var seqs []uint64
		var codes []string
		for _, answer := range answers {
			code := ""
			if answer.Refusal != nil {
				code = string(answer.Refusal.Code)
			}
			seqs, codes = append(seqs, answer.Seq), append(codes, code)
		}
		if diff := cmp.Diff(seqs, []uint64{1, 0, 0, 2, 1, 3}); diff != "" {
			t.Errorf("entries (-got, +want):\n%s", diff)
		}
		if diff := cmp.Diff(codes, []string{"", "changed", "changed", "", "", ""}); diff != "" {
			t.Errorf("codes (-got, +want):\n%s", diff)
		}
	}
	if none, err := j.DoAll(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("no commands at all: %v, %v", none, err)
	}
	if _, err := j.DoAll(t.Context(), []journal.Command{{ID: "c", Reason: strings.Repeat("x", claimwatch.MaxMessageBytes)}}); claimwatch.CodeOf(err) != claimwatch.CodeTooLarge {
		t.Errorf("a command beyond a message: %v, want too_large", err)
	}
}

// A journal that stops leaves nobody waiting: the outcome is unknown to them.
func TestJournalStopsUnderItsCallers(t *testing.T) {
	rows := &journaltest.Rows{Fail: 1 << 30}
	j, err := journal.New(patient(), journal.Deps{Log: &journaltest.Log{}, Rows: rows, Touch: rows.Touch, Now: time.Now}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("journal.New() error:\n%+v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ran, answered := make(chan error, 1), make(chan error, 1)
	go func() { ran <- j.Run(ctx) }()
	go func() { _, err := j.Do(context.Background(), notify(t, "c_1", finding("s"), 0)); answered <- err }()
	until(t, "the fold", func() bool { seq, _ := j.Head(); return seq == 1 })
	stop()
	select {
	case err := <-answered:
		if claimwatch.CodeOf(err) != claimwatch.CodeUnavailable {
			t.Errorf("the caller gets %v, want unavailable", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the caller waits for a journal that has stopped")
	}
	if err := <-ran; err != nil {
		t.Errorf("Run() error:\n%+v", err)
	}
}

// broken is a log that hands over the topic twice, as a reader that began anew,
// and then cannot be read any more.
type broken struct{ journaltest.Log }

func (b *broken) Tail(ctx context.Context, handle func(context.Context, []claimwatch.Message) error, caughtUp func()) error {
	for range 2 {
		if err := handle(ctx, b.Messages()); err != nil {
			return err
		}
		caughtUp()
	}
	return errors.New("the topic is gone")
}

func TestLogThatBreaks(t *testing.T) {
	log, rows := &broken{}, &journaltest.Rows{}
	for _, id := range []string{"c_1", "c_2"} {
		messages, err := journal.Encode(notify(t, id, finding(id), 0))
		if err != nil {
			t.Fatalf("Encode() error:\n%+v", err)
		}
		if err := log.Write(t.Context(), messages...); err != nil {
			t.Fatalf("Write() error:\n%+v", err)
		}
	}
	registry := prometheus.NewRegistry()
	j, err := journal.New(patient(), journal.Deps{Log: log, Rows: rows, Touch: rows.Touch, Now: time.Now}, zap.NewNop(), registry)
	if err != nil {
		t.Fatalf("journal.New() error:\n%+v", err)
	}
	if err := j.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "read journal") {
		t.Errorf("Run() = %v, want an error of reading", err)
	}
	if next, _ := j.Position(); next != 2 {
		t.Errorf("Position() = %d, want 2", next)
	}
	want := `
		# HELP claimwatch_journal_commands_total Commands read from the journal topic.
		# TYPE claimwatch_journal_commands_total counter
		claimwatch_journal_commands_total{outcome="accepted",type="decision"} 2
	`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want), "claimwatch_journal_commands_total"); err != nil {
		t.Errorf("the second reading counted:\n%+v", err)
	}
	if _, err := journal.New(patient(), journal.Deps{}, zap.NewNop(), registry); err == nil {
		t.Error("two journals count on one registry")
	}
}

// Everything that moves is counted: what came, what became of it, what is behind.
func TestJournalCounts(t *testing.T) {
	log, rows, registry := &journaltest.Log{}, &journaltest.Rows{}, prometheus.NewRegistry()
	j, err := journal.New(patient(), journal.Deps{Log: log, Rows: rows, Touch: rows.Touch, Now: time.Now}, zap.NewNop(), registry)
	if err != nil {
		t.Fatalf("journal.New() error:\n%+v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error, 1)
	go func() { ran <- j.Run(ctx) }()
	if err := log.Write(t.Context(), claimwatch.Message{Value: []byte("poison")}); err != nil {
		t.Fatalf("Write() error:\n%+v", err)
	}
	for _, c := range []journal.Command{notify(t, "c_1", finding("s"), 0), notify(t, "c_1", finding("s"), 0), notify(t, "c_2", finding("s"), 0), load(t, "c_3", 1)} {
		if _, err := j.Do(t.Context(), c); err != nil && claimwatch.CodeOf(err) != claimwatch.CodeChanged {
			t.Fatalf("Do() error:\n%+v", err)
		}
	}
	stop()
	if err := <-ran; err != nil {
		t.Errorf("Run() error:\n%+v", err)
	}
	want := `
		# HELP claimwatch_journal_commands_total Commands read from the journal topic.
		# TYPE claimwatch_journal_commands_total counter
		claimwatch_journal_commands_total{outcome="accepted",type="decision"} 1
		claimwatch_journal_commands_total{outcome="accepted",type="reference_load"} 1
		claimwatch_journal_commands_total{outcome="refused",type="decision"} 1
		claimwatch_journal_commands_total{outcome="repeated",type="decision"} 1
		# HELP claimwatch_journal_entries Number of the latest entry of the journal.
		# TYPE claimwatch_journal_entries gauge
		claimwatch_journal_entries 2
		# HELP claimwatch_journal_poison_total Messages of the journal topic that are no command.
		# TYPE claimwatch_journal_poison_total counter
		claimwatch_journal_poison_total 1
		# HELP claimwatch_journal_views_behind Entries whose views are not written yet.
		# TYPE claimwatch_journal_views_behind gauge
		claimwatch_journal_views_behind 0
		# HELP claimwatch_journal_views_total Entries whose views this process wrote, found written, or failed to write.
		# TYPE claimwatch_journal_views_total counter
		claimwatch_journal_views_total{outcome="failed"} 0
		claimwatch_journal_views_total{outcome="skipped"} 0
		claimwatch_journal_views_total{outcome="written"} 2
	`
	names := []string{
		"claimwatch_journal_commands_total", "claimwatch_journal_entries", "claimwatch_journal_poison_total", "claimwatch_journal_views_behind",
		"claimwatch_journal_views_total",
	}
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want), names...); err != nil {
		t.Errorf("metrics:\n%+v", err)
	}
}

// The administrator's key comes in once, however many processes start at once,
// and never before the journal knows whether it is there.
func TestEnsureAdminOfManyProcesses(t *testing.T) {
	log, rows := &journaltest.Log{}, &journaltest.Rows{}
	var group sync.WaitGroup
	errs := make([]error, 4)
	journals := make([]*journal.Journal, len(errs))
	for i := range errs {
		journals[i] = journaltest.StartWith(t, patient(), log, rows)
	}
	for i, j := range journals {
		group.Go(func() { errs[i] = j.EnsureAdmin(context.Background(), key.Hash("cw_admin"), 1) })
	}
	group.Wait()
	for i, j := range journals {
		if _, in := j.Authenticate("cw_admin"); errs[i] != nil || !in {
			t.Errorf("process %d: %v, the administrator is let in: %t", i, errs[i], in)
		}
		if seq, _ := j.Head(); seq != 1 {
			t.Errorf("process %d is at entry %d, want 1", i, seq)
		}
	}
	idle, err := journal.New(patient(), journal.Deps{Log: log, Rows: rows, Touch: rows.Touch, Now: time.Now}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("journal.New() error:\n%+v", err)
	}
	over, stop := context.WithCancel(t.Context())
	stop()
	before := len(log.Messages())
	if err := idle.EnsureAdmin(over, key.Hash("cw_other"), 1); !errors.Is(err, context.Canceled) || len(log.Messages()) != before {
		t.Errorf("before the journal has caught up: %v, %d messages written", err, len(log.Messages())-before)
	}
}
