package main

import (
	"cmp"
	"context"
	"fmt"

	"claimwatch"
	"claimwatch/audit"
	"claimwatch/ingest/wire"
	"claimwatch/rules"
	"claimwatch/store"
	"claimwatch/stream"
)

// The evaluators' consumer groups: each reads the whole touched topic, one
// answers for persons and one for institutions, which may take longer and rest
// between batches without anybody waiting for them.
const (
	personsGroup      = "claimwatch-rules"
	institutionsGroup = "claimwatch-rules-across"
)

// evaluation is one of the two evaluators and how far it has come.
type evaluation struct {
	group     string
	evaluator *rules.Evaluator
	evaluated *positions
}

// consume serves a stage's subscription with the log's client.
func (n *node) consume(ctx context.Context, s wire.Subscription) error {
	return n.stream.Consume(ctx, stream.ConsumerConfig{
		Topic: s.Topic, Group: s.Group, Start: s.Start,
		Handle: func(ctx context.Context, b *stream.Batch) error { return s.Handle(ctx, b.Messages(), b.Commit) },
	})
}

// touched feeds an evaluator with the touched topic.
func (n *node) touched(e *evaluation) func(context.Context, func(context.Context, rules.Batch) error) error {
	return func(ctx context.Context, handle func(context.Context, rules.Batch) error) error {
		return n.stream.Consume(ctx, stream.ConsumerConfig{
			Topic: claimwatch.TopicTouched, Group: e.group,
			Start: func(ctx context.Context, _ []int) (map[int]int64, error) { return n.startTouched(ctx, e) },
			Handle: func(ctx context.Context, b *stream.Batch) error {
				if err := handle(ctx, b); err != nil {
					return err
				}
				e.evaluated.advance(b.Next())
				n.stages.timer.Wake() // what was written may be due already
				return nil
			},
		})
	}
}

// refuseTouched keeps a message that names no scopes, with its bytes.
func (n *node) refuseTouched(ctx context.Context, m claimwatch.Message, reason string) error {
	item := claimwatch.Quarantined{
		ID:         fmt.Sprintf("q_%s_%d_%d", m.Topic, m.Partition, m.Offset),
		ReceivedAt: claimwatch.InstantOf(clock()), Raw: m.Value,
		Refusal: claimwatch.Refusal{Code: claimwatch.CodeSyntax, Message: reason},
	}
	return n.db.InsertQuarantined(ctx, []claimwatch.Quarantined{item}, nil)
}

// startTouched goes on where the group has committed, and for status takes what
// lies before as evaluated.
func (n *node) startTouched(ctx context.Context, e *evaluation) (map[int]int64, error) {
	next := map[int]int64{}
	if n.skipTouched {
		ends, err := n.stream.EndOffsets(ctx, claimwatch.TopicTouched)
		if err != nil {
			return nil, fmt.Errorf("find the end of touched: %w", err)
		}
		next = ends
	}
	committed, err := n.stream.Committed(ctx, e.group, claimwatch.TopicTouched)
	if err != nil {
		return nil, fmt.Errorf("find what is evaluated: %w", err)
	}
	e.evaluated.assign(committed)
	return next, nil
}

// publishTouched puts scopes on the touched topic.
func (n *node) publishTouched(ctx context.Context, reason string, scopes []claimwatch.Scope) error {
	messages := wire.Touched(scopes, reason, func(key []byte) int { return n.stream.PartitionOf(claimwatch.TopicTouched, key) })
	return n.stream.Writer(claimwatch.TopicTouched).Write(ctx, messages...)
}

// touchInBackground has scopes evaluated again that a journal entry touches: a
// few at once, many in portions behind whatever is live. It may be repeated.
func (n *node) touchInBackground(ctx context.Context, seq uint64, what, reason string, scopes []claimwatch.Scope) error {
	portion := n.settings.pace.WithDefaults().Portion
	switch {
	case len(scopes) == 0:
		return nil
	case len(scopes) <= portion:
		return n.publishTouched(ctx, reason, scopes)
	}
	if err := n.db.SaveBackground(ctx, seq, what, scopes, portion); err != nil {
		return err
	}
	n.stages.background.Wake()
	return nil
}

// presentWentBack takes over the persons of an institution whose present went
// back, when they are many. Each time is work of its own, also a repeat after a
// crash: meanwhile the present may have been further ahead again.
func (n *node) presentWentBack(ctx context.Context, institution string, scopes []claimwatch.Scope) (bool, error) {
	portion := n.settings.pace.WithDefaults().Portion
	if len(scopes) <= portion {
		return false, nil
	}
	seq := afterJournal | uint64(clock().UnixNano())
	if err := n.db.SaveBackground(ctx, seq, "present of "+institution, scopes, portion); err != nil {
		return false, err
	}
	n.stages.background.Wake()
	return true, nil
}

