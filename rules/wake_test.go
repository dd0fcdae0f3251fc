package rules_test

import (
	"cmp"
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"go.uber.org/zap/zaptest"

	"claimwatch"
	"claimwatch/rules"
)

// live is the live system in small: what stands for each scope, evaluated only
// when it was touched or due.
type live struct {
	t      *testing.T
	store  *testStore
	engine *rules.Engine
	timer  *rules.Timer
	asOf   claimwatch.Instant
	wall   bool
	stands map[claimwatch.Scope]claimwatch.Evaluation
	woken  int
	now    time.Time // of the machine: an hour passes between two looks
}

func newLive(t *testing.T, s *testStore) *live {
	l := &live{t: t, store: s, engine: newEngine(t, s), stands: map[claimwatch.Scope]claimwatch.Evaluation{}}
	l.timer = rules.NewTimer(rules.Config{}, rules.TimerDeps{
		AsOf:      func(context.Context) (claimwatch.Instant, bool, error) { return l.asOf, true, nil },
		Presents:  s.db.ExactClocks,
		DueScopes: l.due,
		Publish: func(_ context.Context, _ string, scopes []claimwatch.Scope) error {
			l.woken += len(scopes)
			l.evaluate(scopes)
			return nil
		},
		Pace: rules.NewPace(rules.Config{}, rules.PaceDeps{Ends: nothingWaits, Answered: nothingWaits}),
		Now:  func() time.Time { return l.now },
	}, nil, zaptest.NewLogger(t))
	return l
}

// nothingWaits: whoever is published is evaluated at once.
func nothingWaits(context.Context) (map[int]int64, error) { return map[int]int64{}, nil }

// due lists whose due times have come.
func (l *live) due(
	_ context.Context, asOf claimwatch.Instant, presents map[string]claimwatch.Instant,
) (scopes []claimwatch.Scope, _ error) {
	for scope, e := range l.stands {
		if slices.ContainsFunc(e.Due, func(d claimwatch.Due) bool {
			return d.InstitutionID == "" && asOf >= d.At || d.InstitutionID != "" && presents[d.InstitutionID] >= d.At
		}) {
			scopes = append(scopes, scope)
		}
	}
	return scopes, nil
}

func (l *live) evaluate(scopes []claimwatch.Scope) {
	l.t.Helper()
	if len(scopes) == 0 {
		return
	}
	evaluations, err := l.engine.Evaluate(l.t.Context(), scopes, claimwatch.Moment{AsOf: l.asOf, Wall: l.wall, Exact: true})
	if err != nil {
		l.t.Fatalf("Evaluate() error:\n%+v", err)
	}
	for _, e := range evaluations {
		l.stands[e.Scope] = e
	}
}

// look wakes whoever is due until nobody is; somebody who stays due forever is
// a fault.
func (l *live) look() {
	l.t.Helper()
	for range 3 {
		l.now = l.now.Add(time.Hour)
		number, err := l.timer.Look(l.t.Context())
		if err != nil {
			l.t.Fatalf("Look() error:\n%+v", err)
		}
		if number == 0 {
			return
		}
	}
	l.t.Fatalf("somebody is due again and again as of %s", l.asOf)
}

// sweep holds what stands against an evaluation of everybody at this moment.
func (l *live) sweep() (findings int) {
	l.t.Helper()
	scopes, err := l.store.db.Scopes(l.t.Context())
	if err != nil {
		l.t.Fatalf("Scopes() error:\n%+v", err)
	}
	err = l.engine.EvaluateAll(l.t.Context(), rules.Config{}, scopes, claimwatch.Moment{AsOf: l.asOf, Wall: l.wall}, func(want claimwatch.Evaluation) error {
		got := l.stands[want.Scope]
		findings += len(want.Findings)
		if reflect.DeepEqual(got.Findings, want.Findings) && reflect.DeepEqual(got.NotEvaluated, want.NotEvaluated) {
			return nil // telling the difference is dear
		}
		if diff := gocmp.Diff(got.Findings, want.Findings); diff != "" {
			l.t.Errorf("findings of %s as of %s (-live, +sweep):\n%s", want.Scope, l.asOf, diff)
		}
		if diff := gocmp.Diff(got.NotEvaluated, want.NotEvaluated); diff != "" {
			l.t.Errorf("not evaluated of %s as of %s (-live, +sweep):\n%s", want.Scope, l.asOf, diff)
		}
		return nil
	})
	if err != nil {
		l.t.Fatalf("EvaluateAll() error:\n%+v", err)
	}
	return findings
}

