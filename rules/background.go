package rules

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"claimwatch"
)

// Portion is a part of whom a journal entry, or something else, touches.
type Portion struct {
	Seq    uint64 // of the journal entry, or what stands for one
	Number uint32 // from 0
	What   string // the entry, for people
	Scopes []claimwatch.Scope
}

// BackgroundDeps are what the background needs from outside.
type BackgroundDeps struct {
	// Next gives the earliest portion that is not done; false when there is none.
	Next func(ctx context.Context) (Portion, bool, error)
	// Done notes durably that a portion is answered.
	Done func(ctx context.Context, portion Portion) error
	// Publish names the scopes of a journal entry in the touched topic.
	Publish func(ctx context.Context, scopes []claimwatch.Scope) error
	// Pace hands portions on behind whatever is live.
	Pace *Pace
	// Crash is called at named points between the steps, by tests; may be nil.
	Crash func(point string)
}

// The points of the background at which a test may end the process.
const (
	CrashAfterPortion     = "background.published"
	CrashAfterPortionDone = "background.done"
)

// Background publishes whom changed reference data, rules or a present that went
// back touch, a portion at a time: the next one only when the one before is
// answered and nothing live waits. What is left is in the store, so that a crash goes on where it was; a portion that is
// published twice is evaluated twice, and so it is when two processes do this.
type Background struct {
	cfg     Config
	deps    BackgroundDeps
	metrics *Metrics
	log     *zap.Logger
	wake    chan struct{}
}

// NewBackground makes a background; nothing happens until Run. Metrics may be nil.
func NewBackground(cfg Config, deps BackgroundDeps, metrics *Metrics, log *zap.Logger) *Background {
	if deps.Crash == nil {
		deps.Crash = func(string) {}
	}
	return &Background{cfg: cfg.WithDefaults(), deps: deps, metrics: metrics, log: log, wake: make(chan struct{}, 1)}
}

// Wake says that a portion was saved. It never blocks.
func (b *Background) Wake() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Run works off what there is, then waits for more, until the context ends. A
// step that fails is logged and made again.
func (b *Background) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		worked, err := b.Step(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			b.log.Error("work in the background", zap.Error(err))
			pause(ctx, b.cfg.Again)
		case !worked:
			b.idle(ctx)
		}
	}
	return nil
}

// idle waits for a wake-up; after a while it looks anyway, for portions that
// another process has saved.
func (b *Background) idle(ctx context.Context) {
	timer := time.NewTimer(5 * b.cfg.Patience)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-b.wake:
	}
}

// Step works off one portion and says whether there was one.
func (b *Background) Step(ctx context.Context) (bool, error) {
	portion, any, err := b.deps.Next(ctx)
	if err != nil {
		return false, fmt.Errorf("look for the next portion: %w", err)
	}
	if !any {
		return false, nil
	}

	// 1 publish it behind whatever is live, and wait until it is answered
	if err := b.deps.Pace.Hand(ctx, func(ctx context.Context) error {
		if err := b.deps.Publish(ctx, portion.Scopes); err != nil {
			return err
		}
		b.deps.Crash(CrashAfterPortion)
		return nil
	}); err != nil {
		return false, fmt.Errorf("hand on portion %d of %s: %w", portion.Number, portion.What, err)
	}

	// 2 note it: only now, for what is noted is never published again.
	if err := b.deps.Done(ctx, portion); err != nil {
		return false, fmt.Errorf("note portion %d of %s: %w", portion.Number, portion.What, err)
	}
	b.deps.Crash(CrashAfterPortionDone)
	if b.metrics != nil {
		b.metrics.Background.Add(float64(len(portion.Scopes)))
	}
	return true, nil
}