// afterJournal tells work in the background that no journal entry causes from
// that which one does.
const afterJournal = 1 << 63

// backgroundDeps are what the background stage works with.
func (n *node) backgroundDeps(pace *rules.Pace) rules.BackgroundDeps {
	return rules.BackgroundDeps{
		Next: func(ctx context.Context) (rules.Portion, bool, error) {
			p, ok, err := n.db.NextBackground(ctx)
			return rules.Portion(p), ok, err
		},
		Done: func(ctx context.Context, p rules.Portion) error { return n.db.DoneBackground(ctx, store.Portion(p)) },
		Publish: func(ctx context.Context, scopes []claimwatch.Scope) error {
			return n.publishTouched(ctx, wire.ReasonBackground, scopes)
		},
		Pace: pace, Crash: crashPoint,
	}
}

// answeredOfPersons tells how far this process and all others have come with the
// persons of the touched topic. Institutions are slower, and nobody waits for
// them: what is said about them is still in the topic, and counts as behind.
func (n *node) answeredOfPersons(ctx context.Context) (map[int]int64, error) {
	next, err := n.answered(personsGroup)(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range n.stages.evaluations {
		if e.group != personsGroup {
			continue
		}
		for partition, here := range e.evaluated.handled() {
			next[partition] = max(next[partition], here)
		}
	}
	return next, nil
}

// saveEvaluations writes the sets, tells the audit stage whose notified finding
// vanished, and tells listeners.
func (n *node) saveEvaluations(ctx context.Context, evaluations []claimwatch.Evaluation, at claimwatch.Instant) error {
	changes, err := n.db.SaveEvaluations(ctx, evaluations, at)
	if err != nil {
		return err
	}
	var retracted []string
	for i := range changes[claimwatch.RetractedNow] {
		retracted = append(retracted, changes[claimwatch.RetractedNow][i].ID)
	}
	var changed []claimwatch.Finding
	for _, change := range []claimwatch.Change{claimwatch.Opened, claimwatch.Revised} {
		for i := range changes[change] {
			changed = append(changed, changes[change][i].Finding)
		}
	}
	if err := n.stages.audit.Evaluated(ctx, retracted, changed); err != nil {
		return fmt.Errorf("tell of changed findings: %w", err)
	}
	if err := n.publishChanges(ctx, changes); err != nil {
		return err
	}
	for change, held := range changes {
		for i := range held {
			for _, tell := range n.stages.changes {
				tell(change, &held[i])
			}
		}
	}
	return nil
}

// evaluate evaluates everything as of a time on a slice of its own.
func (n *node) evaluate(ctx context.Context, asOf claimwatch.Instant, clock string, yield func(*claimwatch.Finding) error) error {
	// Several callers may sweep at a time, each on tables of its own.
	slice, err := n.db.NewSlice(ctx, fmt.Sprintf("%s_sweep%d", n.workerName(), n.sweeps.Add(1)))
	if err != nil {
		return fmt.Errorf("make a slice: %w", err)
	}
	defer func() { _ = slice.Close(context.WithoutCancel(ctx)) }() // its tables are in memory
	scopes, err := n.db.Scopes(ctx)
	if err != nil {
		return fmt.Errorf("list scopes: %w", err)
	}
	found := map[string]*claimwatch.Finding{}
	engine := rules.NewEngine(n.stages.shelf.Library(), slice, nil, n.log)
	when := claimwatch.Moment{AsOf: asOf, Wall: cmp.Or(clock, n.settings.Clock) == "wall"}
	err = engine.EvaluateAll(ctx, rules.Config{}, scopes, when, func(e claimwatch.Evaluation) error {
		for i := range e.Findings {
			found[e.Findings[i].ID] = &e.Findings[i]
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(found) {
		if err := yield(found[id]); err != nil {
			return err
		}
	}
	return nil
}

// digestOf is the digest of findings in order of their ids.
func digestOf(each func(yield func(*claimwatch.Finding) error) error) (string, error) {
	d := audit.NewDigest()
	err := each(func(f *claimwatch.Finding) error {
		suppressedBy := ""
		if f.SuppressedBy != nil {
			suppressedBy = *f.SuppressedBy
		}
		d.Finding(f.ID, f.FactsSHA256(), suppressedBy)
		return nil
	})
	return d.String(), err
}
