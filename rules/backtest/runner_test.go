package backtest_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/rules/backtest"
)

var now = time.Date(2026, 3, 2, 12, 0, 0, 0, claimwatch.Shanghai)

// kept keeps backtests in memory. Whoever shares it has one clock.
type kept struct {
	mu    sync.Mutex
	rows  map[string]backtest.Row
	later atomic.Int64 // nanoseconds after now
}

func (k *kept) clock() time.Time { return now.Add(time.Duration(k.later.Load())) }

func (k *kept) SaveBacktest(_ context.Context, row backtest.Row) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.rows[row.ID] = row
	return nil
}

func (k *kept) Backtest(_ context.Context, id string) (backtest.Row, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	row, known := k.rows[id]
	return row, known, nil
}

func (k *kept) Backtests(_ context.Context, before string, limit int) (rows []backtest.Row, _ error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, row := range k.rows {
		if before == "" || row.ID < before {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b backtest.Row) int { return strings.Compare(b.ID, a.ID) })
	return rows[:min(limit, len(rows))], nil
}

// process is a runner whose slices never open: what it runs goes on until it is
// cancelled.
type process struct {
	*backtest.Runner
	opened chan struct{}
	end    func()
}

func start(t testing.TB, keep *kept, worker string, fail error) process {
	t.Helper()
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	p := process{opened: make(chan struct{}, 100)}
	p.Runner = backtest.New(backtest.Config{Waiting: 2, Silent: 40 * time.Millisecond}, backtest.Deps{
		Library: func() *rules.Library { return library }, Keep: keep, Worker: worker, Now: keep.clock, Random: rand.Reader, Log: zap.NewNop(),
		AsOf: func(context.Context) (claimwatch.Instant, bool, error) { return claimwatch.InstantOf(now), true, nil },
		Open: func(ctx context.Context) (backtest.Slice, error) {
			p.opened <- struct{}{}
			if fail != nil {
				return nil, fail
			}
			<-ctx.Done()
			return nil, ctx.Err()
		},
	})
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = p.Run(ctx) // it gives no error
	}()
	p.end = func() { cancel(); <-done }
	t.Cleanup(p.end)
	return p
}

var officer = claimwatch.Caller{KeyID: "officer", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}

// begin starts a backtest that must be taken.
func (p process) begin(t testing.TB) backtest.Backtest {
	t.Helper()
	b, err := p.Start(t.Context(), officer, backtest.Request{Rule: "ADM-001", Set: map[string]string{"days": "10"}})
	if err != nil {
		t.Fatalf("Start() error:\n%+v", err)
	}
	return b
}

// becomes waits until a backtest is in a state.
func (p process) becomes(t testing.TB, id string, want backtest.State) backtest.Backtest {
	t.Helper()
	deadline := time.After(30 * time.Second)
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for {
		b, err := p.Get(t.Context(), id)
		if err != nil {
			t.Fatalf("Get(%s) error:\n%+v", id, err)
		}
		if b.State == want {
			return b
		}
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatalf("%s is %s, want %s", id, b.State, want)
		}
	}
}

// TestCancel: one that runs, one that waits, one that has ended; and no more wait
// than may.
func TestCancel(t *testing.T) {
	p := start(t, &kept{rows: map[string]backtest.Row{}}, "w", nil)
	first := p.begin(t)
	<-p.opened
	p.becomes(t, first.ID, backtest.Running)
	waiting, last := p.begin(t), p.begin(t)
	if _, err := p.Start(t.Context(), officer, backtest.Request{Rule: "*"}); claimwatch.CodeOf(err) != claimwatch.CodeSlowDown {
		t.Errorf("one too many: error %v", err)
	}
	for _, id := range []string{waiting.ID, first.ID} {
		if b, err := p.Cancel(t.Context(), id); err != nil || b.State != backtest.Cancelled {
			t.Errorf("Cancel(%s) = %s, error %v", id, b.State, err)
		}
		if b := p.becomes(t, id, backtest.Cancelled); b.FinishedAt == nil {
			t.Errorf("%s has no end", id)
		}
	}
	p.becomes(t, last.ID, backtest.Running)
	if _, err := p.Cancel(t.Context(), first.ID); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("Cancel() again: error %v", err)
	}
	if _, err := p.Cancel(t.Context(), "b_none"); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("Cancel() of none: error %v", err)
	}
}

