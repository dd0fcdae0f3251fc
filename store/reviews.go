package store

import (
	"context"

	"claimwatch"
)

// ReviewRow is where a finding stands in the procedure.
type ReviewRow struct {
	Seq           uint64 // the journal entry that led there; the greatest counts
	FindingID     string
	InstitutionID string
	State         claimwatch.State
	Body          []byte // JSON of package audit
}

// SaveReviews writes states; of one finding the greatest Seq counts, in
// whatever order they are saved.
func (db *DB) SaveReviews(ctx context.Context, rows []ReviewRow) error {
	if len(rows) == 0 {
		return nil
	}
	type row = ReviewRow
	return db.insert(ctx, "reviews",
		column{"finding_id", "String", rowOf(rows, func(r *row) string { return r.FindingID })},
		column{"seq", "UInt64", rowOf(rows, func(r *row) uint64 { return r.Seq })},
		column{"institution_id", "String", rowOf(rows, func(r *row) string { return r.InstitutionID })},
		column{"state", "String", rowOf(rows, func(r *row) string { return string(r.State) })},
		column{"body", "String", rowOf(rows, func(r *row) string { return string(r.Body) })})
}

// ReviewQuery filters reviews; empty members do not filter.
type ReviewQuery struct {
	States        []claimwatch.State
	IDs           []string // of findings
	InstitutionID string
}

// Reviews lists the newest state of each finding by finding id. The filters are
// about that state, not about earlier ones.
func (db *DB) Reviews(ctx context.Context, q ReviewQuery) (rows []ReviewRow, err error) {
	inner, outer := conditions{}, conditions{}
	if q.IDs != nil {
		inner.add("finding_id IN {ids:Array(String)}", named("ids", q.IDs))
	}
	if q.States != nil {
		outer.add("state IN {states:Array(String)}", named("states", rowOf(q.States, func(s *claimwatch.State) string { return string(*s) })))
	}
	outer.text("institution_id = {institution:String}", "institution", q.InstitutionID)
	var row ReviewRow
	var state, body string
	read := func() error {
		row.State, row.Body = claimwatch.State(state), []byte(body)
		rows = append(rows, row)
		return nil
	}
	err = db.each(ctx, read, []any{&row.Seq, &row.FindingID, &row.InstitutionID, &state, &body}, `
		SELECT seq, finding_id, institution_id, state, body FROM (
			SELECT * FROM reviews `+inner.clause()+` ORDER BY finding_id, seq DESC LIMIT 1 BY finding_id)
		`+outer.clause()+` ORDER BY finding_id`, append(inner.args, outer.args...)...)
	return rows, wrap("read reviews", err)
}

// Review gives the state of one finding; ok is false when nobody touched it.
func (db *DB) Review(ctx context.Context, findingID string) (row ReviewRow, ok bool, err error) {
	rows, err := db.Reviews(ctx, ReviewQuery{IDs: []string{findingID}})
	if err != nil || len(rows) == 0 {
		return ReviewRow{}, false, err
	}
	return rows[0], true, nil
}
