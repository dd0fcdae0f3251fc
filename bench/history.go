package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"syscall"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/bench/full"
	"claimwatch/province"
	"claimwatch/rules"
	"claimwatch/store"
	"claimwatch/store/embedded"
)

// history compares the evaluation of touched persons with that of everybody, in
// a store with many lines.
func (b *bench) history(ctx context.Context) (section, error) {
	dir, err := os.MkdirTemp(b.dir, "store-")
	if err != nil {
		return section{}, fmt.Errorf("make a directory: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	db, err := store.Open(ctx, store.Config{Embedded: &embedded.Config{Dir: dir}}, zap.NewNop())
	if err != nil {
		return section{}, err
	}
	defer func() { _ = db.Close() }()
	persons := b.plan.historyLines / (shortStay + 1)
	if err := b.populate(ctx, db, persons); err != nil {
		return section{}, err
	}
	figures := series{}
	if err := b.evaluateSome(ctx, db, persons, figures); err != nil {
		return section{}, err
	}
	if err := b.evaluateAll(ctx, db, persons, figures); err != nil {
		return section{}, err
	}
	ours, peer := figures.median("touched"), figures.median("all")
	seconds := func(n float64) string { return trim(n) + " s" }
	return section{rows: []row{
		atLeast(fmt.Sprintf("evaluate %s touched persons, %s lines stored", thousands(int64(b.plan.touched)), thousands(int64(persons*(shortStay+1)))),
			seconds(ours), seconds(peer), peer/ours, 500),
		plainly("processor time of that", seconds(figures.median("touched cpu")), seconds(figures.median("all cpu")), figures.median("all cpu")/figures.median("touched cpu")),
	}, notes: []string{fmt.Sprintf(
		"%s persons with %d lines each; %s of them, drawn at random anew for each of %d runs (median), against all of them once, on %d processors in slices of at most %s persons (the fastest of 2,000, 10,000 and 50,000). All persons had %s findings. Loading the slice alone takes %s s of the touched persons' time.",
		thousands(int64(persons)), shortStay+1, thousands(int64(b.plan.touched)), b.plan.runs, runtime.NumCPU(),
		thousands(int64(figures.median("bucket"))), thousands(int64(figures.median("findings"))), trim(figures.median("load")))}}, nil
}

// populate fills the tables as the sink would, and waits for merges to end.
func (b *bench) populate(ctx context.Context, db *store.DB, persons int) error {
	if err := b.catalogue(ctx, db); err != nil {
		return err
	}
	const atOnce = 8000
	people, clocks, began := newCrowd(b.now()), map[string]claimwatch.Clock{}, b.now()
	for first := 0; first < persons; first += atOnce {
		var batch []claimwatch.Stored
		for i := first; i < min(persons, first+atOnce); i++ {
			batch = append(batch, people.person(i, int64(i/1000))...)
		}
		if err := db.InsertRecords(ctx, batch); err != nil {
			return err
		}
		tick(clocks, batch)
		if first/atOnce%10 == 0 {
			say("history: %s persons of %s after %s", thousands(int64(first)), thousands(int64(persons)), b.now().Sub(began).Round(time.Second))
		}
	}
	if err := db.SaveClocks(ctx, slices.Collect(maps.Values(clocks)), 1); err != nil {
		return err
	}
	return settle(ctx, db)
}

// catalogue makes the tables and loads the reference data of the crowd.
func (b *bench) catalogue(ctx context.Context, db *store.DB) error {
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	for table, rows := range province.New(province.Config{Seed: 9, Persons: 500}).Reference() {
		text, err := tableText(rows)
		if err != nil {
			return err
		}
		if err := full.LoadReference(ctx, db, table, text); err != nil {
			return err
		}
	}
	return nil
}

// tick keeps the clocks of institutions, as the sink does.
func tick(clocks map[string]claimwatch.Clock, batch []claimwatch.Stored) {
	for i := range batch {
		r := batch[i].Record
		if r.Kind.MovesClock() && r.OccurredAt > clocks[r.InstitutionID].Latest {
			clocks[r.InstitutionID] = claimwatch.Clock{InstitutionID: r.InstitutionID, Latest: r.OccurredAt}
		}
	}
}

// settle waits until the engine merges no more, at most five minutes.
func settle(ctx context.Context, db *store.DB) error {
	for quiet, looks := 0, 0; quiet < 3 && looks < 300; looks++ {
		var merges uint64
		if err := db.QueryRow(ctx, "SELECT count() FROM system.merges").Scan(&merges); err != nil {
			return fmt.Errorf("ask for merges: %w", err)
		}
		quiet++
		if merges > 0 {
			quiet = 0
		}
		time.Sleep(time.Second)
	}
	return nil
}

// evaluateSome is the product's way: the touched persons on one slice.
func (b *bench) evaluateSome(ctx context.Context, db *store.DB, persons int, figures series) error {
	library, err := rules.Embedded()
	if err != nil {
		return err
	}
	slice, err := db.NewSlice(ctx, "touched")
	if err != nil {
		return err
	}
	defer func() { _ = slice.Close(context.WithoutCancel(ctx)) }()
	engine := rules.NewEngine(library, slice, nil, zap.NewNop())
	draw := rand.New(rand.NewPCG(1, 2))
	for i := range b.plan.runs + 1 {
		touched := make([]claimwatch.Scope, 0, b.plan.touched)
		for _, k := range draw.Perm(persons)[:min(persons, b.plan.touched)] {
			touched = append(touched, claimwatch.PersonScope(crowdPerson(k)))
		}
		began, used := b.now(), ownTime()
		if _, err := engine.Evaluate(ctx, touched, claimwatch.Moment{AsOf: claimwatch.InstantOf(b.now())}); err != nil {
			return err
		}
		took, cpu := b.now().Sub(began).Seconds(), ownTime()-used
		again := b.now()
		if err := slice.Load(ctx, touched, claimwatch.Moment{AsOf: claimwatch.InstantOf(again)}); err != nil {
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

// evaluateAll is the peer: every rule over everything.
func (b *bench) evaluateAll(ctx context.Context, db *store.DB, persons int, figures series) error {
	sweep, err := full.New(ctx, db, "all", runtime.NumCPU())
	if err != nil {
		return err
	}
	defer func() { _ = sweep.Close(context.WithoutCancel(ctx)) }()
	everybody := make([]claimwatch.Scope, persons)
	for i := range everybody {
		everybody[i] = claimwatch.PersonScope(crowdPerson(i))
	}
	bucket, err := b.bestBucket(ctx, sweep, everybody[:min(persons, bucketTrial)])
	if err != nil {
		return err
	}
	findings, done := 0, 0
	began, used := b.now(), ownTime()
	err = sweep.Everybody(ctx, everybody, claimwatch.InstantOf(began), bucket, func(e claimwatch.Evaluation) {
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
func (b *bench) bestBucket(ctx context.Context, sweep *full.Sweep, some []claimwatch.Scope) (best int, err error) {
	var least time.Duration
	for _, bucket := range []int{2_000, 10_000, 50_000} {
		began := b.now()
		if err := sweep.Everybody(ctx, some, claimwatch.InstantOf(began), bucket, func(claimwatch.Evaluation) {}); err != nil {
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
