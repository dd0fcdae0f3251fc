package main

import (
	"cmp"
	"context"
	"fmt"

	"claimwatch"
	"claimwatch/audit"
	"claimwatch/ingest/wire"
	"claimwatch/rules"
	"claimwatch/stream"
)

const evaluatorGroup = "claimwatch-rules"

// consume serves a stage's subscription with the log's client.
func (n *node) consume(ctx context.Context, s wire.Subscription) error {
	return n.stream.Consume(ctx, stream.ConsumerConfig{
		Topic: s.Topic, Group: s.Group, Start: s.Start,
		Handle: func(ctx context.Context, b *stream.Batch) error { return s.Handle(ctx, b.Messages(), b.Commit) },
	})
}

// touched feeds the evaluator with the touched topic.
func (n *node) touched(ctx context.Context, handle func(context.Context, rules.Batch) error) error {
	return n.stream.Consume(ctx, stream.ConsumerConfig{
		Topic: claimwatch.TopicTouched, Group: evaluatorGroup, Start: n.startTouched,
		Handle: func(ctx context.Context, b *stream.Batch) error {
			if err := handle(ctx, b); err != nil {
				return err
			}
			n.stages.evaluated.advance(b.Next())
			n.stages.timer.Wake() // what was written may be due already
			return nil
		},
	})
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
func (n *node) startTouched(ctx context.Context, partitions []int) (map[int]int64, error) {
	next := map[int]int64{}
	if n.skipTouched {
		ends, err := n.stream.EndOffsets(ctx, claimwatch.TopicTouched)
		if err != nil {
			return nil, fmt.Errorf("find the end of touched: %w", err)
		}
		next = ends
	}
	committed, err := n.stream.Committed(ctx, evaluatorGroup, claimwatch.TopicTouched)
	if err != nil {
		return nil, fmt.Errorf("find what is evaluated: %w", err)
	}
	n.stages.evaluated.assign(committed)
	return next, nil
}

// publishTouched puts scopes on the touched topic.
func (n *node) publishTouched(ctx context.Context, reason string, scopes []claimwatch.Scope) error {
	messages := wire.Touched(scopes, reason, func(key []byte) int { return n.stream.PartitionOf(claimwatch.TopicTouched, key) })
	return n.stream.Writer(claimwatch.TopicTouched).Write(ctx, messages...)
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
func (n *node) evaluate(ctx context.Context, asOf claimwatch.Instant, clock string, yield func(*claimwatch.Finding, string) error) error {
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
		if err := yield(found[id], ""); err != nil {
			return err
		}
	}
	return nil
}

// digestOf is the digest of findings in order of their ids.
func digestOf(each func(yield func(*claimwatch.Finding, string) error) error) (string, error) {
	d := audit.NewDigest()
	err := each(func(f *claimwatch.Finding, suppressedBy string) error {
		d.Finding(f.ID, f.FactsSHA256(), suppressedBy)
		return nil
	})
	return d.String(), err
}
