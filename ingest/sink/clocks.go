package sink

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"claimwatch"
)

// clockChange is what a batch does to the clock of an institution.
type clockChange struct {
	clock     claimwatch.Clock
	partition int
	// recompute says that the record which held the clock lost its place: only
	// the records can tell what is the latest now.
	recompute bool
}

// clockChanges gathers what a batch does to the clocks (rules.md 1.2).
func (s *Sink) clockChanges(b *batch) map[string]*clockChange {
	changes := make(map[string]*clockChange)
	for l := range b.lines() {
		if !l.verdict.counts() || !l.record.Kind.MovesClock() || l.before.revision > l.record.Revision {
			continue
		}
		c := changes[l.record.InstitutionID]
		if c == nil {
			clock, ok := s.clocks[l.record.InstitutionID]
			if !ok {
				clock.InstitutionID = l.record.InstitutionID
			}
			c = &clockChange{clock: clock, partition: int(l.stored.Position.Partition)}
			changes[l.record.InstitutionID] = c
		}
		c.apply(l)
	}
	maps.DeleteFunc(changes, func(institution string, c *clockChange) bool {
		return !c.recompute && c.clock == s.clocks[institution]
	})
	return changes
}

// apply takes in the newest revision of a record. The comparison is >= because
// after a crash the clock may have gone back already: the persons must be
// touched all the same.
func (c *clockChange) apply(l *line) {
	r := &l.record
	lost := r.Cancelled || r.OccurredAt < l.before.occurredAt
	if l.before.live && lost && l.before.occurredAt >= c.clock.Latest {
		c.recompute = true
	}
	if !r.Cancelled && r.OccurredAt > c.clock.Latest {
		c.clock.Latest, c.clock.Position = r.OccurredAt, l.stored.Position
	}
}

// saveClocks makes the changes durable, after the records, and gives the scopes
// whose present went back: gaps that were open in it may be none now. Very many
// are left to Later, which must come after the clocks: they are evaluated from
// then on, and nobody tells them again.
func (s *Sink) saveClocks(ctx context.Context, b *batch, changes map[string]*clockChange) (scopes []claimwatch.Scope, err error) {
	back := make(map[string][]claimwatch.Scope)
	byPartition := make(map[int][]claimwatch.Clock)
	for _, institution := range slices.Sorted(maps.Keys(changes)) {
		c := changes[institution]
		if c.recompute {
			if back[institution], err = s.recompute(ctx, c); err != nil {
				return nil, err
			}
		} else {
			s.met.clocks.WithLabelValues("ahead").Inc()
		}
		byPartition[c.partition] = append(byPartition[c.partition], c.clock)
	}
	for partition, clocks := range byPartition {
		if err := s.cfg.Clocks.SaveClocks(ctx, clocks, b.partitions[partition].next-1); err != nil {
			return nil, fmt.Errorf("save %d clocks of partition %d: %w", len(clocks), partition, err)
		}
	}
	for _, institution := range slices.Sorted(maps.Keys(back)) {
		taken, err := s.cfg.Later(ctx, institution, back[institution])
		if err != nil {
			return nil, fmt.Errorf("leave %d persons of institution %s for later: %w", len(back[institution]), institution, err)
		}
		if !taken {
			scopes = append(scopes, back[institution]...)
		}
	}
	return scopes, nil
}

func (s *Sink) recompute(ctx context.Context, c *clockChange) ([]claimwatch.Scope, error) {
	s.met.clocks.WithLabelValues("recomputed").Inc()
	institution := c.clock.InstitutionID
	exact, ok, err := s.cfg.Clocks.ExactClock(ctx, institution, claimwatch.Latest)
	if err != nil {
		return nil, fmt.Errorf("read the clock of institution %s from its records: %w", institution, err)
	}
	if !ok {
		exact = claimwatch.Clock{}
	}
	exact.InstitutionID = institution
	c.clock = exact
	persons, err := s.cfg.PersonsOf(ctx, institution)
	if err != nil {
		return nil, fmt.Errorf("list the persons of institution %s: %w", institution, err)
	}
	scopes := make([]claimwatch.Scope, len(persons))
	for i, person := range persons {
		scopes[i] = claimwatch.PersonScope(person)
	}
	return scopes, nil
}
