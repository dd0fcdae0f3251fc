package store

import (
	"context"
	"errors"
	"fmt"
	"math"

	"claimwatch"
	"claimwatch/store/slice"
)

// keptFacts are the stored records of the last LoadWith, as they were read.
type keptFacts struct {
	scopes []claimwatch.Scope
	when   claimwatch.Moment
	facts  slice.Facts
}

// LoadWith is Load with records beside those that are stored. They stand behind
// everything in the log, in the order given, and were received at the moment
// given: what the slice says is what it would say if they were accepted then.
func (s *Slice) LoadWith(
	ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment, records []*claimwatch.Record, receivedAt claimwatch.Instant,
) error {
	s.kept = nil
	facts, err := s.readFacts(ctx, scopes, when)
	if err != nil {
		return err
	}
	kept := &keptFacts{scopes: scopes, when: when, facts: facts.Clone()}
	for i, r := range records {
		at := claimwatch.Position{Offset: math.MaxInt64, Index: int32(i)}
		if err := facts.Add(r, at, receivedAt); err != nil {
			return fmt.Errorf("load more records: %w", err)
		}
	}
	if err := s.fill(ctx, scopes, when, facts); err != nil {
		return err
	}
	s.kept = kept
	return nil
}

// LoadWithout loads once more what LoadWith read, without the records beside it:
// nothing else makes a difference between the two.
func (s *Slice) LoadWithout(ctx context.Context) error {
	kept := s.kept
	if kept == nil {
		return errors.New("load without the records: nothing was kept")
	}
	s.kept = nil
	if err := s.empty(ctx, s.db); err != nil {
		return err
	}
	return s.fill(ctx, kept.scopes, kept.when, kept.facts)
}
