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
	stay                            uint32
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
		&r.rule, &r.result, &r.stay, &r.about, &r.severity, &r.day, &r.role, &r.kind, &r.institution, &r.record,
		&r.at, &r.amount, &r.lineStay, &r.spanFrom, &r.spanUntil, &r.evidence, &r.reason, &r.dueInstitution, &r.dueAt,
	}
}

// Querier runs a query over a slice.
type Querier interface {
	Run(ctx context.Context, sql string, each func(scan func(...any) error) error) error
}

// runAll runs the rules as one statement. When it fails it is cut in two until the
// rules that fail are alone: they come back in failed, and the others' rows are
// there. An end of the context is an error of its own.
func runAll(ctx context.Context, on Querier, rules []prepared) (rows []row, failed map[*Rule]error, err error) {
	half := len(rules) / 2
	halves := [][]prepared{rules[:half], rules[half:]}
	found, broken := make([][]row, 2), []map[*Rule]error{{}, {}}
	group, both := errgroup.WithContext(ctx)
	for i := range halves {
		group.Go(func() (err error) {
			found[i], err = bisect(both, on, halves[i], broken[i])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	rows, failed = slices.Concat(found...), broken[0]
	maps.Copy(failed, broken[1])
	if len(failed) == len(rules) && len(rules) > 1 {
		for _, cause := range failed {
			return nil, nil, fmt.Errorf("run library: every rule fails: %w", cause)
		}
	}
	return rows, failed, nil
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

// stay is what Go needs of a stay of the slice.
type stay struct {
	institution, person, id string
	admission               string // record_id
	admittedAt, present     int64
	dischargedAt            *int64
	inpatient               bool
	found, face             bool // there is a row of the institution; it requires faces
	primary, series         string
}

const staysQuery = `SELECT stay, institution_id, person_id, stay_id, admission_id, admitted_at, present, discharged_at, inpatient,
	institution_found, face_required, primary_diagnosis, series_id FROM stays ORDER BY stay`

// readStays reads every stay of the slice by its number.
func readStays(ctx context.Context, on Querier) (map[uint32]stay, error) {
	stays := map[uint32]stay{}
	err := on.Run(ctx, staysQuery, func(scan func(...any) error) error {
		var number uint32
		var s stay
		err := scan(&number, &s.institution, &s.person, &s.id, &s.admission, &s.admittedAt, &s.present, &s.dischargedAt, &s.inpatient,
			&s.found, &s.face, &s.primary, &s.series)
		stays[number] = s
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read stays: %w", err)
	}
	return stays, nil
}

// law is a row of the laws table: when a law is in force, the last day exclusive.
type law struct {
	id          string
	from, until claimwatch.Day
}

// knowledge is what Go needs of the reference tables.
type knowledge struct {
	loaded map[string]bool
	laws   []law
}

const knowledgeQuery = `SELECT table_name AS name, 0 AS law, toInt32(0) AS since, toInt32(0) AS until FROM loaded
	UNION ALL SELECT law_id, 1, since, until FROM laws`

func readKnowledge(ctx context.Context, on Querier) (knowledge, error) {
	known := knowledge{loaded: map[string]bool{}}
	err := on.Run(ctx, knowledgeQuery, func(scan func(...any) error) error {
		var name string
		var isLaw uint8
		var from, until int32
		if err := scan(&name, &isLaw, &from, &until); err != nil {
			return err
		}
		if isLaw == 1 {
			known.laws = append(known.laws, law{name, claimwatch.Day(from), claimwatch.Day(until)})
		} else {
			known.loaded[name] = true
		}
		return nil
	})
	if err != nil {
		return known, fmt.Errorf("read knowledge: %w", err)
	}
	return known, nil
}
