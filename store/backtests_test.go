package store_test

import (
	"testing"

	"claimwatch/store"
	"claimwatch/store/storetest"
)

// TestBacktests: the newest first, of each the last state.
func TestBacktests(t *testing.T) {
	db := migrated(t)
	row := func(id string, seq uint64, state string) store.BacktestRow {
		return store.BacktestRow{ID: id, Seq: seq, State: state, Worker: "w", HeardAt: clock("2026-01-02T03:04"), Body: []byte(`{"seq":` + state + `}`)}
	}
	for _, r := range []store.BacktestRow{row("b1", 2, "done"), row("b1", 1, "running"), row("b2", 1, "queued"), row("b3", 7, "failed")} {
		must(t, db.SaveBacktest(t.Context(), r))
	}
	all := got(db.Backtests(t.Context(), "", 10))(t)
	same(t, "all", all, []store.BacktestRow{row("b3", 7, "failed"), row("b2", 1, "queued"), row("b1", 2, "done")})
	same(t, "the next page", got(db.Backtests(t.Context(), "b3", 1))(t), all[1:2])
	same(t, "to take over", got(db.KeptBacktests(t.Context()))(t), all)
	other := migrated(t)
	must(t, other.SaveBacktests(t.Context(), all))
	must(t, other.SaveBacktests(t.Context(), nil))
	same(t, "taken over", got(other.Backtests(t.Context(), "", 10))(t), all)
	bare := storetest.Open(t) // of a release that had no backtests
	same(t, "where there are none", len(got(bare.KeptBacktests(t.Context()))(t)), 0)
	one, ok, err := db.Backtest(t.Context(), "b1")
	must(t, err)
	same(t, "one", []any{one, ok}, []any{all[2], true})
	_, ok, err = db.Backtest(t.Context(), "b4")
	must(t, err)
	same(t, "none", ok, false)
}
