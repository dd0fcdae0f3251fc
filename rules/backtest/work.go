package backtest

import (
	"context"
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/rules"
)

// work evaluates everybody twice over the same facts, bucket by bucket: as the
// library stands and as was asked. It tells how far it is after each.
func (r *Runner) work(ctx context.Context, p plan, told func(Progress)) (*Result, error) {
	slice, err := r.deps.Open(ctx)
	if err != nil {
		return nil, fmt.Errorf("open slice: %w", err)
	}
	defer func() { _ = slice.Close(context.WithoutCancel(ctx)) }() // its tables are in memory
	library, active := p.library, p.library.Active()
	now := rules.NewEngine(library.Choose(func(rule *rules.Rule) bool { return slices.Contains(p.rules, rule) }),
		slice, nil, r.deps.Log).With(p.settings)
	// A rule that is not evaluated live stands nowhere.
	before := rules.NewEngine(library.Choose(func(rule *rules.Rule) bool {
		return slices.Contains(p.rules, rule) && slices.Contains(active, rule)
	}), slice, nil, r.deps.Log)
	scopes, err := r.deps.Scopes(ctx)
	if err != nil {
		return nil, fmt.Errorf("list scopes: %w", err)
	}
	scopes = slices.DeleteFunc(scopes, func(scope claimwatch.Scope) bool { return !p.concerns(scope) })
	if err := slice.KeepPresents(ctx, p.when); err != nil {
		return nil, fmt.Errorf("work out presents: %w", err)
	}
	comparison, progress := newComparison(p.period, p.codes()), Progress{Scopes: len(scopes)}
	told(progress)
	for pace := newPace(r.cfg); len(scopes) > 0; {
		behind, err := r.rest(ctx)
		if err != nil {
			return nil, err
		}
		bucket, began := scopes[:min(pace.bucket, len(scopes))], r.deps.Now()
		if err := now.Prepare(ctx); err != nil { // it asks all the rules, and the other one some of them
			return nil, err
		}
		if err := slice.Load(ctx, bucket, p.when); err != nil {
			return nil, fmt.Errorf("load slice of %d scopes: %w", len(bucket), err)
		}
		if err := compare(ctx, comparison, before, now, bucket, p.when); err != nil {
			return nil, err
		}
		progress.Done += len(bucket)
		told(progress)
		scopes = scopes[len(bucket):]
		pace.took(r.deps.Now().Sub(began), behind)
	}
	return comparison.result(), nil
}

// compare runs both over what the slice holds.
func compare(
	ctx context.Context, c *comparison, before, now *rules.Engine, bucket []claimwatch.Scope, when claimwatch.Moment,
) error {
	stands, err := before.Loaded(ctx, bucket, when)
	if err != nil {
		return err
	}
	asked, err := now.Loaded(ctx, bucket, when)
	if err != nil {
		return err
	}
	for i := range bucket {
		for _, side := range []*claimwatch.Evaluation{&stands[i], &asked[i]} {
			for _, silent := range side.NotEvaluated {
				if silent.Reason == rules.ReasonError {
					return fmt.Errorf("run %s: it fails, see the log of the server", silent.Rule)
				}
			}
		}
		c.add(&stands[i], &asked[i])
	}
	return nil
}
