package main

import (
	"maps"
	"sync"
)

// positions remembers, for each partition of a consumer, the offset after what
// it has handled.
type positions struct {
	mu   sync.Mutex
	next map[int]int64
}

func newPositions() *positions { return &positions{next: map[int]int64{}} }

// assign forgets what another generation handled.
func (p *positions) assign(next map[int]int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = maps.Clone(next)
}

func (p *positions) advance(next map[int]int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	maps.Copy(p.next, next)
}

func (p *positions) handled() map[int]int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.next)
}
