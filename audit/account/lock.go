package account

import (
	"sync"
	"time"
)

// Lock keeps those off who guess: after some failures each next attempt for a name (a
// login, an address) has to wait, ever longer. It counts in one process.
type Lock struct {
	free  int // failures without a delay
	mu    sync.Mutex
	tries map[string]*tries
}

type tries struct {
	failed int
	until  time.Time // no attempt before
	last   time.Time
}

const (
	firstDelay = time.Second
	mostDelay  = 15 * time.Minute
	// forgotten is after how long a name that nobody tries is clean again.
	forgotten = 24 * time.Hour
	maxTried  = 100_000
)

// NewLock makes a lock that nobody has tried, and that delays nobody for so many failures:
// few for a login, more for an address, behind which a whole agency may sit.
func NewLock(free int) *Lock { return &Lock{free: free, tries: map[string]*tries{}} }

// Wait is how long an attempt for a name has to wait; 0: it may be made.
func (l *Lock) Wait(now time.Time, name string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t := l.tries[name]; t != nil {
		return max(0, t.until.Sub(now))
	}
	return 0
}

// Failed notes an attempt that failed. The delay doubles with each.
func (l *Lock) Failed(now time.Time, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.tries[name]
	if t == nil && len(l.tries) >= maxTried {
		l.forget(now)
	}
	if t == nil || now.Sub(t.last) > forgotten {
		t = &tries{}
		l.tries[name] = t
	}
	t.failed, t.last = t.failed+1, now
	if over := t.failed - l.free; over >= 0 {
		t.until = now.Add(min(mostDelay, firstDelay<<min(over, 20)))
	}
}

// Passed notes that a name was proved.
func (l *Lock) Passed(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.tries, name)
}

// forget drops names whose delay is over, and when that is too little any others: whoever
// tries a hundred thousand names at once must not fill the memory. l.mu is held.
func (l *Lock) forget(now time.Time) {
	for name, t := range l.tries {
		if now.After(t.until) {
			delete(l.tries, name)
		}
	}
	for name := range l.tries {
		if len(l.tries) <= maxTried*3/4 {
			return
		}
		delete(l.tries, name)
	}
}
