package store

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
)

// ErrFault is what a statement fails with that a Faults struck.
var ErrFault = errors.New("the line was cut")

// Faults cuts the line at one insert: before the engine has it, or after the
// engine is done with it and before its answer arrives (hazard C12).
type Faults struct {
	mutex  sync.Mutex
	left   int // inserts until the cut, 0 for none
	after  bool
	struck int
}

// Arm makes the n-th insert from now on fail, n from 1; 0 disarms.
func (f *Faults) Arm(n int, after bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.left, f.after = n, after
}

// Struck is how many inserts failed so far.
func (f *Faults) Struck() int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.struck
}

// strikes counts an insert down and says whether it is the one.
func (f *Faults) strikes() (now, after bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.left == 0 {
		return false, false
	}
	if f.left--; f.left > 0 {
		return false, false
	}
	f.struck++
	return true, f.after
}

// faultyLine is a RoundTripper that Faults watches.
type faultyLine struct {
	faults *Faults
	next   http.RoundTripper
}

// RoundTrip passes on what is not to fail.
func (l faultyLine) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasPrefix(r.URL.Query().Get("query"), "INSERT") {
		return l.next.RoundTrip(r)
	}
	now, after := l.faults.strikes()
	switch {
	case !now:
		return l.next.RoundTrip(r)
	case !after:
		return nil, errors.Join(ErrFault, r.Body.Close())
	}
	answer, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return nil, errors.Join(ErrFault, err, answer.Body.Close())
}

// WithFaults opens the same database again over a line that can be cut.
func (db *DB) WithFaults(ctx context.Context) (*DB, *Faults, error) {
	faults := &Faults{}
	again := &DB{cfg: db.cfg, engine: db.engine, newTrans: func() http.RoundTripper {
		return faultyLine{faults, db.engine.RoundTripper()}
	}}
	again, err := again.connect(ctx)
	return again, faults, err
}

// WithSetting opens the same database again with one setting more, as a server
// whose profile has it.
func (db *DB) WithSetting(ctx context.Context, name string, value any) (*DB, error) {
	cfg := db.cfg
	cfg.extra = map[string]any{name: value}
	return OpenOn(ctx, db.engine, cfg)
}

// TakeBack asks for what goose would do to go a version back.
func (db *DB) TakeBack(ctx context.Context, version int64) error {
	return versions{}.Delete(ctx, nil, version)
}
