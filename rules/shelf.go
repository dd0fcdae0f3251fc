package rules

import (
	"context"
	"sync/atomic"
)

// Shelf holds the library in use. A new one takes its place as a whole, between
// two batches of an evaluator, and only when nothing is wrong with it.
type Shelf struct{ current atomic.Pointer[Library] }

// NewShelf makes a shelf with a library that is in use from the start.
func NewShelf(library *Library) *Shelf {
	s := &Shelf{}
	s.current.Store(library)
	return s
}

// Library is the one in use.
func (s *Shelf) Library() *Library { return s.current.Load() }

// Reload reads the library of a directory anew and puts it into use. With any
// fault, of files, queries or the lock, the one in use stays and the faults come back.
func (s *Shelf) Reload(ctx context.Context, dir string, on Parser) (Faults, error) {
	faults, err := Check(ctx, dir, on)
	if err != nil || len(faults) > 0 {
		return faults, err
	}
	library, err := LoadDir(dir)
	if err != nil {
		return nil, err
	}
	s.current.Store(library)
	return nil, nil
}

// NewFollower makes an engine that uses whatever library is on the shelf when a
// batch begins. Metrics may be nil.
func NewFollower(shelf *Shelf, e *Engine) *Engine {
	follower := *e
	follower.shelf, follower.library = shelf, shelf.Library()
	return &follower
}

// follow takes the library of the shelf; what was prepared of another is dropped.
func (e *Engine) follow() {
	if e.shelf == nil || e.shelf.Library() == e.library {
		return
	}
	e.library = e.shelf.Library()
	e.rules, e.broken, e.filled = nil, nil, nil
}
