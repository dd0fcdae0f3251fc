package journal

import (
	"context"
	"fmt"
	"sync"
	"time"

	"go.uber.org/zap"
)

// maxBatch is how many entries are written to the views at once.
const maxBatch = 500

// work is an entry whose views are to be written.
type work struct {
	accepted *Accepted
	mine     bool // a caller of this process waits for it
}

// queue holds the entries between the fold and the views.
type queue struct {
	mu      sync.Mutex
	items   []work
	done    uint64        // every entry up to it is written
	changed chan struct{} // closed and replaced at every change
	closed  bool
}

func newQueue() *queue { return &queue{changed: make(chan struct{})} }

func (q *queue) push(w work) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if w.accepted.Seq <= q.done {
		return
	}
	q.items = append(q.items, w)
	q.notify()
}

// notify wakes everybody who waits; q.mu is held.
func (q *queue) notify() {
	close(q.changed)
	q.changed = make(chan struct{})
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.items)
}

func (q *queue) empty() bool { return q.len() == 0 }

// peek gives what is to be written next, and whether somebody here waits for it.
func (q *queue) peek() (batch []*Accepted, mine bool, changed <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, w := range q.items[:min(len(q.items), maxBatch)] {
		batch = append(batch, w.accepted)
		mine = mine || w.mine
	}
	return batch, mine, q.changed
}

// finish drops everything up to seq.
func (q *queue) finish(seq uint64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.done = max(q.done, seq)
	for len(q.items) > 0 && q.items[0].accepted.Seq <= q.done {
		q.items[0] = work{} // let go of its rows
		q.items = q.items[1:]
	}
	q.notify()
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.notify()
}

// wait blocks until the views of an entry are written.
func (q *queue) wait(ctx context.Context, seq uint64) error {
	for {
		q.mu.Lock()
		done, closed, changed := q.done >= seq, q.closed, q.changed
		q.mu.Unlock()
		switch {
		case done:
			return nil
		case closed:
			return errClosed
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// write brings the views up to the fold until ctx ends.
func (j *Journal) write(ctx context.Context) error {
	defer j.views.close()
	for ctx.Err() == nil {
		batch, mine, changed := j.views.peek()
		if len(batch) == 0 {
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		if err := j.bring(ctx, batch, mine); err != nil && ctx.Err() == nil {
			j.met.views.WithLabelValues("failed").Inc()
			j.log.Error("write views of journal", zap.Uint64("seq", batch[0].Seq), zap.Error(err))
			sleep(ctx, j.cfg.Retry)
		}
	}
	return nil
}

// bring writes a batch unless the store has it already: because this process
// starts anew, or because another one, whose caller waits for it, has written it.
func (j *Journal) bring(ctx context.Context, batch []*Accepted, mine bool) error {
	last := batch[len(batch)-1].Seq
	head, err := j.deps.Rows.Head(ctx)
	if err != nil {
		return fmt.Errorf("read head of journal: %w", err)
	}
	if !mine && j.isCaughtUp() {
		for waited := time.Duration(0); head < last && waited < j.cfg.TakeOver && !j.views.mineAmong(last); waited += poll {
			sleep(ctx, poll)
			if head, err = j.deps.Rows.Head(ctx); err != nil {
				return fmt.Errorf("read head of journal: %w", err)
			}
		}
	}
	for len(batch) > 0 && batch[0].Seq <= head {
		batch = batch[1:]
		j.met.views.WithLabelValues("skipped").Inc()
	}
	if len(batch) > 0 {
		if err := j.save(ctx, batch); err != nil {
			return err
		}
		j.met.views.WithLabelValues("written").Add(float64(len(batch)))
	}
	j.views.finish(last)
	j.met.behind.Set(float64(j.views.len()))
	return nil
}

// mineAmong says whether a caller of this process has come to wait for more
// than the batch that ends with seq: then there is no time to leave it to others.
func (q *queue) mineAmong(seq uint64) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, w := range q.items {
		if w.mine && w.accepted.Seq > seq {
			return true
		}
	}
	return false
}

// save writes the views of a batch in the one order in which a crash between
// two steps is mended by repeating them.
func (j *Journal) save(ctx context.Context, batch []*Accepted) error {
	// 1. What follows from the entries.
	if err := j.deps.Rows.SaveViews(ctx, batch); err != nil {
		return fmt.Errorf("write views of %d entries: %w", len(batch), err)
	}
	// 2. Whoever is touched by changed reference rows is evaluated again, with them.
	for _, accepted := range batch {
		if accepted.Load == nil {
			continue
		}
		if err := j.deps.Touch(ctx, accepted.Load); err != nil {
			return fmt.Errorf("publish touched by %s: %w", accepted.Load.Table, err)
		}
	}
	// 3. The entries, which say that 1 and 2 are done.
	if err := j.deps.Rows.SaveEntries(ctx, batch); err != nil {
		return fmt.Errorf("write %d entries: %w", len(batch), err)
	}
	return nil
}

func (j *Journal) isCaughtUp() bool {
	select {
	case <-j.caughtUp:
		return true
	default:
		return false
	}
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
