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
	mutex  sync.Mutex
	engine *embedded.Engine
	dir    string
	users  int
	number int
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
	engine, number, err := enter()
	if err != nil {
		t.Fatalf("start engine: %v", err)
	}
	cfg.Database = fmt.Sprintf("test_%d", number)
	// The context of a test ends before its clean-up runs.
	ctx := context.WithoutCancel(t.Context())
	db, err := store.OpenOn(ctx, engine, cfg)
	if err != nil {
		leave(t)
		t.Fatalf("open test database: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Exec(ctx, "DROP DATABASE "+cfg.Database+" SYNC"); err != nil {
			t.Errorf("drop test database: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("close test database: %v", err)
		}
		leave(t)
	})
	return db
}

// enter starts the engine for the first of the tests that run at a time.
func enter() (*embedded.Engine, int, error) {
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	if shared.engine == nil {
		dir, err := os.MkdirTemp("", "claimwatch-store-*")
		if err != nil {
			return nil, 0, err
		}
		engine, err := embedded.Open(embedded.Config{Dir: dir, Candidate: os.Getenv("CLAIMWATCH_ENGINE")})
		if err != nil {
			return nil, 0, err
		}
		shared.engine, shared.dir = engine, dir
	}
	shared.users++
	shared.number++
	return shared.engine, shared.number, nil
}

// leave stops the engine after the last of them, so that nothing is left in
// the temporary directory and a test may open a directory of its own.
func leave(t testing.TB) {
	t.Helper()
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	shared.users--
	if shared.users > 0 {
		return
	}
	if err := shared.engine.Close(); err != nil {
		t.Errorf("close engine: %v", err)
		return
	}
	shared.engine = nil
	if err := os.RemoveAll(shared.dir); err != nil {
		t.Errorf("remove engine directory: %v", err)
	}
}
