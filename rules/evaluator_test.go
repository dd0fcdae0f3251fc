package rules_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap/zaptest"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/store"
)

// handed is a batch as the log hands it over.
type handed struct {
	messages  []claimwatch.Message
	committed int
}

func (h *handed) Messages() []claimwatch.Message { return h.messages }

func (h *handed) Commit(context.Context, map[int]int64) error {
	h.committed++
	return nil
}

func touchedMessage(offset int64, value string) claimwatch.Message {
	return claimwatch.Message{
		Topic: claimwatch.TopicTouched, Partition: 2, Offset: offset,
		Headers: map[string]string{"v": "1", "reason": "records"}, Value: []byte(value),
	}
}

// bench is an evaluator over a store with one world in it.
type bench struct {
	*testStore
	deps    rules.EvaluatorDeps
	metrics *rules.Metrics
	refused []string
	library *rules.Library
}

var errCrash = errors.New("crash")

func newBench(t *testing.T) *bench {
	t.Helper()
	w := drawWorlds(4000, 3)
	b := &bench{testStore: openStore(t), metrics: rules.NewMetrics(prometheus.NewRegistry())}
	w.load(t, b.testStore)
	insert(t, b.testStore, w.records)
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	b.library = library
	asOf := w.records[0].Record.OccurredAt + 90*24*3600*1000
	b.deps = rules.EvaluatorDeps{
		AsOf: func(context.Context) (claimwatch.Instant, bool, error) { return asOf, true, nil },
		Save: func(ctx context.Context, evaluations []claimwatch.Evaluation, at claimwatch.Instant) error {
			_, err := b.db.SaveEvaluations(ctx, evaluations, at)
			return err
		},
		Refuse: func(_ context.Context, _ claimwatch.Message, reason string) error {
			b.refused = append(b.refused, reason)
			return nil
		},
		Now: func() time.Time { return time.Unix(1_800_000_000, 0) },
	}
	return b
}

// evaluator makes an evaluator with a slice of its own, as a new process would.
func (b *bench) evaluator(t *testing.T, name string, deps rules.EvaluatorDeps) *rules.Evaluator {
	t.Helper()
	engine := rules.NewEngine(b.library, openSlice(t, b.db, name), b.metrics, zaptest.NewLogger(t))
	return rules.New(rules.Config{MaxPersons: 6}, engine, deps)
}

// facts are what stands in the store, by finding.
func (b *bench) facts(t *testing.T) map[string]string {
	t.Helper()
	facts := map[string]string{}
	err := b.db.AllFacts(t.Context(), func(id, hash, row string) error {
		facts[id] = hash + row
		return nil
	})
	if err != nil {
		t.Fatalf("AllFacts() error:\n%+v", err)
	}
	return facts
}

const everybody = "w0.p1\nw0.p2\nw0.p3\nw1.p1\nw1.p2\nw1.p3\nw2.p1\nw2.p2\nw2.p3\nnobody\ninst:w0.h1"

func TestHandleWritesARowForEveryScopeAndCommitsOnce(t *testing.T) {
	b := newBench(t)
	var saved []claimwatch.Evaluation
	deps := b.deps
	deps.Save = func(ctx context.Context, evaluations []claimwatch.Evaluation, at claimwatch.Instant) error {
		saved = append(saved, evaluations...)
		return b.deps.Save(ctx, evaluations, at)
	}
	batch := &handed{messages: []claimwatch.Message{touchedMessage(5, everybody), touchedMessage(6, "w0.p1\nnobody"), touchedMessage(7, "w0.p1")}}
	if err := b.evaluator(t, "a", deps).Handle(t.Context(), batch); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	offsets := map[claimwatch.Scope]int64{}
	for _, e := range saved {
		offsets[e.Scope] = e.Offset
		if e.Partition != 2 {
			t.Errorf("evaluation of %s answers partition %d, want 2", e.Scope, e.Partition)
		}
	}
	want := map[claimwatch.Scope]int64{
		"w0.p1": 7, "nobody": 6, "w0.p2": 5, "w0.p3": 5, "w1.p1": 5, "w1.p2": 5, "w1.p3": 5,
		"w2.p1": 5, "w2.p2": 5, "w2.p3": 5,
	}
	if diff := cmp.Diff(offsets, want); diff != "" || len(saved) != len(want) {
		t.Errorf("%d evaluations saved with offsets (-got, +want):\n%s", len(saved), diff)
	}
	if batch.committed != 1 {
		t.Errorf("committed %d times, want once", batch.committed)
	}
	if got := testutil.ToFloat64(b.metrics.Evaluations); got != float64(len(want)) {
		t.Errorf("claimwatch_evaluations_total = %v, want %d", got, len(want))
	}
	if len(b.facts(t)) == 0 {
		t.Error("the test proves nothing: no findings")
	}
}

