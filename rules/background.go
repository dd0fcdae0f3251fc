package rules

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"claimwatch"
)

// Portion is a part of whom a journal entry touches.
type Portion struct {
	Seq    uint64 // of the journal entry
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
	// Ends are the offsets at which the partitions of the touched topic end now.
	Ends func(ctx context.Context) (map[int]int64, error)
	// Answered are the offsets before which everything in them is answered.
	Answered func(ctx context.Context) (map[int]int64, error)
	// Crash is called at named points between the steps, by tests; may be nil.
	Crash func(point string)
}

// The points of the background at which a test may end the process.
const (
	CrashAfterPortion     = "background.published"
	CrashAfterPortionDone = "background.done"
)

// Background publishes whom changed reference data or rules touch, a portion at
// a time: the next one only when the one before is answered and nothing live
// waits. Thus a live touch never stands behind more than one portion. What is
// left is in the store, so that a crash goes on where it was; a portion that is
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
	if err != nil || !any {
		return false, wrapStep("look for the next portion", err)
	}

	// 1 wait until nothing live waits, but not for ever: under steady load
	// something always does.
	if err := b.calm(ctx); err != nil {
		return false, err
	}

	// 2 publish
	if err := b.deps.Publish(ctx, portion.Scopes); err != nil {
		return false, fmt.Errorf("publish portion %d of %s: %w", portion.Number, portion.What, err)
	}
	b.deps.Crash(CrashAfterPortion)

	// 3 wait until it is answered
	ends, err := b.deps.Ends(ctx)
	if err != nil {
		return false, wrapStep("read the ends of touched", err)
	}
	for {
		behind, err := b.behind(ctx, ends)
		if err != nil {
			return false, err
		}
		if behind == 0 {
			break
		}
		if !pause(ctx, b.cfg.Poll) {
			return false, ctx.Err()
		}
	}

	// 4 note it: only now, for what is noted is never published again.
	if err := b.deps.Done(ctx, portion); err != nil {
		return false, fmt.Errorf("note portion %d of %s: %w", portion.Number, portion.What, err)
	}
	b.deps.Crash(CrashAfterPortionDone)
	if b.metrics != nil {
		b.metrics.Background.Add(float64(len(portion.Scopes)))
	}
	return true, nil
}

// calm waits until everything touched is answered, at most for the patience.
func (b *Background) calm(ctx context.Context) error {
	for waited := time.Duration(0); waited < b.cfg.Patience; waited += b.cfg.Poll {
		ends, err := b.deps.Ends(ctx)
		if err != nil {
			return wrapStep("read the ends of touched", err)
		}
		behind, err := b.behind(ctx, ends)
		if err != nil || behind == 0 {
			return err
		}
		if !pause(ctx, b.cfg.Poll) {
			return ctx.Err()
		}
	}
	return nil
}

// behind counts the messages before some ends that are not answered.
func (b *Background) behind(ctx context.Context, ends map[int]int64) (behind int64, err error) {
	answered, err := b.deps.Answered(ctx)
	if err != nil {
		return 0, wrapStep("read what is answered", err)
	}
	for partition, end := range ends {
		behind += max(end-answered[partition], 0)
	}
	return behind, nil
}

func wrapStep(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
