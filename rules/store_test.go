package rules_test

import (
	"context"
	"os"
	"sync"
	"testing"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/store"
	"claimwatch/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// embedded is the library of the binary, read once: it never changes, and what an
// engine has prepared of it serves the next one.
var embedded = sync.OnceValues(rules.Embedded)

// testStore is a store with a slice, as rules see it.
type testStore struct {
	*store.Slice
	db  *store.DB
	seq uint64
}

// openStore gives an empty store with a slice of its own.
func openStore(t testing.TB) *testStore {
	t.Helper()
	db := storetest.Migrated(t)
	return &testStore{Slice: openSlice(t, db, "test"), db: db}
}

// openSlice gives a slice that is closed when the test ends.
func openSlice(t testing.TB, db *store.DB, name string) *store.Slice {
	t.Helper()
	slice, err := db.NewSlice(t.Context(), name)
	if err != nil {
		t.Fatalf("NewSlice() error:\n%+v", err)
	}
	t.Cleanup(func() {
		if err := slice.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	})
	return slice
}

func (s *testStore) InsertRecords(ctx context.Context, records []claimwatch.Stored) error {
	return s.db.InsertRecords(ctx, records)
}

func (s *testStore) InsertConflicts(ctx context.Context, conflicts []claimwatch.Conflict) error {
	return s.db.InsertConflicts(ctx, conflicts)
}

func (s *testStore) LoadReference(ctx context.Context, table string, rows [][]claimwatch.Value) error {
	s.seq++
	load := store.ReferenceLoad{Table: table, Seq: s.seq, Actor: "test"}
	for _, row := range rows {
		load.Rows = append(load.Rows, store.ReferenceRow{Values: row})
	}
	return s.db.SaveReference(ctx, load)
}
