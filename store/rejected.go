package store

import (
	"context"

	"claimwatch"
)

// RejectedRow is a line of a rejected-fee list.
type RejectedRow struct {
	Seq           uint64 // the journal entry; the greatest counts
	InstitutionID string // that charged the line
	Month         string // of the list, YYYY-MM
	FindingID     string
	Kind          claimwatch.Kind
	RecordID      string
	Amount        claimwatch.Fen
	Void          bool   // takes the line off the list
	Body          []byte // JSON of package audit
}

// SaveRejected writes lines of lists.
func (db *DB) SaveRejected(ctx context.Context, rows []RejectedRow) error {
	if len(rows) == 0 {
		return nil
	}
	type row = RejectedRow
	return db.insert(ctx, "rejected_lines",
		column{"institution_id", "String", rowOf(rows, func(r *row) string { return r.InstitutionID })},
		column{"month", "String", rowOf(rows, func(r *row) string { return r.Month })},
		column{"finding_id", "String", rowOf(rows, func(r *row) string { return r.FindingID })},
		column{"kind", "UInt8", rowOf(rows, func(r *row) uint8 { return uint8(r.Kind) })},
		column{"record_id", "String", rowOf(rows, func(r *row) string { return r.RecordID })},
		column{"seq", "UInt64", rowOf(rows, func(r *row) uint64 { return r.Seq })},
		column{"amount", "Int64", rowOf(rows, func(r *row) int64 { return int64(r.Amount) })},
		column{"void", "Bool", rowOf(rows, func(r *row) bool { return r.Void })},
		column{"body", "String", rowOf(rows, func(r *row) string { return string(r.Body) })})
}

// Rejected lists the lines of an institution's list of a month, of all months
// when month is empty, in the order of their decisions.
func (db *DB) Rejected(ctx context.Context, institution, month string) (rows []RejectedRow, err error) {
	where := conditions{}
	where.add("institution_id = {institution:String}", named("institution", institution))
	where.text("month = {month:String}", "month", month)
	var row RejectedRow
	var kind uint8
	var amount int64
	var body string
	read := func() error {
		row.Kind, row.Amount, row.Body = claimwatch.Kind(kind), claimwatch.Fen(amount), []byte(body)
		rows = append(rows, row)
		return nil
	}
	dest := []any{&row.Seq, &row.InstitutionID, &row.Month, &row.FindingID, &kind, &row.RecordID, &amount, &row.Void, &body}
	err = db.each(ctx, read, dest, `
		SELECT seq, institution_id, month, finding_id, kind, record_id, amount, void, body FROM (
			SELECT * FROM rejected_lines `+where.clause()+`
			ORDER BY seq DESC LIMIT 1 BY institution_id, month, finding_id, kind, record_id)
		WHERE NOT void ORDER BY month, seq, finding_id, kind, record_id`, where.args...)
	return rows, wrap("read rejected lines", err)
}
