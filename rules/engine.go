package rules

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"go.uber.org/zap"

	"claimwatch"
)

// Facts fills a slice with the facts of a few persons.
type Facts interface {
	// Load replaces what the slice holds by the facts of the scopes as of a
	// moment.
	Load(ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment) error
	// KeepPresents works the presents as of a moment out of the records once, for
	// the exact loads that follow.
	KeepPresents(ctx context.Context, when claimwatch.Moment) error
	// Want says which tables each rule reads, the one without which it does not run
	// first: only what is read by those that run need be filled.
	Want(rules ...[]string)
	// Stays are the stays of the last load by number.
	Stays() map[uint32]claimwatch.Stay
	// Upcoming tells for each person of the last load when the next record comes
	// into being.
	Upcoming() map[claimwatch.Scope]claimwatch.Instant
	// Filled tells whether the last load put any row into a table.
	Filled(table string) bool
	// Knowledge tells, as of the last load, which reference tables were ever
	// loaded, when the laws are in force and what is whitelisted.
	Knowledge() claimwatch.Knowledge
	// Outdated tells whether whitelist or laws were loaded again since the last
	// load of the slice.
	Outdated(ctx context.Context) (bool, error)
	// Published are the values of parameters that are published, as of the last
	// load, in the order of their publication.
	Published() []claimwatch.PublishedParameter
	// Versions gives the journal entry of the newest load of each reference table,
	// as of the last load.
	Versions() map[string]uint64
}

// Slice is the working database of one worker (store.Slice).
type Slice interface {
	Facts
	Querier
	Prober
}

// Engine evaluates scopes on one slice. It serves one caller at a time.
type Engine struct {
	library *Library
	slice   Slice
	set     Settings
	metrics *Metrics
	log     *zap.Logger

	rules  []prepared
	broken map[*Rule]error
	shelf  *Shelf               // nil: the library never changes
	filled map[string]statement // statements of rules with published values
}

// NewEngine makes an engine over a slice of its own. Metrics may be nil.
func NewEngine(library *Library, slice Slice, metrics *Metrics, log *zap.Logger) *Engine {
	return &Engine{library: library, slice: slice, metrics: metrics, log: log}
}

// With gives an engine on the same slice whose parameters differ from the
// defaults. The two are not used at the same time.
func (e *Engine) With(set Settings) *Engine {
	return &Engine{library: e.library, slice: e.slice, set: set, metrics: e.metrics, log: e.log}
}

// Evaluate gives the whole answer of the library for each scope as of a moment,
// one evaluation for each, in the order given; also where there is nothing to
// say. It says nothing about partition and offset: they are the caller's.
func (e *Engine) Evaluate(
	ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment,
) ([]claimwatch.Evaluation, error) {
	if err := e.ready(ctx); err != nil {
		return nil, err
	}
	if when.Exact {
		if err := e.slice.KeepPresents(ctx, when); err != nil {
			return nil, fmt.Errorf("work out presents: %w", err)
		}
	}
	return e.evaluate(ctx, scopes, when)
}

func (e *Engine) evaluate(
	ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment,
) ([]claimwatch.Evaluation, error) {
	if err := e.slice.Load(ctx, scopes, when); err != nil {
		return nil, fmt.Errorf("load slice of %d scopes: %w", len(scopes), err)
	}
	return e.run(ctx, scopes, when)
}

// Prepare readies the slice for a load of which Loaded is asked: with the tables
// that the rules of this engine read.
func (e *Engine) Prepare(ctx context.Context) error { return e.ready(ctx) }

// Loaded is Evaluate of scopes that the slice holds already, as of the moment of
// that load: it reads no facts.
func (e *Engine) Loaded(
	ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment,
) ([]claimwatch.Evaluation, error) {
	if err := e.ready(ctx); err != nil {
		return nil, err
	}
	return e.run(ctx, scopes, when)
}

// Among gives an engine on the same slice that asks only the rules named, of
// those that this one asks.
func (e *Engine) Among(ctx context.Context, codes ...string) (*Engine, error) {
	if err := e.ready(ctx); err != nil {
		return nil, err
	}
	few := *e
	few.rules, few.broken = nil, map[*Rule]error{}
	for _, rule := range e.rules {
		if slices.Contains(codes, rule.Code) {
			few.rules = append(few.rules, rule)
		}
	}
	return &few, nil
}

