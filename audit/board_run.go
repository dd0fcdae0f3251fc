package audit

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/board"
	"claimwatch/audit/coverage"
)

// Heard tells when each institution was last heard of, all of them when none are named.
type Heard func(ctx context.Context, institutions []string) (map[string]claimwatch.Instant, error)

// figuresShare bounds what counting costs: it rests twenty times as long as it took,
// so that the figures of a large province grow older and never take more than a
// twentieth of a processor and of the store.
const figuresShare = 20

// RunFigures counts what stands, again and again, until ctx ends. It returns nil then.
func (a *Audit) RunFigures(ctx context.Context) error {
	select {
	case <-a.deps.Journal.CaughtUp():
	case <-ctx.Done():
		return nil
	}
	for {
		began := a.deps.Now()
		if err := a.CountFigures(ctx); err != nil && ctx.Err() == nil {
			a.met.figuresFails.Inc()
			a.log.Error("count what stands", zap.Error(err))
		}
		rest := max(a.cfg.Figures, figuresShare*a.deps.Now().Sub(began))
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(rest):
		}
	}
}

// CountFigures counts what stands now and shows it.
func (a *Audit) CountFigures(ctx context.Context) error {
	began := a.deps.Now()
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	in := board.Input{Now: began, At: at, Cities: map[string]string{}, Agreed: a.deps.Journal.UnderAgreement(at.Day())}
	for id, known := range a.deps.Journal.Institutions() {
		in.Cities[id] = known.City
	}
	for _, d := range a.deps.Journal.Deadlines("", at, at.Day()+deadlinesAhead) {
		in.Deadlines = append(in.Deadlines, board.Deadline{City: d.City, Kind: d.Kind, On: d.On, Overdue: d.Overdue})
	}
	if a.deps.Heard != nil {
		if in.Heard, err = a.deps.Heard(ctx, nil); err != nil {
			return fmt.Errorf("read receptions: %w", err)
		}
	}
	if in.Findings, err = a.countedFindings(ctx, at); err != nil {
		return err
	}
	if err := a.countCoverage(ctx, at, &in); err != nil {
		return err
	}
	a.board.Show(board.Sum(&in, a.deps.Now().Sub(began)))
	return nil
}

// countedFindings are those that stand, and those that were decided and whose facts
// have vanished since: money was moved for them.
func (a *Audit) countedFindings(ctx context.Context, at claimwatch.Instant) ([]board.Finding, error) {
	decided := map[string]board.Finding{}
	for _, d := range a.deps.Journal.Decisions() {
		one := board.Finding{
			Rule: d.Seen.Rule, InstitutionID: d.Seen.InstitutionID, Severity: d.Seen.Severity, State: d.State, Amount: d.Seen.Amount, Rejected: d.Rejected,
		}
		for i := range d.Steps {
			one.Steps = append(one.Steps, board.Step{To: d.Steps[i].State, At: d.Steps[i].At})
		}
		decided[d.FindingID] = one
	}
	var list []board.Finding
	err := a.deps.Places(ctx, FindingQuery{Retracted: WithoutRetracted}, func(p Place) error {
		one := decided[p.ID]
		delete(decided, p.ID)
		one.Rule, one.InstitutionID, one.Severity, one.Amount, one.OpenedAt = p.Rule, p.InstitutionID, p.Severity, p.Amount, p.OpenedAt
		one.State = a.deps.Journal.Standing(p.ID, at).State
		list = append(list, one)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read places of findings: %w", err)
	}
	for _, one := range decided {
		if one.State != claimwatch.StateOpen && one.State != claimwatch.StateNotified && one.State != claimwatch.StateExplained {
			list = append(list, one)
		}
	}
	return list, nil
}

// countCoverage adds what evaluations said of stays.
func (a *Audit) countCoverage(ctx context.Context, at claimwatch.Instant, in *board.Input) error {
	if a.deps.Coverage == nil || a.deps.Rules == nil {
		return nil
	}
	rules := a.deps.Rules()
	for _, rule := range rules {
		in.Rules = append(in.Rules, rule.Code)
	}
	stays, told, err := a.deps.Coverage.CoverageSums(ctx, at, "", "")
	if err != nil {
		return fmt.Errorf("read coverage: %w", err)
	}
	for _, s := range coverage.Sums(rules, stays, told) {
		in.Covered = append(in.Covered, board.Covered{InstitutionID: s.InstitutionID, Rule: s.Rule, Hit: s.Hit, Pass: s.Pass, NotEvaluated: s.NotEvaluated})
	}
	return nil
}
