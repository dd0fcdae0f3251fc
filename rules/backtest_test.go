package rules_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap/zaptest"

	"claimwatch"
	"claimwatch/province"
	"claimwatch/rules"
	"claimwatch/rules/backtest"
	"claimwatch/rules/oracle"
	"claimwatch/store"
)

// simulated is a simulated province, as the sink accepts it.
type simulated struct {
	*testStore
	log     province.Log
	records []claimwatch.Stored
}

func simulate(t testing.TB, config province.Config) simulated {
	t.Helper()
	p := simulated{testStore: openStore(t), log: province.Generate(config)}
	var log []oracle.Received
	for i := range p.log.Records {
		log = append(log, oracle.Received{Record: p.log.Records[i], ReceivedAt: p.log.ReceivedAt[i]})
	}
	for i, r := range oracle.AcceptedReceived(log) {
		p.records = append(p.records, claimwatch.Stored{
			Record: &r.Record, Hash: r.ContentHash(), ReceivedAt: r.ReceivedAt, Position: claimwatch.Position{Offset: int64(i)},
		})
	}
	for _, table := range claimwatch.Tables() {
		rows := [][]claimwatch.Value{}
		for _, row := range p.log.Reference[table.Name] {
			rows = append(rows, referenceRow(table.Name, row))
		}
		if err := p.LoadReference(t.Context(), table.Name, rows); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table.Name, err)
		}
	}
	return p
}

// kept keeps backtests in memory.
type kept struct {
	mu   sync.Mutex
	rows map[string]backtest.Row
}

func (k *kept) SaveBacktest(_ context.Context, row backtest.Row) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if held, known := k.rows[row.ID]; !known || held.Seq < row.Seq {
		k.rows[row.ID] = row
	}
	return nil
}

func (k *kept) Backtest(_ context.Context, id string) (backtest.Row, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	row, known := k.rows[id]
	return row, known, nil
}

func (k *kept) Backtests(context.Context, string, int) (rows []backtest.Row, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, row := range k.rows {
		rows = append(rows, row)
	}
	return rows, nil
}

// backtests runs backtests on a store until the test ends.
func backtests(t testing.TB, s *testStore, asOf claimwatch.Instant, now claimwatch.Instant) *backtest.Runner {
	t.Helper()
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	return backtestsOf(t, s, func() *rules.Library { return library }, asOf, now)
}

// backtestsOf is backtests of the library that is in use.
func backtestsOf(
	t testing.TB, s *testStore, inUse func() *rules.Library, asOf claimwatch.Instant, now claimwatch.Instant,
) *backtest.Runner {
	t.Helper()
	r := backtest.New(backtest.Config{Wall: true, Bucket: 16, MostBucket: 64}, backtest.Deps{
		Library: inUse, Scopes: s.db.Scopes, Keep: &kept{rows: map[string]backtest.Row{}}, Worker: "w",
		Open:   func(ctx context.Context) (backtest.Slice, error) { return s.db.NewSlice(ctx, "backtest") },
		AsOf:   func(context.Context) (claimwatch.Instant, bool, error) { return asOf, true, nil },
		Behind: func(context.Context) (bool, error) { return false, nil },
		Now:    func() time.Time { return now.Time() }, Random: rand.Reader, Log: zaptest.NewLogger(t),
	})
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run() error:\n%+v", err)
		}
	})
	return r
}

// finished runs a backtest to its end.
func finished(t testing.TB, r *backtest.Runner, q backtest.Request) *backtest.Result {
	t.Helper()
	b, err := r.Start(t.Context(), claimwatch.Caller{KeyID: "k"}, q)
	for deadline := time.Now().Add(2 * time.Minute); err == nil && (b.State == backtest.Queued || b.State == backtest.Running); {
		if time.Now().After(deadline) {
			t.Fatalf("the backtest does not end: %+v", b)
		}
		time.Sleep(5 * time.Millisecond)
		b, err = r.Get(t.Context(), b.ID)
	}
	if err != nil || b.State != backtest.Done || b.Result == nil {
		t.Fatalf("backtest %+v, error:\n%+v", b, err)
	}
	return b.Result
}

