package rules

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.uber.org/zap"

	"claimwatch"
)

// CaseStore is an empty store on which cases run, with a slice of it. What
// cases put there is kept apart by prefixes, so all of them share one store.
type CaseStore interface {
	InsertRecords(ctx context.Context, records []claimwatch.Stored) error
	InsertConflicts(ctx context.Context, conflicts []claimwatch.Conflict) error
	// LoadReference loads rows of a table; no rows are a load too.
	LoadReference(ctx context.Context, table string, rows [][]claimwatch.Value) error
	Slice
}

// Outcome says how a case went: Problems is empty when it holds.
type Outcome struct {
	Rule, File, Case string
	Problems         []string
}

// running is a case with its world in the store.
type running struct {
	rule   *Rule
	file   CaseFile
	Case   Case
	prefix string
	world  World
}

// Test runs the cases of the rules named, of all when none is named. Cases of
// one moment and one set of parameters share a slice.
func Test(ctx context.Context, library *Library, on CaseStore, codes ...string) ([]Outcome, error) {
	cases, err := library.gatherCases(codes)
	if err != nil {
		return nil, err
	}
	if err := fillStore(ctx, on, cases); err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(cases))
	groups := map[string][]int{}
	for i, c := range cases {
		key := fmt.Sprint(c.Case.AsOf, c.rule.Code, c.settings())
		if len(c.Case.Set) == 0 {
			key = c.Case.AsOf
		}
		groups[key] = append(groups[key], i)
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		together := make([]running, 0, len(groups[key]))
		for _, i := range groups[key] {
			together = append(together, cases[i])
		}
		found, err := testTogether(ctx, library, on, together)
		if err != nil {
			return nil, err
		}
		for k, i := range groups[key] {
			outcomes[i] = found[k]
		}
	}
	return outcomes, nil
}

// settings are the parameters of a case by RULE.parameter.
func (c running) settings() Settings {
	set := Settings{}
	for name, value := range c.Case.Set {
		if !strings.Contains(name, ".") {
			name = c.rule.Code + "." + name
		}
		set[name] = value
	}
	return set
}

func (l *Library) gatherCases(codes []string) ([]running, error) {
	for _, code := range codes {
		if _, known := l.Rule(code); !known {
			return nil, fmt.Errorf("find cases: there is no rule %s", code)
		}
	}
	var cases []running
	for _, rule := range l.rules {
		if len(codes) > 0 && !slices.Contains(codes, rule.Code) {
			continue
		}
		for _, file := range rule.Cases {
			for _, c := range file.Cases {
				prefix := fmt.Sprintf("c%d.", len(cases))
				world, err := file.world(c, prefix)
				if err != nil {
					return nil, fmt.Errorf("build case %q of %s: %w", c.Name, file.File, err)
				}
				cases = append(cases, running{rule: rule, file: file, Case: c, prefix: prefix, world: world})
			}
		}
	}
	return cases, nil
}

// fillStore puts the worlds of all cases into the store.
func fillStore(ctx context.Context, on CaseStore, cases []running) error {
	var records []claimwatch.Stored
	var conflicts []claimwatch.Conflict
	reference := map[string][][]claimwatch.Value{}
	for _, c := range cases {
		for _, r := range c.world.Records {
			at := claimwatch.Position{Offset: int64(len(records) + len(conflicts))}
			if r.Refused {
				conflicts = append(conflicts, claimwatch.Conflict{
					Identity: r.Identity(), Revision: r.Revision, PersonID: r.PersonID, StayID: r.StayID, ReceivedAt: r.ReceivedAt, Position: at,
				})
				continue
			}
			records = append(records, claimwatch.Stored{Record: r.Record, Position: at, ReceivedAt: r.ReceivedAt, Hash: r.ContentHash()})
		}
		for table, rows := range c.world.Reference {
			reference[table] = append(reference[table], rows...)
		}
	}
	if err := on.InsertRecords(ctx, records); err != nil {
		return fmt.Errorf("insert records of cases: %w", err)
	}
	if err := on.InsertConflicts(ctx, conflicts); err != nil {
		return fmt.Errorf("insert conflicts of cases: %w", err)
	}
	for _, table := range claimwatch.Tables() {
		if err := on.LoadReference(ctx, table.Name, reference[table.Name]); err != nil {
			return fmt.Errorf("load %s of cases: %w", table.Name, err)
		}
	}
	return nil
}

// caseAsOf is when a case is looked at that does not say: long after its facts.
const caseAsOf = "2026-12-31T00:00"

// testTogether evaluates cases that share a moment and parameters in one slice.
func testTogether(ctx context.Context, library *Library, on Slice, cases []running) ([]Outcome, error) {
	text := cases[0].Case.AsOf
	if text == "" {
		text = caseAsOf
	}
	asOf, err := caseTime(text)
	if err != nil {
		return nil, fmt.Errorf("read as_of of case %q: %w", cases[0].Case.Name, err)
	}
	var scopes []claimwatch.Scope
	for _, c := range cases {
		for _, r := range c.world.Records {
			scopes = append(scopes, claimwatch.PersonScope(r.PersonID), claimwatch.InstitutionScope(r.InstitutionID))
		}
	}
	slices.Sort(scopes)
	scopes = slices.Compact(scopes)
	// Only the rules that are tested: planning the others costs more than all else.
	tested := library.Choose(func(r *Rule) bool {
		return slices.ContainsFunc(cases, func(c running) bool { return c.rule == r })
	})
	engine := NewEngine(tested, on, nil, zap.NewNop()).With(cases[0].settings())
	evaluations, err := engine.Evaluate(ctx, scopes, claimwatch.Moment{AsOf: asOf, Exact: true, Wall: true})
	if err != nil {
		return nil, fmt.Errorf("evaluate cases: %w", err)
	}
	outcomes := make([]Outcome, len(cases))
	for i, c := range cases {
		outcomes[i] = Outcome{Rule: c.rule.Code, File: c.file.File, Case: c.Case.Name, Problems: c.compare(evaluations)}
	}
	return outcomes, nil
}
