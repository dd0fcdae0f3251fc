package audit

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"claimwatch"
)

var errAway = errors.New("the store is away")

// flaky is a store of findings that fails as long as it is told to.
type flaky struct {
	*facts
	mu   sync.Mutex
	fail int
}

func (f *flaky) away() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail > 0 {
		f.fail--
		return errAway
	}
	return nil
}

func (f *flaky) Findings(ctx context.Context, q FindingQuery) ([]claimwatch.Held, string, error) {
	if err := f.away(); err != nil {
		return nil, "", err
	}
	return f.facts.Findings(ctx, q)
}

func (f *flaky) Finding(ctx context.Context, id string) (claimwatch.Held, []FindingEvent, bool, error) {
	if err := f.away(); err != nil {
		return claimwatch.Held{}, nil, false, err
	}
	return f.facts.Finding(ctx, id)
}

func (f *flaky) Claiming(ctx context.Context, persons, institutions []string) ([]claimwatch.Finding, error) {
	if err := f.away(); err != nil {
		return nil, err
	}
	return f.facts.Claiming(ctx, persons, institutions)
}

func (f *flaky) AllFacts(ctx context.Context, yield func(id, facts, suppressedBy string) error) error {
	if err := f.away(); err != nil {
		return err
	}
	return f.facts.AllFacts(ctx, yield)
}

// While something that an answer needs is away, the answer is an internal error,
// not a wrong one, and no decision is made.
func TestWhatIsAwayIsNoAnswer(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	good[FindingDetail](d, d.explain(hospital, held.ID))
	whole := d.audit.deps
	reject := func() int { return d.decide(officer, held, "reject", 2).Code }
	many := func() int {
		one := map[string]any{"finding_id": held.ID, "expected_revision": 2, "facts_sha256": held.Facts}
		return d.call(officer, "POST", "/v1/decisions", map[string]any{"action": "release", "reason": "r", "findings": []any{one}}).Code
	}
	get := func(path string) func() int { return func() int { return d.call(officer, "GET", path, nil).Code } }
	cases := []struct {
		name    string
		without func(*Deps)
		calls   []func() int
	}{
		{"findings", func(p *Deps) { p.Findings = &flaky{facts: d.facts, fail: 1 << 30} }, []func() int{
			reject, many, get("/v1/findings"), get("/v1/findings?state=explained"), get("/v1/findings/" + held.ID), get("/v1/digest"),
			func() int { return d.explain(hospital, held.ID).Code }, func() int { return d.call(hospital, "GET", "/v1/findings", nil).Code },
		}},
		{"clock", func(p *Deps) { p.Clock = func(context.Context) (claimwatch.Instant, error) { return 0, errAway } }, []func() int{
			reject, many, get("/v1/findings"), get("/v1/findings/" + held.ID), func() int { return d.explain(hospital, held.ID).Code },
			func() int { return d.call(admin, "PUT", "/v1/reference/calendar", "day,working,source\n").Code },
			func() int { return d.call(admin, "POST", "/v1/keys", map[string]string{"institution_id": "H7"}).Code },
		}},
		{"lines", func(p *Deps) {
			p.Lines = func(context.Context, claimwatch.Instant, []claimwatch.Line) ([]LineFacts, error) { return nil, errAway }
		}, []func() int{reject}},
		{"entries", func(p *Deps) {
			p.Entries = func(context.Context, EntryQuery) ([][]byte, error) { return nil, errAway }
		}, []func() int{get("/v1/journal")}},
		{"entries at fault", func(p *Deps) {
			p.Entries = func(context.Context, EntryQuery) ([][]byte, error) { return [][]byte{[]byte("x")}, nil }
		}, []func() int{get("/v1/journal")}},
	}
	for _, c := range cases {
		c.without(&d.audit.deps)
		for i, call := range c.calls {
			if status := call(); status != 500 {
				t.Errorf("without %s, call %d: status %d, want 500", c.name, i, status)
			}
		}
		d.audit.deps = whole
	}
	// Fewer lines than asked for: the finding is about to change.
	d.audit.deps.Lines = func(context.Context, claimwatch.Instant, []claimwatch.Line) ([]LineFacts, error) { return nil, nil }
	d.refused(d.decide(officer, held, "reject", 2), 409, claimwatch.CodeChanged)
	d.audit.deps = whole
	if seq, _ := d.j.Head(); seq != 2 {
		t.Errorf("%d entries, want those of before", seq)
	}
	if status := reject(); status != 200 {
		t.Errorf("when all is back: status %d", status)
	}
}

