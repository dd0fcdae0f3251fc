package fair

import (
	"context"
	"errors"
	"sync"
)

// ErrFull is what Acquire answers when too many requests of one institution
// wait already.
var ErrFull = errors.New("too many requests of this institution wait")

// Gate hands out units (bytes, workers) of a fixed capacity. An institution
// that holds some gets more only up to capacity / (institutions active + 1), so
// that there is always room for one that comes next.
type Gate struct {
	capacity   int64
	maxWaiting int

	mu    sync.Mutex
	used  int64
	lanes map[string]*lane
	ring  []*lane // lanes with somebody waiting; the first is next in turn
}

type lane struct {
	name    string
	held    int64
	grants  int
	waiting []*ticket
}

type ticket struct {
	units int64
	ready chan struct{} // closed when granted
}

// NewGate makes a gate for capacity units. Of one institution at most
// maxWaiting requests wait.
func NewGate(capacity int64, maxWaiting int) *Gate {
	return &Gate{capacity: max(capacity, 1), maxWaiting: maxWaiting, lanes: make(map[string]*lane)}
}

// Capacity is how many units can be held at once.
func (g *Gate) Capacity() int64 { return g.capacity }

// Grant is what Acquire hands out. Its methods are safe for concurrent use.
type Grant struct {
	gate  *Gate
	lane  *lane
	units int64
	done  bool
}

// Acquire waits for its turn and takes units, at most the capacity. It answers
// ErrFull at once when the institution's queue is full, and the cause of ctx
// when that ends first. The Grant must be released.
func (g *Gate) Acquire(ctx context.Context, institution string, units int64) (*Grant, error) {
	units = min(max(units, 0), g.capacity)
	g.mu.Lock()
	l := g.lanes[institution]
	if l == nil {
		l = &lane{name: institution}
		g.lanes[institution] = l
	}
	if len(l.waiting) >= g.maxWaiting && g.maxWaiting > 0 {
		g.mu.Unlock()
		return nil, ErrFull
	}
	t := &ticket{units: units, ready: make(chan struct{})}
	l.waiting = append(l.waiting, t)
	if len(l.waiting) == 1 {
		g.ring = append(g.ring, l)
	}
	g.dispatch()
	g.mu.Unlock()

	select {
	case <-t.ready:
		return &Grant{gate: g, lane: l, units: units}, nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-t.ready: // granted in the same moment
		g.giveBack(l, units, true)
	default:
		g.forget(l, t)
	}
	return nil, context.Cause(ctx)
}

// dispatch grants what can be granted. A lane beyond its share is passed over;
// a request that only lacks free capacity is waited for, because passing it
// over would starve large requests.
func (g *Gate) dispatch() {
	for passed := 0; passed < len(g.ring); {
		l := g.ring[0]
		t := l.waiting[0]
		if l.held > 0 && l.held+t.units > g.share() {
			g.rotate()
			passed++
			continue
		}
		if g.used > 0 && g.used+t.units > g.capacity {
			return
		}
		g.used += t.units
		l.held += t.units
		l.grants++
		l.waiting = l.waiting[1:]
		close(t.ready)
		if len(l.waiting) == 0 {
			l.waiting = nil
			g.ring = g.ring[1:]
		} else {
			g.rotate()
		}
		passed = 0
	}
}

func (g *Gate) share() int64 { return g.capacity / int64(len(g.lanes)+1) }

func (g *Gate) rotate() { g.ring = append(g.ring[1:], g.ring[0]) }

// forget takes a ticket out of its lane whose owner has gone.
func (g *Gate) forget(l *lane, t *ticket) {
	for i, other := range l.waiting {
		if other == t {
			l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
			break
		}
	}
	if len(l.waiting) == 0 {
		for i, other := range g.ring {
			if other == l {
				g.ring = append(g.ring[:i], g.ring[i+1:]...)
				break
			}
		}
	}
	g.drop(l)
	g.dispatch()
}

func (g *Gate) giveBack(l *lane, units int64, last bool) {
	g.used -= units
	l.held -= units
	if last {
		l.grants--
	}
	g.drop(l)
	g.dispatch()
}

func (g *Gate) drop(l *lane) {
	if l.grants == 0 && len(l.waiting) == 0 {
		delete(g.lanes, l.name)
	}
}

// Used is how many units are handed out.
func (g *Gate) Used() int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.used
}

// Waiting is how many requests wait.
func (g *Gate) Waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := 0
	for _, l := range g.ring {
		n += len(l.waiting)
	}
	return n
}

// Grow takes more units at once or answers false: it never waits, because two
// that hold some and wait for more would wait for each other.
func (r *Grant) Grow(units int64) bool {
	g := r.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if r.done || g.used+units > g.capacity {
		return false
	}
	// An institution alone with one upload may go beyond its share.
	if r.lane.held+units > g.share() && r.lane.grants > 1 {
		return false
	}
	g.used += units
	r.lane.held += units
	r.units += units
	return true
}

// Units is how many units the grant holds.
func (r *Grant) Units() int64 {
	r.gate.mu.Lock()
	defer r.gate.mu.Unlock()
	return r.units
}

// ShrinkTo gives back all units above the given number.
func (r *Grant) ShrinkTo(units int64) {
	g := r.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if r.done || units >= r.units {
		return
	}
	over := r.units - max(units, 0)
	r.units -= over
	g.giveBack(r.lane, over, false)
}

// Release gives everything back; a second call does nothing.
func (r *Grant) Release() {
	g := r.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if r.done {
		return
	}
	r.done = true
	g.giveBack(r.lane, r.units, true)
	r.units = 0
}
