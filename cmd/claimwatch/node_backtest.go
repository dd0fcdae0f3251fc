package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"claimwatch"
	"claimwatch/rules/backtest"
	"claimwatch/store"
)

// wireBacktests adds the backtests where rules are evaluated.
func (n *node) wireBacktests(context.Context) error {
	if !n.settings.does("rules") {
		return nil
	}
	n.stages.backtests = backtest.New(backtest.Config{Wall: n.settings.Clock == "wall"}, backtest.Deps{
		Library: n.stages.shelf.Library, Scopes: n.db.Scopes, AsOf: n.asOf, Behind: n.evaluationBehind, Keep: backtests{n.db},
		Open: func(ctx context.Context) (backtest.Slice, error) {
			return n.db.NewSlice(ctx, fmt.Sprintf("%s_backtest", n.workerName()))
		},
		Worker: n.backtestWorker(), Now: clock, Random: rand.Reader, Log: n.log,
	})
	n.stages.backtests.Register(n.stages.server.API())
	return nil
}

// backtestWorker is the name under which backtests run. A process with a log of
// its own is the only one on its data, and keeps its name over restarts: what it
// left behind is known at once to be interrupted.
func (n *node) backtestWorker() string {
	if n.broker != nil {
		host, _, _ := strings.Cut(n.workerName(), "_")
		return host
	}
	return n.workerName()
}

// evaluationBehind says whether scopes wait for live evaluation.
func (n *node) evaluationBehind(ctx context.Context) (bool, error) {
	for _, e := range n.stages.evaluations {
		behind, err := n.behind(ctx, claimwatch.TopicTouched, e.evaluated.handled(), n.answered(e.group))
		if err != nil || behind > 0 {
			return behind > 0, err
		}
	}
	return false, nil
}

// backtests keeps backtests in the store.
type backtests struct{ db *store.DB }

func (b backtests) SaveBacktest(ctx context.Context, row backtest.Row) error {
	return b.db.SaveBacktest(ctx, store.BacktestRow(row))
}

func (b backtests) Backtest(ctx context.Context, id string) (backtest.Row, bool, error) {
	row, known, err := b.db.Backtest(ctx, id)
	return backtest.Row(row), known, err
}

func (b backtests) Backtests(ctx context.Context, before string, limit int) ([]backtest.Row, error) {
	rows, err := b.db.Backtests(ctx, before, limit)
	list := make([]backtest.Row, len(rows))
	for i, row := range rows {
		list[i] = backtest.Row(row)
	}
	return list, err
}
