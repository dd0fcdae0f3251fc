package rules

import (
	"context"
	"fmt"
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
	// Now is the time of the machine, for repeats.
	Now func() time.Time
}

// Timer publishes who is due because time has passed: as_of with the wall
// clock, the present of an institution with either. One of them runs at a time;
// two do no harm.
type Timer struct {
	cfg       Config
	deps      TimerDeps
	metrics   *Metrics
	log       *zap.Logger
	wake      chan struct{}
	published map[claimwatch.Scope]time.Time
}

// NewTimer makes a timer; nothing happens until Run. Metrics may be nil.
func NewTimer(cfg Config, deps TimerDeps, metrics *Metrics, log *zap.Logger) *Timer {
	return &Timer{
		cfg: cfg.WithDefaults(), deps: deps, metrics: metrics, log: log,
		wake: make(chan struct{}, 1), published: map[claimwatch.Scope]time.Time{},
	}
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

// Look publishes whoever is due now and says how many they are.
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
	due, err := t.deps.DueScopes(ctx, asOf, presents)
	if err != nil {
		return 0, fmt.Errorf("read due scopes: %w", err)
	}
	due = t.fresh(due)
	if len(due) == 0 {
		return 0, nil
	}
	if err := t.deps.Publish(ctx, ReasonTimer, due); err != nil {
		return 0, fmt.Errorf("publish %d due scopes: %w", len(due), err)
	}
	now := t.deps.Now()
	for _, scope := range due {
		t.published[scope] = now
	}
	if t.metrics != nil {
		t.metrics.Woken.Add(float64(len(due)))
	}
	return len(due), nil
}

// fresh leaves out scopes that were published a moment ago: their evaluation is
// under way. Whoever is still due later is published again; a message lost
// between two crashes costs a moment, not a finding.
func (t *Timer) fresh(due []claimwatch.Scope) []claimwatch.Scope {
	now := t.deps.Now()
	for scope, at := range t.published {
		if now.Sub(at) >= t.cfg.Again {
			delete(t.published, scope)
		}
	}
	fresh := make([]claimwatch.Scope, 0, len(due))
	for _, scope := range due {
		if _, recent := t.published[scope]; !recent {
			fresh = append(fresh, scope)
		}
	}
	if len(fresh) < len(due) {
		t.Wake() // look again soon at those left out
	}
	return fresh
}
