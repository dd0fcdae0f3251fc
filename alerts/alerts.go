package alerts

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
)

// Log is the topic of alerts.
type Log interface {
	Write(ctx context.Context, messages ...claimwatch.Message) error
	// Tail hands over everything that is in the topic and then follows it.
	Tail(ctx context.Context, handle func(messages []claimwatch.Message), caughtUp func()) error
	// Lead has elected called when this process is to send, in a goroutine of its own,
	// with a ctx that ends when it is not any more. One process is elected at a time.
	Lead(ctx context.Context, elected func(context.Context)) error
}

// Facts is what is the case now. All but Named give everything that there is.
type Facts struct {
	// All yields every finding that is not retracted.
	All func(ctx context.Context, yield func([]Finding) error) error
	// Named gives findings by id, retracted or not; one that nobody knows is left out.
	Named     func(ctx context.Context, ids []string) ([]Finding, error)
	Deadlines func(ctx context.Context) ([]Deadline, error)
	Quiet     func(ctx context.Context, after time.Duration) ([]Quiet, error)
	// Ready is closed when the facts can be read.
	Ready <-chan struct{}
}

// Deps is what the stage works with.
type Deps struct {
	Log   Log
	Facts Facts
	// Routes reads the routes; it is called at New and at each Reload.
	Routes func() (*Routes, error)
	Now    func() time.Time
	// Notices gives the legal notices of the latest days; nil: none are sent.
	Notices func(ctx context.Context) ([]Notice, error)
	// Prove notes in the journal that a notice was delivered; a repeat has no effect.
	Prove func(ctx context.Context, p Proof) error
}

// Alerts decides who is told what and has it delivered.
type Alerts struct {
	cfg    Config
	deps   Deps
	log    *zap.Logger
	met    *metrics
	book   *Book
	routes atomic.Pointer[Routes]
	reload chan struct{}

	mu     sync.Mutex
	dirty  map[string]bool // findings that changed
	heard  chan struct{}
	caught chan struct{}
	sends  bool
}

// New makes a stage that does nothing until Run.
func New(cfg Config, deps Deps, log *zap.Logger, reg prometheus.Registerer) (*Alerts, error) {
	routes, err := deps.Routes()
	if err != nil {
		return nil, err
	}
	book := NewBook()
	met, err := newMetrics(reg, book, deps.Now)
	if err != nil {
		return nil, err
	}
	a := &Alerts{
		cfg: cfg, deps: deps, log: log, met: met, book: book, reload: make(chan struct{}, 1),
		dirty: map[string]bool{}, heard: make(chan struct{}, 1), caught: make(chan struct{}),
	}
	a.routes.Store(routes)
	return a, nil
}

// Run folds the topic, and sends when this process is elected, until ctx ends.
func (a *Alerts) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// The topic is followed for longer: what was delivered at the end is noted.
	follow, unfollow := context.WithCancel(context.WithoutCancel(ctx))
	defer unfollow()
	tailed := make(chan error, 1)
	go func() {
		defer cancel()
		tailed <- a.deps.Log.Tail(follow, a.book.Fold, sync.OnceFunc(func() { close(a.caught) }))
	}()
	err := a.deps.Log.Lead(ctx, func(ctx context.Context) {
		for ctx.Err() == nil {
			if err := a.lead(ctx); err != nil && ctx.Err() == nil {
				a.met.failures.Inc()
				a.log.Error("sending begins anew", zap.Error(err))
				sleep(ctx, a.cfg.RetryMin)
			}
		}
	})
	unfollow()
	return errors.Join(err, <-tailed)
}

// Changed hears of findings that may have changed.
func (a *Alerts) Changed(ids ...string) {
	a.mu.Lock()
	if a.sends { // whoever is elected reads everything first
		for _, id := range ids {
			a.dirty[id] = true
		}
	}
	a.mu.Unlock()
	select {
	case a.heard <- struct{}{}:
	default:
	}
}

// Reload reads the routes anew. One with faults changes nothing.
func (a *Alerts) Reload() error {
	routes, err := a.deps.Routes()
	if err != nil {
		a.met.reloads.WithLabelValues("refused").Inc()
		return fmt.Errorf("the previous routes are kept: %w", err)
	}
	a.routes.Store(routes)
	a.met.reloads.WithLabelValues("replaced").Inc()
	select {
	case a.reload <- struct{}{}:
	default:
	}
	return nil
}

// Book is what the topic says.
func (a *Alerts) Book() *Book { return a.book }

func (a *Alerts) now() claimwatch.Instant { return claimwatch.InstantOf(a.deps.Now()) }

// errNoEffect says that somebody else's record took the place of one.
var errNoEffect = errors.New("the record has no effect: another process sends now, or another message took its place")

// write puts a record into the log and waits until it is folded here.
func (a *Alerts) write(ctx context.Context, r *record) error {
	r.ID, r.At = rand.Text(), a.now()
	m, err := r.encode()
	if err != nil {
		return err
	}
	folded := a.book.expect(r.ID)
	defer a.book.forget(r.ID)
	if err := a.deps.Log.Write(ctx, m); err != nil {
		return fmt.Errorf("write %s to the log: %w", r.Type, err)
	}
	select {
	case took := <-folded:
		if !took {
			return errNoEffect
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
