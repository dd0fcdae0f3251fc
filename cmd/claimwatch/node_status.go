package main

import (
	"context"
	"fmt"

	"claimwatch"
	"claimwatch/api"
	"claimwatch/ingest/quarantine"
	"claimwatch/ingest/sink"
)

// status tells how far the node has come. What flows downstream is looked at
// first: when the journal and the sink have handled everything, what they
// publish is already counted in the ends of touched.
func (n *node) status(ctx context.Context) (api.Status, error) {
	s := api.Status{Clock: n.settings.Clock}
	compared := n.compared.Load() || !n.settings.does("rules") // first: what it touches is counted below
	stored, err := n.db.CountStored(ctx)
	if err != nil {
		return s, err
	}
	s.Records.Stored = stored
	journal, err := n.behind(ctx, claimwatch.TopicJournal, n.stages.journalHandled(), nil)
	if err != nil {
		return s, err
	}
	s.Records.Behind, err = n.behind(ctx, claimwatch.TopicRecords, n.stages.sink.Handled(), n.saved(sink.Consumer))
	if err != nil {
		return s, err
	}
	works, err := n.background(ctx, &s) // both of them cause it
	if err != nil {
		return s, err
	}
	refused, err := n.behind(ctx, claimwatch.TopicQuarantine, n.stages.quarantine.Handled(), n.saved(quarantine.Consumer))
	if err != nil {
		return s, err
	}
	due, err := n.due(ctx, &s)
	if err != nil {
		return s, err
	}
	for _, e := range n.stages.evaluations {
		behind, err := n.behind(ctx, claimwatch.TopicTouched, e.evaluated.handled(), n.answered(e.group))
		if err != nil {
			return s, err
		}
		s.Touched.Behind = max(s.Touched.Behind, behind)
	}
	s.Idle = journal == 0 && s.Records.Behind == 0 && refused == 0 && s.Touched.Behind == 0 && due == 0 && works == 0 && compared
	return s, nil
}

// background tells how far the work is that changed reference data, rules and
// presents that went back cause. A portion is noted as done once it is answered, so that whatever is
// published or not yet is still counted here.
func (n *node) background(ctx context.Context, s *api.Status) (int, error) {
	works, err := n.db.Background(ctx)
	s.Background = make([]api.StatusBackground, len(works))
	for i, work := range works {
		s.Background[i] = api.StatusBackground{What: work.What, Done: int64(work.Done), Of: int64(work.Of)}
	}
	return len(works), err
}

// positionsOf asks how far all processes together have come in each partition.
type positionsOf func(ctx context.Context) (map[int]int64, error)

// behind counts the messages of a topic that neither this process nor, as far
// as elsewhere knows, another one has handled. Ends are asked for last, so that
// what arrives meanwhile counts as not handled.
func (n *node) behind(ctx context.Context, topic string, here map[int]int64, elsewhere positionsOf) (int64, error) {
	var others map[int]int64
	if elsewhere != nil {
		var err error
		if others, err = elsewhere(ctx); err != nil {
			return 0, err
		}
	}
	ends, err := n.stream.EndOffsets(ctx, topic)
	if err != nil {
		return 0, err
	}
	var behind int64
	for partition, end := range ends {
		behind += max(end-max(here[partition], others[partition]), 0)
	}
	return behind, nil
}

// saved tells how far a consumer has come by what is in the store. The offsets
// of its group would tell more than is true of a store that is being rebuilt.
func (n *node) saved(consumer string) positionsOf {
	return func(ctx context.Context) (map[int]int64, error) {
		progress, err := n.db.LoadProgress(ctx, consumer)
		next := make(map[int]int64, len(progress))
		for partition, p := range progress {
			next[partition] = p.Next
		}
		return next, err
	}
}

// answered tells how far the evaluators of a group, of all processes, have come.
func (n *node) answered(group string) positionsOf {
	return func(ctx context.Context) (map[int]int64, error) {
		committed, err := n.stream.Committed(ctx, group, claimwatch.TopicTouched)
		if err != nil {
			return nil, fmt.Errorf("find what is evaluated: %w", err)
		}
		return committed, nil
	}
}

// due fills the clock and counts the scopes whose time has come and that have
// not been evaluated since.
func (n *node) due(ctx context.Context, s *api.Status) (int, error) {
	asOf, ok, err := n.asOf(ctx)
	if err != nil || !ok {
		return 0, err
	}
	s.AsOf = &asOf
	presents, err := n.presents(ctx, asOf)
	if err != nil {
		return 0, err
	}
	scopes, err := n.db.DueScopes(ctx, asOf, presents)
	if err != nil {
		return 0, err
	}
	next, ok, err := n.db.NextDue(ctx)
	if err != nil {
		return 0, err
	}
	if ok {
		s.DueNext = &next
	}
	return len(scopes), nil
}

// presents gives the present of every institution: its latest live record up to
// as_of, as the slices have it. With min(as_of, the latest) what is due would come
// due again after each evaluation, while a record lies ahead of the wall clock.
func (n *node) presents(ctx context.Context, asOf claimwatch.Instant) (map[string]claimwatch.Instant, error) {
	clocks, err := n.db.Clocks(ctx)
	if err != nil {
		return nil, err
	}
	presents := make(map[string]claimwatch.Instant, len(clocks))
	for institution, c := range clocks {
		if c.Latest > asOf {
			exact, ok, err := n.db.ExactClock(ctx, institution, asOf)
			if err != nil {
				return nil, fmt.Errorf("find the present of %s: %w", institution, err)
			}
			if !ok {
				continue // nothing of it exists yet
			}
			c = exact
		}
		presents[institution] = c.Latest
	}
	return presents, nil
}
