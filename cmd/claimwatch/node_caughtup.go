package main

import (
	"context"
	"sync"

	"claimwatch"
	"claimwatch/ingest/sink"
)

// caughtUp remembers where the records topic ended when it was first asked.
type caughtUp struct {
	mutex sync.Mutex
	ends  map[int]int64
	done  bool
}

// recordsCaughtUp says whether the store holds every record that was in the log
// when this process was first asked: before that a line that is missing may only
// not be stored yet.
func (n *node) recordsCaughtUp(ctx context.Context) (bool, error) {
	c := &n.caughtUp
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.done {
		return true, nil
	}
	if c.ends == nil {
		ends, err := n.stream.EndOffsets(ctx, claimwatch.TopicRecords)
		if err != nil {
			return false, err
		}
		c.ends = ends
	}
	here := n.stages.sink.Handled()
	elsewhere, err := n.saved(sink.Consumer)(ctx)
	if err != nil {
		return false, err
	}
	for partition, end := range c.ends {
		if max(here[partition], elsewhere[partition]) < end {
			return false, nil
		}
	}
	c.done = true
	return true, nil
}
