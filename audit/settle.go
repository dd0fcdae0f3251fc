package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/rejection"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// workedOut is a settlement as it would be now.
type workedOut struct {
	at     claimwatch.Instant
	books  journal.Books
	sheet  settlement.Sheet
	data   []byte              // the sheet's bytes
	shrunk []rejection.LineKey // worth less now than what is rejected of them
}

// workOut works out the settlement of a month from the store and the fold. The fold
// is read first: if anything of it moves meanwhile, it refuses the proposal.
func (a *Audit) workOut(ctx context.Context, institution string, month term.Month) (*workedOut, error) {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	w := &workedOut{at: at, books: a.deps.Journal.Books(institution, month)}
	undecided, err := a.undecided(ctx, institution, at)
	if err != nil {
		return nil, err
	}
	c := &settlement.Circumstances{
		Month: month, On: at.Day(), Rejected: w.books.Rejected, Listed: w.books.Listed, Undecided: undecided,
		Agreements: w.books.Agreements, Holds: w.books.Holds, ByAdmission: a.byAdmission(institution),
	}
	lines, settled, err := a.deps.Charges.Charged(ctx, query(institution, at, w.books.Last, c))
	if err != nil {
		return nil, fmt.Errorf("read charges of %s: %w", institution, err)
	}
	if settled != w.books.Settled {
		return nil, claimwatch.Refuse(claimwatch.CodeUnavailable, "the latest settlement of %s is still being written: try again", institution)
	}
	declared, err := a.deps.Charges.Declared(ctx, institution, month, at)
	if err != nil {
		return nil, fmt.Errorf("read claims of %s: %w", institution, err)
	}
	w.shrunk = shrunk(institution, lines, w.books.Rejected)
	w.sheet = settlement.NewSheet(c, lines, declared)
	if w.data, err = w.sheet.Encode(); err != nil {
		return nil, err
	}
	return w, nil
}

// preview is an open month as it would be settled now. What is of earlier months is
// shown with the month that is closed next.
func (a *Audit) preview(ctx context.Context, institution string, month term.Month) (*settlement.Settlement, error) {
	w, err := a.workOut(ctx, institution, month)
	if err != nil {
		return nil, err
	}
	sheet := w.sheet
	if month != w.books.Last+1 {
		sheet = sheet.Only(month)
	}
	data, err := sheet.Encode()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	return settlement.NewSettlement(institution, month, w.at, w.books.Terms, &sheet, hex.EncodeToString(sum[:])), nil
}

// query asks for everything that these circumstances may treat otherwise than as
// approved.
func query(institution string, at claimwatch.Instant, last term.Month, c *settlement.Circumstances) ChargedQuery {
	q := ChargedQuery{InstitutionID: institution, AsOf: at, Month: c.Month}
	if last != 0 {
		q.Open = last + 1
	}
	forever := claimwatch.Latest.Day()
	span := func(from claimwatch.Day, until *claimwatch.Day, on bool) {
		end := forever
		if until != nil && !on {
			end = *until
		}
		q.Spans = append(q.Spans, term.Span{From: from, Until: end})
	}
	for _, row := range c.Agreements {
		if row.Status != "active" {
			span(row.From, row.Until, row.Holdover)
		}
	}
	for _, hold := range c.Holds {
		span(hold.From, hold.Until, false)
	}
	for id := range c.Rejected {
		q.Lines = append(q.Lines, id)
	}
	for id := range c.Undecided {
		if _, rejected := c.Rejected[id]; !rejected {
			q.Lines = append(q.Lines, id)
		}
	}
	return q
}

// shrunk are lines of which more is rejected than they are worth.
func shrunk(institution string, lines []settlement.Line, rejected map[settlement.LineID]claimwatch.Fen) (over []rejection.LineKey) {
	worth := make(map[settlement.LineID]claimwatch.Fen, len(rejected))
	for i := range lines {
		worth[lines[i].LineID] = lines[i].Net
	}
	for id, amount := range rejected {
		if amount > worth[id] {
			over = append(over, rejection.LineKey{Kind: id.Kind, InstitutionID: institution, RecordID: id.RecordID})
		}
	}
	return over
}

// byAdmission says on which service days the agency judges suspensions by the day of
// admission. A policy is asked once a day, whatever the number of lines.
func (a *Audit) byAdmission(institution string) func(claimwatch.Day) bool {
	known := map[claimwatch.Day]bool{}
	return func(day claimwatch.Day) bool {
		answer, asked := known[day]
		if !asked {
			answer = a.deps.Journal.Policy(claimwatch.PolicySuspensionCounts, institution, day) == "admission_date"
			known[day] = answer
		}
		return answer
	}
}

// undecided is what findings that nobody has decided want of an institution's lines:
// from notice on, or from the moment they are found (policy hold_from). Suppressed
// ones and those of rules on trial want nothing.
func (a *Audit) undecided(ctx context.Context, institution string, at claimwatch.Instant) (map[settlement.LineID]claimwatch.Fen, error) {
	wanted := map[settlement.LineID]claimwatch.Fen{}
	add := func(f *claimwatch.Finding) {
		if f.SuppressedBy != nil || a.deps.Book != nil && a.deps.Book.OnTrial(f.Rule) {
			return
		}
		for _, line := range f.Lines {
			if line.InstitutionID == institution && line.Role == claimwatch.Violating && line.Amount > 0 {
				wanted[settlement.LineID{Kind: line.Kind, RecordID: line.RecordID}] += line.Amount
			}
		}
	}
	if a.holdsUntold(institution, at) {
		return wanted, a.eachUndecided(ctx, institution, at, add)
	}
	for ids := range slices.Chunk(a.deps.Journal.Undecided(institution, at), claimwatch.MaxPage) {
		items, _, err := a.deps.Findings.Findings(ctx, FindingQuery{IDs: ids, Limit: len(ids)})
		if err != nil {
			return nil, fmt.Errorf("read %d findings: %w", len(ids), err)
		}
		for i := range items {
			add(&items[i].Finding)
		}
	}
	return wanted, nil
}

// holdsUntold says whether fees are held back from the moment that a finding is
// found, before the institution is told of it.
func (a *Audit) holdsUntold(institution string, at claimwatch.Instant) bool {
	return a.deps.Journal.Policy(claimwatch.PolicyHoldFrom, institution, at.Day()) == "open"
}

// eachUndecided yields every finding about the persons of an institution, told or
// not, on which nobody has decided.
func (a *Audit) eachUndecided(ctx context.Context, institution string, at claimwatch.Instant, add func(*claimwatch.Finding)) error {
	persons, err := a.deps.Charges.Persons(ctx, institution)
	if err != nil {
		return fmt.Errorf("read persons of %s: %w", institution, err)
	}
	for some := range slices.Chunk(persons, claimwatch.MaxPage) {
		findings, err := a.deps.Findings.Claiming(ctx, some, []string{institution})
		if err != nil {
			return fmt.Errorf("read findings of %d persons: %w", len(some), err)
		}
		for i := range findings {
			switch a.deps.Journal.Standing(findings[i].ID, at).State {
			case claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed:
				add(&findings[i])
			default: // decided
			}
		}
	}
	return nil
}
