package store

import (
	"context"
	"fmt"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"claimwatch"
)

// Load fills the slice with every fact of the scopes' persons as of a moment.
// exact works the presents of institutions out of the records themselves, which
// is needed when asOf lies in the past; otherwise the clocks that the sink
// keeps are used where they tell the same.
func (s *Slice) Load(ctx context.Context, scopes []claimwatch.Scope, asOf claimwatch.Instant, exact bool) error {
	if err := s.db.Exec(ctx, "TRUNCATE ALL TABLES FROM "+quoteName(s.name)); err != nil {
		return fmt.Errorf("empty slice: %w", err)
	}
	s.asOf = asOf
	keys := keysOf(scopes)
	if keys == "" {
		return nil
	}
	if err := s.copyAll(ctx, keys); err != nil {
		return err
	}
	if err := s.db.Exec(ctx, s.gatherPlaces()); err != nil {
		return fmt.Errorf("gather places: %w", err)
	}
	if err := s.insertPresents(ctx, asOf, exact); err != nil {
		return err
	}
	for _, statement := range sliceStatements("reference.sql") {
		if err := s.db.Exec(ctx, s.place(statement)); err != nil {
			return fmt.Errorf("copy reference rows: %w", err)
		}
	}
	plain := clickhouse.Context(ctx, clickhouse.WithSettings(plainPlans))
	for _, statement := range sliceStatements("load.sql") {
		if err := s.db.Exec(plain, s.place(atMoment(statement, asOf))); err != nil {
			return fmt.Errorf("work out slice: %w", err)
		}
	}
	return nil
}

// copyAll copies the records of every kind, over both writers at once: each
// statement costs its planning, whatever few rows it moves.
func (s *Slice) copyAll(ctx context.Context, keys string) error {
	group, ctx := errgroup.WithContext(ctx)
	for i, writer := range []*DB{s.db, s.beside} {
		group.Go(func() error {
			for k, kind := range claimwatch.Kinds() {
				if k%2 != i {
					continue
				}
				if err := writer.Exec(ctx, s.copyFacts(kind, keys)); err != nil {
					return fmt.Errorf("copy %s records: %w", kind, err)
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// insertPresents stores the present of every institution of the touched
// persons: the latest record of a kind that moves clocks, at most as_of. What
// the slice itself holds counts too, for a clock is written after its facts.
func (s *Slice) insertPresents(ctx context.Context, asOf claimwatch.Instant, exact bool) error {
	presents, err := s.ownPresents(ctx)
	if err != nil || len(presents) == 0 {
		return err
	}
	institutions := make([]string, 0, len(presents))
	for institution := range presents {
		institutions = append(institutions, institution)
	}
	others, err := s.clocks(ctx, institutions, asOf, exact)
	if err != nil {
		return err
	}
	err = s.db.Insert(ctx, s.place("INSERT INTO {slice}.presents (institution_id, present)"), func(b driver.Batch) error {
		for institution, own := range presents {
			if err := b.Append(institution, int64(max(own, others[institution]))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("insert %d presents: %w", len(presents), err)
	}
	return nil
}

// moment is as_of of the load as a number in a statement.
func (s *Slice) moment() string { return strconv.FormatInt(int64(s.asOf), 10) }

// ownPresents are the institutions of the slice with the latest of the slice's
// own records that move clocks, 0 for none.
func (s *Slice) ownPresents(ctx context.Context) (map[string]claimwatch.Instant, error) {
	presents := map[string]claimwatch.Instant{}
	err := s.query(ctx, s.db, "SELECT institution_id, maxIf(at, moves) FROM {slice}.places WHERE at <= "+s.moment()+" GROUP BY institution_id",
		func(scan func(...any) error) error {
			var institution string
			var at int64
			err := scan(&institution, &at)
			presents[institution] = claimwatch.Instant(at)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read institutions of slice: %w", err)
	}
	return presents, nil
}

// KeepPresents works out the present of every institution as of a moment from
// the records that are there now, and keeps them for exact loads of the same
// moment: a sweep over many slices reads the whole store for them once.
func (s *Slice) KeepPresents(ctx context.Context, asOf claimwatch.Instant) error {
	presents, err := s.main.ExactClocks(ctx, asOf)
	if err != nil {
		return err
	}
	s.exact = exactPresents{asOf: asOf, presents: presents, known: true}
	return nil
}

// clocks gives presents as the store knows them; an institution may be missing.
func (s *Slice) clocks(
	ctx context.Context, institutions []string, asOf claimwatch.Instant, exact bool,
) (map[string]claimwatch.Instant, error) {
	if exact {
		if !s.exact.known || s.exact.asOf != asOf {
			if err := s.KeepPresents(ctx, asOf); err != nil {
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
		if clock.Latest > asOf {
			earlier, found, err := s.main.ExactClock(ctx, institution, asOf)
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
