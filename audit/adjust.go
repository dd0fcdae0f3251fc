package audit

import (
	"context"
	"fmt"

	"claimwatch"
	"claimwatch/audit/journal"
)

// adjustOf looks at the rejected lines of findings that vanished or say something
// else now: what made them change may have been a refund.
func (a *Audit) adjustOf(ctx context.Context, retracted []string, changed []claimwatch.Finding, at claimwatch.Instant) error {
	var lines []journal.RejectedLine
	for _, id := range retracted {
		lines = append(lines, a.deps.Journal.RejectedLinesOf(id)...)
	}
	for i := range changed {
		lines = append(lines, a.deps.Journal.RejectedLinesOf(changed[i].ID)...)
	}
	return a.adjust(ctx, lines, at)
}

// sweepRejected looks at the next thousand of all rejected lines: a refund need not
// change the finding for which a line was rejected.
func (a *Audit) sweepRejected(ctx context.Context) error {
	lines := a.deps.Journal.RejectedLines(a.swept, claimwatch.MaxPage)
	if a.swept += len(lines); len(lines) == 0 {
		a.swept = 0
		return nil
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	return a.adjust(ctx, lines, at)
}

// adjust gives back what was rejected of lines above what they are worth now. The
// command's id holds how often the line was worked out, so a look that is repeated
// gives nothing back twice.
func (a *Audit) adjust(ctx context.Context, lines []journal.RejectedLine, at claimwatch.Instant) error {
	var asked []claimwatch.Line
	var rejected []journal.RejectedLine
	for _, line := range lines {
		if line.Rejected > 0 {
			rejected = append(rejected, line)
			asked = append(asked, claimwatch.Line{Kind: line.Kind, InstitutionID: line.InstitutionID, RecordID: line.RecordID, Role: claimwatch.Violating})
		}
	}
	if len(asked) == 0 || a.deps.Settled == nil {
		return nil
	}
	if settled, err := a.deps.Settled(ctx); err != nil || !settled {
		return err
	}
	facts, err := a.deps.Lines(ctx, at, asked)
	if err != nil {
		return fmt.Errorf("read %d lines: %w", len(asked), err)
	}
	for i, line := range rejected {
		net := facts[i].Net
		if !facts[i].Found {
			net = 0 // cancelled
		}
		if net >= line.Rejected {
			continue
		}
		reason := "the line is worth less than what was rejected of it: it was refunded, corrected or cancelled since"
		err := a.system(ctx, journal.Command{
			ID: journal.CommandID(string(journal.TypeAdjustRejection), line.Kind.String(), line.InstitutionID, line.RecordID,
				fmt.Sprint(line.Changes), net.String()),
			Type: journal.TypeAdjustRejection, At: at, Reason: reason,
		}, journal.Adjustment{Kind: line.Kind, InstitutionID: line.InstitutionID, RecordID: line.RecordID, Net: net})
		if err != nil {
			return err
		}
	}
	return nil
}
