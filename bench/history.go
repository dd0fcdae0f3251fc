package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"syscall"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/bench/full"
	"claimwatch/rules"
)

// history compares the evaluation of touched persons with that of everybody and
// with one reading for each rule, in a store with many lines.
func (b *bench) history(ctx context.Context) (section, error) {
	m, err := b.crowded(ctx)
	if err != nil {
		return section{}, err
	}
	figures := series{}
	for _, measure := range []func(context.Context, *multitude, series) error{b.evaluateSome, b.evaluateApart, b.evaluateAll} {
		if err := measure(ctx, m, figures); err != nil {
			return section{}, err
		}
	}
	return b.historySection(m, figures), nil
}

func (b *bench) historySection(m *multitude, f series) section {
	swept := min(m.persons, b.plan.swept)
	share := float64(m.persons) / float64(swept)
	seconds := func(n float64) string { return trim(n) + " s" }
	ours, cpu := f.median("touched"), f.median("touched cpu")
	what := fmt.Sprintf("evaluate %s touched persons, %s lines stored", thousands(int64(b.plan.touched)), thousands(int64(m.lines)))
	return section{rows: []row{
		atLeast(what+", against all rules over everybody", seconds(ours), seconds(share*f.median("all")), share*f.median("all")/ours, 1000),
		plainly("processor time of that", seconds(cpu), seconds(share*f.median("all cpu")), share*f.median("all cpu")/cpu),
		atLeast("the same persons, against one reading of the store for each rule", seconds(ours), seconds(f.median("apart")), f.median("apart")/ours, 50),
		plainly("processor time of that", seconds(cpu), seconds(f.median("apart cpu")), f.median("apart cpu")/cpu),
	}, notes: []string{fmt.Sprintf(
		"%s persons with %d lines each, every %dth with two stays; %s of them, drawn at random anew for each of %d runs (median). Loading the slice alone takes %s s of the touched persons' time. "+
			"Everybody was evaluated on %d processors in slices of at most %s persons (the fastest of 2,000, 10,000 and 50,000), not all but %s persons, in %s s, who had %s findings: the figures are that, %s times. "+
			"One reading for each rule: %d rules, each prepared and with a slice of its own tables.",
		thousands(int64(m.persons)), shortStay+1, returning, thousands(int64(b.plan.touched)), b.plan.runs, trim(f.median("load")),
		runtime.NumCPU(), thousands(int64(f.median("bucket"))), thousands(int64(swept)), trim(f.median("all")), thousands(int64(f.median("findings"))), trim(share),
		int(f.median("rules")))}}
}

// evaluateSome is the product's way: the touched persons on one slice.
func (b *bench) evaluateSome(ctx context.Context, m *multitude, figures series) error {
	library, err := rules.Embedded()
	if err != nil {
		return err
	}
	slice, err := m.db.NewSlice(ctx, "touched")
	if err != nil {
		return err
	}
	defer func() { _ = slice.Close(context.WithoutCancel(ctx)) }()
	engine := rules.NewEngine(library, slice, nil, zap.NewNop())
	draw := rand.New(rand.NewPCG(1, 2))
	for i := range b.plan.runs + 1 {
		touched := b.drawn(m, draw)
		took, cpu, err := b.evaluating(ctx, engine, touched, m.asOf)
		if err != nil {
			return err
		}
		again := b.now()
		if err := slice.Load(ctx, touched, claimwatch.Moment{AsOf: m.asOf}); err != nil {
			return err
		}
		say("history: %d touched persons in %.3f s, %.3f CPU s", len(touched), took, cpu)
		if i > 0 { // the first prepares the library and meets files that were never read
			figures.add("touched", took)
			figures.add("touched cpu", cpu)
			figures.add("load", b.now().Sub(again).Seconds())
		}
	}
	return nil
}

// drawn are touched persons, at random.
func (b *bench) drawn(m *multitude, draw *rand.Rand) []claimwatch.Scope {
	var touched []claimwatch.Scope
	for _, k := range draw.Perm(m.persons)[:min(m.persons, b.plan.touched)] {
		touched = append(touched, claimwatch.PersonScope(crowdPerson(k)))
	}
	return touched
}