// ready prepares the library once, and again when another is in use.
func (e *Engine) ready(ctx context.Context) (err error) {
	e.follow()
	if e.broken == nil {
		if e.rules, e.broken, err = prepare(ctx, e.library, e.set, e.slice); err != nil {
			return err
		}
	}
	var tables [][]string
	for _, rule := range e.rules {
		tables = append(tables, rule.Reads.Tables)
	}
	e.slice.Want(tables...)
	return nil
}

// run asks the library about the scopes that the slice holds.
func (e *Engine) run(
	ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment,
) ([]claimwatch.Evaluation, error) {
	answer, err := e.ask(ctx, scopes, when)
	if err != nil {
		return nil, err
	}
	return answer.split(scopes, e.slice.Upcoming()), nil
}

// EvaluateAll evaluates the scopes in buckets as of a moment, which may lie in
// the past, and hands over each answer. Nothing is stored.
func (e *Engine) EvaluateAll(
	ctx context.Context, cfg Config, scopes []claimwatch.Scope, when claimwatch.Moment,
	each func(claimwatch.Evaluation) error,
) error {
	when.Exact = true
	if err := e.ready(ctx); err != nil {
		return err
	}
	if err := e.slice.KeepPresents(ctx, when); err != nil {
		return fmt.Errorf("work out presents: %w", err)
	}
	for bucket := range slices.Chunk(scopes, cfg.WithDefaults().MaxPersons) {
		evaluations, err := e.evaluate(ctx, bucket, when)
		if err != nil {
			return err
		}
		for _, evaluation := range evaluations {
			if err := each(evaluation); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask runs the library over what the slice holds.
func (e *Engine) ask(ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment) (*answer, error) {
	known := knowledge{Knowledge: e.slice.Knowledge()}
	for _, seq := range e.slice.Versions() {
		known.version = max(known.version, seq)
	}
	able, unable := known.able(e.rules, when)
	inForce := newSchedule(e.library, e.set, e.slice.Published())
	variants, unfit, err := e.variants(ctx, inForce, e.concerned(able))
	if err != nil {
		return nil, err
	}
	a := &answer{
		when: when, scopes: scopes, stays: e.slice.Stays(), known: known, schedule: inForce, variants: map[string]variant{},
		rules: map[string]*Rule{}, byScope: map[claimwatch.Scope]*verdict{},
	}
	run := make([]prepared, len(variants))
	for i, v := range variants {
		run[i], a.variants[v.tag] = v.prepared, v
	}
	rows, failed, err := runAll(ctx, e.slice, run)
	if err != nil {
		return nil, err
	}
	maps.Copy(failed, unfit)
	for _, rule := range e.library.Active() {
		a.rules[rule.Code] = rule
	}
	for rule, cause := range e.broken {
		failed[rule] = cause
	}
	e.alarm(failed)
	for rule := range failed {
		unable[rule] = reasonError
	}
	if err := a.gather(rows); err != nil {
		return nil, err
	}
	a.abstain(unable)
	return a, nil
}

// alarm counts and logs rules that failed to run.
func (e *Engine) alarm(failed map[*Rule]error) {
	for rule, cause := range failed {
		e.log.Error("rule fails", zap.String("rule", rule.Code), zap.Error(cause))
		if e.metrics != nil {
			e.metrics.RuleErrors.WithLabelValues(rule.Code).Inc()
		}
	}
}

// concerned leaves out the rules whose first table is empty: they have nothing
// to say, and planning a query costs more than running it.
func (e *Engine) concerned(rules []prepared) []prepared {
	return slices.DeleteFunc(rules, func(rule prepared) bool { return !e.slice.Filled(rule.Reads.Tables[0]) })
}

// able parts the rules that can run from those that cannot, with the reason: they
// read a reference table which was never loaded, or reception times without the
// clock that these can be compared with.
func (k knowledge) able(rules []prepared, when claimwatch.Moment) (able []prepared, unable map[*Rule]string) {
	unable = map[*Rule]string{}
	for _, rule := range rules {
		reason := ""
		for table := range rule.Reads.Reference {
			if !k.Loaded[table] {
				reason = reasonNotLoaded
			}
		}
		if rule.Clock == "wall" && !when.Wall {
			reason = reasonEventClock
		}
		if reason == "" {
			able = append(able, rule)
		} else {
			unable[rule.Rule] = reason
		}
	}
	return able, unable
}
