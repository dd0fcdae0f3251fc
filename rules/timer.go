package rules

import (
	"context"
	"fmt"
	"slices"
	"time"

	"go.uber.org/zap"

	"claimwatch"
)

// ReasonTimer is the reason header of touched messages that time caused.
const ReasonTimer = "timer"

// TimerDeps are what the timer needs from outside.
type TimerDeps struct {
	// AsOf is the clock that findings are as of; false while there is none yet.
	AsOf func(ctx context.Context) (claimwatch.Instant, bool, error)
	// Presents gives the present of every institution as of a moment.
	Presents func(ctx context.Context, asOf claimwatch.Instant) (map[string]claimwatch.Instant, error)
	// DueScopes lists the scopes that time has made due.
	DueScopes func(ctx context.Context, asOf claimwatch.Instant, presents map[string]claimwatch.Instant) ([]claimwatch.Scope, error)
	// Publish names scopes in the touched topic.
	Publish func(ctx context.Context, reason string, scopes []claimwatch.Scope) error
	// Pace hands portions on behind whatever is live, and knows what is answered.
	Pace *Pace
	// Crash is called at named points between the steps, by tests; may be nil.
	Crash func(point string)
	// Now is the time of the machine, for repeats.
	Now func() time.Time
}

// The points of the timer at which a test may end the process: after the first
// of many portions is published, and after it is answered.
const (
	CrashAfterDue         = "timer.published"
	CrashAfterDueAnswered = "timer.answered"
)

// Timer publishes who is due because time has passed: as_of with the wall
// clock, the present of an institution with either. A few are published at once,
// many in portions behind whatever is live. Nothing of this is kept: who is due
// is in the store until he is evaluated, so that a crash loses nobody. One of
// them runs at a time; two do no harm.
type Timer struct {
	cfg     Config
	deps    TimerDeps
	metrics *Metrics
	log     *zap.Logger
	wake    chan struct{}
	flights []flight
	last    claimwatch.Scope // of the last portion
}

// flight is what was published together.
type flight struct {
	scopes []claimwatch.Scope
	at     time.Time
	ends   map[int]int64 // of the touched topic then
}

// NewTimer makes a timer; nothing happens until Run. Metrics may be nil.
func NewTimer(cfg Config, deps TimerDeps, metrics *Metrics, log *zap.Logger) *Timer {
	if deps.Crash == nil {
		deps.Crash = func(string) {}
	}
	return &Timer{cfg: cfg.WithDefaults(), deps: deps, metrics: metrics, log: log, wake: make(chan struct{}, 1)}
}

// Wake says that a clock has advanced or that due times were written. It never
// blocks.
func (t *Timer) Wake() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// Run looks every tick, and shortly after each wake-up, until the context ends.
// A look that fails is logged and made again at the next occasion.
func (t *Timer) Run(ctx context.Context) error {
	ticker := time.NewTicker(t.cfg.Tick)
	defer ticker.Stop()
	for {
		if _, err := t.Look(ctx); err != nil && ctx.Err() == nil {
			t.log.Error("look for due scopes", zap.Error(err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		case <-t.wake:
			if !pause(ctx, t.cfg.Settle) {
				return nil
			}
			select { // those that came meanwhile are answered by the same look
			case <-t.wake:
			default:
			}
		}
	}
}

// pause waits; false when the context ends first.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// Look publishes whoever is due now and says how many they are. Of very many it
// publishes a part, and looks again.
func (t *Timer) Look(ctx context.Context) (int, error) {
	asOf, known, err := t.deps.AsOf(ctx)
	if err != nil {
		return 0, fmt.Errorf("ask for as_of: %w", err)
	}
	if !known {
		return 0, nil
	}
	presents, err := t.deps.Presents(ctx, asOf)
	if err != nil {
		return 0, fmt.Errorf("read presents: %w", err)
	}
	// Before the due times are read: who was answered by then is due anew.
	if err := t.land(ctx); err != nil {
		return 0, err
	}
	due, err := t.deps.DueScopes(ctx, asOf, presents)
	if err != nil {
		return 0, fmt.Errorf("read due scopes: %w", err)
	}
	due = t.fresh(due)
	switch {
	case len(due) == 0:
		return 0, nil
	case len(due) > t.cfg.Portion:
		return t.handOn(ctx, due)
	}
	if err := t.publish(ctx, due); err != nil {
		return 0, err
	}
	return len(due), nil
}

// handOn publishes many in portions, each when the one before is answered, until
// the list of them is old: others may be due, and some of these evaluated. The
// next list is gone on with where this one ended, so that everybody has a turn.
func (t *Timer) handOn(ctx context.Context, due []claimwatch.Scope) (handed int, err error) {
	slices.Sort(due)
	at, found := slices.BinarySearch(due, t.last)
	if found {
		at++
	}
	due = slices.Concat(due[at:], due[:at])
	began := t.deps.Now()
	for portion := range slices.Chunk(due, t.cfg.Portion) {
		if t.deps.Now().Sub(began) >= t.cfg.Stale {
			t.Wake()
			break
		}
		if err := t.deps.Pace.Hand(ctx, func(ctx context.Context) error {
			err := t.publish(ctx, portion)
			t.deps.Crash(CrashAfterDue)
			return err
		}); err != nil {
			return handed, fmt.Errorf("hand on %d of %d due scopes: %w", len(portion), len(due), err)
		}
		t.deps.Crash(CrashAfterDueAnswered)
		handed += len(portion)
		t.last = portion[len(portion)-1]
	}
	return handed, nil
}

// publish names scopes and notes that they are under way.
func (t *Timer) publish(ctx context.Context, due []claimwatch.Scope) error {
	if err := t.deps.Publish(ctx, ReasonTimer, due); err != nil {
		return fmt.Errorf("publish %d due scopes: %w", len(due), err)
	}
	if t.metrics != nil {
		t.metrics.Woken.Add(float64(len(due)))
	}
	ends, err := t.deps.Pace.ends(ctx)
	if err != nil {
		return err
	}
	t.flights = append(t.flights, flight{scopes: due, at: t.deps.Now(), ends: ends})
	return nil
}

// land forgets what was published and is answered, a moment after it was
// published: somebody who stays due for ever must not keep everybody busy.
func (t *Timer) land(ctx context.Context) error {
	if len(t.flights) == 0 {
		return nil
	}
	answered, err := t.deps.Pace.answered(ctx)
	if err != nil {
		return err
	}
	now := t.deps.Now()
	t.flights = slices.DeleteFunc(t.flights, func(f flight) bool {
		return now.Sub(f.at) >= t.cfg.Again && missing(f.ends, answered) == 0
	})
	return nil
}

// fresh leaves out scopes that are under way. Whoever is still due afterwards is
// published again.
func (t *Timer) fresh(due []claimwatch.Scope) []claimwatch.Scope {
	underWay := map[claimwatch.Scope]bool{}
	for _, f := range t.flights {
		for _, scope := range f.scopes {
			underWay[scope] = true
		}
	}
	fresh := slices.DeleteFunc(slices.Clone(due), func(scope claimwatch.Scope) bool { return underWay[scope] })
	if len(fresh) < len(due) {
		t.Wake() // look again soon at those left out
	}
	return fresh
}
