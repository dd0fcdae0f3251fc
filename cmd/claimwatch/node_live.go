package main

import (
	"context"
	"fmt"

	"claimwatch"
	"claimwatch/audit/live"
	"claimwatch/stream"
)

// warmChanges is how many messages of the topic of changes a process reads again at
// its start, for listeners that come back after it went away.
const warmChanges = 2_000

// publishChanges tells the listeners of every process what an evaluation changed. A
// rebuilt store holds nothing new.
func (n *node) publishChanges(ctx context.Context, changes map[claimwatch.Change][]claimwatch.Held) error {
	if n.skipTouched {
		return nil
	}
	named := make(map[claimwatch.Change][]string, len(changes))
	for change, held := range changes {
		for i := range held {
			named[change] = append(named[change], held[i].ID)
		}
	}
	messages := live.Messages(named)
	if len(messages) == 0 {
		return nil
	}
	if err := n.stream.Writer(claimwatch.TopicChanges).Write(ctx, messages...); err != nil {
		return fmt.Errorf("publish changed findings: %w", err)
	}
	return nil
}

// followChanges hands the topic of changes to those who listen here.
func (n *node) followChanges(ctx context.Context) error {
	to := n.stages.live
	return n.stream.Tail(ctx, stream.TailConfig{
		Topic: claimwatch.TopicChanges, Name: "stream", Last: warmChanges,
		Begins: func(from map[int]int64) { to.From(from[0]) },
		Handle: func(_ context.Context, messages []claimwatch.Message) error {
			to.Changed(messages)
			n.hearChanges(messages)
			return nil
		},
		CaughtUp: to.Warm,
	})
}
