package backtest

import (
	"context"
	"time"
)

// pace says how many scopes the next slice holds. Most of what a small slice
// costs is the planning of statements, so it doubles while slices are done
// quickly; a slice that is not yet loaded can wait for live evaluation, one that
// is cannot, so it halves when they take long or when live evaluation waits.
type pace struct {
	cfg    Config
	bucket int
}

func newPace(cfg Config) *pace { return &pace{cfg: cfg, bucket: cfg.Bucket} }

// took adapts the pace to how long a slice took.
func (p *pace) took(d time.Duration, behind bool) {
	switch {
	case behind:
		p.bucket = p.cfg.Bucket
	case d > 2*p.cfg.Brisk:
		p.bucket = max(p.cfg.Bucket, p.bucket/2)
	case d < p.cfg.Brisk:
		p.bucket = min(2*p.bucket, p.cfg.MostBucket)
	}
}

// rest waits while live evaluation is behind, for Yield at most, and says
// whether it was.
func (r *Runner) rest(ctx context.Context) (behind bool, err error) {
	for waited := time.Duration(0); ; waited += r.cfg.Look {
		now, err := r.deps.Behind(ctx)
		if err != nil || !now {
			return behind, err
		}
		behind = true
		if waited >= r.cfg.Yield {
			return behind, nil
		}
		if err := sleep(ctx, r.cfg.Look); err != nil {
			return behind, err
		}
	}
}

// sleep waits, and gives the cause when ctx ends first.
func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
