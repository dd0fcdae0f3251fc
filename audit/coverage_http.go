package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/coverage"
)

// CoverageQuery asks for evaluated scopes in the order of their keys.
type CoverageQuery struct {
	InstitutionID, PersonID, StayID string
	HitBy                           *string // only scopes with findings, of this rule unless it is empty
	AsOf                            claimwatch.Instant
	After                           uint64
	Limit                           int
}

// Coverage reads what evaluations said of stays.
type Coverage interface {
	// Coverage gives a page of scopes and the key with which the next one goes on,
	// 0 after the last. Filters may leave more than what is asked for.
	Coverage(ctx context.Context, q CoverageQuery) (said []coverage.Said, next uint64, err error)
	// CoverageSums counts stays and what was said of them, by institution and rule;
	// empty is all.
	CoverageSums(ctx context.Context, asOf claimwatch.Instant, institution, rule string) ([]coverage.Counted, []coverage.Told, error)
}

type coverageInput struct {
	InstitutionID string `query:"institution_id"`
	PersonID      string `query:"person_id"`
	StayID        string `query:"stay_id"`
	Rule          string `query:"rule" example:"IDN-001"`
	Result        string `query:"result" enum:"hit,pass,not_evaluated"`
	claimwatch.PageQuery
}

type coverageAnswer struct {
	Body struct {
		Items []coverage.Row `json:"items" nullable:"false"`
		Next  string         `json:"next" doc:"cursor of the following page; empty: this is the last"`
	}
}

type sumsInput struct {
	InstitutionID string `query:"institution_id"`
	Rule          string `query:"rule" example:"IDN-001"`
	claimwatch.PageQuery
}

type sumsAnswer struct {
	Body struct {
		Items []coverage.Sum `json:"items" nullable:"false"`
		Next  string         `json:"next" doc:"cursor of the following page; empty: this is the last"`
	}
}

func (a *Audit) registerCoverage(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-coverage", Method: http.MethodGet, Path: "/v1/coverage", Tags: []string{"findings"},
		Summary: "What each rule says of each stay: hit, pass, not evaluated and why",
		Description: "Of every stay that has begun and whose person was evaluated, the rules that speak of its class. Not evaluated of a whole institution " +
			"counts for each of its stays. A hospital without what a rule needs has not passed it. Grouped by person, in no order of persons.",
	}, a.coverage)
	huma.Register(api, huma.Operation{
		OperationID: "list-coverage-sums", Method: http.MethodGet, Path: "/v1/coverage/sums", Tags: []string{"findings"},
		Summary: "The same counted by institution and rule",
	}, a.coverageSums)
}

// covered is how far a list of coverage has come: after the scope of this key,
// and within a scope behind it after this row.
type covered struct {
	After  uint64        `json:"after"`
	Within uint64        `json:"within,omitempty"`
	Row    *coverage.Row `json:"row,omitempty"`
}

// scopesAtOnce is how many scopes one read takes when most rows are left out.
const scopesAtOnce = 200

func (a *Audit) coverage(ctx context.Context, in *coverageInput) (*coverageAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	limit, err := in.PageSize()
	if err != nil {
		return nil, err
	}
	var from covered
	if text, err := decodeCursor('c', in.Cursor); err != nil {
		return nil, err
	} else if text != "" && json.Unmarshal([]byte(text), &from) != nil {
		return nil, claimwatch.BadQuery("cursor", "cursor is a next of an earlier answer to the same question")
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	w := coverageWalk{from: from, sees: caller.Sees, rules: a.deps.Rules(), query: CoverageQuery{
		InstitutionID: in.InstitutionID, PersonID: in.PersonID, StayID: in.StayID, AsOf: at, After: from.After,
	}}
	w.query.Limit = limit/max(1, len(w.rules)) + 1
	if in.Rule != "" || in.Result != "" && in.Result != string(coverage.Pass) {
		w.query.Limit = scopesAtOnce
	}
	if in.Result == string(coverage.Hit) {
		w.query.HitBy = &in.Rule
	}
	out := &coverageAnswer{}
	out.Body.Items, out.Body.Next, err = a.coverageRows(ctx, in, w, limit)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// coverageWalk is a list of coverage on its way: with the rules that were in use
// when the page was asked for.
type coverageWalk struct {
	sees  func(institution string) bool
	query CoverageQuery
	from  covered
	rules []coverage.Rule
}

// coverageRows walks scopes until a page is full.
func (a *Audit) coverageRows(
	ctx context.Context, in *coverageInput, w coverageWalk, limit int,
) (items []coverage.Row, next string, err error) {
	items = []coverage.Row{}
	query, from, place := w.query, w.from, coverage.Places(w.rules)
	for {
		list, following, err := a.deps.Coverage.Coverage(ctx, query)
		if err != nil {
			return nil, "", fmt.Errorf("read coverage: %w", err)
		}
		for _, said := range list {
			at := covered{After: query.After, Within: said.Key}
			if from.Within == said.Key {
				at.Row = from.Row
			}
			for _, row := range coverage.Rows(w.rules, said) {
				if !in.asksFor(row) || !w.sees(row.InstitutionID) || at.Row != nil && coverage.Compare(row, *at.Row, place) <= 0 {
					continue
				}
				if len(items) == limit {
					next, err := at.cursor()
					return items, next, err
				}
				items = append(items, row)
				at.Row = &row
			}
			query.After = said.Key
		}
		if following == 0 {
			return items, "", nil
		}
		query.After = following
	}
}

func (c covered) cursor() (string, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	return encodeCursor('c', string(text)), nil
}

// asksFor says whether a row is asked for.
func (in *coverageInput) asksFor(row coverage.Row) bool {
	is := func(want, have string) bool { return want == "" || want == have }
	of := func(want string, have *string) bool { return want == "" || have != nil && want == *have }
	return is(in.InstitutionID, row.InstitutionID) && of(in.PersonID, row.PersonID) && of(in.StayID, row.StayID) &&
		is(in.Rule, row.Rule) && is(in.Result, string(row.Result))
}

func (a *Audit) coverageSums(ctx context.Context, in *sumsInput) (*sumsAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	stays, told, err := a.deps.Coverage.CoverageSums(ctx, at, in.InstitutionID, in.Rule)
	if err != nil {
		return nil, fmt.Errorf("count coverage: %w", err)
	}
	rules := a.deps.Rules()
	if in.Rule != "" {
		rules = slices.DeleteFunc(rules, func(r coverage.Rule) bool { return r.Code != in.Rule })
	}
	sums := slices.DeleteFunc(coverage.Sums(rules, stays, told), func(s coverage.Sum) bool { return !caller.Sees(s.InstitutionID) })
	name := func(s coverage.Sum) string { return s.InstitutionID + "|" + s.Rule }
	out := &sumsAnswer{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(sums, in.PageQuery, name)
	return out, err
}