// byHand evaluates everything at once and gives the findings of the rules whose
// from lies in a period.
func byHand(
	t testing.TB, s *testStore, set rules.Settings, when claimwatch.Moment, keep func(*claimwatch.Finding) bool,
) map[string]claimwatch.Finding {
	t.Helper()
	scopes, err := s.db.Scopes(t.Context())
	if err != nil {
		t.Fatalf("Scopes() error:\n%+v", err)
	}
	evaluations, err := newEngine(t, s.Slice).With(set).Evaluate(t.Context(), scopes, when)
	if err != nil {
		t.Fatalf("Evaluate() error:\n%+v", err)
	}
	found := map[string]claimwatch.Finding{}
	for _, e := range evaluations {
		for i := range e.Findings {
			if keep(&e.Findings[i]) {
				found[e.Findings[i].ID] = e.Findings[i]
			}
		}
	}
	return found
}

// counts are what a comparison comes to, in plain words.
type counts struct {
	Both, OnlyBefore, OnlyNow, Changed backtest.Count
}

func count(before, now map[string]claimwatch.Finding) (c counts) {
	add := func(to *backtest.Count, persons, institutions map[string]bool, b, n *claimwatch.Finding) {
		f := n
		if f == nil {
			f = b
		}
		to.Findings++
		institutions[f.InstitutionID] = true
		if f.PersonID != nil {
			persons[*f.PersonID] = true
		}
		if b != nil {
			to.Before += b.Amount
		}
		if n != nil {
			to.Now += n.Amount
		}
		to.Persons, to.Institutions = len(persons), len(institutions)
	}
	var persons, institutions [4]map[string]bool
	for i := range persons {
		persons[i], institutions[i] = map[string]bool{}, map[string]bool{}
	}
	for id, b := range before {
		if n, both := now[id]; both {
			add(&c.Both, persons[0], institutions[0], &b, &n)
			if b.Amount != n.Amount {
				add(&c.Changed, persons[3], institutions[3], &b, &n)
			}
		} else {
			add(&c.OnlyBefore, persons[1], institutions[1], &b, nil)
		}
	}
	for id, n := range now {
		if _, both := before[id]; !both {
			add(&c.OnlyNow, persons[2], institutions[2], nil, &n)
		}
	}
	return c
}

// plainly takes the examples out, after a look at them.
func plainly(t testing.TB, r *backtest.Result) counts {
	t.Helper()
	c := counts{r.Both, r.OnlyBefore, r.OnlyNow, r.Changed}
	var months backtest.ByMonth
	for i, m := range r.ByMonth {
		if i > 0 && m.Month <= r.ByMonth[i-1].Month {
			t.Errorf("%s follows %s", m.Month, r.ByMonth[i-1].Month)
		}
		months.Both, months.OnlyBefore, months.OnlyNow = months.Both+m.Both, months.OnlyBefore+m.OnlyBefore, months.OnlyNow+m.OnlyNow
		months.Before, months.Now = months.Before+m.Before, months.Now+m.Now
	}
	want := backtest.ByMonth{
		Both: c.Both.Findings, OnlyBefore: c.OnlyBefore.Findings, OnlyNow: c.OnlyNow.Findings,
		Before: c.Both.Before + c.OnlyBefore.Before, Now: c.Both.Now + c.OnlyNow.Now,
	}
	if diff := cmp.Diff(months, want); diff != "" {
		t.Errorf("sums of the months (-got, +want):\n%s", diff)
	}
	for _, one := range []*backtest.Count{&c.Both, &c.OnlyBefore, &c.OnlyNow, &c.Changed} {
		if len(one.Examples) != min(one.Findings, 100) {
			t.Errorf("%d examples of %d findings", len(one.Examples), one.Findings)
		}
		one.Examples = nil
	}
	return c
}

