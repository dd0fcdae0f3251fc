package rules_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"claimwatch"
	"claimwatch/store"
	"claimwatch/store/storetest"
)

// testStore is a store with a slice, as rules see it.
type testStore struct {
	*store.Slice
	db *store.DB
}

// openStore gives an empty store with a slice of its own.
func openStore(t testing.TB) *testStore {
	t.Helper()
	db := storetest.Open(t)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatalf("Migrate() error:\n%+v", err)
	}
	return &testStore{Slice: openSlice(t, db, "test"), db: db}
}

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

func (s *testStore) LoadReference(ctx context.Context, table string, rows [][]claimwatch.Value) error {
	described, _ := claimwatch.TableNamed(table)
	names := []string{"seq", "line", "known_from", "void", "actor"}
	for _, c := range described.Columns {
		names = append(names, "`"+c.Name+"`")
	}
	if len(rows) > 0 {
		err := s.db.Insert(ctx, "INSERT INTO ref_"+table+" ("+strings.Join(names, ", ")+")", func(b driver.Batch) error {
			for i, row := range rows {
				values := []any{uint64(1), uint32(i + 1), claimwatch.Instant(0).Time(), false, "test"}
				for k, c := range described.Columns {
					values = append(values, columnValue(c, row[k]))
				}
				if err := b.Append(values...); err != nil {
					return fmt.Errorf("row %d: %w", i, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return s.db.Exec(ctx, "INSERT INTO ref_loads (table_name, seq, loaded_at, actor, rows) VALUES ('"+table+"', 1, 0, 'test', 0)")
}

func columnValue(c claimwatch.Column, v claimwatch.Value) any {
	switch c.Type {
	case claimwatch.ColumnList:
		return append([]string{}, v.List()...)
	case claimwatch.ColumnBool:
		if c.Optional && !v.Set {
			return nil
		}
		return v.Num != 0
	case claimwatch.ColumnInt:
		if c.Optional && !v.Set {
			return nil
		}
		return int32(v.Num)
	case claimwatch.ColumnAmount, claimwatch.ColumnPrice, claimwatch.ColumnNumber:
		if c.Optional && !v.Set {
			return nil
		}
		return v.Num
	case claimwatch.ColumnDay:
		if c.Optional && !v.Set {
			return nil
		}
		return claimwatch.Day(v.Num).Date()
	case claimwatch.ColumnTime:
		return claimwatch.Instant(v.Num).Time()
	default:
		return v.Text
	}
}
