// Package storetest opens a store for the tests of other packages: one engine
// for a test binary, since a process can run one data directory at a time, and
// a database of its own for each test.
package storetest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"claimwatch/store"
	"claimwatch/store/embedded"
)

// shared is the engine of this test binary. It is a package variable because
// the engine itself is one to a process; nothing but tests sees it.
var shared struct {
	mutex   sync.Mutex
	engine  *embedded.Engine
	dir     string
	users   int
	number  int
	kept    bool     // Main stops the engine, not the last user
	emptied []string // databases with a schema and without rows
}

// Open returns an empty database, which is dropped when the test ends. Tests
// may run in parallel. The test fails when no engine library is found.
func Open(t testing.TB) *store.DB {
	t.Helper()
	return OpenWith(t, store.Config{})
}

// OpenWith is Open with limits of the caller's (MaxThreads, MaxMemoryBytes);
// which database it is, is decided here.
func OpenWith(t testing.TB, cfg store.Config) *store.DB {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	shared.mutex.Lock()
	shared.number++
	cfg.Database = fmt.Sprintf("test_%d", shared.number)
	shared.mutex.Unlock()
	return open(t, cfg, func(db *store.DB) error { return drop(ctx, db, cfg.Database) })
}

// open opens a database; done is called before it is closed, when the test ends.
func open(t testing.TB, cfg store.Config, done func(*store.DB) error) *store.DB {
	t.Helper()
	engine, err := enter()
	if err != nil {
		t.Fatalf("start engine: %v", err)
	}
	// The context of a test ends before its clean-up runs.
	db, err := store.OpenOn(context.WithoutCancel(t.Context()), engine, cfg)
	if err != nil {
		leave(t)
		t.Fatalf("open test database: %v", err)
	}
	t.Cleanup(func() {
		if err := done(db); err != nil {
			t.Errorf("end test database: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("close test database: %v", err)
		}
		leave(t)
	})
	return db
}

func drop(ctx context.Context, db *store.DB, name string) error {
	if err := db.Exec(ctx, "DROP DATABASE "+name+" SYNC"); err != nil {
		return fmt.Errorf("drop %s: %w", name, err)
	}
	return nil
}

// enter starts the engine for the first of the tests that run at a time.
func enter() (*embedded.Engine, error) {
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	if shared.engine == nil {
		dir, err := os.MkdirTemp("", "claimwatch-store-*")
		if err != nil {
			return nil, err
		}
		engine, err := embedded.Open(embedded.Config{Dir: dir, Candidate: os.Getenv("CLAIMWATCH_ENGINE")})
		if err != nil {
			return nil, err
		}
		shared.engine, shared.dir, shared.emptied = engine, dir, nil
	}
	shared.users++
	return shared.engine, nil
}

// leave stops the engine after the last of them, so that nothing is left in
// the temporary directory and a test may open a directory of its own.
func leave(t testing.TB) {
	t.Helper()
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	shared.users--
	if shared.users > 0 || shared.kept {
		return
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// stop ends the engine and removes its directory; the mutex is held.
func stop() error {
	if err := shared.engine.Close(); err != nil {
		return fmt.Errorf("close engine: %w", err)
	}
	shared.engine, shared.emptied = nil, nil
	if err := os.RemoveAll(shared.dir); err != nil {
		return fmt.Errorf("remove engine directory: %w", err)
	}
	return nil
}
