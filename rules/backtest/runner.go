package backtest

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"go.uber.org/zap"

	"claimwatch"
)

// Runner runs backtests, one after the other.
type Runner struct {
	cfg  Config
	deps Deps

	queue chan *job
	mu    sync.Mutex
	live  map[string]*job // queued or running in this process
}

// job is a backtest of this process that has not ended.
type job struct {
	plan   plan
	cancel context.CancelCauseFunc
	ctx    context.Context

	mu    sync.Mutex
	now   Backtest
	seq   uint64
	saved time.Time
}

// errCancelled is why a backtest ends that somebody cancels.
var errCancelled = errors.New("cancelled")

// New makes a Runner; nothing happens until Run.
func New(cfg Config, deps Deps) *Runner {
	cfg = cfg.withDefaults()
	return &Runner{cfg: cfg, deps: deps, queue: make(chan *job, cfg.Waiting), live: map[string]*job{}}
}

// Run works until ctx ends. What is under way then is interrupted.
func (r *Runner) Run(ctx context.Context) error {
	var beating sync.WaitGroup
	beating.Go(func() { r.beat(ctx) })
	defer beating.Wait()
	for {
		select {
		case <-ctx.Done():
			return nil
		case j := <-r.queue:
			r.run(ctx, j)
		}
	}
}

// Start queues a backtest of a caller and gives it as it stands. The error of a
// request that cannot be is a claimwatch.Error.
func (r *Runner) Start(ctx context.Context, caller claimwatch.Caller, q Request) (Backtest, error) {
	p, err := r.plan(ctx, q)
	if err != nil {
		return Backtest{}, err
	}
	id, err := r.newID()
	if err != nil {
		return Backtest{}, err
	}
	j := &job{plan: p, now: Backtest{
		ID: id, State: Queued, AskedBy: caller.KeyID, AskedAt: claimwatch.InstantOf(r.deps.Now()), Request: q,
		AsOf: p.when.AsOf, KnownAt: p.when.KnownAt, Rules: p.codes(),
	}}
	j.ctx, j.cancel = context.WithCancelCause(context.WithoutCancel(ctx)) // it outlives the call
	if err := r.save(ctx, j); err != nil {
		return Backtest{}, err
	}
	r.mu.Lock()
	r.live[id] = j
	r.mu.Unlock()
	select {
	case r.queue <- j:
		return j.backtest(), nil
	default:
		r.end(ctx, j, func(b *Backtest) { b.State, b.Fault = Failed, "too many backtests waited" })
		return Backtest{}, claimwatch.Refuse(claimwatch.CodeSlowDown, "%d backtests wait already: ask again when one has ended", r.cfg.Waiting)
	}
}

// newID is sortable by time: 48 bits of milliseconds and 64 random ones.
func (r *Runner) newID() (string, error) {
	at := uint64(r.deps.Now().UnixMilli())
	raw := make([]byte, 14)
	for i := range 6 {
		raw[i] = byte(at >> (8 * (5 - i)))
	}
	if _, err := io.ReadFull(r.deps.Random, raw[6:]); err != nil {
		return "", fmt.Errorf("draw a backtest id: %w", err)
	}
	return "b_" + hex.EncodeToString(raw), nil
}

// run does the work of one backtest, and notes how it ended.
func (r *Runner) run(ctx context.Context, j *job) {
	if r.alive(j.now.ID) == nil {
		return // cancelled while it waited
	}
	stop := context.AfterFunc(ctx, func() { j.cancel(context.Cause(ctx)) })
	defer stop()
	result, err := (*Result)(nil), context.Cause(j.ctx)
	if err == nil {
		r.note(j, func(b *Backtest) { b.State = Running })
		result, err = r.work(j.ctx, j.plan, func(p Progress) { r.progress(j, p) })
	}
	r.end(context.WithoutCancel(ctx), j, func(b *Backtest) {
		switch cause := context.Cause(j.ctx); {
		case err == nil:
			b.State, b.Result = Done, result
		case errors.Is(cause, errCancelled):
			b.State = Cancelled
		case cause != nil:
			b.State = Interrupted
		default:
			r.deps.Log.Error("backtest fails", zap.String("backtest", b.ID), zap.Error(err))
			b.State, b.Fault = Failed, err.Error()
		}
	})
}

// note changes a backtest under way and keeps it. What cannot be kept is kept
// with the next change.
func (r *Runner) note(j *job, change func(*Backtest)) {
	j.mu.Lock()
	change(&j.now)
	j.mu.Unlock()
	if err := r.save(j.ctx, j); err != nil && j.ctx.Err() == nil {
		r.deps.Log.Warn("backtest is not kept", zap.Error(err))
	}
}

// progress is noted at once, and kept now and then.
func (r *Runner) progress(j *job, p Progress) {
	j.mu.Lock()
	j.now.Progress = p
	recent := r.deps.Now().Sub(j.saved) < keepEvery
	j.mu.Unlock()
	if !recent {
		r.note(j, func(*Backtest) {})
	}
}

// keepEvery is how long the kept progress may lag.
const keepEvery = 2 * time.Second

// beat keeps what waits, and what works on one bucket for long, from looking as if
// its process had ended.
func (r *Runner) beat(ctx context.Context) {
	every := r.cfg.Silent / 4
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		for _, j := range r.jobs() {
			j.mu.Lock()
			silent := r.deps.Now().Sub(j.saved)
			j.mu.Unlock()
			if silent >= every {
				r.note(j, func(*Backtest) {})
			}
		}
	}
}

// end notes how a backtest ended.
func (r *Runner) end(ctx context.Context, j *job, change func(*Backtest)) {
	finished := claimwatch.InstantOf(r.deps.Now())
	j.mu.Lock()
	change(&j.now)
	j.now.FinishedAt = &finished
	j.mu.Unlock()
	if err := r.save(ctx, j); err != nil {
		r.deps.Log.Error("end of backtest is not kept", zap.Error(err))
	}
	r.mu.Lock()
	delete(r.live, j.now.ID)
	r.mu.Unlock()
	j.cancel(nil)
}

func (j *job) backtest() Backtest {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.now
}

// save keeps a backtest as it stands.
func (r *Runner) save(ctx context.Context, j *job) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	body, err := json.Marshal(j.now)
	if err != nil {
		return fmt.Errorf("write backtest: %w", err)
	}
	j.seq++
	j.saved = r.deps.Now()
	row := Row{
		ID: j.now.ID, Seq: j.seq, State: string(j.now.State), Worker: r.deps.Worker,
		HeardAt: claimwatch.InstantOf(r.deps.Now()), Body: body,
	}
	if err := r.deps.Keep.SaveBacktest(ctx, row); err != nil {
		return fmt.Errorf("keep backtest: %w", err)
	}
	return nil
}
