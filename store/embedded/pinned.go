package embedded

import (
	"fmt"
	"net/http"
	"time"
)

// Session is a connection of the caller's own: temporary tables made over it
// stay until it is closed, and nobody else's statement delays its own.
type Session struct {
	engine *Engine
	pool   *pool
}

// Session opens one (0.5 ms). Databases and Memory tables need none: they are
// seen over every connection.
func (e *Engine) Session() (*Session, error) {
	return e.keep(func(*session) error { return nil })
}

// ReadOnlySession opens a session that can only read: no statement over it
// writes, makes or drops anything, changes a setting, or reaches a file or a
// network address through a table function (code 164). It has the given
// database and settings for good; requests must carry the same ones. The scalar
// function file() and system tables stay readable: statements that others
// wrote are checked before they run here.
func (e *Engine) ReadOnlySession(database string, settings map[string]string) (*Session, error) {
	return e.keep(func(s *session) error {
		if err := s.prepare(database, settings); err != nil {
			return err
		}
		_, err := s.run(statement{sql: "SET readonly = 1", format: "Null"})
		return err
	})
}

// keep opens a session, makes it ready and remembers it for Close.
func (e *Engine) keep(ready func(*session) error) (*Session, error) {
	select {
	case <-e.closing:
		return nil, ErrClosed
	default:
	}
	s, err := e.session()
	if err != nil {
		return nil, fmt.Errorf("open session: %w", err)
	}
	if err := ready(s); err != nil {
		s.close()
		return nil, fmt.Errorf("prepare session: %w", err)
	}
	out := &Session{engine: e, pool: newPool([]*session{s})}
	e.pinned.Store(out, nil)
	return out, nil
}

// RoundTripper answers over this session only, one request at a time.
func (s *Session) RoundTripper() http.RoundTripper {
	return &transport{engine: s.engine, pool: s.pool}
}

// Close waits for the running statement and closes the connection. A second
// Close, or one after the engine's, does nothing.
func (s *Session) Close() error {
	if _, open := s.engine.pinned.LoadAndDelete(s); !open {
		return nil
	}
	timeout := time.NewTimer(closePatience)
	defer timeout.Stop()
	sessions, ok := s.pool.drain(timeout.C)
	if !ok {
		s.engine.pinned.Store(s, nil) // the engine's Close tries again
		return fmt.Errorf("close session: a statement is still running after %s", closePatience)
	}
	for _, session := range sessions {
		session.close()
	}
	return nil
}
