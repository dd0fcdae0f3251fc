package rules

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

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

// pointers are the places of the row's columns, in the order of columns.
func (r *row) pointers() []any {
	return []any{
		&r.rule, &r.result, &r.stay, &r.belongs, &r.about, &r.severity, &r.day, &r.role, &r.kind, &r.institution, &r.record,
		&r.at, &r.amount, &r.lineStay, &r.spanFrom, &r.spanUntil, &r.evidence, &r.reason, &r.dueInstitution, &r.dueAt,
	}
}

// Querier runs a query over a slice.
type Querier interface {
	Run(ctx context.Context, sql string, each func(scan func(...any) error) error) error
}

// together is how many rules one statement runs: few, so that the readers of a
// slice share them evenly, for one rule may cost as much as five others.
const together = 3

// runAll runs the rules, a few in a statement and several statements at once.
// A statement that fails is cut in two until the rules that fail are alone:
// they come back in failed, and the others' rows are there. An end of the
// context is an error of its own.
func runAll(ctx context.Context, on Querier, rules []prepared) (rows []row, failed map[*Rule]error, err error) {
	parts := slices.Collect(slices.Chunk(rules, together))
	found, broken := make([][]row, len(parts)), make([]map[*Rule]error, len(parts))
	group, all := errgroup.WithContext(ctx)
	for i := range parts {
		group.Go(func() (err error) {
			broken[i] = map[*Rule]error{}
			found[i], err = bisect(all, on, parts[i], broken[i])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	failed = map[*Rule]error{}
	for _, faults := range broken {
		maps.Copy(failed, faults)
	}
	if len(failed) == len(rules) && len(rules) > 1 {
		for _, cause := range failed {
			return nil, nil, fmt.Errorf("run library: every rule fails: %w", cause)
		}
	}
	return slices.Concat(found...), failed, nil
}

func bisect(ctx context.Context, on Querier, rules []prepared, failed map[*Rule]error) ([]row, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	parts := make([]string, len(rules))
	for i, rule := range rules {
		parts[i] = rule.sql
	}
	var rows []row
	err := on.Run(ctx, strings.Join(parts, "\nUNION ALL\n"), func(scan func(...any) error) error {
		rows = append(rows, row{})
		return scan(rows[len(rows)-1].pointers()...)
	})
	switch {
	case err == nil:
		return rows, nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("run library: %w", ctx.Err())
	case len(rules) == 1:
		failed[rules[0].Rule] = err
		return nil, nil
	}
	half := len(rules) / 2
	first, err := bisect(ctx, on, rules[:half], failed)
	if err != nil {
		return nil, err
	}
	second, err := bisect(ctx, on, rules[half:], failed)
	return append(first, second...), err
}

// knowledge is what Go needs of the reference tables.
type knowledge struct {
	claimwatch.Knowledge
	// version is the journal entry of the newest load of any table.
	version uint64
}
