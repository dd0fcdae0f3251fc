package embedded

import (
	"context"
	"time"
)

// killEvery is how often a statement is killed again that has not ended: one
// that is still being parsed is not in the list of processes yet.
const killEvery = 20 * time.Millisecond

// watch stands beside a running statement and kills it when the context ends
// or the engine closes; then it calls interrupted. The returned function ends
// the watch and comes back when no kill is under way, so that a late one
// cannot hit the next statement of the session.
func (e *Engine) watch(ctx context.Context, s *session, interrupted func()) (stop func()) {
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-done:
			return
		case <-ctx.Done():
		case <-e.closing:
		}
		go interrupted()
		ticker := time.NewTicker(killEvery)
		defer ticker.Stop()
		for {
			// An error here has no reader: the statement ends by itself or is
			// killed by the next attempt.
			_ = e.kill(s)
			select {
			case <-done:
				return
			case <-ticker.C:
			}
		}
	}()
	return func() {
		close(done)
		<-stopped
	}
}

// cause tells why a statement ended: the caller's context or the engine's end
// count more than the error that killing it brought about.
func (e *Engine) cause(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	select {
	case <-e.closing:
		return ErrClosed
	default:
		return err
	}
}
