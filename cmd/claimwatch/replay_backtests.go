package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"go.uber.org/zap"

	"claimwatch/store"
)

// keptBacktests reads the backtests of a stopped server's store: they are questions
// with their answers, no facts, and stand in no log. What an engine of this process
// opens it closes again: there is one at a time.
func keptBacktests(ctx context.Context, s settings, live string) (rows []store.BacktestRow, err error) {
	from := live
	if !there(from) {
		from = live + ".old" // a swap was broken off: this is the one that was in use
	}
	if !there(from) {
		return nil, nil // there was no store, or it was removed to be built anew
	}
	db, err := store.Open(ctx, s.storeConfig(from), zap.NewNop())
	if err != nil {
		return nil, fmt.Errorf("open the old store to keep its backtests (--drop-backtests goes without): %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if rows, err = db.KeptBacktests(ctx); err != nil {
		return nil, fmt.Errorf("keep the backtests of the old store (--drop-backtests goes without): %w", err)
	}
	return rows, nil
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
