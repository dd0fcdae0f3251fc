package figures

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"claimwatch"
)

// snapshot is everything at one moment. It is never changed once it was made.
type snapshot struct {
	at           claimwatch.Instant // of the product's clock
	institutions []Institution      // by id
	place        map[string]int     // in institutions
	months       map[string]series  // by institution
	physicians   []PhysicianMonth
	findings     []Finding
	blamed       []Blamed
	last         map[string]claimwatch.Instant
	persons      map[string]Person
}

// snapshot reads all that pages need in a few queries of which each is a whole scan of
// narrow columns: they answer from it, however many institutions there are.
func (f *Figures) snapshot(ctx context.Context) (s *snapshot, err error) {
	s = &snapshot{place: map[string]int{}, months: map[string]series{}}
	if s.at, err = f.deps.Clock(ctx); err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	sums, err := f.deps.Sums(ctx, s.at)
	if err != nil {
		return nil, err
	}
	s.physicians, s.blamed = sums.Physicians, sums.Blamed
	for i := range sums.Houses {
		s.series(sums.Houses[i].InstitutionID).add(&sums.Houses[i])
	}
	if s.findings, err = f.deps.Findings(ctx, s.at); err != nil {
		return nil, err
	}
	for i := range s.findings {
		s.series(s.findings[i].InstitutionID).found(&s.findings[i])
	}
	for _, r := range f.deps.Rejected() {
		s.series(r.InstitutionID).of(r.Month).Rejected += r.Total
	}
	if s.institutions, err = f.deps.Institutions(ctx); err != nil {
		return nil, err
	}
	for i := range s.institutions {
		s.place[s.institutions[i].ID] = i
	}
	if s.persons, err = f.deps.Physicians(ctx, s.at.Day()); err != nil {
		return nil, err
	}
	s.last, err = f.deps.LastReceived(ctx)
	return s, err
}

func (s *snapshot) series(institution string) series {
	if s.months[institution] == nil {
		s.months[institution] = series{}
	}
	return s.months[institution]
}

// keeper keeps a snapshot. Whoever asks once it has grown old gets it still while
// another one is taken, so that nobody waits but the first.
type keeper struct {
	fresh time.Duration
	now   func() time.Time
	take  func(context.Context) (*snapshot, error)
	turn  chan struct{} // holds one value while somebody takes one
	kept  atomic.Pointer[kept]
}

type kept struct {
	*snapshot
	taken time.Time
}

// get gives a snapshot: at most fresh old, or the one before it while another is taken.
func (k *keeper) get(ctx context.Context) (*snapshot, error) {
	have := k.kept.Load()
	switch {
	case have == nil || k.fresh == 0:
		return k.renew(ctx, have)
	case k.now().Sub(have.taken) >= k.fresh:
		select {
		case k.turn <- struct{}{}:
			go func() {
				defer func() { <-k.turn }()
				_ = k.fill(context.WithoutCancel(ctx)) // the next one tries again
			}()
		default: // somebody is at it
		}
	}
	return have.snapshot, nil
}

// renew waits for its turn and takes a snapshot, unless that came meanwhile.
func (k *keeper) renew(ctx context.Context, had *kept) (*snapshot, error) {
	select {
	case k.turn <- struct{}{}:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if have := k.kept.Load(); have != had {
		return have.snapshot, nil
	}
	if err := k.fill(ctx); err != nil {
		return nil, err
	}
	return k.kept.Load().snapshot, nil
}

func (k *keeper) fill(ctx context.Context) error {
	s, err := k.take(ctx)
	if err == nil {
		k.kept.Store(&kept{s, k.now()})
	}
	return err
}
