package store

import (
	"context"
	"time"

	"claimwatch"
)

// BacktestRow is a backtest as it stands.
type BacktestRow struct {
	ID      string
	Seq     uint64 // the greatest counts
	State   string
	Worker  string // the process that runs it
	HeardAt claimwatch.Instant
	Body    []byte // JSON of package rules/backtest
}

// SaveBacktest writes a state of a backtest.
func (db *DB) SaveBacktest(ctx context.Context, row BacktestRow) error {
	return db.insert(ctx, "backtests",
		column{"backtest_id", "String", []string{row.ID}},
		column{"seq", "UInt64", []uint64{row.Seq}},
		column{"state", "String", []string{row.State}},
		column{"worker", "String", []string{row.Worker}},
		column{"heard_at", timeType, []int64{millis(row.HeardAt)}},
		column{"body", "String", []string{string(row.Body)}})
}

// Backtests lists backtests, the newest first: those before an id, empty for
// all, at most limit.
func (db *DB) Backtests(ctx context.Context, before string, limit int) ([]BacktestRow, error) {
	where := conditions{}
	where.text("backtest_id < {before:String}", "before", before)
	return db.backtests(ctx, where, limit)
}

// Backtest gives one of them; ok is false when there is none of that id.
func (db *DB) Backtest(ctx context.Context, id string) (row BacktestRow, ok bool, err error) {
	where := conditions{}
	where.add("backtest_id = {id:String}", named("id", id))
	rows, err := db.backtests(ctx, where, 1)
	if err != nil || len(rows) == 0 {
		return BacktestRow{}, false, err
	}
	return rows[0], true, nil
}

func (db *DB) backtests(ctx context.Context, where conditions, limit int) (rows []BacktestRow, err error) {
	var row BacktestRow
	var heard time.Time
	var body string
	read := func() error {
		row.HeardAt, row.Body = claimwatch.InstantOf(heard), []byte(body)
		rows = append(rows, row)
		return nil
	}
	err = db.each(ctx, read, []any{&row.ID, &row.Seq, &row.State, &row.Worker, &heard, &body}, `
		SELECT backtest_id, seq, state, worker, heard_at, body FROM (
			SELECT * FROM backtests `+where.clause()+` ORDER BY backtest_id DESC, seq DESC LIMIT 1 BY backtest_id)
		ORDER BY backtest_id DESC LIMIT {limit:Int64}`, append(where.args, named("limit", int64(limit)))...)
	return rows, wrap("read backtests", err)
}
