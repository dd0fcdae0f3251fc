package rules

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"

	"claimwatch"
)

// Batch is what the log hands to the evaluator: touched messages, to be
// committed when they are answered.
type Batch interface {
	Messages() []claimwatch.Message
	// Commit tells the log that the whole batch (nil) is answered.
	Commit(ctx context.Context, upTo map[int]int64) error
}

// EvaluatorDeps are what the evaluator needs from outside.
type EvaluatorDeps struct {
	// AsOf is the clock that findings are as of; false while there is none yet.
	AsOf func(ctx context.Context) (claimwatch.Instant, bool, error)
	// Save writes one row for each scope with everything that was found.
	Save func(ctx context.Context, evaluations []claimwatch.Evaluation, evaluatedAt claimwatch.Instant) error
	// Refuse puts a message that cannot be read into quarantine.
	Refuse func(ctx context.Context, message claimwatch.Message, reason string) error
	// PartitionOf says where a key belongs; nil looks at no partition.
	PartitionOf func(key []byte) int
	// Now is the time of the machine, for information.
	Now func() time.Time
	// Source feeds Handle with the batches of the touched topic until ctx ends.
	Source func(ctx context.Context, handle func(context.Context, Batch) error) error
	// Crash is called at named points between the steps, by tests; may be nil.
	Crash func(point string)
}

// The points between the numbered steps at which a test may end the process.
const (
	CrashBeforeSlice = "evaluator.before_slice"
	CrashAfterSlice  = "evaluator.after_slice"
	CrashAfterRun    = "evaluator.after_run"
	CrashAfterWrite  = "evaluator.after_write"
	CrashAfterCommit = "evaluator.after_commit"
)

// Evaluator answers the touched topic: it evaluates whoever is named there. It
// serves one batch at a time; more workers are more evaluators with an engine
// each.
type Evaluator struct {
	cfg     Config
	engine  *Engine
	deps    EvaluatorDeps
	metrics *Metrics
	log     *zap.Logger
}

// New makes an evaluator; nothing happens until Run or Handle. The engine and
// its slice belong to it from now on.
func New(cfg Config, engine *Engine, deps EvaluatorDeps) *Evaluator {
	if deps.Crash == nil {
		deps.Crash = func(string) {}
	}
	return &Evaluator{cfg: cfg.WithDefaults(), engine: engine, deps: deps, metrics: engine.metrics, log: engine.log}
}

// Run evaluates whatever is touched until the context ends.
func (e *Evaluator) Run(ctx context.Context) error { return e.deps.Source(ctx, e.Handle) }

// Handle answers one batch: every scope that it names is evaluated once and its
// row answers the greatest offset at which it was named. Every scope gets a row,
// also one about which there is nothing to say. A repeat after a crash at any
// point writes the same rows again.
func (e *Evaluator) Handle(ctx context.Context, batch Batch) error {
	e.begin(batch.Messages())
	began := e.deps.Now()
	touched, err := e.coalesce(ctx, batch.Messages())
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(touched, e.cfg.MaxPersons) {
		if err := e.answer(ctx, chunk); err != nil {
			return err
		}
	}

	// 4 commit: only now, for what is committed is never read again.
	if err := batch.Commit(ctx, nil); err != nil {
		return fmt.Errorf("commit touched batch: %w", err)
	}
	e.deps.Crash(CrashAfterCommit)
	e.observe(batch.Messages())
	e.rest(ctx, e.deps.Now().Sub(began))
	return nil
}

// restAfter is how long touches come together after a batch that took so long.
func restAfter(took time.Duration, cfg Config) time.Duration {
	if took <= cfg.Brisk {
		return 0
	}
	return min(took, cfg.MaxRest)
}