// An evaluation whose telling failed is told again: the error goes up, and the
// repeat does what is left.
func TestEvaluatedIsRepeated(t *testing.T) {
	d := newDesk(t)
	old, heir := sample("old", false), sample("heir", false)
	good[FindingDetail](d, d.decide(officer, d.facts.put(old), "notify", 0))
	d.facts.put(heir)
	d.facts.retract(old.ID)
	store := &flaky{facts: d.facts, fail: 1}
	d.audit.deps.Findings = store
	// Nobody says here that old is gone: the store is asked, and fails once.
	if err := d.audit.Evaluated(t.Context(), nil, []claimwatch.Finding{heir}); !errors.Is(err, errAway) {
		t.Errorf("Evaluated() = %v, want the store's error", err)
	}
	for _, lose := range []bool{true, false} {
		d.log.Lose = lose
		err := d.audit.Evaluated(t.Context(), []string{old.ID, "f_unknown"}, []claimwatch.Finding{heir})
		if lose != (claimwatch.CodeOf(err) == claimwatch.CodeUnavailable) {
			t.Errorf("Evaluated() while the log is away (%t) = %v", lose, err)
		}
	}
	if seq, _ := d.j.Head(); seq != 3 || d.j.Standing(heir.ID, d.at).State != claimwatch.StateNotified {
		t.Errorf("%d entries and the heir is %s, want 3 and notified", seq, d.j.Standing(heir.ID, d.at).State)
	}
	d.audit.deps.Clock = func(context.Context) (claimwatch.Instant, error) { return 0, errAway }
	if err := d.audit.Evaluated(t.Context(), nil, nil); !errors.Is(err, errAway) {
		t.Errorf("Evaluated() without a clock = %v", err)
	}
}

// The sweep goes on after it failed, counts its failures, and ends with its context.
func TestRunSweepsUntilItsEnd(t *testing.T) {
	d := newDesk(t)
	old := sample("old", false)
	good[FindingDetail](d, d.decide(officer, d.facts.put(old), "notify", 0))
	d.facts.retract(old.ID)
	d.audit.cfg.Sweep = time.Millisecond
	d.audit.deps.Findings = &flaky{facts: d.facts, fail: 3}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error, 1)
	go func() { ran <- d.audit.Run(ctx) }()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		if testutil.ToFloat64(d.audit.met.system.WithLabelValues("tell_retracted")) == 1 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nobody was told")
		}
	}
	stop()
	if err := <-ran; err != nil {
		t.Errorf("Run() error:\n%+v", err)
	}
	if got := testutil.ToFloat64(d.audit.met.sweepFails); got != 3 {
		t.Errorf("%v sweeps failed, want 3", got)
	}
	if standing := d.j.Standing(old.ID, 0); !standing.Told || standing.Revision != 2 {
		t.Errorf("told %t at revision %d, want once", standing.Told, standing.Revision)
	}
}

// Decisions are counted by what became of them, refused files by their table.
func TestAuditCounts(t *testing.T) {
	d := newDesk(t)
	registry := prometheus.NewRegistry()
	var err error
	if d.audit.met, err = newMetrics(registry); err != nil {
		t.Fatalf("newMetrics() error:\n%+v", err)
	}
	held := d.facts.put(sample("H1|P1|S1", false))
	d.decide(officer, held, "reject", 0)
	d.decide(officer, held, "notify", 0)
	d.decide(officer, held, "notify", 0)
	d.decide(hospital, held, "notify", 0) // not asked by who may: no decision
	d.explain(hospital, held.ID)
	one := map[string]any{"finding_id": held.ID, "expected_revision": 2, "facts_sha256": held.Facts}
	d.call(officer, "POST", "/v1/decisions", map[string]any{"action": "release", "reason": "r", "findings": []any{one, one}})
	d.call(admin, "PUT", "/v1/reference/calendar", "day\n")
	d.call(admin, "PUT", "/v1/reference/item_packages", "package_code,valid_from,component_codes,price\nP,2026-01-01,A,1\nP,2026-02-01,A,1\n")
	d.call(admin, "PUT", "/v1/reference/calendar", "day,working,source\n")
	want := `
		# HELP claimwatch_decisions_total Decisions and statements asked for, by what became of them.
		# TYPE claimwatch_decisions_total counter
		claimwatch_decisions_total{action="explain",outcome="done"} 1
		claimwatch_decisions_total{action="notify",outcome="changed"} 1
		claimwatch_decisions_total{action="notify",outcome="done"} 1
		claimwatch_decisions_total{action="reject",outcome="illegal_transition"} 1
		claimwatch_decisions_total{action="release",outcome="changed"} 1
		claimwatch_decisions_total{action="release",outcome="done"} 1
		# HELP claimwatch_reference_refused_total Reference loads refused for their faults.
		# TYPE claimwatch_reference_refused_total counter
		claimwatch_reference_refused_total{table="calendar"} 1
		claimwatch_reference_refused_total{table="item_packages"} 1
	`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want), "claimwatch_decisions_total", "claimwatch_reference_refused_total"); err != nil {
		t.Errorf("metrics:\n%+v", err)
	}
	if _, err := New(DefaultConfig(), Deps{}, zap.NewNop(), registry); err == nil {
		t.Error("two stages count on one registry")
	}
}
