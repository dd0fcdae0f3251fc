package rules

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"claimwatch"
)

// row is one row of the shape.
type row struct {
	rule, result                    string
	stay, belongs                   uint32
	about                           []string
	severity                        string
	day                             int32
	role, kind, institution, record string
	at, amount                      int64
	lineStay                        uint32
	spanFrom, spanUntil             *int64
	evidence, reason                string
	dueInstitution                  string
	dueAt                           int64
}

// places are those of the row's columns, in the order of columns.
func (r *row) places() []any {
	return []any{
		&r.result, &r.stay, &r.belongs, &r.about, &r.severity, &r.day, &r.role, &r.kind, &r.institution, &r.record,
		&r.at, &r.amount, &r.lineStay, &r.spanFrom, &r.spanUntil, &r.evidence, &r.reason, &r.dueInstitution, &r.dueAt,
	}
}

// Querier runs a query over a slice.
type Querier interface {
	Run(ctx context.Context, sql string, each func(scan func(...any) error) error) error
}

// runAll runs the rules, as many at once as the slice lets. Those that fail come
// back in failed, and the others' rows are there. An end of the context is an
// error of its own.
func runAll(ctx context.Context, on Querier, rules []prepared) (rows []row, failed map[*Rule]error, err error) {
	found, faults := make([][]row, len(rules)), make([]error, len(rules))
	var group sync.WaitGroup
	for i, rule := range rules {
		group.Go(func() { found[i], faults[i] = rule.run(ctx, on) })
	}
	group.Wait()
	if ctx.Err() != nil {
		return nil, nil, fmt.Errorf("run library: %w", ctx.Err())
	}
	failed = map[*Rule]error{}
	for i, cause := range faults {
		if cause != nil {
			failed[rules[i].Rule], found[i] = cause, nil
		}
	}
	if len(failed) == len(rules) && len(rules) > 1 {
		for _, cause := range failed {
			return nil, nil, fmt.Errorf("run library: every rule fails: %w", cause)
		}
	}
	return slices.Concat(found...), failed, nil
}

// run gives the rows of a rule.
func (p prepared) run(ctx context.Context, on Querier) (rows []row, err error) {
	err = on.Run(ctx, p.sql, func(scan func(...any) error) error {
		rows = append(rows, row{rule: p.tag, result: "hit"})
		all := rows[len(rows)-1].places()
		places := make([]any, len(p.returns))
		for i, column := range p.returns {
			places[i] = all[column]
		}
		return scan(places...)
	})
	return rows, err
}

// knowledge is what Go needs of the reference tables.
type knowledge struct {
	claimwatch.Knowledge
	// version is the journal entry of the newest load of any table.
	version uint64
}