// rest waits after a batch. An end of the context ends it.
func (e *Evaluator) rest(ctx context.Context, took time.Duration) {
	timer := time.NewTimer(restAfter(took, e.cfg))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// touch is a scope with the place in the log that its row will answer.
type touch struct {
	scope     claimwatch.Scope
	partition int
	offset    int64
}

// answer evaluates some scopes and writes their rows. Whom a load of the
// whitelist or the laws touches is told by the findings that stand then: what was
// written after that, out of what was known before, is evaluated again.
func (e *Evaluator) answer(ctx context.Context, touched []touch) error {
	for {
		evaluations, err := e.write(ctx, touched)
		if err != nil {
			return err
		}
		outdated, err := e.engine.slice.Outdated(ctx)
		if err != nil {
			return fmt.Errorf("compare loads: %w", err)
		}
		if !outdated {
			e.count(evaluations)
			return nil
		}
	}
}

// write evaluates some scopes once and writes their rows.
func (e *Evaluator) write(ctx context.Context, touched []touch) ([]claimwatch.Evaluation, error) {
	scopes := make([]claimwatch.Scope, len(touched))
	for i, t := range touched {
		scopes[i] = t.scope
	}
	asOf, _, err := e.deps.AsOf(ctx) // before the first record: nothing exists yet
	if err != nil {
		return nil, fmt.Errorf("ask for as_of: %w", err)
	}
	if err := e.engine.ready(ctx); err != nil {
		return nil, err
	}
	e.deps.Crash(CrashBeforeSlice)

	// 1 slice
	started := e.deps.Now()
	when := claimwatch.Moment{AsOf: asOf, Wall: e.cfg.Wall}
	if err := e.engine.slice.Load(ctx, scopes, when); err != nil {
		return nil, fmt.Errorf("load slice of %d scopes: %w", len(scopes), err)
	}
	e.step("slice", started)
	e.deps.Crash(CrashAfterSlice)

	// 2 run
	started = e.deps.Now()
	evaluations, err := e.engine.run(ctx, scopes, when)
	if err != nil {
		return nil, err
	}
	for i, t := range touched {
		evaluations[i].Partition, evaluations[i].Offset = t.partition, t.offset
	}
	e.step("run", started)
	e.deps.Crash(CrashAfterRun)

	// 3 write
	started = e.deps.Now()
	if err := e.deps.Save(ctx, evaluations, claimwatch.InstantOf(started)); err != nil {
		return nil, fmt.Errorf("write %d evaluations: %w", len(evaluations), err)
	}
	e.step("write", started)
	e.deps.Crash(CrashAfterWrite)
	return evaluations, nil
}

// coalesce reads the messages: each scope once, with the greatest offset.
// Messages that cannot be read go to quarantine and stop nobody.
func (e *Evaluator) coalesce(ctx context.Context, messages []claimwatch.Message) ([]touch, error) {
	latest := map[claimwatch.Scope]touch{}
	for _, m := range messages {
		scopes, err := e.scopes(m)
		if err != nil && !e.cfg.Across { // the other evaluator reads it too
			e.log.Warn("touched message refused", zap.Int("partition", m.Partition), zap.Int64("offset", m.Offset), zap.Error(err))
			if e.metrics != nil {
				e.metrics.Poison.Inc()
			}
			if err := e.deps.Refuse(ctx, m, err.Error()); err != nil {
				return nil, fmt.Errorf("quarantine touched message: %w", err)
			}
		}
		for _, scope := range scopes {
			if _, across := scope.Institution(); across != e.cfg.Across {
				continue
			}
			if held, named := latest[scope]; !named || m.Offset > held.offset {
				latest[scope] = touch{scope: scope, partition: m.Partition, offset: m.Offset}
			}
		}
	}
	touched := make([]touch, 0, len(latest))
	for _, t := range latest {
		touched = append(touched, t)
	}
	slices.SortFunc(touched, func(a, b touch) int { return strings.Compare(string(a.scope), string(b.scope)) })
	return touched, nil
}

// touchedVersion is the version of the messages that this code reads.
const touchedVersion = "1"

// maxScope is the longest scope: an identifier with the prefix of institutions.
const maxScope = 64 + len("inst:")

// scopes reads one message.
func (e *Evaluator) scopes(m claimwatch.Message) ([]claimwatch.Scope, error) {
	switch {
	case m.Headers["v"] != touchedVersion:
		return nil, fmt.Errorf("unknown version %q", m.Headers["v"])
	case len(m.Value) == 0:
		return nil, errors.New("empty value")
	case e.deps.PartitionOf != nil && e.deps.PartitionOf(m.Key) != m.Partition:
		return nil, fmt.Errorf("key belongs to partition %d", e.deps.PartitionOf(m.Key))
	}
	var scopes []claimwatch.Scope
	for text := range strings.SplitSeq(string(m.Value), "\n") {
		if text == "" || len(text) > maxScope || strings.Trim(text, scopeCharacters) != "" {
			return nil, errors.New("a line is no scope")
		}
		scopes = append(scopes, claimwatch.Scope(text))
	}
	return scopes, nil
}

const scopeCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-"
