package main

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/rules/backtest"
)

//go:embed adm001.sql
var bareRule string

// backtest compares what an officer asks, of one rule and of all, with the bare
// SQL of the rule over the raw tables.
func (b *bench) backtest(ctx context.Context) (section, error) {
	m, err := b.crowded(ctx)
	if err != nil {
		return section{}, err
	}
	figures := series{}
	bare, err := b.bare(ctx, m, figures)
	if err != nil {
		return section{}, err
	}
	one, err := b.asked(ctx, m, backtest.Request{Rule: "ADM-001", Set: map[string]string{"days": "10"}}, "one", figures)
	if err != nil {
		return section{}, err
	}
	all, err := b.asked(ctx, m, backtest.Request{Rule: "*"}, "all", figures)
	if err != nil {
		return section{}, err
	}
	found := one.Both.Findings + one.OnlyNow.Findings
	if swept := min(m.persons, b.plan.swept); swept == m.persons && (found != bare.findings || one.Both.Now+one.OnlyNow.Now != bare.amount) {
		return section{}, fmt.Errorf("the backtest found %d findings of %v, the bare query %d of %v",
			found, one.Both.Now+one.OnlyNow.Now, bare.findings, bare.amount)
	}
	return b.backtestSection(m, figures, bare, found, all.Both.Findings), nil
}

func (b *bench) backtestSection(m *multitude, f series, bare answer, one, all int) section {
	swept := min(m.persons, b.plan.swept)
	share := float64(m.persons) / float64(swept)
	seconds := func(n float64) string { return trim(n) + " s" }
	ones, alls, peer := f.median("one"), f.median("all"), f.median("bare")/share
	lines := thousands(int64(float64(m.lines) / share))
	return section{rows: []row{
		atMost("backtest of ADM-001 with 10 days, "+lines+" lines, against its bare SQL", seconds(ones), seconds(peer), ones/peer, 2),
		plainly("processor time of that", seconds(f.median("one cpu")), seconds(f.median("bare cpu")/share), 0),
		atMost("backtest of all rules, against that of one", seconds(alls), seconds(ones), alls/ones, 10),
		plainly("processor time of that", seconds(f.median("all cpu")), seconds(f.median("one cpu")), 0),
	}, notes: []string{fmt.Sprintf(
		"%s persons of the store of %s lines, %s findings of ADM-001 and %s of all rules that were found by both sides. The bare SQL ran over all %s lines in %s s on both processors, %s findings; its figure is that, divided by %s. "+
			"The bare SQL knows neither refunds nor cancelled lines, keeps no `known_at` and compares with nothing; the backtest evaluates twice, on one slice.",
		thousands(int64(swept)), thousands(int64(m.lines)), thousands(int64(one)), thousands(int64(all)), thousands(int64(m.lines)), trim(f.median("bare")),
		thousands(int64(bare.findings)), trim(share))}}
}

// answer is what the bare query finds.
type answer struct {
	findings int
	amount   claimwatch.Fen
}

// bare runs the query of a rule as one writes it by hand.
func (b *bench) bare(ctx context.Context, m *multitude, figures series) (a answer, err error) {
	for range b.plan.peerRuns {
		began, used := b.now(), ownTime()
		var findings uint64
		if err := m.db.QueryRow(ctx, bareRule).Scan(&findings, (*int64)(&a.amount)); err != nil {
			return a, fmt.Errorf("ask the bare query: %w", err)
		}
		a.findings = int(findings)
		figures.add("bare", b.now().Sub(began).Seconds())
		figures.add("bare cpu", ownTime()-used)
		say("backtest: the bare query found %d in %.1f s", findings, b.now().Sub(began).Seconds())
	}
	return a, nil
}

// kept keeps backtests while the measurement lasts.
type kept struct{ sync.Map }

// SaveBacktest keeps a backtest as it stands.
func (k *kept) SaveBacktest(_ context.Context, row backtest.Row) error {
	k.Store(row.ID, row)
	return nil
}

// Backtest gives a backtest back.
func (k *kept) Backtest(_ context.Context, id string) (backtest.Row, bool, error) {
	row, known := k.Load(id)
	if !known {
		return backtest.Row{}, false, nil
	}
	return row.(backtest.Row), true, nil
}

// Backtests lists none: nobody asks.
func (*kept) Backtests(context.Context, string, int) ([]backtest.Row, error) { return nil, nil }

// asked runs a backtest as the server does when nothing else happens.
func (b *bench) asked(ctx context.Context, m *multitude, q backtest.Request, name string, figures series) (*backtest.Result, error) {
	library, err := rules.Embedded()
	if err != nil {
		return nil, err
	}
	runner := backtest.New(backtest.Config{}, backtest.Deps{
		Library: func() *rules.Library { return library }, Keep: &kept{}, Worker: "bench", Now: b.now, Random: rand.Reader, Log: zap.NewNop(),
		Open:   func(ctx context.Context) (backtest.Slice, error) { return m.db.NewSlice(ctx, "backtest") },
		Scopes: func(ctx context.Context) ([]claimwatch.Scope, error) { return m.everybody(ctx, b.plan.swept) },
		AsOf:   func(context.Context) (claimwatch.Instant, bool, error) { return m.asOf, true, nil },
		Behind: func(context.Context) (bool, error) { return false, nil },
	})
	running, stop := context.WithCancel(ctx)
	defer stop()
	go func() { _ = runner.Run(running) }() // it gives no error
	began, used := b.now(), ownTime()
	last := time.Time{}
	for t, err := runner.Start(ctx, claimwatch.Caller{KeyID: "bench"}, q); ; t, err = runner.Get(ctx, t.ID) {
		switch {
		case err != nil:
			return nil, err
		case t.State == backtest.Done:
			figures.add(name, b.now().Sub(began).Seconds())
			figures.add(name+" cpu", ownTime()-used)
			return t.Result, nil
		case t.State != backtest.Queued && t.State != backtest.Running:
			return nil, errors.New("the backtest " + string(t.State) + ": " + t.Fault)
		}
		if b.now().Sub(last) > 5*time.Second {
			last = b.now()
			say("backtest of %s: %d of %d persons after %s", q.Rule, t.Progress.Done, t.Progress.Scopes, b.now().Sub(began).Round(time.Second))
		}
		time.Sleep(20 * time.Millisecond)
	}
}
