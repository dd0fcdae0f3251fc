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
	kind     string
	convert  string // puts a column of the query that is not of that type into it
	describe string
}

// columns are the shape of a rule's result: one row for each line of a finding,
// for each "not evaluated" and for each due time. A query names those that it
// needs, in any order; the others are empty, but for result, which is hit.
var columns = []column{
	{"result", "String", "toString(%s)", "hit, not_evaluated, or empty for a row that tells a due time only"},
	{"stay", "UInt32", "toUInt32(%s)", "number of the stay that the subject names, 0 for none"},
	{"belongs", "UInt32", "toUInt32(%s)", "number of the stay to which a finding without violating lines belongs, when it is not stay"},
	{"about", "Array(String)", "CAST(%s, 'Array(String)')", "further ids of the subject, in the order of the table"},
	{"severity", "String", "toString(%s)", "when it is not the rule's own"},
	{"day", "Int32", "toInt32(%s)", "the day that the subject names"},
	{"role", "String", "toString(%s)", "violating or involved"},
	{"kind", "String", "toString(%s)", "kind of the line's record"},
	{"institution_id", "String", "toString(%s)", "institution of the line's record"},
	{"record_id", "String", "toString(%s)", "the line's record"},
	{"at", "Int64", "toInt64(%s)", "occurred_at of the line's record"},
	{"amount", "Int64", "toInt64(%s)", "amount of a violating line in fen"},
	{"line_stay", "UInt32", "toUInt32(%s)", "number of the line's stay, when it is not stay"},
	{"span_from", "Nullable(Int64)", "CAST(%s, 'Nullable(Int64)')", "from of the finding, with span given"},
	{"span_until", "Nullable(Int64)", "CAST(%s, 'Nullable(Int64)')", "until of the finding, with span given"},
	{"evidence", "String", "toString(%s)", "JSON object: how the number came about; on any row of the finding"},
	{"reason", "String", "toString(%s)", "why not evaluated"},
	{"due_institution", "String", "toString(%s)", "whose present must reach due_at; empty: as_of must"},
	{"due_at", "Int64", "toInt64(%s)", "when time could change the answer, 0 for never; on a row of any result"},
}

// Prober tells which columns a query returns.
type Prober interface {
	Columns(ctx context.Context, sql string) (names, types []string, err error)
}

// prepared is a rule whose query can run.
type prepared struct {
	*Rule
	tag string // in the rows: the code, and with published values these
	statement
}

// statement is a query with its parameters filled in, that returns some columns
// of the shape, in their order.
type statement struct {
	sql     string
	returns []int // indexes of columns
}

// prepare fills in parameters and puts each query into the shape. A query that
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
		shaped, err := library.shapes.shape(ctx, rule.Code, query, on)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			broken[rule] = err
			continue
		}
		ready = append(ready, prepared{rule, rule.Code, shaped})
	}
	return ready, broken, nil
}

// shapes are the shaped queries of a library. All slices of a process are alike,
// so that the first engine asks for columns and the others do not: a third of a
// second for the whole library.
type shapes struct {
	mutex sync.Mutex
	known map[string]statement
}

// shape is shape, asked once. What cannot be read is asked again.
func (s *shapes) shape(ctx context.Context, code, query string, on Prober) (statement, error) {
	s.mutex.Lock()
	shaped, known := s.known[query]
	s.mutex.Unlock()
	if known {
		return shaped, nil
	}
	shaped, err := shape(ctx, code, query, on)
	if err != nil {
		return statement{}, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.known[query] = shaped
	return shaped, nil
}

// shape wraps a query so that it returns its columns in the types and the order
// of the shape. Every further column and conversion costs planning, so there are
// no more than it needs.
func shape(ctx context.Context, code, query string, on Prober) (statement, error) {
	names, types, err := on.Columns(ctx, query)
	if err != nil {
		return statement{}, fmt.Errorf("ask for columns of %s: %w", code, err)
	}
	var parts []string
	var returns []int
	for i, c := range columns {
		given := slices.Index(names, c.name)
		if given < 0 {
			continue
		}
		expression := "q." + c.name
		if types[given] != c.kind {
			expression = fmt.Sprintf(c.convert, expression)
		}
		parts, returns = append(parts, expression+" AS "+c.name), append(returns, i)
	}
	return statement{"SELECT " + strings.Join(parts, ", ") + " FROM (\n" + query + "\n) AS q", returns}, nil
}
