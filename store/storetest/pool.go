package storetest

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"claimwatch/store"
)

// Main runs the tests of a package and keeps the engine until the last of them
// has ended, so that it starts once. Call it from TestMain; without it the engine
// stops whenever no test has a database.
func Main(m *testing.M) int {
	shared.kept = true
	code := m.Run()
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	if shared.engine == nil {
		return code
	}
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		return 1
	}
	return code
}

// Migrated returns a database with the schema of this program and without rows.
// With Main, the next test gets it emptied instead of a new one: that is a tenth
// of the work of migrating. A test that changes the schema opens its own.
func Migrated(t testing.TB) *store.DB {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	name, used := unused()
	db := open(t, store.Config{Database: name}, func(db *store.DB) error {
		if t.Failed() || !shared.kept {
			return drop(ctx, db, name)
		}
		if err := empty(ctx, db); err != nil {
			return err
		}
		shared.mutex.Lock()
		defer shared.mutex.Unlock()
		shared.emptied = append(shared.emptied, name)
		return nil
	})
	if used {
		filled, err := tablesWithRows(ctx, db)
		if err != nil || len(filled) > 0 {
			t.Fatalf("a database to use again has rows in %v: %v", filled, err)
		}
		return db
	}
	if err := db.Migrate(ctx); err != nil {
		t.Fatalf("migrate test database: %v", err)
	}
	return db
}

// unused names an emptied database, or one to be made.
func unused() (name string, used bool) {
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	if last := len(shared.emptied) - 1; last >= 0 {
		name, shared.emptied = shared.emptied[last], shared.emptied[:last]
		return name, true
	}
	shared.number++
	return fmt.Sprintf("test_%d", shared.number), false
}

// empty takes the rows out of every table but that of the schema's version.
func empty(ctx context.Context, db *store.DB) error {
	filled, err := tablesWithRows(ctx, db)
	if err != nil {
		return err
	}
	for _, table := range filled {
		if err := db.Exec(ctx, "TRUNCATE TABLE `"+table+"` SYNC"); err != nil {
			return fmt.Errorf("empty %s: %w", table, err)
		}
	}
	return nil
}

// tablesWithRows names the tables with rows, sorted, but that of the schema's version.
func tablesWithRows(ctx context.Context, db *store.DB) ([]string, error) {
	rows, err := db.Query(ctx, "SELECT name FROM system.tables WHERE database = currentDatabase() AND total_rows > 0 AND name != 'schema_versions'")
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("list tables: %w", err)
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names, rows.Err()
}
