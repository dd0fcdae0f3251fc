package store

import (
	"context"
	"fmt"
	"math"
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
	return db.SaveBacktests(ctx, []BacktestRow{row})
}

// SaveBacktests writes states of backtests, all of them or none.
func (db *DB) SaveBacktests(ctx context.Context, rows []BacktestRow) error {
	if len(rows) == 0 {
		return nil
	}
	return db.insert(ctx, "backtests",
		column{"backtest_id", "String", rowOf(rows, func(r *BacktestRow) string { return r.ID })},
		column{"seq", "UInt64", valuesOf(rows, func(r BacktestRow) uint64 { return r.Seq })},
		column{"state", "String", rowOf(rows, func(r *BacktestRow) string { return r.State })},
		column{"worker", "String", rowOf(rows, func(r *BacktestRow) string { return r.Worker })},
		column{"heard_at", timeType, valuesOf(rows, func(r BacktestRow) int64 { return millis(r.HeardAt) })},
		column{"body", "String", rowOf(rows, func(r *BacktestRow) string { return string(r.Body) })})
}

// KeptBacktests gives the last state of every backtest, also of a store that was
// last used before there were any: nothing then.
func (db *DB) KeptBacktests(ctx context.Context) ([]BacktestRow, error) {
	var tables uint64
	if err := db.QueryRow(ctx, `
		SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'backtests'`).Scan(&tables); err != nil {
		return nil, fmt.Errorf("look for backtests: %w", err)
	}
	if tables == 0 {
		return nil, nil
	}
	return db.Backtests(ctx, "", math.MaxInt32)
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
