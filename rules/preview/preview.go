package preview

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/rules"
)

// Question is what an institution asks before it uploads.
type Question struct {
	InstitutionID string
	Records       []*claimwatch.Record // of that institution, in the order of sending
	ReceivedAt    claimwatch.Instant
}

// Answer is what the records would cause, as of a moment.
type Answer struct {
	AsOf     claimwatch.Instant
	Findings []claimwatch.Foreseen
}

// Preview answers questions, a few at a time.
type Preview struct {
	cfg   Config
	deps  Deps
	seats chan *seat
}

// seat is a slice with its engine; both are made when they are first needed, and
// the engine again once another library is in use.
type seat struct {
	number int
	slice  Slice
	inUse  *rules.Library // of which told is a part
	told   *rules.Library
	engine *rules.Engine
}

// New makes a Preview; no slice is open yet.
func New(cfg Config, deps Deps) *Preview {
	if cfg.Slices <= 0 {
		cfg.Slices = 2
	}
	p := &Preview{cfg: cfg, deps: deps, seats: make(chan *seat, cfg.Slices)}
	for i := range cfg.Slices {
		p.seats <- &seat{number: i}
	}
	return p
}

// tellable leaves out the rules that look across persons, and those about data:
// what they compare is not the matter of who enters a charge.
func tellable(library *rules.Library) *rules.Library {
	active := library.Active()
	return library.Choose(func(r *rules.Rule) bool {
		return slices.Contains(active, r) && r.Scope != "institution" && !strings.HasPrefix(r.Code, "DAT-")
	})
}

// Close gives the slices back. It waits for questions under way.
func (p *Preview) Close(ctx context.Context) error {
	for range p.cfg.Slices {
		s := <-p.seats
		if s.slice != nil {
			if err := s.slice.Close(ctx); err != nil {
				return fmt.Errorf("close slice of previews: %w", err)
			}
		}
	}
	return nil
}

// Foresee gives the findings that the records would open or change, and that the
// institution has to do with. It waits for a free slice as long as ctx lets it.
func (p *Preview) Foresee(ctx context.Context, q Question) (Answer, error) {
	asOf, _, err := p.deps.AsOf(ctx) // before the first record there is nothing but those given
	if err != nil {
		return Answer{}, fmt.Errorf("ask for as_of: %w", err)
	}
	when := claimwatch.Moment{AsOf: max(asOf, latest(q.Records)), Wall: p.cfg.Wall}
	var s *seat
	select {
	case s = <-p.seats:
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	}
	findings, err := s.foresee(ctx, p, q, when)
	if err != nil {
		s.drop(ctx)
	}
	p.seats <- s
	return Answer{AsOf: when.AsOf, Findings: findings}, err
}

// latest is the latest of the times that move clocks: an entry a minute ahead is
// seen, an order of next week does not let a week pass.
func latest(records []*claimwatch.Record) (at claimwatch.Instant) {
	for _, r := range records {
		if r.Kind.MovesClock() {
			at = max(at, r.OccurredAt)
		}
	}
	return at
}

// foresee evaluates with the records and, where something is found, without them,
// over what was read once: nothing else makes a difference. Of a rule that finds
// nothing with them nothing could be told.
func (s *seat) foresee(ctx context.Context, p *Preview, q Question, when claimwatch.Moment) ([]claimwatch.Foreseen, error) {
	if err := s.open(ctx, p); err != nil {
		return nil, err
	}
	if err := s.engine.Prepare(ctx); err != nil {
		return nil, err
	}
	scopes := scopesOf(q.Records)
	if err := s.slice.LoadWith(ctx, scopes, when, q.Records, q.ReceivedAt); err != nil {
		return nil, fmt.Errorf("load slice of %d persons with %d records: %w", len(scopes), len(q.Records), err)
	}
	about := asked{Question: q, library: s.told, scopes: scopes, when: when}
	after, err := s.tell(ctx, s.engine, about)
	if err != nil || len(after) == 0 {
		return []claimwatch.Foreseen{}, err
	}
	var codes []string
	for _, f := range after {
		codes = append(codes, f.Rule)
	}
	few, err := s.engine.Among(ctx, codes...)
	if err != nil {
		return nil, err
	}
	if err := few.Prepare(ctx); err != nil {
		return nil, err
	}
	if err := s.slice.LoadWithout(ctx); err != nil {
		return nil, fmt.Errorf("load slice of %d persons: %w", len(scopes), err)
	}
	before, err := s.tell(ctx, few, about)
	if err != nil {
		return nil, err
	}
	return changes(before, after), nil
}

// asked is a question with what it is evaluated for.
type asked struct {
	Question
	library *rules.Library
	scopes  []claimwatch.Scope
	when    claimwatch.Moment
}

// tell evaluates what the slice holds and takes from it what the institution
// may be told, by finding.
func (s *seat) tell(ctx context.Context, engine *rules.Engine, q asked) (map[string]claimwatch.Foreseen, error) {
	evaluations, err := engine.Loaded(ctx, q.scopes, q.when)
	if err != nil {
		return nil, err
	}
	teller := newTeller(q.library, q.InstitutionID, s.slice.Stays())
	told := map[string]claimwatch.Foreseen{}
	for i, evaluation := range evaluations {
		person, _ := q.scopes[i].Person()
		for k := range evaluation.Findings {
			finding := &evaluation.Findings[k]
			if finding.SuppressedBy != nil {
				continue // the agency has accepted it
			}
			if f, concerned := teller.tell(finding, person); concerned {
				told[finding.ID] = f
			}
		}
	}
	return told, nil
}

func (s *seat) open(ctx context.Context, p *Preview) (err error) {
	if s.slice == nil {
		if s.slice, err = p.deps.Open(ctx, s.number); err != nil {
			s.slice = nil
			return fmt.Errorf("open slice of previews: %w", err)
		}
	}
	if inUse := p.deps.Library(); s.engine == nil || s.inUse != inUse {
		s.inUse, s.told = inUse, tellable(inUse)
		s.engine = rules.NewEngine(s.told, s.slice, nil, p.deps.Log)
	}
	return nil
}

// drop gives up a slice on which something failed: the server that held it may
// have gone, and the next question opens another.
func (s *seat) drop(ctx context.Context) {
	if s.slice != nil {
		_ = s.slice.Close(context.WithoutCancel(ctx)) // it may be gone already
	}
	s.slice, s.engine = nil, nil
}

// scopesOf are the persons of the records.
func scopesOf(records []*claimwatch.Record) []claimwatch.Scope {
	scopes := make([]claimwatch.Scope, len(records))
	for i, r := range records {
		scopes[i] = claimwatch.PersonScope(r.PersonID)
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}
