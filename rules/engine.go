package rules

import (
	"context"
	"fmt"
	"slices"

	"go.uber.org/zap"

	"claimwatch"
)

// Facts fills a slice with the facts of a few persons.
type Facts interface {
	// Load replaces what the slice holds by the facts of the scopes as of a
	// moment. exact works presents out of the records themselves.
	Load(ctx context.Context, scopes []claimwatch.Scope, asOf claimwatch.Instant, exact bool) error
	// KeepPresents works the presents as of a moment out of the records once, for
	// the exact loads that follow.
	KeepPresents(ctx context.Context, asOf claimwatch.Instant) error
	// Upcoming tells for each person of the last load when the next record comes
	// into being.
	Upcoming() map[claimwatch.Scope]claimwatch.Instant
	// Filled tells whether the last load put any row into a table.
	Filled(table string) bool
	// Knowledge tells, as of the last load, which reference tables were ever
	// loaded and when the laws are in force.
	Knowledge() (loaded map[string]bool, laws []claimwatch.Law)
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
	ctx context.Context, scopes []claimwatch.Scope, asOf claimwatch.Instant, exact bool,
) ([]claimwatch.Evaluation, error) {
	if err := e.ready(ctx); err != nil {
		return nil, err
	}
	if exact {
		if err := e.slice.KeepPresents(ctx, asOf); err != nil {
			return nil, fmt.Errorf("work out presents: %w", err)
		}
	}
	return e.evaluate(ctx, scopes, asOf, exact)
}

func (e *Engine) evaluate(
	ctx context.Context, scopes []claimwatch.Scope, asOf claimwatch.Instant, exact bool,
) ([]claimwatch.Evaluation, error) {
	if err := e.slice.Load(ctx, scopes, asOf, exact); err != nil {
		return nil, fmt.Errorf("load slice of %d scopes: %w", len(scopes), err)
	}
	return e.run(ctx, scopes, asOf)
}

// ready prepares the library once.
func (e *Engine) ready(ctx context.Context) (err error) {
	if e.broken == nil {
		e.rules, e.broken, err = prepare(ctx, e.library, e.set, e.slice)
	}
	return err
}

// run asks the library about the scopes that the slice holds.
func (e *Engine) run(
	ctx context.Context, scopes []claimwatch.Scope, asOf claimwatch.Instant,
) ([]claimwatch.Evaluation, error) {
	answer, err := e.ask(ctx)
	if err != nil {
		return nil, err
	}
	return answer.split(scopes, asOf, e.slice.Upcoming()), nil
}

// EvaluateAll evaluates the scopes in buckets as of a moment, which may lie in
// the past, and hands over each answer. Nothing is stored.
func (e *Engine) EvaluateAll(
	ctx context.Context, cfg Config, scopes []claimwatch.Scope, asOf claimwatch.Instant,
	each func(claimwatch.Evaluation) error,
) error {
	if err := e.ready(ctx); err != nil {
		return err
	}
	if err := e.slice.KeepPresents(ctx, asOf); err != nil {
		return fmt.Errorf("work out presents: %w", err)
	}
	for bucket := range slices.Chunk(scopes, cfg.WithDefaults().MaxPersons) {
		evaluations, err := e.evaluate(ctx, bucket, asOf, true)
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
func (e *Engine) ask(ctx context.Context) (*answer, error) {
	known := knowledge{}
	known.loaded, known.laws = e.slice.Knowledge()
	stays, err := readStays(ctx, e.slice)
	if err != nil {
		return nil, err
	}
	able, unable := known.able(e.rules)
	rows, failed, err := runAll(ctx, e.slice, e.concerned(able))
	if err != nil {
		return nil, err
	}
	a := &answer{stays: stays, known: known, rules: map[string]*Rule{}, byPerson: map[string]*verdict{}}
	for _, rule := range e.library.Active() {
		a.rules[rule.Code] = rule
	}
	for rule, cause := range e.broken {
		failed[rule] = cause
	}
	e.alarm(failed)
	if err := a.gather(rows); err != nil {
		return nil, err
	}
	a.abstain(unable, failed)
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

// concerned leaves out the rules that read nothing but empty tables: they have
// nothing to say, and planning a query costs more than running it.
func (e *Engine) concerned(rules []prepared) []prepared {
	return slices.DeleteFunc(rules, func(rule prepared) bool {
		return !slices.ContainsFunc(rule.Reads.Tables, e.slice.Filled)
	})
}

// able parts the rules that can run from those that read a reference table
// which was never loaded.
func (k knowledge) able(rules []prepared) (able []prepared, unable []*Rule) {
	for _, rule := range rules {
		ready := true
		for table := range rule.Reads.Reference {
			ready = ready && k.loaded[table]
		}
		if ready {
			able = append(able, rule)
		} else {
			unable = append(unable, rule.Rule)
		}
	}
	return able, unable
}