// TestRestart: what ran and what waited when a process ended or was killed is
// interrupted; who asked for what is still there.
func TestRestart(t *testing.T) {
	keep := &kept{rows: map[string]backtest.Row{}}
	before := start(t, keep, "w", nil)
	ran, waited := before.begin(t), before.begin(t)
	<-before.opened
	before.becomes(t, ran.ID, backtest.Running)
	killed := &kept{rows: map[string]backtest.Row{}}
	for id, row := range keep.rows { // as a kill would leave it
		killed.rows[id] = row
	}
	other := start(t, killed, "another", nil)
	if b, err := other.Get(t.Context(), ran.ID); err != nil || b.State != backtest.Running {
		t.Errorf("seen by another process it is %s, error %v", b.State, err)
	}
	if _, err := other.Cancel(t.Context(), ran.ID); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("Cancel() from another process: error %v", err)
	}
	before.end()
	for name, rows := range map[string]*kept{"ended": keep, "killed": killed} {
		after := start(t, rows, "w", nil)
		for _, id := range []string{ran.ID, waited.ID} {
			b, err := after.Get(t.Context(), id)
			if err != nil || b.State != backtest.Interrupted || b.AskedBy != "officer" || b.Request.Set["days"] != "10" {
				t.Errorf("%s: %+v, error %v", name, b, err)
			}
		}
		list, err := after.List(t.Context(), "", 10)
		if err != nil || len(list) != 2 || list[0].State != backtest.Interrupted {
			t.Errorf("%s: List() = %+v, error %v", name, list, err)
		}
	}
}

// TestWaitingIsNotSilence: what waits behind another backtest, and what works for
// long without an end of its bucket, is there for other processes as long as its own is.
func TestWaitingIsNotSilence(t *testing.T) {
	keep := &kept{rows: map[string]backtest.Row{}}
	p, other := start(t, keep, "w", nil), start(t, keep, "another", nil)
	ran, waits := p.begin(t), p.begin(t)
	<-p.opened
	other.becomes(t, ran.ID, backtest.Running)
	keep.later.Store(int64(time.Hour))
	other.becomes(t, ran.ID, backtest.Running)
	other.becomes(t, waits.ID, backtest.Queued)

	killed := &kept{rows: map[string]backtest.Row{}}
	killed.later.Store(int64(2 * time.Hour))
	keep.mu.Lock()
	for id, row := range keep.rows {
		killed.rows[id] = row
	}
	keep.mu.Unlock()
	survivor := start(t, killed, "another", nil)
	for _, id := range []string{ran.ID, waits.ID} {
		if b, err := survivor.Get(t.Context(), id); err != nil || b.State != backtest.Interrupted {
			t.Errorf("an hour after its process was killed %s is %s, error %v", id, b.State, err)
		}
	}
}

// TestFailure: why it failed is told, and the next one runs.
func TestFailure(t *testing.T) {
	p := start(t, &kept{rows: map[string]backtest.Row{}}, "w", errors.New("no room"))
	for range 2 {
		if b := p.becomes(t, p.begin(t).ID, backtest.Failed); !strings.Contains(b.Fault, "no room") {
			t.Errorf("fault %q", b.Fault)
		}
	}
}

// TestWrongRequests: what is wrong is told with what is allowed, all at once.
func TestWrongRequests(t *testing.T) {
	p := start(t, &kept{rows: map[string]backtest.Row{}}, "w", nil)
	for _, c := range []struct {
		request backtest.Request
		want    []string
	}{
		{backtest.Request{Rule: "ADM-999"}, []string{"rule: there is no rule"}},
		{
			backtest.Request{Rule: "ADM-001", Set: map[string]string{"days": "1000000", "weeks": "1"}, From: "yesterday"},
			[]string{"set.days: parameter days: 1000000 is outside", "set.weeks: ADM-001 has no parameter \"weeks\"; it has days (", "from: want a time like"},
		},
		{backtest.Request{Rule: "*", From: "2026-02-01", Until: "2026-02-01"}, []string{"until: must be later"}},
		{backtest.Request{Rule: "*", Until: "1970-01-01"}, []string{"until: want a time"}},
		{backtest.Request{Rule: "*", KnownAt: "2026-03-02T12:00:00.001+08:00"}, []string{"known_at: nobody knows"}},
	} {
		_, err := p.Start(t.Context(), officer, c.request)
		var refusal *claimwatch.Error
		if !errors.As(err, &refusal) || refusal.Code != claimwatch.CodeInvalid {
			t.Errorf("%+v: error %v", c.request, err)
			continue
		}
		var got []string
		for i, fault := range refusal.Faults {
			text := fault.Column + ": " + fault.Message
			if i < len(c.want) {
				text = text[:min(len(text), len(c.want[i]))]
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v (-want, +got):\n%s", c.request, diff)
		}
	}
	b, err := p.Start(t.Context(), officer, backtest.Request{Rule: "FEE-001", Until: "2026-02-01", KnownAt: "2026-02-15"})
	want := []any{"2026-02-01", "2026-02-15", []string{"FEE-001"}}
	if got := []any{b.AsOf.Day().String(), b.KnownAt.Day().String(), b.Rules}; err != nil || !cmp.Equal(want, got) {
		t.Errorf("Start() = %v, error %v; want %v", got, err, want)
	}
}
