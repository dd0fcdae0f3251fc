package store

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// describedTable is a table of the schema.
type describedTable struct {
	name, engine, sortedBy, comment string
}

// DescribeSchema writes docs/schema.md from the database itself: every table
// and column with its type and its comment, which tells unit and meaning.
func (db *DB) DescribeSchema(ctx context.Context, w io.Writer) error {
	var tables []describedTable
	var table describedTable
	err := db.each(ctx, func() error { tables = append(tables, table); return nil },
		[]any{&table.name, &table.engine, &table.sortedBy, &table.comment}, `
		SELECT name, engine, sorting_key, comment FROM system.tables
		WHERE database = {database:String} AND NOT is_temporary ORDER BY name`, named("database", db.Database()))
	if err != nil {
		return fmt.Errorf("read tables: %w", err)
	}
	columns := map[string][]string{}
	var of, name, kind, comment string
	err = db.each(ctx, func() error {
		columns[of] = append(columns[of], fmt.Sprintf("| `%s` | `%s` | %s |", name, kind, escapeCell(comment)))
		return nil
	}, []any{&of, &name, &kind, &comment}, `
		SELECT table, name, type, comment FROM system.columns
		WHERE database = {database:String} ORDER BY table, position`, named("database", db.Database()))
	if err != nil {
		return fmt.Errorf("read columns: %w", err)
	}
	var page strings.Builder
	page.WriteString("# The schema of the store\n\nGenerated from the database by `UPDATE_GOLDEN=1 go test ./store -run TestSchemaPage`; do not edit.\n" +
		"Every table is a function of the log. Amounts are fen, times are instants shown in Asia/Shanghai.\n")
	for _, t := range tables {
		stored := fmt.Sprintf("Engine `%s`, sorted by `%s`.", t.engine, t.sortedBy)
		if t.engine == "View" {
			stored = "A view: it stores nothing."
		}
		fmt.Fprintf(&page, "\n## %s\n\n%s.\n\n%s\n\n| column | type | meaning |\n|---|---|---|\n%s\n",
			t.name, t.comment, stored, strings.Join(columns[t.name], "\n"))
	}
	if _, err := io.WriteString(w, page.String()); err != nil {
		return fmt.Errorf("write schema: %w", err)
	}
	return nil
}

func escapeCell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
