package store

import (
	"context"
	"errors"
	"fmt"
	"math"

	"claimwatch"
	"claimwatch/store/slice"
)

// keptFacts are the records of the last LoadKept, as they were read.
type keptFacts struct {
	scopes []claimwatch.Scope
	when   claimwatch.Moment
	facts  slice.Facts
}

// LoadKept is Load, and keeps what it read for LoadMore.
func (s *Slice) LoadKept(ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment) error {
	s.kept = nil
	facts, err := s.readFacts(ctx, scopes, when)
	if err != nil {
		return err
	}
	s.kept = &keptFacts{scopes: scopes, when: when, facts: facts}
	return s.fill(ctx, scopes, when, facts.Clone())
}

// LoadMore loads once more what LoadKept read, with records beside it that are
// stored nowhere. They stand behind everything in the log, in the order given,
// and were received at the moment given: what the slice says is what it would
// say if they were accepted then.
func (s *Slice) LoadMore(ctx context.Context, records []*claimwatch.Record, receivedAt claimwatch.Instant) error {
	if s.kept == nil {
		return errors.New("load more records: nothing was kept")
	}
	facts := s.kept.facts.Clone()
	for i, r := range records {
		at := claimwatch.Position{Offset: math.MaxInt64, Index: int32(i)}
		if err := facts.Add(r, at, receivedAt); err != nil {
			return fmt.Errorf("load more records: %w", err)
		}
	}
	if err := s.empty(ctx, s.db); err != nil {
		return err
	}
	return s.fill(ctx, s.kept.scopes, s.kept.when, facts)
}
