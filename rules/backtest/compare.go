package backtest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// mostExamples is how many findings of a count are shown.
const mostExamples = 100

// period is [From, Until); 0 is open.
type period struct{ from, until claimwatch.Instant }

// has says whether a finding counts: by its from. One without is of no time.
func (p period) has(f *claimwatch.Finding) bool {
	return f.From != nil && *f.From >= p.from && (p.until == 0 || *f.From < p.until)
}

// comparison adds evaluations up, scope by scope.
type comparison struct {
	period
	both, onlyBefore, onlyNow, changed sum
	byRule                             map[string]*ByRule
	byMonth                            map[string]*ByMonth
	notTold                            map[NotTold]int // without the number
}

func newComparison(p period, codes []string) *comparison {
	c := &comparison{period: p, byRule: map[string]*ByRule{}, byMonth: map[string]*ByMonth{}, notTold: map[NotTold]int{}}
	for _, code := range codes {
		c.byRule[code] = &ByRule{Rule: code}
	}
	return c
}

// sum is a count under way.
type sum struct {
	Count
	persons, institutions map[string]bool
}

// pair is a finding before and now; one of them may be nil.
type pair struct{ before, now *claimwatch.Finding }

func (p pair) any() *claimwatch.Finding {
	if p.now != nil {
		return p.now
	}
	return p.before
}

func (p pair) amounts() (before, now *claimwatch.Fen) {
	if p.before != nil {
		before = &p.before.Amount
	}
	if p.now != nil {
		now = &p.now.Amount
	}
	return before, now
}

// weight is what an example is worth showing for.
func (e *Example) weight() (fen claimwatch.Fen) {
	if e.Before != nil {
		fen = *e.Before
	}
	if e.Now != nil {
		fen = max(fen, *e.Now)
	}
	return fen
}

func (s *sum) add(p pair) {
	f := p.any()
	if s.persons == nil {
		s.persons, s.institutions = map[string]bool{}, map[string]bool{}
	}
	s.Findings++
	s.institutions[f.InstitutionID] = true
	if f.PersonID != nil {
		s.persons[*f.PersonID] = true
	}
	example := Example{
		FindingID: f.ID, Rule: f.Rule, InstitutionID: f.InstitutionID, PersonID: f.PersonID, StayID: f.StayID, From: f.From,
	}
	example.Before, example.Now = p.amounts()
	if example.Before != nil {
		s.Before += *example.Before
	}
	if example.Now != nil {
		s.Now += *example.Now
	}
	at, _ := slices.BinarySearchFunc(s.Examples, example, func(a, b Example) int {
		return cmp.Or(-cmp.Compare(a.weight(), b.weight()), strings.Compare(a.FindingID, b.FindingID))
	})
	if at < mostExamples {
		s.Examples = slices.Insert(s.Examples, at, example)
		s.Examples = s.Examples[:min(len(s.Examples), mostExamples)]
	}
}

func (s *sum) count() Count {
	s.Persons, s.Institutions = len(s.persons), len(s.institutions)
	if s.Examples == nil {
		s.Examples = []Example{}
	}
	return s.Count
}

// add compares what is said about one scope. A finding belongs to one scope
// only, so nothing is counted twice.
func (c *comparison) add(before, now *claimwatch.Evaluation) {
	pairs := map[string]pair{}
	for i := range before.Findings {
		if f := &before.Findings[i]; c.has(f) {
			pairs[f.ID] = pair{before: f}
		}
	}
	for i := range now.Findings {
		if f := &now.Findings[i]; c.has(f) {
			pairs[f.ID] = pair{before: pairs[f.ID].before, now: f}
		}
	}
	for _, p := range pairs {
		c.enter(p)
	}
	for _, silent := range now.NotEvaluated {
		c.notTold[NotTold{Rule: silent.Rule, Reason: silent.Reason}]++
	}
}

func (c *comparison) enter(p pair) {
	rule, month := c.byRule[p.any().Rule], c.month(p.any().From.Day().Month()) // what counts has a from
	if p.before != nil {
		rule.Before += p.before.Amount
		month.Before += p.before.Amount
	}
	if p.now != nil {
		rule.Now += p.now.Amount
		month.Now += p.now.Amount
	}
	switch {
	case p.before == nil:
		c.onlyNow.add(p)
		rule.OnlyNow++
		month.OnlyNow++
	case p.now == nil:
		c.onlyBefore.add(p)
		rule.OnlyBefore++
		month.OnlyBefore++
	default:
		c.both.add(p)
		rule.Both++
		month.Both++
		if p.before.Amount != p.now.Amount {
			c.changed.add(p)
		}
	}
}

func (c *comparison) month(name string) *ByMonth {
	if c.byMonth[name] == nil {
		c.byMonth[name] = &ByMonth{Month: name}
	}
	return c.byMonth[name]
}

// result is the comparison in canonical order.
func (c *comparison) result() *Result {
	r := &Result{
		Both: c.both.count(), OnlyBefore: c.onlyBefore.count(), OnlyNow: c.onlyNow.count(), Changed: c.changed.count(),
		ByRule: []ByRule{}, NotTold: []NotTold{},
	}
	for _, code := range slices.Sorted(maps.Keys(c.byRule)) {
		r.ByRule = append(r.ByRule, *c.byRule[code])
	}
	for _, name := range slices.Sorted(maps.Keys(c.byMonth)) {
		r.ByMonth = append(r.ByMonth, *c.byMonth[name])
	}
	for silent, stays := range c.notTold {
		silent.Stays = stays
		r.NotTold = append(r.NotTold, silent)
	}
	slices.SortFunc(r.NotTold, func(a, b NotTold) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Reason, b.Reason))
	})
	return r
}
