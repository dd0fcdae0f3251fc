package audit

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/journal"
)

// Place is what a finding is counted and ordered by.
type Place struct {
	ID, Rule, InstitutionID string
	PersonID, StayID        string // empty: it names none
	Severity                claimwatch.Severity
	Amount                  claimwatch.Fen
	From                    *claimwatch.Instant // of the services, nil: it names none
	OpenedAt, RevisedAt     claimwatch.Instant
	Retracted               bool
}

// Places yields every finding that a query asks for, in no order, without a limit.
type Places func(ctx context.Context, q FindingQuery, yield func(Place) error) error

// placed is a finding that a caller asked for, where it stands now.
type placed struct {
	Place
	state claimwatch.State
	due   *claimwatch.Day // while something is awaited by it
	mine  bool            // the caller works on it, or it was assigned to the caller
}

// asked says who asks for which findings, and at what time.
func (a *Audit) asked(ctx context.Context, in *FilterInput) (caller claimwatch.Caller, f findingFilter, at claimwatch.Instant, err error) {
	if caller, err = claimwatch.CallerOrHospital(ctx, readers...); err != nil {
		return caller, f, at, err
	}
	if f, err = in.filter(); err != nil {
		return caller, f, at, err
	}
	if at, err = a.deps.Clock(ctx); err != nil {
		err = fmt.Errorf("read clock: %w", err)
	}
	return caller, f, at, err
}

// placed gives all findings that a filter asks for. A list that is ordered by what
// people did cannot be paged by the store, which does not know of it.
func (a *Audit) placed(ctx context.Context, f findingFilter, at claimwatch.Instant, caller claimwatch.Caller) ([]placed, error) {
	if caller.IsHospital() {
		return a.placedForHospital(ctx, f, at, caller)
	}
	query := f.FindingQuery
	query.Cursor, query.Limit = "", 0
	switch f.state {
	case claimwatch.StateRetracted:
		query.Retracted = OnlyRetracted
	case claimwatch.StateOpen:
		query.Retracted = WithoutRetracted
	default: // decided findings stay listed when their facts vanish
		query.Retracted = WithRetracted
	}
	var out []placed
	err := a.deps.Places(ctx, query, func(p Place) error {
		if !caller.Sees(p.InstitutionID) {
			return nil
		}
		standing := a.deps.Journal.Standing(p.ID, at)
		one := placed{Place: p, state: shownAs(p.Retracted, standing), mine: isMine(standing, caller)}
		one.due = awaited(one.state, standing.DueOn)
		if f.inState(one.state) && (!f.mine || one.mine) {
			out = append(out, one)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read places of findings: %w", err)
	}
	return out, nil
}

// lined reads which findings have a line of the physician and item that a filter asks
// for. The journal knows no physicians: without it lists that it leads would not be
// filtered. Of a hospital only its own lines count, so that nothing is told of others.
func (a *Audit) lined(ctx context.Context, f *findingFilter, caller claimwatch.Caller) error {
	if f.PhysicianID == "" && f.ItemCode == "" {
		return nil
	}
	f.LinesOf = caller.InstitutionID
	f.lined = map[string]bool{}
	q := FindingQuery{PhysicianID: f.PhysicianID, ItemCode: f.ItemCode, LinesOf: f.LinesOf, Retracted: WithRetracted}
	err := a.deps.Places(ctx, q, func(p Place) error {
		f.lined[p.ID] = true
		return nil
	})
	if err != nil {
		return fmt.Errorf("read findings by their lines: %w", err)
	}
	return nil
}

// placedForHospital places what a hospital was told, by its own view of it.
func (a *Audit) placedForHospital(ctx context.Context, f findingFilter, at claimwatch.Instant, caller claimwatch.Caller) ([]placed, error) {
	if err := a.lined(ctx, &f, caller); err != nil {
		return nil, err
	}
	var out []placed
	for chunk := range slices.Chunk(a.deps.Journal.Noticed(caller.InstitutionID), claimwatch.MaxPage) {
		views, err := a.views(ctx, chunk, at, caller)
		if err != nil {
			return nil, err
		}
		for _, v := range views {
			if f.matches(v) && !f.mine {
				out = append(out, placed{Place: v.place(), state: v.State, due: awaited(v.State, v.DueOn)})
			}
		}
	}
	return out, nil
}

func (v *FindingView) place() Place {
	return Place{
		ID: v.FindingID, Rule: v.Rule, InstitutionID: v.InstitutionID, PersonID: textOf(v.PersonID), StayID: textOf(v.StayID),
		Severity: v.Severity, Amount: v.Amount, From: v.From, OpenedAt: v.OpenedAt, RevisedAt: v.RevisedAt, Retracted: v.State == claimwatch.StateRetracted,
	}
}

// awaited is the deadline of a finding that nothing was decided about since.
func awaited(state claimwatch.State, due *claimwatch.Day) *claimwatch.Day {
	switch state {
	case claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed:
		return due
	default:
		return nil
	}
}

func isMine(standing journal.Standing, caller claimwatch.Caller) bool {
	return standing.Assignee == caller.KeyID || standing.Claim != nil && standing.Claim.By == caller.KeyID
}

// listSort is the order of a list.
type listSort string

// The orders of lists.
const (
	sortAmount   listSort = "amount"   // greatest first
	sortDueOn    listSort = "due_on"   // the nearest deadline first, those that wait for none last
	sortSeverity listSort = "severity" // violations first, the greater amount first
	sortRevised  listSort = "revised"  // the newest first
)

var severityRanks = map[claimwatch.Severity]int64{claimwatch.Violation: 0, claimwatch.Suspicion: 1, claimwatch.Reminder: 2}

// rank is where something stands in an ordered list: the smaller comes first, and
// equals go by their id.
type rank struct {
	First, Second int64
	ID            string
}

func (r rank) compare(other rank) int {
	return cmp.Or(cmp.Compare(r.First, other.First), cmp.Compare(r.Second, other.Second), strings.Compare(r.ID, other.ID))
}

func (s listSort) rank(p *placed) rank {
	amount := -int64(p.Amount)
	switch s {
	case sortAmount:
		return rank{amount, 0, p.ID}
	case sortDueOn:
		return rank{dueRank(p.due), amount, p.ID}
	case sortSeverity:
		return rank{severityRanks[p.Severity], amount, p.ID}
	default:
		return rank{-int64(p.RevisedAt), 0, p.ID}
	}
}

func dueRank(due *claimwatch.Day) int64 {
	if due == nil {
		return math.MaxInt64
	}
	return int64(*due)
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
