package backtest

import (
	"context"
	"slices"
	"time"

	"claimwatch"
	"claimwatch/rules"
)

// plan is a request that was understood.
type plan struct {
	period
	library  *rules.Library // what stands, as known_at pinned when it was asked for
	settings rules.Settings
	rules    []*rules.Rule
	when     claimwatch.Moment
}

// plan reads a request. What is wrong with it is a claimwatch.Error that says
// what is allowed.
func (r *Runner) plan(ctx context.Context, q Request) (plan, error) {
	p := plan{library: r.deps.Library()}
	settings, faults := p.library.Resolve(q.Rule, q.Set)
	knownAt := claimwatch.InstantOf(r.deps.Now())
	for _, at := range []struct {
		name, text string
		to         *claimwatch.Instant
	}{{"from", q.From, &p.from}, {"until", q.Until, &p.until}, {"known_at", q.KnownAt, &knownAt}} {
		if at.text == "" {
			continue
		}
		instant, ok := moment(at.text)
		if !ok {
			faults = append(faults, claimwatch.Fault{
				Column: at.name, Message: "want a time like 2026-03-01T08:00:00+08:00 or a day like 2026-03-01, from 1990 on",
			})
		}
		*at.to = instant
	}
	switch {
	case len(faults) > 0:
	case p.until != 0 && p.from >= p.until:
		faults = append(faults, claimwatch.Fault{Column: "until", Message: "must be later than from"})
	case knownAt > claimwatch.InstantOf(r.deps.Now()):
		faults = append(faults, claimwatch.Fault{Column: "known_at", Message: "nobody knows yet what is known then"})
	}
	if len(faults) > 0 {
		return plan{}, &claimwatch.Error{
			Code: claimwatch.CodeInvalid, Field: faults[0].Column, Message: faults[0].Message, Faults: faults,
		}
	}
	asOf, any, err := r.deps.AsOf(ctx)
	if err != nil {
		return plan{}, &claimwatch.Error{Code: claimwatch.CodeUnavailable, Message: "the clock cannot be read: ask again later", Cause: err}
	}
	if !any {
		asOf = claimwatch.InstantOf(r.deps.Now()) // without a record any moment will do
	}
	if p.until != 0 {
		asOf = min(asOf, p.until)
	}
	p.settings, p.rules = settings, p.library.Concerned(q.Rule, settings)
	p.when = claimwatch.Moment{AsOf: asOf, Wall: r.cfg.Wall, Exact: true, KnownAt: knownAt}
	return p, nil
}

// moment reads a time, or a day as its local midnight.
func moment(text string) (claimwatch.Instant, bool) {
	if day, err := claimwatch.ParseDay(text); err == nil {
		return day.Midnight(), day.Midnight() >= claimwatch.Earliest
	}
	t, err := time.Parse(time.RFC3339, text)
	at := claimwatch.InstantOf(t)
	return at, err == nil && at >= claimwatch.Earliest
}

// codes are the rules that are run.
func (p plan) codes() []string {
	codes := make([]string, len(p.rules))
	for i, rule := range p.rules {
		codes[i] = rule.Code
	}
	return codes
}

// concerns says whether any of the rules answers about a scope.
func (p plan) concerns(scope claimwatch.Scope) bool {
	_, across := scope.Institution()
	return slices.ContainsFunc(p.rules, func(r *rules.Rule) bool { return (r.Scope == "institution") == across })
}