// TestTwoEvaluatorsAnswerEveryScope: one persons, one institutions, and what
// cannot be read is refused once.
func TestTwoEvaluatorsAnswerEveryScope(t *testing.T) {
	b := newBench(t)
	answered := map[bool][]claimwatch.Scope{}
	for _, across := range []bool{false, true} {
		deps := b.deps
		deps.Save = func(ctx context.Context, evaluations []claimwatch.Evaluation, at claimwatch.Instant) error {
			for _, e := range evaluations {
				answered[across] = append(answered[across], e.Scope)
			}
			return b.deps.Save(ctx, evaluations, at)
		}
		engine := rules.NewEngine(b.library, openSlice(t, b.db, fmt.Sprint("across_", across)), b.metrics, zaptest.NewLogger(t))
		batch := &handed{messages: []claimwatch.Message{touchedMessage(5, "w0.p1\ninst:w0.h1\npers:inst:w0.h1"), touchedMessage(6, "no scope at all")}}
		if err := rules.New(rules.Config{Across: across}, engine, deps).Handle(t.Context(), batch); err != nil || batch.committed != 1 {
			t.Fatalf("Handle() committed %d times, error:\n%+v", batch.committed, err)
		}
	}
	want := map[bool][]claimwatch.Scope{false: {"pers:inst:w0.h1", "w0.p1"}, true: {"inst:w0.h1"}}
	if diff := cmp.Diff(answered, want); diff != "" {
		t.Errorf("answered (-got, +want):\n%s", diff)
	}
	if len(b.refused) != 1 {
		t.Errorf("refused %d times, want once", len(b.refused))
	}
}

func TestPoisonGoesToQuarantineAndStopsNobody(t *testing.T) {
	b := newBench(t)
	unversioned := touchedMessage(1, "w0.p1")
	unversioned.Headers = nil
	batch := &handed{messages: []claimwatch.Message{
		unversioned, touchedMessage(2, ""), touchedMessage(3, "a b"),
		touchedMessage(4, "w0.p1\n\nw0.p2"), touchedMessage(5, "w0.p1"),
	}}
	if err := b.evaluator(t, "a", b.deps).Handle(t.Context(), batch); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	want := []string{`unknown version ""`, "empty value", "a line is no scope", "a line is no scope"}
	if diff := cmp.Diff(b.refused, want); diff != "" {
		t.Errorf("refused (-got, +want):\n%s", diff)
	}
	if got := testutil.ToFloat64(b.metrics.Poison); got != 4 || batch.committed != 1 {
		t.Errorf("claimwatch_touched_poison_total = %v, committed %d times", got, batch.committed)
	}
}

// TestCrashBetweenAnyTwoSteps ends an evaluator at each point; another one gets
// the batch again, for it was not committed, and all is as if nothing had been.
func TestCrashBetweenAnyTwoSteps(t *testing.T) {
	t.Parallel()
	quiet := newBench(t)
	if err := quiet.evaluator(t, "a", quiet.deps).Handle(t.Context(), &handed{messages: []claimwatch.Message{touchedMessage(5, everybody)}}); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	want := quiet.facts(t)
	for i, point := range []string{rules.CrashBeforeSlice, rules.CrashAfterSlice, rules.CrashAfterRun, rules.CrashAfterWrite, rules.CrashAfterCommit} {
		t.Run(point, func(t *testing.T) {
			b := newBench(t)
			deps := b.deps
			deps.Crash = func(at string) {
				if at == point {
					panic(errCrash)
				}
			}
			batch := &handed{messages: []claimwatch.Message{touchedMessage(5, everybody)}}
			func() {
				defer func() {
					if recover() == nil {
						t.Error("Handle() did not get to the point")
					}
				}()
				_ = b.evaluator(t, "dying", deps).Handle(t.Context(), batch)
			}()
			if committed := i == 4; (batch.committed == 1) != committed {
				t.Errorf("committed %d times before %s", batch.committed, point)
			}
			if err := b.evaluator(t, "next", b.deps).Handle(t.Context(), batch); err != nil {
				t.Fatalf("Handle() error:\n%+v", err)
			}
			if diff := cmp.Diff(b.facts(t), want); diff != "" {
				t.Errorf("facts after a crash (-got, +want):\n%s", diff)
			}
		})
	}
}

// TestZombieLoses: a worker that was stopped after its run writes what it found
// long ago; the newer answer stands.
func TestZombieLoses(t *testing.T) {
	b := newBench(t)
	deps := b.deps
	var late func()
	deps.Save = func(_ context.Context, evaluations []claimwatch.Evaluation, at claimwatch.Instant) error {
		for i := range evaluations {
			evaluations[i].Findings = nil // what it knew then
		}
		before := late
		late = func() {
			if before != nil {
				before()
			}
			if err := b.deps.Save(t.Context(), evaluations, at); err != nil {
				t.Errorf("Save() error:\n%+v", err)
			}
		}
		return nil
	}
	if err := b.evaluator(t, "zombie", deps).Handle(t.Context(), &handed{messages: []claimwatch.Message{touchedMessage(5, everybody)}}); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	if err := b.evaluator(t, "next", b.deps).Handle(t.Context(), &handed{messages: []claimwatch.Message{touchedMessage(6, everybody)}}); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	want := b.facts(t)
	late()
	if diff := cmp.Diff(b.facts(t), want); diff != "" || len(want) == 0 {
		t.Errorf("facts of %d findings after the zombie wrote (-got, +want):\n%s", len(want), diff)
	}
}

