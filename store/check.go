package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// relied are the settings without which rows could be lost or doubled or a
// query could mean something else (hazards C1, C4, C10, C15, C17). They are
// pinned for every statement; a server whose profile forbids changing them, or
// a release that renames one, would drop the pin in silence.
var relied = map[string]string{
	"async_insert":          "0",
	"insert_deduplicate":    "0",
	"join_use_nulls":        "1",
	"max_insert_block_size": "1048449",
	"session_timezone":      "",
}

// CheckSettings asserts that the settings that the store relies on have
// arrived. Migrate calls it, so a program that starts has checked them.
func (db *DB) CheckSettings(ctx context.Context) (err error) {
	rows, err := db.Query(ctx, `SELECT name, value FROM system.settings WHERE name IN ('async_insert', 'insert_deduplicate',
		'join_use_nulls', 'max_insert_block_size', 'session_timezone')`)
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	defer closeRows(rows, &err)
	seen := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return fmt.Errorf("read settings: %w", err)
		}
		seen[name] = value
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	var faults []string
	for name, want := range relied {
		if got, ok := seen[name]; !ok || got != want {
			faults = append(faults, fmt.Sprintf("%s is %q instead of %q", name, got, want))
		}
	}
	if len(faults) > 0 {
		slices.Sort(faults)
		return fmt.Errorf("check settings: %s", strings.Join(faults, ", "))
	}
	return nil
}
