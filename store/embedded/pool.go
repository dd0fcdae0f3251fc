package embedded

import (
	"context"
	"time"
)

// pool hands out sessions, each to one statement at a time.
type pool struct {
	idle chan *session
}

func newPool(sessions []*session) *pool {
	p := &pool{idle: make(chan *session, len(sessions))}
	for _, s := range sessions {
		p.idle <- s
	}
	return p
}

// acquire waits for a session.
func (p *pool) acquire(ctx context.Context, closing <-chan struct{}) (*session, error) {
	select {
	case <-closing:
		return nil, ErrClosed
	default:
	}
	select {
	case s := <-p.idle:
		return s, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-closing:
		return nil, ErrClosed
	}
}

// release gives a session back.
func (p *pool) release(s *session) { p.idle <- s }

// drain takes every session out for good, as they come back.
func (p *pool) drain(timeout <-chan time.Time) ([]*session, bool) {
	var taken []*session
	for len(taken) < cap(p.idle) {
		select {
		case s := <-p.idle:
			taken = append(taken, s)
		case <-timeout:
			return taken, false
		}
	}
	return taken, true
}