// TestAFailingRuleIsAlone: one rule divides by zero; it is not evaluated, with
// an alarm, and the others say what they say without it.
func TestAFailingRuleIsAlone(t *testing.T) {
	b := newBench(t)
	if err := b.evaluator(t, "a", b.deps).Handle(t.Context(), &handed{messages: []claimwatch.Message{touchedMessage(5, everybody)}}); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	want := b.facts(t)

	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("library")); err != nil {
		t.Fatalf("copy library: %v", err)
	}
	bad := "SELECT stay, institution_id, intDiv(last_gap, stay - stay) AS amount, {hours} AS x FROM uncared\n"
	if err := os.WriteFile(filepath.Join(dir, "ADM-009", "query.sql"), []byte(bad), 0o600); err != nil {
		t.Fatalf("write query: %v", err)
	}
	library, err := rules.LoadDir(dir)
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	b.library = library
	var silent []claimwatch.NotEvaluated
	deps := b.deps
	deps.Save = func(ctx context.Context, evaluations []claimwatch.Evaluation, at claimwatch.Instant) error {
		for _, e := range evaluations {
			for _, f := range e.Findings {
				if f.FactsSHA256() != want[f.ID] {
					t.Errorf("finding %s of %s differs beside a failing rule", f.ID, f.Rule)
				}
				delete(want, f.ID)
			}
			for _, n := range e.NotEvaluated {
				if n.Rule == "ADM-009" {
					silent = append(silent, n)
				}
			}
		}
		return b.deps.Save(ctx, evaluations, at)
	}
	if err := b.evaluator(t, "b", deps).Handle(t.Context(), &handed{messages: []claimwatch.Message{touchedMessage(6, everybody)}}); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	for _, n := range silent {
		if n.Reason != "error" {
			t.Errorf("ADM-009 of %s: reason %q, want error", n.StayID, n.Reason)
		}
	}
	if alarms := testutil.ToFloat64(b.metrics.RuleErrors.WithLabelValues("ADM-009")); alarms == 0 || len(silent) == 0 {
		t.Errorf("claimwatch_rule_errors_total = %v, %d not evaluated", alarms, len(silent))
	}
	for id := range want {
		if held, _, _, err := b.db.Finding(t.Context(), id); err != nil || held.Rule != "ADM-009" {
			t.Errorf("finding %s of %s is lost beside a failing rule (%v)", id, held.Rule, err)
		}
	}
}

func TestRestAfterALongBatch(t *testing.T) {
	cfg := rules.Config{}.WithDefaults()
	for took, want := range map[time.Duration]time.Duration{
		0: 0, 700 * time.Millisecond: 0, 701 * time.Millisecond: 400 * time.Millisecond,
		time.Second: 400 * time.Millisecond, time.Hour: 400 * time.Millisecond,
	} {
		if got := rules.RestAfter(took, cfg); got != want {
			t.Errorf("rest after %v: %v, want %v", took, got, want)
		}
	}
}

// A row of the whitelist that comes while an evaluation is under way touches
// nobody whose finding is not written yet: the evaluation looks again by itself.
func TestAWhitelistThatComesUnderWay(t *testing.T) {
	b := newBench(t)
	table, _ := claimwatch.TableNamed("whitelist")
	plain := b.deps.Save
	saves, rule := 0, ""
	b.deps.Save = func(ctx context.Context, evaluations []claimwatch.Evaluation, at claimwatch.Instant) error {
		saves++
		for i := 0; i < len(evaluations) && rule == ""; i++ {
			if len(evaluations[i].Findings) == 0 {
				continue
			}
			rule = evaluations[i].Findings[0].Rule
			row := make([]claimwatch.Value, len(table.Columns))
			for i, c := range table.Columns {
				text := map[string]string{"whitelist_id": "W1", "rule": rule, "reason": "r", "owner": "o"}[c.Name]
				row[i] = claimwatch.Value{Text: text, Num: 40_000, Set: text != "" || c.Name == "expires_on"}
			}
			if err := b.LoadReference(ctx, "whitelist", [][]claimwatch.Value{row}); err != nil {
				t.Errorf("LoadReference() error:\n%+v", err)
			}
		}
		return plain(ctx, evaluations, at)
	}
	if err := b.evaluator(t, "a", b.deps).Handle(t.Context(), &handed{messages: []claimwatch.Message{touchedMessage(5, everybody)}}); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	items, _, err := b.db.Findings(t.Context(), store.FindingQuery{Rule: rule, Limit: 1000})
	if err != nil || len(items) == 0 {
		t.Fatalf("Findings() error:\n%+v, %d findings", err, len(items))
	}
	for i := range items {
		if items[i].SuppressedBy == nil {
			t.Errorf("finding %s is not suppressed", items[i].Subject)
		}
	}
	if saves != 3 { // two parts, the first of them twice
		t.Errorf("saved %d times, want 3", saves)
	}
}
