package audit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/review"
)

// Evaluated is told what an evaluation changed, after its row was written and
// before it is committed: which findings vanished, which came or say something
// else. A hospital that was notified of one that vanished is told, and a finding
// that took over its violating lines keeps its notice. Repeats have no effect.
func (a *Audit) Evaluated(ctx context.Context, retracted []string, changed []claimwatch.Finding) error {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	for _, id := range retracted {
		if err := a.tell(ctx, id, at); err != nil {
			return err
		}
	}
	for i := range changed {
		if err := a.inherit(ctx, &changed[i], retracted, at); err != nil {
			return err
		}
	}
	return a.adjustOf(ctx, retracted, changed, at)
}

func (a *Audit) tell(ctx context.Context, id string, at claimwatch.Instant) error {
	standing := a.deps.Journal.Standing(id, at)
	if standing.Notice == nil || !standing.Retractable() || standing.Told {
		return nil
	}
	revision := standing.Revision
	return a.system(ctx, journal.Command{
		ID:   journal.CommandID(string(journal.TypeTellRetracted), id, fmt.Sprint(revision)),
		Type: journal.TypeTellRetracted, At: at, FindingID: id, ExpectedRevision: &revision,
	}, nil)
}

// inherit gives a finding the notice of the first retracted one whose lines it
// took over. Only a finding that nobody has notified yet needs one.
func (a *Audit) inherit(ctx context.Context, f *claimwatch.Finding, retracted []string, at claimwatch.Instant) error {
	standing := a.deps.Journal.Standing(f.ID, at)
	if standing.State != claimwatch.StateOpen {
		return nil
	}
	for _, from := range a.deps.Journal.NotifiedWith(f.Rule, f.Lines) {
		if other := a.deps.Journal.Standing(from, at); !other.Retractable() {
			continue
		}
		gone := slices.Contains(retracted, from)
		if !gone {
			held, _, ok, err := a.deps.Findings.Finding(ctx, from)
			if err != nil {
				return fmt.Errorf("read finding: %w", err)
			}
			gone = ok && held.Retracted != nil
		}
		if !gone {
			continue
		}
		revision := standing.Revision
		return a.system(ctx, journal.Command{
			ID:   journal.CommandID(string(journal.TypeInheritNotice), f.ID, from, fmt.Sprint(revision)),
			Type: journal.TypeInheritNotice, At: at, FindingID: f.ID, ExpectedRevision: &revision,
		}, journal.Inheritance{From: from, Finding: review.See(*f)})
	}
	return nil
}

// system gives a command of the product. That the journal refuses it means that
// somebody was faster; the next look will see what is to be done then.
func (a *Audit) system(ctx context.Context, c journal.Command, payload any) error {
	c.Actor = journal.Actor{Key: journal.SystemKey}
	command, err := journal.NewCommand(c, payload, nil)
	if err != nil {
		return err
	}
	_, err = a.deps.Journal.Do(ctx, command)
	if code := claimwatch.CodeOf(err); code == claimwatch.CodeChanged || code == claimwatch.CodeIllegalTransition {
		return nil
	}
	if err != nil {
		return fmt.Errorf("give command %s: %w", c.Type, err)
	}
	a.met.system.WithLabelValues(string(c.Type)).Inc()
	return nil
}

// Run sweeps over notified findings until ctx ends. It returns nil then, and nobody
// who listens is kept.
func (a *Audit) Run(ctx context.Context) error {
	if a.deps.Live != nil {
		defer a.deps.Live.close()
	}
	select {
	case <-a.deps.Journal.CaughtUp():
	case <-ctx.Done():
		return nil
	}
	ticker := time.NewTicker(a.cfg.Sweep)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if err := a.Sweep(ctx); err != nil && ctx.Err() == nil {
				a.met.sweepFails.Inc()
				a.log.Error("sweep over notified findings", zap.Error(err))
			}
		}
	}
}

// Sweep holds every notified finding against the facts once, and some of the
// rejected lines: all of them in turn.
func (a *Audit) Sweep(ctx context.Context) error {
	for ids := range slices.Chunk(a.deps.Journal.AwaitingFacts(), claimwatch.MaxPage) {
		gone, _, err := a.deps.Findings.Findings(ctx, FindingQuery{IDs: ids, Retracted: OnlyRetracted, Limit: len(ids)})
		if err != nil {
			return fmt.Errorf("read %d findings: %w", len(ids), err)
		}
		for _, held := range gone {
			if err := a.sweepOne(ctx, held); err != nil {
				return err
			}
		}
	}
	return a.sweepRejected(ctx)
}

func (a *Audit) sweepOne(ctx context.Context, gone claimwatch.Held) error {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	if a.deps.Journal.Standing(gone.ID, at).Told {
		return nil
	}
	query := FindingQuery{Rule: gone.Rule, InstitutionID: gone.InstitutionID, Limit: claimwatch.MaxPage}
	if gone.PersonID != nil {
		query.PersonID, query.InstitutionID = *gone.PersonID, ""
	}
	same, _, err := a.deps.Findings.Findings(ctx, query)
	if err != nil {
		return fmt.Errorf("read findings of rule %s: %w", gone.Rule, err)
	}
	findings := make([]claimwatch.Finding, len(same))
	for i := range same {
		findings[i] = same[i].Finding
	}
	return a.Evaluated(ctx, []string{gone.ID}, findings)
}