// TestBacktestIsEvaluatingTwice: over a simulated province a backtest, bucket by
// bucket, comes to what evaluating everything twice at once comes to.
func TestBacktestIsEvaluatingTwice(t *testing.T) {
	t.Parallel()
	p := simulate(t, province.Config{Seed: 5, Persons: 36, Institutions: 4, Days: 45, ViolationRate: 0.4})
	insert(t, p.testStore, p.records)
	until := p.log.Until
	r := backtests(t, p.testStore, until, until+1)
	first := p.log.Records[0].OccurredAt.Day()
	everything := claimwatch.Moment{AsOf: until, Exact: true, Wall: true}
	for _, c := range []struct {
		name     string
		request  backtest.Request
		set      rules.Settings
		codes    []string // empty for all
		from, to claimwatch.Day
	}{
		{
			"one rule and those that share its parameter",
			backtest.Request{Rule: "ADM-001", Set: map[string]string{"days": "1"}},
			rules.Settings{"ADM-001.days": "1"},
			[]string{"ADM-001", "ADM-002"},
			0, 1 << 20,
		},
		{
			"a limit of days in a part of the time",
			backtest.Request{Rule: "RX-001", Set: map[string]string{"RX-001.days": "2"}, From: (first + 10).String(), Until: (first + 40).String()},
			rules.Settings{"RX-001.days": "2"},
			[]string{"RX-001", "RX-005"},
			first + 10, first + 40,
		},
		{
			"all rules",
			backtest.Request{Rule: "*", Set: map[string]string{"ADM-001.days": "1", "IDN-002.hours": "12"}},
			rules.Settings{"ADM-001.days": "1", "IDN-002.hours": "12"},
			nil, 0, 1 << 20,
		},
	} {
		when := everything
		if c.to < 1<<20 {
			when.AsOf = min(until, c.to.Midnight())
		}
		keep := func(f *claimwatch.Finding) bool {
			return f.From != nil && *f.From >= c.from.Midnight() && *f.From < c.to.Midnight() && (c.codes == nil || slices.Contains(c.codes, f.Rule))
		}
		want := count(byHand(t, p.testStore, nil, when, keep), byHand(t, p.testStore, c.set, when, keep))
		if diff := cmp.Diff(want, plainly(t, finished(t, r, c.request))); diff != "" {
			t.Errorf("%s (-by hand, +backtest):\n%s", c.name, diff)
		}
		if want.Both.Findings+want.OnlyNow.Findings == 0 || want.OnlyBefore.Findings+want.OnlyNow.Findings+want.Changed.Findings == 0 {
			t.Errorf("%s proves nothing: %+v", c.name, want)
		}
	}
}

// TestBacktestKnowsNoMoreThanWasKnown: what was received or loaded after known_at
// is not there, as if the store held nothing else.
func TestBacktestKnowsNoMoreThanWasKnown(t *testing.T) {
	t.Parallel()
	config := province.Config{Seed: 6, Persons: 24, Institutions: 3, Days: 45, ViolationRate: 0.4}
	p := simulate(t, config)
	insert(t, p.testStore, p.records)
	knownAt := p.records[len(p.records)*2/3].ReceivedAt
	then := simulate(t, config)
	insert(t, then.testStore, slices.DeleteFunc(slices.Clone(p.records), func(s claimwatch.Stored) bool { return s.ReceivedAt > knownAt }))
	table, _ := claimwatch.TableNamed("laws")
	late := store.ReferenceLoad{Table: table.Name, Seq: 1000, Actor: "test", KnownFrom: knownAt + 1}
	if err := p.db.SaveReference(t.Context(), late); err != nil {
		t.Fatalf("SaveReference() error:\n%+v", err)
	}
	all := func(f *claimwatch.Finding) bool { return f.From != nil }
	set := rules.Settings{"ADM-001.days": "2"}
	when := claimwatch.Moment{AsOf: p.log.Until, Exact: true, Wall: true}
	want := count(byHand(t, then.testStore, nil, when, all), byHand(t, then.testStore, set, when, all))
	r := backtests(t, p.testStore, p.log.Until, p.log.Until+1)
	at, err := json.Marshal(knownAt)
	if err != nil {
		t.Fatalf("write time: %v", err)
	}
	request := backtest.Request{Rule: "*", Set: map[string]string{"ADM-001.days": "2"}, KnownAt: string(at[1 : len(at)-1])}
	got := plainly(t, finished(t, r, request))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("known then (-by hand, +backtest):\n%s", diff)
	}
	request.KnownAt = ""
	if now := plainly(t, finished(t, r, request)); cmp.Equal(now, got) {
		t.Error("the test proves nothing: later records change nothing")
	}

	// Before anything was loaded or sent nothing could be told.
	request.KnownAt = "2000-01-01"
	if empty := plainly(t, finished(t, r, request)); !cmp.Equal(empty, counts{}) {
		t.Errorf("known in 2000: %+v", empty)
	}
}
