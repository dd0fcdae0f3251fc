package alerts

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
)

// memLog is the topic in memory; every process of a test that tails it sees everything.
type memLog struct {
	mu       sync.Mutex
	messages []claimwatch.Message
	grown    chan struct{}
	broken   bool
	hold     chan struct{} // who is elected, one at a time
}

func newMemLog() *memLog {
	return &memLog{grown: make(chan struct{}), hold: make(chan struct{}, 1)}
}

func (l *memLog) Write(_ context.Context, messages ...claimwatch.Message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken {
		return errors.New("the log is away")
	}
	l.messages = append(l.messages, messages...)
	close(l.grown)
	l.grown = make(chan struct{})
	return nil
}

func (l *memLog) Tail(ctx context.Context, handle func([]claimwatch.Message), caughtUp func()) error {
	for next, first := 0, true; ; first = false {
		l.mu.Lock()
		part, grown := slices.Clone(l.messages[next:]), l.grown
		l.mu.Unlock()
		handle(part)
		next += len(part)
		if first {
			caughtUp()
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return nil
		}
	}
}

func (l *memLog) Lead(ctx context.Context, elected func(context.Context)) error {
	select {
	case l.hold <- struct{}{}:
		elected(ctx)
		<-ctx.Done()
		<-l.hold
	case <-ctx.Done():
	}
	return nil
}

// world is what is the case.
type world struct {
	mu        sync.Mutex
	findings  map[string]Finding
	deadlines []Deadline
	quiet     []Quiet
	unknown   bool // the store is being rebuilt: it knows no finding
}

func (w *world) set(f Finding) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.findings == nil {
		w.findings = map[string]Finding{}
	}
	w.findings[f.ID] = f
}

func (w *world) facts() Facts {
	ready := make(chan struct{})
	close(ready)
	return Facts{
		Ready: ready,
		All: func(_ context.Context, yield func([]Finding) error) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			var all []Finding
			for _, id := range sortedNames(w.findings) {
				if w.findings[id].State != claimwatch.StateRetracted && !w.unknown {
					all = append(all, w.findings[id])
				}
			}
			return yield(all)
		},
		Named: func(_ context.Context, ids []string) (out []Finding, err error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			for _, id := range ids {
				if f, ok := w.findings[id]; ok && !w.unknown {
					out = append(out, f)
				}
			}
			return out, nil
		},
		Deadlines: func(context.Context) ([]Deadline, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			return slices.Clone(w.deadlines), nil
		},
		Quiet: func(context.Context, time.Duration) ([]Quiet, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			return slices.Clone(w.quiet), nil
		},
	}
}

func finding(id string, amount claimwatch.Fen) Finding {
	f := Finding{State: claimwatch.StateOpen, City: "Taiyuan", Title: [2]string{"重复收费", "Charged twice"}}
	f.ID, f.Rule, f.Severity, f.InstitutionID, f.Amount = id, "DUP-001", claimwatch.Violation, "H1", amount
	return f
}

// hook is a receiver that keeps what it is told; fails says how to answer instead.
type hook struct {
	mu    sync.Mutex
	got   []Message
	fails func(w http.ResponseWriter, n int) bool // n counts calls from 1
	calls int
	came  chan Message
	url   string
}

func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{came: make(chan Message, 1000)}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	h.mu.Lock()
	h.calls++
	n, fails := h.calls, h.fails
	h.mu.Unlock()
	if fails != nil && fails(w, n) {
		return
	}
	var m Message
	if json.Unmarshal(body, &m) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	h.mu.Lock()
	h.got = append(h.got, m)
	h.mu.Unlock()
	h.came <- m
}

func (h *hook) next(t *testing.T) Message {
	t.Helper()
	select {
	case m := <-h.came:
		return m
	case <-time.After(20 * time.Second):
		t.Fatal("nothing came in 20 s")
		return Message{}
	}
}

// quietFor wants that nothing comes for a while.
func (h *hook) quietFor(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case m := <-h.came:
		t.Errorf("a message came that should not: %+v", m)
	case <-time.After(d):
	}
}

// process is one running stage.
type process struct {
	*Alerts
	registry *prometheus.Registry
	stop     func()
}

func quick() Config {
	cfg := Default()
	cfg.Console, cfg.Gather, cfg.RetryMin, cfg.RetryMax, cfg.Reconcile = "http://console", time.Millisecond, time.Millisecond, 10*time.Millisecond, time.Hour
	return cfg
}

func hookRoutes(t *testing.T, url, more string) *Routes {
	t.Helper()
	routes, err := ParseRoutes([]byte(`
route: {receiver: hook, group_by: [institution_id, rule], group_wait: 20ms, group_interval: 50ms, repeat_interval: 1h}
receivers:
  - name: hook
    webhook_configs: [{url: "` + url + `", secret: s}]
    inbox_configs: [{roles: [officer]}]
` + more))
	if err != nil {
		t.Fatalf("ParseRoutes() error:\n%+v", err)
	}
	return routes
}

func begin(t *testing.T, cfg Config, log *memLog, w *world, routes func() (*Routes, error)) *process {
	t.Helper()
	registry := prometheus.NewRegistry()
	a, err := New(cfg, Deps{Log: log, Facts: w.facts(), Routes: routes, Now: time.Now}, zap.NewNop(), registry)
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := a.Run(ctx); err != nil {
			t.Errorf("Run() error:\n%+v", err)
		}
	}()
	stop := sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return &process{a, registry, stop}
}

// metric gives the sum of a metric over the series whose labels have these values.
func (p *process) metric(t *testing.T, name string, values ...string) float64 {
	t.Helper()
	families, err := p.registry.Gather()
	if err != nil {
		t.Fatalf("Gather() error:\n%+v", err)
	}
	sum := 0.0
	for _, family := range families {
		if family.GetName() != name {
			continue
		}
		for _, m := range family.GetMetric() {
			has := 0
			for _, l := range m.GetLabel() {
				if slices.Contains(values, l.GetValue()) {
					has++
				}
			}
			if has >= len(values) {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return sum
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("not within 20 s: %s", what)
}