// TestWallClock stores everything at once and lets time pass: records come into
// being, presents move, and whoever is due is enough.
func TestWallClock(t *testing.T) {
	t.Parallel()
	w := drawWorlds(1000, *worldCount)
	s := openStore(t)
	w.load(t, s)
	insert(t, s, w.records)
	l := newLive(t, s)
	l.wall = true
	l.evaluate(w.scopes)
	findings := 0
	for _, at := range w.moments(rand.New(rand.NewPCG(1, 1)), 10) {
		l.asOf = at
		l.look()
		findings += l.sweep()
		if t.Failed() {
			return
		}
	}
	if findings == 0 || l.woken == 0 {
		t.Errorf("the test proves nothing: %d findings, %d woken", findings, l.woken)
	}
}

// TestArrival lets records come in parts as they were received, and as_of is
// then: whoever is touched or due is enough.
func TestArrival(t *testing.T) {
	t.Parallel()
	w := drawWorlds(3000, *worldCount)
	s := openStore(t)
	w.load(t, s)
	l := newLive(t, s)
	l.wall = true
	slices.SortStableFunc(w.records, func(a, b claimwatch.Stored) int { return cmp.Compare(a.ReceivedAt, b.ReceivedAt) })
	findings := 0
	for part := range slices.Chunk(w.records, len(w.records)/8+1) {
		insert(t, s, part)
		l.asOf = part[len(part)-1].ReceivedAt
		l.evaluate(s.touchedBy(t, part))
		l.look()
		findings += l.sweep()
		if t.Failed() {
			return
		}
	}
	if findings == 0 {
		t.Error("the test proves nothing: no findings")
	}
}

// TestEventClock lets records come in parts: as_of is the latest of them, whoever
// is touched or due is enough, also when a correction takes a present back.
func TestEventClock(t *testing.T) {
	t.Parallel()
	w := drawWorlds(2000, *worldCount)
	s := openStore(t)
	w.load(t, s)
	l := newLive(t, s)
	random := rand.New(rand.NewPCG(2, 2))
	random.Shuffle(len(w.records), func(i, j int) { w.records[i], w.records[j] = w.records[j], w.records[i] })
	w.records = append(w.records, cancelLatest(w.records)...)
	before := map[string]claimwatch.Instant{}
	findings, back := 0, 0
	for part := range slices.Chunk(w.records, len(w.records)/8+1) {
		insert(t, s, part)
		touched := s.touchedBy(t, part)
		asOf, _, err := s.db.Latest(t.Context())
		if err != nil {
			t.Fatalf("Latest() error:\n%+v", err)
		}
		l.asOf = asOf
		presents, err := s.db.ExactClocks(t.Context(), asOf)
		if err != nil {
			t.Fatalf("ExactClocks() error:\n%+v", err)
		}
		for institution, at := range before {
			if presents[institution] < at { // the sink touches everybody then
				back++
				for _, r := range w.records {
					if r.Record.InstitutionID == institution {
						touched = append(touched, claimwatch.PersonScope(r.Record.PersonID))
					}
				}
			}
		}
		before = presents
		slices.Sort(touched)
		l.evaluate(slices.Compact(touched))
		l.look()
		findings += l.sweep()
		if t.Failed() {
			return
		}
	}
	if findings == 0 || back == 0 {
		t.Errorf("the test proves nothing: %d findings, a present went back %d times", findings, back)
	}
}

// touchedBy are the scopes that the sink touches with records.
func (s *testStore) touchedBy(t *testing.T, records []claimwatch.Stored) []claimwatch.Scope {
	t.Helper()
	touched, err := s.db.MentionedBy(t.Context(), records)
	if err != nil {
		t.Fatalf("MentionedBy() error:\n%+v", err)
	}
	for _, r := range records {
		touched = append(touched, claimwatch.PersonScope(r.Record.PersonID), claimwatch.InstitutionScope(r.Record.InstitutionID))
	}
	slices.Sort(touched)
	return slices.Compact(touched)
}

// cancelLatest cancels the latest record of each institution.
func cancelLatest(records []claimwatch.Stored) (cancelled []claimwatch.Stored) {
	latest := map[string]claimwatch.Stored{}
	for _, r := range records {
		if held, seen := latest[r.Record.InstitutionID]; r.Record.Kind.MovesClock() &&
			(!seen || r.Record.OccurredAt > held.Record.OccurredAt) {
			latest[r.Record.InstitutionID] = r
		}
	}
	for _, r := range latest {
		void := *r.Record
		void.Revision, void.Cancelled = 1000, true
		r.Record, r.Hash = &void, void.ContentHash()
		r.Position.Offset += int64(len(records))
		cancelled = append(cancelled, r)
	}
	return cancelled
}
