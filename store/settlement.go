package store

import (
	"context"
	"time"

	"claimwatch"
)

// SettledParts are the parts of a settlement, or changes of them, in fen.
type SettledParts struct{ Claimed, Rejected, NotPayable, OnHold, Approved int64 }

// SettlementLine is what a proposed settlement posts of a line.
type SettlementLine struct {
	InstitutionID    string
	Proposal         uint64 // journal entry
	Kind             claimwatch.Kind
	RecordID         string
	Month            string // YYYY-MM
	PersonID, StayID string
	SettledParts
	Because, HoldID string
}

// SaveSettlementLines writes the lines of a proposal. Repeating it is harmless.
func (db *DB) SaveSettlementLines(ctx context.Context, rows []SettlementLine) error {
	if len(rows) == 0 {
		return nil
	}
	type row = SettlementLine
	return db.insert(ctx, "settlement_lines",
		column{"institution_id", "String", rowOf(rows, func(r *row) string { return r.InstitutionID })},
		column{"proposal", "UInt64", rowOf(rows, func(r *row) uint64 { return r.Proposal })},
		column{"kind", "UInt8", rowOf(rows, func(r *row) uint8 { return uint8(r.Kind) })},
		column{"record_id", "String", rowOf(rows, func(r *row) string { return r.RecordID })},
		column{"month", "String", rowOf(rows, func(r *row) string { return r.Month })},
		column{"person_id", "String", rowOf(rows, func(r *row) string { return r.PersonID })},
		column{"stay_id", "String", rowOf(rows, func(r *row) string { return r.StayID })},
		column{"claimed", "Int64", rowOf(rows, func(r *row) int64 { return r.Claimed })},
		column{"rejected", "Int64", rowOf(rows, func(r *row) int64 { return r.Rejected })},
		column{"not_payable", "Int64", rowOf(rows, func(r *row) int64 { return r.NotPayable })},
		column{"on_hold", "Int64", rowOf(rows, func(r *row) int64 { return r.OnHold })},
		column{"approved", "Int64", rowOf(rows, func(r *row) int64 { return r.Approved })},
		column{"because", "String", rowOf(rows, func(r *row) string { return r.Because })},
		column{"hold_id", "String", rowOf(rows, func(r *row) string { return r.HoldID })})
}

// SettlementRow is a closed settlement.
type SettlementRow struct {
	InstitutionID, Month string
	Seq, Proposal        uint64 // journal entries
	Body                 []byte // JSON of package audit
}

// SaveSettlement writes a closed settlement. Repeating it is harmless.
func (db *DB) SaveSettlement(ctx context.Context, r SettlementRow) error {
	return db.insert(ctx, "settlements",
		column{"institution_id", "String", []string{r.InstitutionID}},
		column{"month", "String", []string{r.Month}},
		column{"seq", "UInt64", []uint64{r.Seq}},
		column{"proposal", "UInt64", []uint64{r.Proposal}},
		column{"body", "String", []string{string(r.Body)}})
}

// Settlement gives the closed settlement of a month; ok is false while there is none.
func (db *DB) Settlement(ctx context.Context, institution, month string) (row SettlementRow, ok bool, err error) {
	var body string
	read := func() error { row.Body, ok = []byte(body), true; return nil }
	err = db.each(ctx, read, []any{&row.InstitutionID, &row.Month, &row.Seq, &row.Proposal, &body}, `
		SELECT institution_id, month, seq, proposal, body FROM settlements
		WHERE institution_id = {institution:String} AND month = {month:String} ORDER BY seq LIMIT 1`,
		named("institution", institution), named("month", month))
	return row, ok, wrap("read settlement", err)
}

