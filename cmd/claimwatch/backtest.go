package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"text/tabwriter"
	"time"

	"claimwatch"
	"claimwatch/rules/backtest"
)

// backtestCommand asks what a rule would have found.
type backtestCommand struct {
	clientFlags

	Code    string            `arg:"" optional:"" help:"Code of the rule."`
	All     bool              `help:"All rules."`
	Set     map[string]string `help:"A parameter and its value (days=10), or that of another rule (RX-003.days=4); may be repeated."`
	From    string            `help:"Findings count from this day or time on."`
	Until   string            `help:"Findings count before this day or time, and it is evaluated as of then."`
	KnownAt string            `help:"Leave out what was received or loaded after this day or time."`
	Open    string            `help:"Show a backtest of before by its number." placeholder:"ID"`
	JSON    bool              `name:"json" help:"One JSON object."`
}

// Help shows how it is used.
func (backtestCommand) Help() string {
	return `Evaluates history with other parameters, or as it was known at a moment, and compares what is found with what the library finds as it
stands over the same facts. Ctrl-C cancels it. The result is kept by the server.

Example:
  claimwatch backtest ADM-001 --set days=10 --from 2025-01-01 --until 2026-01-01 --known-at 2026-02-01`
}

// Run starts the backtest and waits for its end.
func (c backtestCommand) Run(ctx context.Context, term terminal) error {
	if (c.Code != "") == c.All && c.Open == "" {
		return wrongUsage("name a rule, or --all")
	}
	server, err := c.client()
	if err != nil {
		return err
	}
	b := backtest.Backtest{ID: c.Open}
	if c.Open == "" {
		request := backtest.Request{Rule: c.Code, Set: c.Set, From: c.From, Until: c.Until, KnownAt: c.KnownAt}
		if c.All {
			request.Rule = "*"
		}
		if err := server.post(ctx, "/v1/backtests", request, &b); err != nil {
			return err
		}
	}
	if b, err = c.wait(ctx, server, b.ID, term); err != nil {
		return err
	}
	if c.JSON {
		text, err := json.Marshal(b)
		if err != nil {
			return fmt.Errorf("write backtest: %w", err)
		}
		return printJSON(term, text, true)
	}
	if b.Result == nil {
		return fmt.Errorf("the backtest is %s %s", b.State, b.Fault)
	}
	return printBacktest(term.out, &b)
}

// wait asks how far the backtest is until it has ended. Who goes before cancels it.
func (c backtestCommand) wait(ctx context.Context, server *client, id string, term terminal) (b backtest.Backtest, err error) {
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	told := clock()
	for {
		if err := server.get(ctx, "/v1/backtests/"+id, nil, &b); err != nil {
			return b, c.cancel(ctx, server, id, err)
		}
		ended := b.State != backtest.Queued && b.State != backtest.Running
		switch {
		case (terminal{out: term.err}).interactive():
			fmt.Fprintf(term.err, "\r%s: %d of %d persons and institutions ", b.State, b.Progress.Done, b.Progress.Scopes)
		case clock().Sub(told) > time.Minute:
			fmt.Fprintf(term.err, "%s: %d of %d persons and institutions\n", b.State, b.Progress.Done, b.Progress.Scopes)
			told = clock()
		}
		if ended {
			if (terminal{out: term.err}).interactive() {
				fmt.Fprintln(term.err)
			}
			return b, nil
		}
		select {
		case <-ctx.Done():
			return b, c.cancel(ctx, server, id, ctx.Err())
		case <-ticker.C:
		}
	}
}

// cancel ends the backtest of somebody who goes, and gives the reason of going.
func (c backtestCommand) cancel(ctx context.Context, server *client, id string, cause error) error {
	if ctx.Err() == nil || c.Open != "" {
		return cause // the server is gone, or it is not ours
	}
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	var b backtest.Backtest
	if err := server.call(last, request{method: http.MethodDelete, path: "/v1/backtests/" + id}, &b); err != nil {
		return fmt.Errorf("cancel backtest %s: %w", id, err)
	}
	return fmt.Errorf("backtest %s is cancelled", id)
}

func printBacktest(out io.Writer, b *backtest.Backtest) error {
	fmt.Fprintf(out, "%s: %s, as of %s, known at %s, %d persons and institutions\n", b.ID, asked(b.Request),
		b.AsOf.Time().Format(time.RFC3339), b.KnownAt.Time().Format(time.RFC3339), b.Progress.Scopes)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\tFINDINGS\tPERSONS\tINSTITUTIONS\tYUAN BEFORE\tYUAN NOW")
	r := b.Result
	for _, line := range []struct {
		name  string
		count *backtest.Count
	}{{"found by both", &r.Both}, {"of these changed", &r.Changed}, {"only before", &r.OnlyBefore}, {"only now", &r.OnlyNow}} {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%s\t%s\n", line.name, line.count.Findings, line.count.Persons, line.count.Institutions,
			line.count.Before, line.count.Now)
	}
	fmt.Fprintln(table, "\nRULE\tBOTH\tONLY BEFORE\tONLY NOW\tYUAN BEFORE\tYUAN NOW")
	for _, rule := range r.ByRule {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%s\t%s\n", rule.Rule, rule.Both, rule.OnlyBefore, rule.OnlyNow, rule.Before, rule.Now)
	}
	for _, silent := range r.NotTold {
		fmt.Fprintf(table, "%s is not evaluated for %d stays: %s\n", silent.Rule, silent.Stays, silent.Reason)
	}
	printExamples(table, "only before", r.OnlyBefore.Examples)
	printExamples(table, "only now", r.OnlyNow.Examples)
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print backtest: %w", err)
	}
	return nil
}

// asked names the rule and what differs: ADM-001 with days=10.
func asked(q backtest.Request) string {
	text := q.Rule
	if text == "*" {
		text = "all rules"
	}
	for i, name := range slices.Sorted(maps.Keys(q.Set)) {
		text += []string{" with ", ", "}[min(i, 1)] + name + "=" + q.Set[name]
	}
	return text
}

func printExamples(out io.Writer, name string, examples []backtest.Example) {
	if len(examples) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\nFINDING\tRULE\tINSTITUTION\tPERSON\tSTAY\tYUAN\n", name)
	for _, e := range examples[:min(20, len(examples))] {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", e.FindingID, e.Rule, e.InstitutionID, orNone(e.PersonID), orNone(e.StayID), yuan(e))
	}
}

func orNone(text *string) string {
	if text == nil {
		return "-"
	}
	return *text
}

func yuan(e backtest.Example) claimwatch.Fen {
	if e.Now != nil {
		return *e.Now
	}
	return *e.Before
}
