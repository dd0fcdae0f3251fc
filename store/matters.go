package store

import (
	"context"
)

// MatterRow is an entry of a register in one of its states.
type MatterRow struct {
	Seq           uint64 // the journal entry that led there; the greatest counts
	MatterID      string
	Kind          string
	Number        string
	InstitutionID string // empty for a matter of none
	City          string
	State         string
	Body          []byte // JSON of package audit
}

// SaveMatters writes states; of one matter the greatest Seq counts, in whatever
// order they are saved.
func (db *DB) SaveMatters(ctx context.Context, rows []MatterRow) error {
	if len(rows) == 0 {
		return nil
	}
	type row = MatterRow
	return db.insert(ctx, "matters",
		column{"matter_id", "String", rowOf(rows, func(r *row) string { return r.MatterID })},
		column{"seq", "UInt64", rowOf(rows, func(r *row) uint64 { return r.Seq })},
		column{"kind", "String", rowOf(rows, func(r *row) string { return r.Kind })},
		column{"number", "String", rowOf(rows, func(r *row) string { return r.Number })},
		column{"institution_id", "String", rowOf(rows, func(r *row) string { return r.InstitutionID })},
		column{"city", "String", rowOf(rows, func(r *row) string { return r.City })},
		column{"state", "String", rowOf(rows, func(r *row) string { return r.State })},
		column{"body", "String", rowOf(rows, func(r *row) string { return string(r.Body) })})
}

// MatterQuery filters matters by their newest state; empty members do not filter.
type MatterQuery struct {
	Kind          string
	InstitutionID string
}

// Matters lists the newest state of each matter by matter id.
func (db *DB) Matters(ctx context.Context, q MatterQuery) (rows []MatterRow, err error) {
	where := conditions{}
	where.text("kind = {kind:String}", "kind", q.Kind)
	where.text("institution_id = {institution:String}", "institution", q.InstitutionID)
	var row MatterRow
	var body string
	read := func() error {
		row.Body = []byte(body)
		rows = append(rows, row)
		return nil
	}
	dest := []any{&row.Seq, &row.MatterID, &row.Kind, &row.Number, &row.InstitutionID, &row.City, &row.State, &body}
	err = db.each(ctx, read, dest, `
		SELECT seq, matter_id, kind, number, institution_id, city, state, body FROM (
			SELECT * FROM matters ORDER BY matter_id, seq DESC LIMIT 1 BY matter_id)
		`+where.clause()+` ORDER BY matter_id`, where.args...)
	return rows, wrap("read matters", err)
}