// SettlementLines gives lines of a proposal in order of month, stay and line, after
// a cursor; next is empty at the end.
func (db *DB) SettlementLines(ctx context.Context, institution string, proposal uint64, cursor string, limit int) (
	rows []SettlementLine, next string, err error,
) {
	type place struct {
		Month, Stay, Person string
		Kind                uint8
		Record              string
	}
	where := conditions{}
	where.add("institution_id = {institution:String}", named("institution", institution))
	where.add("proposal = {proposal:UInt64}", named("proposal", proposal))
	var after place
	if ok, err := readCursor(cursor, &after); err != nil {
		return nil, "", err
	} else if ok {
		where.add("(month, stay_id, person_id, kind, record_id) > ({month:String}, {stay:String}, {person:String}, {kind:UInt8}, {record:String})",
			named("month", after.Month), named("stay", after.Stay), named("person", after.Person), named("kind", after.Kind), named("record", after.Record))
	}
	limit = page(limit)
	row := SettlementLine{InstitutionID: institution, Proposal: proposal}
	var kind uint8
	read := func() error {
		if len(rows) == limit {
			last := rows[limit-1]
			next = writeCursor(place{last.Month, last.StayID, last.PersonID, uint8(last.Kind), last.RecordID})
			return nil
		}
		row.Kind = claimwatch.Kind(kind)
		rows = append(rows, row)
		return nil
	}
	err = db.each(ctx, read, []any{
		&kind, &row.RecordID, &row.Month, &row.PersonID, &row.StayID,
		&row.Claimed, &row.Rejected, &row.NotPayable, &row.OnHold, &row.Approved, &row.Because, &row.HoldID,
	}, `
		SELECT kind, record_id, month, person_id, stay_id, claimed, rejected, not_payable, on_hold, approved, because, hold_id
		FROM settlement_lines `+where.clause()+`
		ORDER BY month, stay_id, person_id, kind, record_id LIMIT 1 BY kind, record_id LIMIT {limit:UInt32}`,
		append(where.args, named("limit", limit+1))...)
	return rows, next, wrap("read lines of settlement", err)
}

// Posting is a movement into an account of an institution.
type Posting struct {
	InstitutionID string
	Seq           uint64 // journal entry
	Account       string
	Amount        claimwatch.Fen
	For           string // month YYYY-MM, or year YYYY
	Event         string // type of the journal entry
	At            claimwatch.Instant
	By            []string // ids of the keys that decided
}

// SavePostings writes postings. Repeating it is harmless.
func (db *DB) SavePostings(ctx context.Context, rows []Posting) error {
	if len(rows) == 0 {
		return nil
	}
	type row = Posting
	return db.insert(ctx, "postings",
		column{"institution_id", "String", rowOf(rows, func(r *row) string { return r.InstitutionID })},
		column{"seq", "UInt64", rowOf(rows, func(r *row) uint64 { return r.Seq })},
		column{"account", "String", rowOf(rows, func(r *row) string { return r.Account })},
		column{"amount", "Int64", rowOf(rows, func(r *row) int64 { return int64(r.Amount) })},
		column{"for_what", "String", rowOf(rows, func(r *row) string { return r.For })},
		column{"event", "String", rowOf(rows, func(r *row) string { return r.Event })},
		column{"at", timeType, rowOf(rows, func(r *row) int64 { return millis(r.At) })},
		column{"by", "Array(String)", rowOf(rows, func(r *row) []string { return append([]string{}, r.By...) })})
}

// PostingQuery asks for postings of an institution in the order of the journal.
type PostingQuery struct {
	InstitutionID string
	For           string // month or year; empty: all
	Cursor        string
	Limit         int
}

// Postings lists postings.
func (db *DB) Postings(ctx context.Context, q PostingQuery) (rows []Posting, next string, err error) {
	type place struct {
		Seq     uint64
		Account string
	}
	where := conditions{}
	where.add("institution_id = {institution:String}", named("institution", q.InstitutionID))
	where.text("for_what = {what:String}", "what", q.For)
	var after place
	if ok, err := readCursor(q.Cursor, &after); err != nil {
		return nil, "", err
	} else if ok {
		where.add("(seq, account) > ({seq:UInt64}, {account:String})", named("seq", after.Seq), named("account", after.Account))
	}
	limit := page(q.Limit)
	row := Posting{InstitutionID: q.InstitutionID}
	var amount int64
	var at time.Time
	read := func() error {
		if len(rows) == limit {
			next = writeCursor(place{rows[limit-1].Seq, rows[limit-1].Account})
			return nil
		}
		row.Amount, row.At = claimwatch.Fen(amount), claimwatch.InstantOf(at)
		rows = append(rows, row)
		return nil
	}
	err = db.each(ctx, read, []any{&row.Seq, &row.Account, &amount, &row.For, &row.Event, &at, &row.By}, `
		SELECT seq, account, amount, for_what, event, at, by FROM postings `+where.clause()+`
		ORDER BY seq, account LIMIT 1 BY seq, account LIMIT {limit:UInt32}`, append(where.args, named("limit", limit+1))...)
	return rows, next, wrap("read postings", err)
}
