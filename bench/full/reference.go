package full

import (
	"context"
	"fmt"

	"claimwatch"
	"claimwatch/audit/reference"
	"claimwatch/store"
)

// LoadReference loads the NDJSON of a reference table into a store that has no
// journal: always as the first load of the table.
func LoadReference(ctx context.Context, db *store.DB, name string, ndjson []byte) error {
	table, known := claimwatch.TableNamed(name)
	if !known {
		return fmt.Errorf("there is no table %q", name)
	}
	rows, err := reference.Parse(table, reference.NDJSON, ndjson)
	if err != nil {
		return fmt.Errorf("read table %s: %w", name, err)
	}
	load := store.ReferenceLoad{Table: table.Name, Seq: 1, Actor: "bench"}
	for _, row := range rows {
		load.Rows = append(load.Rows, store.ReferenceRow{Void: row.Void, Values: row.Values})
	}
	return db.SaveReference(ctx, load)
}
