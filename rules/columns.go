package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// column is one column of the shape that every rule returns.
type column struct {
	name     string
	convert  string // puts the query's column into the shape's type
	absent   string // stands for a column that the query leaves out
	describe string
}

// columns are the shape of a rule's result: one row for each line of a finding,
// for each "not evaluated" and for each due time. A query names those that it
// needs, in any order; the others take their default.
var columns = []column{
	{"result", "toString(%s)", "'hit'", "hit, not_evaluated, or empty for a row that tells a due time only"},
	{"stay", "toUInt32(%s)", "toUInt32(0)", "number of the stay that the subject names, 0 for none"},
	{"belongs", "toUInt32(%s)", "toUInt32(0)", "number of the stay to which a finding without violating lines belongs, when it is not stay"},
	{"about", "CAST(%s, 'Array(String)')", "CAST([], 'Array(String)')", "further ids of the subject, in the order of the table"},
	{"severity", "toString(%s)", "''", "when it is not the rule's own"},
	{"day", "toInt32(%s)", "toInt32(0)", "the day that the subject names"},
	{"role", "toString(%s)", "''", "violating or involved"},
	{"kind", "toString(%s)", "''", "kind of the line's record"},
	{"institution_id", "toString(%s)", "''", "institution of the line's record"},
	{"record_id", "toString(%s)", "''", "the line's record"},
	{"at", "toInt64(%s)", "toInt64(0)", "occurred_at of the line's record"},
	{"amount", "toInt64(%s)", "toInt64(0)", "amount of a violating line in fen"},
	{"line_stay", "toUInt32(%s)", "toUInt32(0)", "number of the line's stay, when it is not stay"},
	{"span_from", "CAST(%s, 'Nullable(Int64)')", "CAST(NULL, 'Nullable(Int64)')", "from of the finding, with span given"},
	{"span_until", "CAST(%s, 'Nullable(Int64)')", "CAST(NULL, 'Nullable(Int64)')", "until of the finding, with span given"},
	{"evidence", "toString(%s)", "''", "JSON object: how the number came about; on any row of the finding"},
	{"reason", "toString(%s)", "''", "why not evaluated"},
	{"due_institution", "toString(%s)", "''", "whose present must reach due_at; empty: as_of must"},
	{"due_at", "toInt64(%s)", "toInt64(0)", "when time could change the answer, 0 for never; on a row of any result"},
}

// Prober tells which columns a query returns.
type Prober interface {
	Columns(ctx context.Context, sql string) (names, types []string, err error)
}

// prepared is a rule whose query can run: parameters filled in, in the shape.
type prepared struct {
	*Rule
	sql string
}

// prepare fills in parameters and wraps each query into the shape. A query that
// does not even parse comes back in broken, the others go on.
func prepare(ctx context.Context, library *Library, set Settings, on Prober) (ready []prepared, broken map[*Rule]error, err error) {
	broken = map[*Rule]error{}
	for _, rule := range library.Active() {
		values, err := library.values(rule, set)
		if err != nil {
			return nil, nil, err
		}
		query, err := fill(rule.Query, values)
		if err != nil {
			return nil, nil, fmt.Errorf("prepare %s: %w", rule.Code, err)
		}
		sql, err := library.shapes.shape(ctx, rule.Code, query, on)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			broken[rule] = err
			continue
		}
		ready = append(ready, prepared{Rule: rule, sql: sql})
	}
	return ready, broken, nil
}

// shapes are the wrapped queries of a library. All slices of a process are alike,
// so that the first engine asks for columns and the others do not: a third of a
// second for the whole library.
type shapes struct {
	mutex sync.Mutex
	known map[string]string
}

// shape is shape, asked once. What cannot be read is asked again.
func (s *shapes) shape(ctx context.Context, code, query string, on Prober) (string, error) {
	s.mutex.Lock()
	sql, known := s.known[code+"\n"+query]
	s.mutex.Unlock()
	if known {
		return sql, nil
	}
	sql, err := shape(ctx, code, query, on)
	if err != nil {
		return "", err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.known[code+"\n"+query] = sql
	return sql, nil
}

// shape wraps a query so that it returns every column in its place.
func shape(ctx context.Context, code, query string, on Prober) (string, error) {
	names, _, err := on.Columns(ctx, query)
	if err != nil {
		return "", fmt.Errorf("ask for columns of %s: %w", code, err)
	}
	parts := []string{"'" + code + "' AS rule"}
	for _, c := range columns {
		expression := c.absent
		if slices.Contains(names, c.name) {
			expression = fmt.Sprintf(c.convert, "q."+c.name)
		}
		parts = append(parts, expression+" AS "+c.name)
	}
	return "SELECT " + strings.Join(parts, ", ") + " FROM (\n" + query + "\n) AS q", nil
}
