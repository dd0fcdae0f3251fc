package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"claimwatch"
)

// column is one column of an insert: its type as the table has it, and a slice
// with one value per row.
type column struct {
	name, kind string
	values     any
}

// timeType is how every instant is stored (hazard C17).
const timeType = "DateTime64(3, 'Asia/Shanghai')"

// insert writes whole columns as one block, and so as one part. Names and types
// are told to the driver, which would ask for them before every insert otherwise.
func (db *DB) insert(ctx context.Context, table string, columns ...column) error {
	types := make([]clickhouse.ColumnNameAndType, len(columns))
	statement := []byte("INSERT INTO " + table + " (")
	for i, c := range columns {
		if i > 0 {
			statement = append(statement, ", "...)
		}
		statement = append(statement, quoteName(c.name)...)
		types[i] = clickhouse.ColumnNameAndType{Name: c.name, Type: c.kind}
	}
	statement = append(statement, ')')
	ctx = clickhouse.Context(ctx, clickhouse.WithColumnNamesAndTypes(types))
	err := db.Insert(ctx, string(statement), func(batch driver.Batch) error {
		for i, c := range columns {
			if err := batch.Column(i).Append(c.values); err != nil {
				return fmt.Errorf("column %s: %w", c.name, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return nil
}

// pieces cuts one run of bytes into the rows of a FixedString column.
func pieces(run []byte, size int) [][]byte {
	rows := make([][]byte, 0, len(run)/size)
	for row := range slices.Chunk(run, size) {
		rows = append(rows, row)
	}
	return rows
}

// each reads every row of a query. Read only moves values out of dest.
func (db *DB) each(ctx context.Context, read func() error, dest []any, query string, args ...any) (err error) {
	rows, err := db.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer closeRows(rows, &err)
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		if err := read(); err != nil {
			return err
		}
	}
	return withoutURL(rows.Err())
}

func closeRows(rows driver.Rows, err *error) { *err = errors.Join(*err, rows.Close()) }

// named is a server-side parameter, the only way a value gets into a query (hazard C18).
func named(name string, value any) driver.NamedValue { return clickhouse.Named(name, value) }

// millis is an instant as time columns of an insert take it, and as a parameter
// of type Int64 for fromUnixTimestamp64Milli. A parameter of type DateTime64
// would be guessed at: short numbers are years there.
func millis(at claimwatch.Instant) int64 { return int64(at) }

// texts reads a query of one text column.
func (db *DB) texts(ctx context.Context, query string, args ...any) (list []string, err error) {
	var text string
	err = db.each(ctx, func() error { list = append(list, text); return nil }, []any{&text}, query, args...)
	return list, err
}
