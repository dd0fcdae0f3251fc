package rules

import (
	"context"
	"fmt"
	"time"
)

// PaceDeps tell how far the touched topic and the persons' evaluators are.
type PaceDeps struct {
	// Ends are the offsets at which the partitions of the touched topic end now.
	Ends func(ctx context.Context) (map[int]int64, error)
	// Answered are the offsets before which everything in them is answered.
	Answered func(ctx context.Context) (map[int]int64, error)
}

// Pace lets many be evaluated without anybody live waiting for them: whoever has
// many to publish hands them on in portions, and one portion is on the way at a
// time, whoever hands it. Thus a live touch never stands behind more than one.
type Pace struct {
	cfg  Config
	deps PaceDeps
	turn chan struct{} // full while a portion is on the way
}

// NewPace makes a pace. Those who share the evaluators share it.
func NewPace(cfg Config, deps PaceDeps) *Pace {
	return &Pace{cfg: cfg.WithDefaults(), deps: deps, turn: make(chan struct{}, 1)}
}

// Hand has a portion published when nothing live waits, at the latest after the
// patience, and returns when it is answered.
func (p *Pace) Hand(ctx context.Context, publish func(context.Context) error) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case p.turn <- struct{}{}:
	}
	defer func() { <-p.turn }()

	// 1 wait until nothing live waits, but not for ever: under steady load
	// something always does.
	if err := p.calm(ctx); err != nil {
		return err
	}

	// 2 publish
	if err := publish(ctx); err != nil {
		return err
	}

	// 3 wait until it is answered
	ends, err := p.ends(ctx)
	if err != nil {
		return err
	}
	for {
		behind, err := p.behind(ctx, ends)
		if err != nil || behind == 0 {
			return err
		}
		if !pause(ctx, p.cfg.Poll) {
			return ctx.Err()
		}
	}
}

// calm waits until everything touched is answered, at most for the patience.
func (p *Pace) calm(ctx context.Context) error {
	for waited := time.Duration(0); waited < p.cfg.Patience; waited += p.cfg.Poll {
		ends, err := p.ends(ctx)
		if err != nil {
			return err
		}
		behind, err := p.behind(ctx, ends)
		if err != nil || behind == 0 {
			return err
		}
		if !pause(ctx, p.cfg.Poll) {
			return ctx.Err()
		}
	}
	return nil
}

func (p *Pace) ends(ctx context.Context) (map[int]int64, error) {
	ends, err := p.deps.Ends(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the ends of touched: %w", err)
	}
	return ends, nil
}

// behind counts the messages before some ends that are not answered.
func (p *Pace) behind(ctx context.Context, ends map[int]int64) (int64, error) {
	answered, err := p.answered(ctx)
	return missing(ends, answered), err
}

func (p *Pace) answered(ctx context.Context) (map[int]int64, error) {
	answered, err := p.deps.Answered(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what is answered: %w", err)
	}
	return answered, nil
}

// missing counts the messages before some ends that others do not reach.
func missing(ends, answered map[int]int64) (behind int64) {
	for partition, end := range ends {
		behind += max(end-answered[partition], 0)
	}
	return behind
}
