package main

import (
	"context"
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit"
	"claimwatch/audit/journal"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
	"claimwatch/store"
)

// saveMoney writes what follows from commands about money: the lines of a proposal,
// a closed settlement, postings. Repeating it is harmless.
func (r journalRows) saveMoney(ctx context.Context, a *journal.Accepted) error {
	event := a.Money
	if event == nil {
		return nil
	}
	if event.Sheet != nil {
		if err := r.db.SaveSettlementLines(ctx, settlementLines(a.Seq, event)); err != nil {
			return err
		}
	}
	if doc := event.Settlement; doc != nil && doc.Stage == settlement.StageClosed {
		body, err := json.Marshal(doc)
		if err != nil {
			return fmt.Errorf("write settlement: %w", err)
		}
		if err := r.db.SaveSettlement(ctx, store.SettlementRow{
			InstitutionID: event.InstitutionID, Month: event.Of, Seq: a.Seq, Proposal: doc.Proposed.Seq, Body: body,
		}); err != nil {
			return err
		}
	}
	postings := make([]store.Posting, len(event.Postings))
	for i, p := range event.Postings {
		postings[i] = store.Posting{
			InstitutionID: event.InstitutionID, Seq: a.Seq, Account: string(p.Account), Amount: p.Amount, For: event.Of,
			Event: string(a.Command.Type), At: a.Command.At, By: event.By,
		}
	}
	return r.db.SavePostings(ctx, postings)
}

func settlementLines(seq uint64, event *settlement.Event) []store.SettlementLine {
	rows := make([]store.SettlementLine, 0, event.Settlement.Lines)
	for i := range event.Sheet.Stays {
		stay := &event.Sheet.Stays[i]
		for k := range stay.Lines {
			e := &stay.Lines[k]
			rows = append(rows, store.SettlementLine{
				InstitutionID: event.InstitutionID, Proposal: seq, Kind: e.Kind, RecordID: e.RecordID, Month: stay.Month.String(),
				PersonID: stay.PersonID, StayID: stay.StayID, SettledParts: storeParts(settlement.Parts(e.LineParts)), Because: e.Because, HoldID: e.Hold,
			})
		}
	}
	return rows
}

func storeParts(p settlement.Parts) store.SettledParts {
	return store.SettledParts{
		Claimed: int64(p.Claimed), Rejected: int64(p.Rejected), NotPayable: int64(p.NotPayable), OnHold: int64(p.OnHold), Approved: int64(p.Approved),
	}
}

func partsOf(p store.SettledParts) settlement.Parts {
	return settlement.Parts{
		Claimed: claimwatch.Fen(p.Claimed), Rejected: claimwatch.Fen(p.Rejected), NotPayable: claimwatch.Fen(p.NotPayable),
		OnHold: claimwatch.Fen(p.OnHold), Approved: claimwatch.Fen(p.Approved),
	}
}

// charges reads what institutions charge, for settlements.
type charges struct{ db *store.DB }

func (c charges) Charged(ctx context.Context, q audit.ChargedQuery) ([]settlement.Line, settlement.Parts, error) {
	asked := store.ChargedQuery{InstitutionID: q.InstitutionID, AsOf: q.AsOf, Until: (q.Month + 1).First().Midnight()}
	if q.Open != 0 {
		asked.Open = q.Open.First().Midnight()
	}
	for _, span := range q.Spans {
		asked.Spans = append(asked.Spans, claimwatch.Interval{From: span.From.Midnight(), Until: span.Until.Midnight()})
	}
	for _, id := range q.Lines {
		asked.Lines = append(asked.Lines, store.ChargedID(id))
	}
	total, err := c.db.SettledTotal(ctx, q.InstitutionID)
	if err != nil {
		return nil, settlement.Parts{}, err
	}
	read, err := c.db.Charged(ctx, asked)
	lines := make([]settlement.Line, len(read))
	for i := range read {
		l := &read[i]
		lines[i] = settlement.Line{
			LineID: settlement.LineID(l.ChargedID), PersonID: l.PersonID, StayID: l.StayID, OccurredAt: l.OccurredAt, AdmittedAt: l.AdmittedAt,
			Class: l.Class, Net: l.Net, Settled: partsOf(l.Settled),
		}
		if l.Booked == "" {
			continue
		}
		if lines[i].Booked, err = term.ParseMonth(l.Booked); err != nil {
			return nil, settlement.Parts{}, err
		}
	}
	return lines, partsOf(total), err
}

func (c charges) Declared(ctx context.Context, institution string, month term.Month, asOf claimwatch.Instant) ([]settlement.Declared, error) {
	read, err := c.db.Declared(ctx, institution, month.String(), asOf)
	declared := make([]settlement.Declared, len(read))
	for i, claim := range read {
		declared[i] = settlement.Declared(claim)
	}
	return declared, err
}

func (c charges) Persons(ctx context.Context, institution string) ([]string, error) {
	return c.db.PersonsOf(ctx, institution)
}

// ledger reads what was settled.
type ledger struct{ db *store.DB }

func (l ledger) Closed(ctx context.Context, institution string, month term.Month) ([]byte, uint64, bool, error) {
	row, ok, err := l.db.Settlement(ctx, institution, month.String())
	return row.Body, row.Proposal, ok, err
}

func (l ledger) Lines(ctx context.Context, institution string, proposal uint64, cursor string, limit int) ([]audit.SettledLine, string, error) {
	rows, next, err := l.db.SettlementLines(ctx, institution, proposal, cursor, limit)
	lines := make([]audit.SettledLine, len(rows))
	for i := range rows {
		r := &rows[i]
		month, bad := term.ParseMonth(r.Month)
		if bad != nil {
			return nil, "", bad
		}
		lines[i] = audit.SettledLine{
			Month: month, PersonID: r.PersonID, StayID: r.StayID, LineID: settlement.LineID{Kind: r.Kind, RecordID: r.RecordID},
			Parts: partsOf(r.SettledParts), Why: settlement.Why{Because: r.Because, Hold: r.HoldID},
		}
	}
	return lines, next, err
}

func (l ledger) Postings(ctx context.Context, institution, of, cursor string, limit int) ([]audit.PostingView, string, error) {
	rows, next, err := l.db.Postings(ctx, store.PostingQuery{InstitutionID: institution, For: of, Cursor: cursor, Limit: limit})
	views := make([]audit.PostingView, len(rows))
	for i := range rows {
		r := &rows[i]
		views[i] = audit.PostingView{
			Entry: r.Seq, At: r.At, InstitutionID: r.InstitutionID, For: r.For, Event: r.Event, By: append([]string{}, r.By...),
			Posting: settlement.Posting{Account: settlement.Account(r.Account), Amount: r.Amount},
		}
	}
	return views, next, err
}
