package main

import (
	"context"

	"claimwatch"
	"claimwatch/api"
)

// status tells how far the node has come. What flows downstream is looked at
// first: when the journal and the sink have handled everything, what they
// publish is already counted in the ends of touched.
func (n *node) status(ctx context.Context) (api.Status, error) {
	s := api.Status{Clock: n.settings.Clock}
	stored, err := n.db.CountStored(ctx)
	if err != nil {
		return s, err
	}
	s.Records.Stored = stored
	journal, err := n.behind(ctx, claimwatch.TopicJournal, n.stages.journalHandled())
	if err != nil {
		return s, err
	}
	if s.Records.Behind, err = n.behind(ctx, claimwatch.TopicRecords, n.stages.sink.Handled()); err != nil {
		return s, err
	}
	refused, err := n.behind(ctx, claimwatch.TopicQuarantine, n.stages.quarantine.Handled())
	if err != nil {
		return s, err
	}
	due, err := n.due(ctx, &s)
	if err != nil {
		return s, err
	}
	if s.Touched.Behind, err = n.behind(ctx, claimwatch.TopicTouched, n.stages.evaluated.handled()); err != nil {
		return s, err
	}
	s.Idle = journal == 0 && s.Records.Behind == 0 && refused == 0 && s.Touched.Behind == 0 && due == 0
	return s, nil
}

// behind counts the messages of a topic that are not handled yet.
func (n *node) behind(ctx context.Context, topic string, handled map[int]int64) (int64, error) {
	ends, err := n.stream.EndOffsets(ctx, topic)
	if err != nil {
		return 0, err
	}
	var behind int64
	for partition, end := range ends {
		behind += max(end-handled[partition], 0)
	}
	return behind, nil
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

// presents gives the present of every institution: min(as_of, latest live record).
func (n *node) presents(ctx context.Context, asOf claimwatch.Instant) (map[string]claimwatch.Instant, error) {
	clocks, err := n.db.Clocks(ctx)
	if err != nil {
		return nil, err
	}
	presents := make(map[string]claimwatch.Instant, len(clocks))
	for institution, c := range clocks {
		presents[institution] = min(asOf, c.Latest)
	}
	return presents, nil
}
