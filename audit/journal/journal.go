package journal

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"claimwatch"
	"claimwatch/audit/reference"
)

// Log is the journal topic: one partition, kept for ever.
type Log interface {
	// Write returns nil when all replicas have the messages.
	Write(ctx context.Context, messages ...claimwatch.Message) error
	// Tail hands over every message from offset 0 on, in order, and follows; it
	// calls caughtUp once, when it has handed over what was there at its start.
	Tail(ctx context.Context, handle func(context.Context, []claimwatch.Message) error, caughtUp func()) error
}

// Rows is where the views of the journal are kept. Every method may be repeated
// with the same entries; they are one by their number.
type Rows interface {
	// SaveViews writes reference rows, keys, reviews and rejected lines.
	SaveViews(ctx context.Context, accepted []*Accepted) error
	// SaveEntries writes the chain. An entry that is there says that the views
	// and the touched scopes of everything up to it are too.
	SaveEntries(ctx context.Context, accepted []*Accepted) error
	// Head is the number of the latest entry written; 0 for none.
	Head(ctx context.Context) (uint64, error)
}

// Touch publishes whom a reference load touches, so that they are evaluated
// again. Publishing twice is harmless.
type Touch func(ctx context.Context, load *reference.Outcome) error

// Deps is what a journal works with.
type Deps struct {
	Log   Log
	Rows  Rows
	Touch Touch
	Now   func() time.Time // the machine's clock, for waiting only
	// Folded is told of every entry in order, also of those that were there at the
	// start, while the journal stands still: it must not wait for anything. May be nil.
	Folded func(*Accepted)
}

// Journal folds the topic and answers the callers of its own process. Every
// process has one.
type Journal struct {
	cfg  Config
	deps Deps
	log  *zap.Logger
	met  *metrics

	mu      sync.RWMutex
	state   State
	next    int64 // offset
	waiters map[string][]chan Answer
	mine    map[string]bool // commands whose views this process writes at once

	views    *queue
	caughtUp chan struct{}
	once     sync.Once
}

// New makes a journal that does nothing until Run.
func New(cfg Config, deps Deps, log *zap.Logger, reg prometheus.Registerer) (*Journal, error) {
	met, err := newMetrics(reg)
	if err != nil {
		return nil, fmt.Errorf("register metrics of journal: %w", err)
	}
	j := &Journal{
		cfg: cfg, deps: deps, log: log, met: met,
		waiters: map[string][]chan Answer{}, mine: map[string]bool{}, views: newQueue(), caughtUp: make(chan struct{}),
	}
	return j, nil
}

// Run folds the topic and writes the views until ctx ends. It returns nil then,
// and an error when the log cannot be read any more.
func (j *Journal) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		err := j.deps.Log.Tail(ctx, j.handle, func() { j.once.Do(func() { close(j.caughtUp) }) })
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("read journal: %w", err)
		}
		return nil
	})
	group.Go(func() error { return j.write(ctx) })
	return group.Wait()
}

// CaughtUp is closed when everything that was in the topic at the start of Run
// is folded. Before that nothing should be answered from the journal.
func (j *Journal) CaughtUp() <-chan struct{} { return j.caughtUp }

// Position is the offset of the topic that will be folded next, and whether the
// views of everything before it are written.
func (j *Journal) Position() (next int64, settled bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.next, j.views.empty()
}

func (j *Journal) handle(_ context.Context, messages []claimwatch.Message) error {
	for _, m := range messages {
		j.fold(m)
	}
	return nil
}

// fold takes one message. A message that is no command is poison: it is counted
// and named, and the fold goes on, in every process alike.
func (j *Journal) fold(m claimwatch.Message) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if m.Offset < j.next {
		return // a tail that began anew
	}
	j.next = m.Offset + 1
	taken, err := j.state.Take(m)
	if err != nil {
		j.met.poison.Inc()
		j.log.Error("journal message is no command", zap.Int64("offset", m.Offset), zap.Error(err))
		return
	}
	if taken.Command == nil {
		return // a part; its command is to come
	}
	accepted, answer, id := taken.Accepted, taken.Answer, taken.Command.ID
	j.met.commands.WithLabelValues(string(taken.Command.Type), taken.outcome()).Inc()
	if accepted != nil {
		j.met.entries.Set(float64(accepted.Seq))
		j.views.push(work{accepted: accepted, mine: j.mine[id]})
		j.met.behind.Set(float64(j.views.len()))
		if j.deps.Folded != nil {
			j.deps.Folded(accepted)
		}
	}
	for _, waiter := range j.waiters[id] {
		waiter <- answer // buffered for one
	}
	delete(j.waiters, id)
	delete(j.mine, id)
}
