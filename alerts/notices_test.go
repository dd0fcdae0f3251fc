package alerts

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
)

// agency gives notices and keeps proofs.
type agency struct {
	mu      sync.Mutex
	notices []Notice
	proofs  []Proof
	refuses int // how often the journal does not answer
}

func (g *agency) list(context.Context) ([]Notice, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.notices), nil
}

func (g *agency) prove(_ context.Context, p Proof) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.refuses--; g.refuses >= 0 {
		return errors.New("the journal is away")
	}
	if !slices.ContainsFunc(g.proofs, func(q Proof) bool { return q.Message == p.Message }) { // as the journal does with a command's id
		g.proofs = append(g.proofs, p)
	}
	return nil
}

func (g *agency) proven() []Proof {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.proofs)
}

func notice(findings ...string) Notice {
	n := Notice{ID: "n_1", Number: "2026-0001", InstitutionID: "H1", City: "Taiyuan"}
	for _, id := range findings {
		n.Items = append(n.Items, NoticeItem{FindingID: id, Rule: "DUP-001", Amount: 1_00, At: 1, DueOn: 20_000})
	}
	return n
}

func beginNotices(t *testing.T, log *memLog, g *agency, routes *Routes) *process {
	t.Helper()
	cfg := quick()
	cfg.Notices = 5 * time.Millisecond
	registry := prometheus.NewRegistry()
	a, err := New(cfg, Deps{
		Log: log, Facts: (&world{}).facts(), Routes: always(routes), Now: time.Now, Notices: g.list, Prove: g.prove,
	}, zap.NewNop(), registry)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = a.Run(ctx) }()
	stop := sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return &process{a, registry, stop}
}

// TestNotices: each finding of a notice reaches the institution's address once, with a
// proof, and its inbox once, over a restart and a journal that does not answer.
func TestNotices(t *testing.T) {
	log, h, g := newMemLog(), newHook(t), &agency{refuses: 3}
	routes, err := ParseRoutes([]byte(`
route: {receiver: none}
receivers: [{name: none}]
notice_contacts: [{institution_id: H1, webhook: {url: "` + h.url + `", secret: s}}]
`))
	if err != nil {
		t.Fatalf("ParseRoutes() error:\n%+v", err)
	}
	far := notice("f_9")
	far.ID, far.InstitutionID = "n_2", "H2"
	g.notices = []Notice{notice("f_1", "f_2"), far}
	p := beginNotices(t, log, g, routes)
	first := h.next(t)
	wants(t, first, StatusFiring, 1, "firing f_1", "firing f_2")
	eventually(t, "it is proven", func() bool { return len(g.proven()) == 1 && len(p.Book().Outcomes()) == 1 })
	proof := g.proven()[0]
	if proof.NoticeID != "n_1" || proof.Message != first.ID || proof.Channel != "webhook" || !slices.Equal(proof.Findings, []string{"f_1", "f_2"}) || len(proof.AnswerSHA256) != 64 {
		t.Errorf("proof %+v", proof)
	}
	p.stop()
	g.mu.Lock()
	g.notices[0] = notice("f_1", "f_2", "f_3")
	g.mu.Unlock()
	p = beginNotices(t, log, g, routes)
	wants(t, h.next(t), StatusFiring, 2, "firing f_3")
	h.quietFor(t, 100*time.Millisecond)
	for caller, want := range map[*claimwatch.Caller]int{&hospital: 3, &other: 1, &officer: 0} {
		eventually(t, "the inbox has them", func() bool { seen, _ := inboxOf(t, p.Alerts, *caller); return len(seen) == want })
	}
	if list := p.Book().firing(); len(list) > 0 {
		t.Errorf("a notice is an alert that could end: %v", list)
	}
	if _, err := ParseRoutes([]byte("route: {receiver: none}\nreceivers: [{name: none}]\nnotice_contacts: [{institution_id: H1}]")); err == nil {
		t.Errorf("a contact without an address is good")
	}
}
