package stream

import (
	"fmt"
	"sync"
	"time"
)

// health remembers which readers of this process stand still. A halted reader
// stays in it until the process ends: only a person can answer a gap.
type health struct {
	deadAfter time.Duration
	now       func() time.Time

	mu     sync.Mutex
	halted error
	since  map[healthKey]pace
}

type healthKey struct {
	topic, group string
	partition    int
}

type pace struct {
	handled int64
	at      time.Time // when handled last moved, or there was nothing to do
	lag     int64
}

func newHealth(deadAfter time.Duration, now func() time.Time) *health {
	return &health{deadAfter: deadAfter, now: now, since: make(map[healthKey]pace)}
}

// note takes what the watchdog saw.
func (h *health) note(k healthKey, handled, lag int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	old, known := h.since[k]
	p := pace{handled: handled, at: h.now(), lag: lag}
	if known && old.handled == handled && lag > 0 && old.lag > 0 {
		p.at = old.at
	}
	h.since[k] = p
}

func (h *health) forget(k healthKey) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.since, k)
}

func (h *health) halt(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.halted == nil {
		h.halted = err
	}
}

func (h *health) check() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.halted != nil {
		return h.halted
	}
	for k, p := range h.since {
		if stood := h.now().Sub(p.at); p.lag > 0 && stood >= h.deadAfter {
			return fmt.Errorf("reading %s partition %d for %s stands still since %s with a lag of %d",
				k.topic, k.partition, k.group, stood.Round(time.Second), p.lag)
		}
	}
	return nil
}
