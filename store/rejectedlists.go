package store

import (
	"context"

	"claimwatch"
)

// RejectedListRow is a sealed rejected-fee list.
type RejectedListRow struct {
	Seq           uint64 // the journal entry; the greatest counts
	InstitutionID string
	Month         string // YYYY-MM
	Number        string
	Total         claimwatch.Fen
	SHA256        string // of its content without texts, hex
	Body          []byte // JSON of package audit
}

// SaveRejectedLists writes sealed lists.
func (db *DB) SaveRejectedLists(ctx context.Context, rows []RejectedListRow) error {
	if len(rows) == 0 {
		return nil
	}
	type row = RejectedListRow
	return db.insert(ctx, "rejected_lists",
		column{"institution_id", "String", rowOf(rows, func(r *row) string { return r.InstitutionID })},
		column{"month", "String", rowOf(rows, func(r *row) string { return r.Month })},
		column{"seq", "UInt64", rowOf(rows, func(r *row) uint64 { return r.Seq })},
		column{"number", "String", rowOf(rows, func(r *row) string { return r.Number })},
		column{"total", "Int64", rowOf(rows, func(r *row) int64 { return int64(r.Total) })},
		column{"content_sha256", "String", rowOf(rows, func(r *row) string { return r.SHA256 })},
		column{"body", "String", rowOf(rows, func(r *row) string { return string(r.Body) })})
}

// RejectedLists lists the sealed lists of an institution by month.
func (db *DB) RejectedLists(ctx context.Context, institution string) (rows []RejectedListRow, err error) {
	var row RejectedListRow
	var total int64
	var body string
	read := func() error {
		row.Total, row.Body = claimwatch.Fen(total), []byte(body)
		rows = append(rows, row)
		return nil
	}
	dest := []any{&row.Seq, &row.InstitutionID, &row.Month, &row.Number, &total, &row.SHA256, &body}
	err = db.each(ctx, read, dest, `
		SELECT seq, institution_id, month, number, total, content_sha256, body FROM rejected_lists
		WHERE institution_id = {institution:String} ORDER BY month, seq DESC LIMIT 1 BY month`, named("institution", institution))
	return rows, wrap("read sealed lists", err)
}
