package live

import (
	"sync"

	"claimwatch"
)

// Event is one thing that happened to a finding.
type Event struct {
	Change    claimwatch.Change
	FindingID string
	// Revision is that of the finding's journal with it; 0: it is no entry of the journal.
	Revision int
	// At is its place in the log that told of it; the other member is 0.
	At Position
}

// Ring holds the latest events. It is safe for concurrent use; putting never waits
// for anybody who listens, and a thousand listeners cost one wake-up each.
type Ring struct {
	mu     sync.Mutex
	events []Event
	put    uint64   // events ever put; event n is at n modulo the size
	head   Position // everything up to it was put
	floor  Position // everything after it is still here
	wake   chan struct{}
}

// NewRing makes an empty ring of a size.
func NewRing(size int) *Ring {
	return &Ring{events: make([]Event, 0, size), wake: make(chan struct{})}
}

// From forgets that nothing was missed: the topic of changes is read from an offset on.
func (r *Ring) From(offset int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := uint64(offset) * perMessage
	r.floor.Changes, r.head.Changes = max(r.floor.Changes, at), max(r.head.Changes, at)
}

// Put adds events of one of the two logs, in its order. One that was put before, by
// a reader that began anew, has no effect.
func (r *Ring) Put(events ...Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fresh := false
	for _, e := range events {
		if r.head.covers(e.At) {
			continue
		}
		r.head = r.head.with(e.At)
		fresh = true
		if len(r.events) < cap(r.events) {
			r.events = append(r.events, e)
		} else {
			slot := &r.events[r.put%uint64(cap(r.events))]
			r.floor = r.floor.with(slot.At)
			*slot = e
		}
		r.put++
	}
	if fresh {
		close(r.wake)
		r.wake = make(chan struct{})
	}
}

// covers says whether what happened at a place is part of the position.
func (p Position) covers(at Position) bool { return at.Changes <= p.Changes && at.Journal <= p.Journal }

// with is the position after what happened at a place.
func (p Position) with(at Position) Position {
	return Position{Changes: max(p.Changes, at.Changes), Journal: max(p.Journal, at.Journal)}
}

// Listener is somebody's place in a ring. It belongs to one goroutine.
type Listener struct {
	ring *Ring
	next uint64 // the event that is looked at next
	at   Position
}

// Listen begins after the latest event.
func (r *Ring) Listen() *Listener {
	r.mu.Lock()
	defer r.mu.Unlock()
	return &Listener{ring: r, next: r.put, at: r.head}
}

// Resume begins after a position. It is false when something after it is no longer here:
// the listener, which then begins after the latest event, has to look at everything anew.
func (r *Ring) Resume(p Position) (l *Listener, whole bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p.Changes < r.floor.Changes || p.Journal < r.floor.Journal {
		return &Listener{ring: r, next: r.put, at: r.head}, false
	}
	return &Listener{ring: r, next: r.put - uint64(len(r.events)), at: p}, true
}

// Sent is one event with the place of a listener that has had it.
type Sent struct {
	Event
	After Position
	// Number is that of the event among all that this process has put.
	Number uint64
}

// Next gives at most so many events that the listener has not had. With none it gives
// a channel that closes when there may be some. It is false when the listener was so
// slow that events went by: it goes on after the latest.
func (l *Listener) Next(most int) (events []Sent, wake <-chan struct{}, whole bool) {
	r := l.ring
	r.mu.Lock()
	defer r.mu.Unlock()
	if l.next+uint64(len(r.events)) < r.put {
		l.next, l.at = r.put, r.head
		return nil, r.wake, false
	}
	for ; l.next < r.put && len(events) < most; l.next++ {
		e := r.events[l.next%uint64(cap(r.events))]
		if l.at.covers(e.At) {
			continue
		}
		l.at = l.at.with(e.At)
		events = append(events, Sent{Event: e, After: l.at, Number: l.next})
	}
	return events, r.wake, true
}

// At is how far the listener has come.
func (l *Listener) At() Position { return l.at }

// Count counts the events that were ever put.
func (r *Ring) Count() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.put
}
