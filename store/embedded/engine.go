package embedded

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// ErrClosed is the answer to whoever uses an Engine that is being closed.
var ErrClosed = errors.New("the embedded engine is closed")

// closePatience is how long Close waits for statements that it has cancelled.
const closePatience = 30 * time.Second

// Engine is a running ClickHouse engine with its data directory.
type Engine struct {
	lib      *library
	args     []string
	lock     *os.File
	pool     *pool
	control  *session // runs KILL QUERY and nothing else
	killing  sync.Mutex
	hello    []byte
	version  string
	library  string
	sessions atomic.Int64 // numbers given out, for tags
	pinned   sync.Map     // *Session of callers, closed with the engine
	closing  chan struct{}
	once     sync.Once
	closeErr error
}

// Open loads the library, takes the data directory for this process and starts
// the engine: 0.3 s the first time in a process, 40 ms when it is loaded.
func Open(cfg Config) (*Engine, error) {
	cfg = cfg.withDefaults()
	path, err := Find(cfg)
	if err != nil {
		return nil, err
	}
	if cfg.Dir, err = filepath.Abs(cfg.Dir); err != nil {
		return nil, fmt.Errorf("resolve data directory: %w", err)
	}
	lock, err := lockDir(cfg.Dir)
	if err != nil {
		return nil, err
	}
	lib, err := loadLibrary(path)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	engine := &Engine{lib: lib, args: cfg.args(), lock: lock, library: path, closing: make(chan struct{})}
	if err := engine.start(cfg.Connections); err != nil {
		return nil, errors.Join(fmt.Errorf("start engine on %s: %w", cfg.Dir, err), lock.Close())
	}
	return engine, nil
}

// start opens the connections. What was opened is closed again on an error,
// or the next Open in this process would find the engine on the wrong path.
func (e *Engine) start(connections int) (err error) {
	var opened []*session
	defer func() {
		if err != nil {
			for _, s := range opened {
				s.close()
			}
		}
	}()
	for range connections + 1 {
		s, err := e.session()
		if err != nil {
			return err
		}
		opened = append(opened, s)
	}
	e.control = opened[0]
	e.pool = newPool(opened[1:])
	return e.greet()
}

// greet asks the engine who it is and prepares the answer to clickhouse-go.
func (e *Engine) greet() error {
	out, err := e.control.run(statement{sql: "SELECT version(), timezone()", format: "TabSeparated"})
	if err != nil {
		return fmt.Errorf("ask for the version: %w", err)
	}
	version, timezone, _ := strings.Cut(strings.TrimSpace(string(out)), "\t")
	e.version = version
	e.hello = helloBlock(version, timezone)
	return nil
}

// session opens one more connection.
func (e *Engine) session() (*session, error) {
	connection, err := e.lib.open(e.args)
	if err != nil {
		return nil, err
	}
	s, err := newSession(connection, int(e.sessions.Add(1)))
	if err != nil {
		connection.close()
		return nil, err
	}
	return s, nil
}

// Connections is how many statements of the pool run at once.
func (e *Engine) Connections() int { return cap(e.pool.idle) }

// Version is ClickHouse's own version number, such as 26.7.2.1.
func (e *Engine) Version() string { return e.version }

// Library is the path of the library that was loaded.
func (e *Engine) Library() string { return e.library }

// RoundTripper answers requests of ClickHouse's HTTP interface inside the
// process. Requests beyond the number of connections wait.
func (e *Engine) RoundTripper() http.RoundTripper { return &transport{engine: e, pool: e.pool} }

// Close cancels what runs, closes every connection and gives the directory
// back. When a statement does not end in time the connections stay open, for
// closing them under it would abort the process; the error says so.
func (e *Engine) Close() error {
	e.once.Do(func() { e.closeErr = e.close() })
	return e.closeErr
}

func (e *Engine) close() error {
	close(e.closing)
	timeout := time.NewTimer(closePatience)
	defer timeout.Stop()
	pools := []*pool{e.pool}
	e.pinned.Range(func(key, _ any) bool {
		pools = append(pools, key.(*Session).pool)
		return true
	})
	var sessions []*session
	for _, p := range pools {
		taken, ok := p.drain(timeout.C)
		sessions = append(sessions, taken...)
		if !ok {
			return fmt.Errorf("close engine: a statement is still running after %s", closePatience)
		}
	}
	for _, s := range append(sessions, e.control) {
		s.close()
	}
	if err := e.lock.Close(); err != nil {
		return fmt.Errorf("unlock data directory: %w", err)
	}
	return nil
}

// kill asks the engine to end the statement of a session.
func (e *Engine) kill(s *session) error {
	e.killing.Lock()
	defer e.killing.Unlock()
	_, err := e.control.run(statement{
		sql:    "KILL QUERY WHERE Settings['log_comment'] = " + quote(s.tag) + " ASYNC",
		format: "Null",
	})
	return err
}
