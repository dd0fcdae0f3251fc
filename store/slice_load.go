package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/cespare/xxhash/v2"

	"claimwatch"
	"claimwatch/store/slice"
)

// Load fills the slice with every fact of the scopes' persons as of a moment.
// Presents of institutions are the clocks that the sink keeps, where they tell
// the same as the records and the moment does not ask for more.
func (s *Slice) Load(ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment) error {
	s.kept = nil
	facts, err := s.readFacts(ctx, scopes, when)
	if err != nil {
		return err
	}
	return s.fill(ctx, scopes, when, facts)
}

// readFacts reads the records of the scopes' persons and empties the tables.
func (s *Slice) readFacts(ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment) (slice.Facts, error) {
	var facts slice.Facts
	tasks := []task{s.noteLoads(when.KnownAt), s.empty}
	if keys := keysOf(scopes); keys != "" {
		tasks = slices.Concat(readings(&facts, personsWith(keys, when.KnownAt)), tasks)
	}
	err := s.spread(ctx, tasks)
	return facts, wrap("read slice", err)
}

// fill works out what the facts, which it owns from now on, tell and writes it
// into the tables.
func (s *Slice) fill(ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment, facts slice.Facts) error {
	world := slice.WorldOf(facts, when.AsOf)
	s.upcoming, world.Wall = world.Upcoming, when.Wall
	var presents map[string]claimwatch.Instant
	tasks := append(s.lookUp(world, false), func(ctx context.Context, on *DB) (err error) {
		presents, err = s.presents(ctx, world.Moved, when)
		return err
	})
	if keys := keysOf(scopes); when.Wall && s.conflicts && keys != "" {
		tasks = append(tasks, func(ctx context.Context, on *DB) (err error) {
			world.Contradicted, err = on.readConflicts(ctx, personsWith(keys, when.KnownAt))
			return err
		})
	}
	if err := s.spread(ctx, tasks); err != nil {
		return fmt.Errorf("look up what a slice needs: %w", err)
	}
	if err := s.spread(ctx, s.lookUp(world, true)); err != nil {
		return fmt.Errorf("look up what a slice needs: %w", err)
	}
	others, err := s.loadOthers(ctx, world, when)
	if err != nil {
		return fmt.Errorf("read what others have to do with it: %w", err)
	}
	tables := world.Tables(presents, others, &s.reference.rows)
	houses, err := s.loadHouses(ctx, institutionsOf(scopes), len(tables.Stays)+len(tables.Beside), when)
	if err != nil {
		return fmt.Errorf("read institutions: %w", err)
	}
	s.houseAhead, s.stays = houses.Upcoming(), tables.Numbered()
	maps.Copy(s.stays, houses.Stays())
	return wrap("fill slice", s.spread(ctx, s.writings(tables, houses)))
}

// personsWith is the condition of the facts of persons, as far as they were
// known at a moment, 0 for all.
func personsWith(keys string, knownAt claimwatch.Instant) string {
	condition := "person_key IN (" + keys + ")"
	if knownAt != 0 {
		condition += " AND received_at <= fromUnixTimestamp64Milli(" + strconv.FormatInt(millis(knownAt), 10) + ")"
	}
	return condition
}

// empty takes out what the load before left: one statement for all tables costs
// as much as ten for one.
func (s *Slice) empty(ctx context.Context, on *DB) error {
	for _, table := range s.written {
		if err := on.Exec(ctx, "TRUNCATE TABLE "+quoteName(s.name)+"."+table); err != nil {
			return fmt.Errorf("empty slice: %w", err)
		}
	}
	s.written = nil
	return nil
}

// keysOf lists the keys of persons as a statement takes them: digits only.
func keysOf(scopes []claimwatch.Scope) string {
	keys := make([]byte, 0, 21*len(scopes))
	for _, scope := range scopes {
		person, ok := scope.Person()
		if !ok {
			continue
		}
		if len(keys) > 0 {
			keys = append(keys, ',')
		}
		keys = strconv.AppendUint(keys, xxhash.Sum64String(person), 10)
	}
	return string(keys)
}

// institutionsOf are the institutions of the scopes.
func institutionsOf(scopes []claimwatch.Scope) []string {
	var ids []string
	for _, scope := range scopes {
		if id, across := scope.Institution(); across {
			ids = append(ids, id)
		}
	}
	return ids
}

// presents gives the present of every institution of the touched persons: the
// latest record of a kind that moves clocks, at most as_of. What the slice
// itself holds counts too, for a clock is written after its facts.
func (s *Slice) presents(
	ctx context.Context, own map[string]claimwatch.Instant, when claimwatch.Moment,
) (map[string]claimwatch.Instant, error) {
	presents := make(map[string]claimwatch.Instant, len(own))
	if len(own) == 0 {
		return presents, nil
	}
	others, err := s.clocks(ctx, slices.Collect(maps.Keys(own)), when)
	if err != nil {
		return nil, err
	}
	for institution, moved := range own {
		presents[institution] = max(moved, others[institution])
	}
	return presents, nil
}

// KeepPresents works out the present of every institution as of a moment from
// the records that are there now, and keeps them for exact loads of the same
// moment: a sweep over many slices reads the whole store for them once, and one
// about what is known now not even that.
func (s *Slice) KeepPresents(ctx context.Context, when claimwatch.Moment) error {
	presents, same, err := s.main.keptClocks(ctx, when)
	if err == nil && !same {
		presents, err = s.main.exactClocksKnown(ctx, when.AsOf, when.KnownAt)
	}
	if err != nil {
		return err
	}
	s.exact = exactPresents{when: when, presents: presents, known: true}
	return nil
}

// clocks gives presents as the store knows them; an institution may be missing.
func (s *Slice) clocks(
	ctx context.Context, institutions []string, when claimwatch.Moment,
) (map[string]claimwatch.Instant, error) {
	if when.Exact {
		if !s.exact.known || s.exact.when != when {
			if err := s.KeepPresents(ctx, when); err != nil {
				return nil, err
			}
		}
		return s.exact.presents, nil
	}
	clocks, err := s.main.Clocks(ctx, institutions...)
	if err != nil {
		return nil, err
	}
	presents := make(map[string]claimwatch.Instant, len(clocks))
	for institution, clock := range clocks {
		if clock.Latest > when.AsOf {
			earlier, found, err := s.main.ExactClock(ctx, institution, when.AsOf)
			if err != nil {
				return nil, err
			}
			if found {
				presents[institution] = earlier.Latest
			}
			continue
		}
		presents[institution] = clock.Latest
	}
	return presents, nil
}
