package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/store"
	"claimwatch/store/embedded"
)

// ward is a store full of open stays over which hours pass: the timer looks, and
// whoever is due is evaluated and saved, as the product does it.
type ward struct {
	*bench
	db     *store.DB
	engine *rules.Engine
	timer  *rules.Timer
	clocks map[string]claimwatch.Clock
	asOf   claimwatch.Instant
	looked time.Time // the machine's clock to the timer: each look finds everybody who is due
	number int64     // of the evaluations saved so far
	woken  int
}

// wakeups measures what it costs that time passes over many open stays.
func (b *bench) wakeups(ctx context.Context) (section, error) {
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
	if err := catalogue(ctx, db); err != nil {
		return section{}, err
	}
	slice, err := db.NewSlice(ctx, "ward")
	if err != nil {
		return section{}, err
	}
	defer func() { _ = slice.Close(context.WithoutCancel(ctx)) }()
	library, err := rules.Embedded()
	if err != nil {
		return section{}, err
	}
	w := &ward{bench: b, db: db, engine: rules.NewEngine(library, slice, nil, zap.NewNop()), clocks: map[string]claimwatch.Clock{}}
	w.asOf = claimwatch.InstantOf(b.now().Add(-48 * time.Hour).Truncate(time.Hour))
	w.newTimer()
	if err := w.admit(ctx); err != nil {
		return section{}, err
	}
	return w.hours(ctx)
}

func (w *ward) newTimer() {
	w.timer = rules.NewTimer(rules.Config{}, rules.TimerDeps{
		AsOf:     func(context.Context) (claimwatch.Instant, bool, error) { return w.asOf, true, nil },
		Presents: w.presents, DueScopes: w.db.DueScopes,
		Publish: func(ctx context.Context, _ string, scopes []claimwatch.Scope) error {
			w.woken += len(scopes)
			return w.evaluate(ctx, scopes)
		},
		Pace: rules.NewPace(rules.Config{}, rules.PaceDeps{Ends: nothingWaits, Answered: nothingWaits}), // evaluated when published
		Now:  func() time.Time { return w.looked },
	}, nil, zap.NewNop())
}

func nothingWaits(context.Context) (map[int]int64, error) { return map[int]int64{}, nil }

// presents are as_of everywhere: every hospital sends something every hour.
func (w *ward) presents(_ context.Context, asOf claimwatch.Instant) (map[string]claimwatch.Instant, error) {
	presents := map[string]claimwatch.Instant{}
	for institution := range w.clocks {
		presents[institution] = asOf
	}
	return presents, nil
}

// admit fills the store with stays whose last record is at most a day old, and
// evaluates everybody once, from which the due times are known.
func (w *ward) admit(ctx context.Context) error {
	people, began := newCrowd(w.now()), w.now()
	for first := 0; first < w.plan.openStays; first += 8000 {
		var batch []claimwatch.Stored
		for i := first; i < min(w.plan.openStays, first+8000); i++ {
			batch = append(batch, people.openStay(i, w.asOf)...)
		}
		if err := w.db.InsertRecords(ctx, batch); err != nil {
			return err
		}
		for _, r := range batch {
			w.clocks[r.Record.InstitutionID] = claimwatch.Clock{InstitutionID: r.Record.InstitutionID}
		}
	}
	if err := settle(ctx, w.db); err != nil {
		return err
	}
	if err := w.tick(ctx); err != nil {
		return err
	}
	scopes, err := w.db.Scopes(ctx)
	if err != nil {
		return err
	}
	defer func() {
		say("wakeups: %s open stays evaluated after %s", thousands(int64(w.plan.openStays)), w.now().Sub(began).Round(time.Second))
	}()
	return w.evaluate(ctx, scopes)
}

// openStay gives the records of a person who is still there, all in one message.
// Each has a bed of his own, and the last record lies within the day before.
func (c *crowd) openStay(i int, asOf claimwatch.Instant) []claimwatch.Stored {
	stored := c.person(i, int64(i/1000))[:shortStay] // without the discharge
	last := claimwatch.Instant(0)
	for _, r := range stored {
		last = max(last, r.Record.OccurredAt)
	}
	const minute = 60_000
	shift := asOf - last - claimwatch.Instant(i%1440)*minute
	for k := range stored {
		r := stored[k].Record
		r.OccurredAt += shift
		for slot, spec := range r.Kind.Fields() {
			v := &r.Values[slot]
			if v.Set && spec.Type == claimwatch.TypeTime {
				v.Num += int64(shift)
			}
			if spec.Name == "bed" {
				*v = claimwatch.Value{Text: crowdPerson(i), Set: true}
			}
		}
		stored[k].ReceivedAt = r.OccurredAt
	}
	return stored
}

// tick moves the clocks of all institutions to as_of.
func (w *ward) tick(ctx context.Context) error {
	for institution, clock := range w.clocks {
		clock.Latest = w.asOf
		w.clocks[institution] = clock
	}
	return w.db.SaveClocks(ctx, slices.Collect(maps.Values(w.clocks)), int64(w.asOf))
}

func (w *ward) evaluate(ctx context.Context, scopes []claimwatch.Scope) error {
	for part := range slices.Chunk(scopes, rules.Config{}.WithDefaults().MaxPersons) {
		evaluations, err := w.engine.Evaluate(ctx, part, claimwatch.Moment{AsOf: w.asOf, Wall: true})
		if err != nil {
			return err
		}
		for i := range evaluations {
			w.number++
			evaluations[i].Offset = w.number
		}
		if _, err := w.db.SaveEvaluations(ctx, evaluations, w.asOf); err != nil {
			return err
		}
	}
	return nil
}

// hours lets time pass, hour by hour.
func (w *ward) hours(ctx context.Context) (section, error) {
	figures, looks, worst := series{}, 0, time.Time{}
	most := 0.0
	for range w.plan.hours {
		w.asOf += claimwatch.Instant(time.Hour.Milliseconds())
		if err := w.tick(ctx); err != nil {
			return section{}, err
		}
		began, used, before := w.now(), ownTime(), w.woken
		for {
			w.looked = w.looked.Add(time.Hour)
			looks++
			due, err := w.timer.Look(ctx)
			if err != nil {
				return section{}, err
			}
			if due == 0 {
				break
			}
		}
		cpu := ownTime() - used
		say("wakeups: %s: %d woken, %.2f CPU s, %.2f s", w.asOf, w.woken-before, cpu, w.now().Sub(began).Seconds())
		figures.add("cpu", cpu)
		figures.add("woken", float64(w.woken-before))
		if cpu > most {
			most, worst = cpu, w.asOf.Time()
		}
	}
	stays := thousands(int64(w.plan.openStays))
	return section{rows: []row{
		plainly("an hour's wake-ups, "+stays+" open stays, median", trim(figures.median("cpu"))+" CPU s", "", 0),
		plainly("the dearest hour", trim(most)+" CPU s", "", 0),
		plainly("woken an hour, median, most", thousands(int64(figures.median("woken")))+", "+thousands(int64(percentile(figures["woken"], 100))), "", 0),
	}, notes: []string{fmt.Sprintf(
		"%s open stays with %d records each, the last of them at most a day before; then %d hours in which every hospital's present moves on and nothing else comes, evaluated by all rules with the wall clock and saved; %d looks for who is due. The dearest hour was that until %s, when days change and gaps begin.",
		stays, shortStay, w.plan.hours, looks, worst.Format("15:04"))}}, nil
}
