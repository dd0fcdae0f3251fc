package full

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/store"
)

// Sweep evaluates everybody, with some slices side by side: one slice works on
// one thread, so as many as there are processors make use of them all.
type Sweep struct {
	slices  []*store.Slice
	engines []*rules.Engine
}

// New makes a sweep with some workers. The name keeps its slices apart from others.
func New(ctx context.Context, db *store.DB, name string, workers int) (*Sweep, error) {
	library, err := rules.Embedded()
	if err != nil {
		return nil, fmt.Errorf("load the rule library: %w", err)
	}
	s := &Sweep{}
	for i := range workers {
		slice, err := db.NewSlice(ctx, name+strconv.Itoa(i))
		if err != nil {
			return nil, fmt.Errorf("make slice %d: %w", i, err)
		}
		s.slices = append(s.slices, slice)
		s.engines = append(s.engines, rules.NewEngine(library, slice, nil, zap.NewNop()))
	}
	return s, nil
}

// Close drops the slices.
func (s *Sweep) Close(ctx context.Context) error {
	for _, slice := range s.slices {
		if err := slice.Close(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Everybody evaluates scopes, meant are all that there are, as of a moment and
// hands over every answer, one at a time. A slice holds at most bucket scopes; 0
// deals all of them out evenly, one slice for each worker.
func (s *Sweep) Everybody(
	ctx context.Context, scopes []claimwatch.Scope, asOf claimwatch.Instant, bucket int, each func(claimwatch.Evaluation),
) error {
	if len(scopes) == 0 {
		return nil
	}
	share := (len(scopes) + len(s.engines) - 1) / len(s.engines)
	if bucket <= 0 || bucket > share {
		bucket = share
	}
	group, ctx := errgroup.WithContext(ctx)
	buckets := make(chan []claimwatch.Scope)
	group.Go(func() error {
		defer close(buckets)
		for chunk := range slices.Chunk(scopes, bucket) {
			select {
			case buckets <- chunk:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	var one sync.Mutex
	for _, engine := range s.engines {
		group.Go(func() error {
			for chunk := range buckets {
				evaluations, err := engine.Evaluate(ctx, chunk, claimwatch.Moment{AsOf: asOf})
				if err != nil {
					return fmt.Errorf("evaluate %d scopes: %w", len(chunk), err)
				}
				one.Lock()
				for _, evaluation := range evaluations {
					each(evaluation)
				}
				one.Unlock()
			}
			return nil
		})
	}
	return group.Wait()
}
