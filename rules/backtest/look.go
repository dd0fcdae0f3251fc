package backtest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"claimwatch"
)

// Get gives a backtest as it stands; not_found when there is none of that id.
func (r *Runner) Get(ctx context.Context, id string) (Backtest, error) {
	if j := r.alive(id); j != nil {
		return j.backtest(), nil
	}
	row, known, err := r.deps.Keep.Backtest(ctx, id)
	if err != nil {
		return Backtest{}, fmt.Errorf("read backtest: %w", err)
	}
	if !known {
		return Backtest{}, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such backtest")
	}
	return r.read(row)
}

// List gives backtests, the newest first: those before an id, empty for all.
// Their results are left out.
func (r *Runner) List(ctx context.Context, before string, limit int) ([]Backtest, error) {
	rows, err := r.deps.Keep.Backtests(ctx, before, limit)
	if err != nil {
		return nil, fmt.Errorf("read backtests: %w", err)
	}
	list := make([]Backtest, len(rows))
	for i, row := range rows {
		if list[i], err = r.read(row); err != nil {
			return nil, err
		}
		if j := r.alive(row.ID); j != nil {
			list[i] = j.backtest()
		}
		list[i].Result = nil
	}
	return list, nil
}

// Cancel ends a backtest of this process. One that has ended, or runs in another
// process, is illegal_transition.
func (r *Runner) Cancel(ctx context.Context, id string) (Backtest, error) {
	j := r.alive(id)
	if j == nil {
		b, err := r.Get(ctx, id)
		if err != nil {
			return b, err
		}
		if b.State.ended() {
			return b, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the backtest has ended: it is %s", b.State)
		}
		return b, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the backtest runs in another process: cancel it there")
	}
	j.cancel(errCancelled)
	if b := j.backtest(); b.State == Queued {
		r.end(ctx, j, func(b *Backtest) { b.State = Cancelled })
	}
	b := j.backtest()
	b.State = Cancelled // one that runs ends at its next step
	return b, nil
}

func (r *Runner) alive(id string) *job {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live[id]
}

// jobs are those of this process that have not ended.
func (r *Runner) jobs() []*job {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Values(r.live))
}

// read takes a kept backtest. One that has not ended and that nobody runs any
// more is interrupted: its process has ended, or was killed.
func (r *Runner) read(row Row) (Backtest, error) {
	var b Backtest
	if err := json.Unmarshal(row.Body, &b); err != nil {
		return b, fmt.Errorf("read backtest %s: %w", row.ID, err)
	}
	silent := claimwatch.InstantOf(r.deps.Now()) - row.HeardAt
	if !b.State.ended() && (row.Worker == r.deps.Worker || silent > claimwatch.Instant(r.cfg.Silent.Milliseconds())) {
		b.State = Interrupted
	}
	return b, nil
}