// evaluating is how long an evaluation takes, in seconds of the clock and of the
// processors.
func (b *bench) evaluating(
	ctx context.Context, engine *rules.Engine, scopes []claimwatch.Scope, asOf claimwatch.Instant,
) (took, cpu float64, err error) {
	began, used := b.now(), ownTime()
	_, err = engine.Evaluate(ctx, scopes, claimwatch.Moment{AsOf: asOf})
	return b.now().Sub(began).Seconds(), ownTime() - used, err
}

// evaluateApart is the peer that reads the facts once for each rule.
func (b *bench) evaluateApart(ctx context.Context, m *multitude, figures series) error {
	library, err := rules.Embedded()
	if err != nil {
		return err
	}
	slice, err := m.db.NewSlice(ctx, "apart")
	if err != nil {
		return err
	}
	defer func() { _ = slice.Close(context.WithoutCancel(ctx)) }()
	touched, took, cpu := b.drawn(m, rand.New(rand.NewPCG(3, 4))), 0.0, 0.0
	for _, rule := range library.Rules() {
		engine := rules.NewEngine(library.Choose(func(other *rules.Rule) bool { return other == rule }), slice, nil, zap.NewNop())
		if _, _, err := b.evaluating(ctx, engine, touched[:1], m.asOf); err != nil {
			return err
		}
		seconds, used, err := b.evaluating(ctx, engine, touched, m.asOf)
		if err != nil {
			return err
		}
		took, cpu = took+seconds, cpu+used
	}
	say("history: %d rules apart in %.1f s, %.1f CPU s", len(library.Rules()), took, cpu)
	figures.add("apart", took)
	figures.add("apart cpu", cpu)
	figures.add("rules", float64(len(library.Rules())))
	return nil
}

// evaluateAll is the peer that runs every rule over everything, or a part of it.
func (b *bench) evaluateAll(ctx context.Context, m *multitude, figures series) error {
	sweep, err := full.New(ctx, m.db, "all", runtime.NumCPU())
	if err != nil {
		return err
	}
	defer func() { _ = sweep.Close(context.WithoutCancel(ctx)) }()
	everybody, err := m.everybody(ctx, b.plan.swept)
	if err != nil {
		return err
	}
	bucket, err := b.bestBucket(ctx, sweep, everybody[:min(len(everybody), bucketTrial)], m.asOf)
	if err != nil {
		return err
	}
	findings, done := 0, 0
	began, used := b.now(), ownTime()
	err = sweep.Everybody(ctx, everybody, m.asOf, bucket, func(e claimwatch.Evaluation) {
		findings += len(e.Findings)
		if done++; done%100_000 == 0 {
			say("history: %s persons evaluated after %s", thousands(int64(done)), b.now().Sub(began).Round(time.Second))
		}
	})
	figures.add("all", b.now().Sub(began).Seconds())
	figures.add("all cpu", ownTime()-used)
	figures.add("findings", float64(findings))
	figures.add("bucket", float64(bucket))
	return err
}

// bucketTrial is of how many persons the peer's best bucket is found out.
const bucketTrial = 100_000

// bestBucket finds out with how many persons in a slice the peer is fastest.
func (b *bench) bestBucket(ctx context.Context, sweep *full.Sweep, some []claimwatch.Scope, asOf claimwatch.Instant) (best int, err error) {
	var least time.Duration
	for _, bucket := range []int{2_000, 10_000, 50_000} {
		began := b.now()
		if err := sweep.Everybody(ctx, some, asOf, bucket, func(claimwatch.Evaluation) {}); err != nil {
			return 0, err
		}
		took := b.now().Sub(began)
		say("history: everybody in slices of %d: %s persons in %s", bucket, thousands(int64(len(some))), took.Round(time.Millisecond))
		if best == 0 || took < least {
			best, least = bucket, took
		}
	}
	return best, nil
}

// ownTime is the processor time of this process so far, with the engine's threads.
func ownTime() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}
