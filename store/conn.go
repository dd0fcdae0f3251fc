package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Exec runs a statement that returns no rows. Values go into {name:Type}
// placeholders as clickhouse.Named arguments, never into the text.
func (db *DB) Exec(ctx context.Context, query string, args ...any) error {
	return withoutURL(db.conn.Exec(ctx, query, args...))
}

// Query returns rows, which the caller closes. An error may also come while
// they are read: check Rows.Err.
func (db *DB) Query(ctx context.Context, query string, args ...any) (driver.Rows, error) {
	rows, err := db.conn.Query(ctx, query, args...)
	return rows, withoutURL(err)
}

// QueryRow returns one row; its error comes from Scan.
func (db *DB) QueryRow(ctx context.Context, query string, args ...any) driver.Row {
	return row{db.conn.QueryRow(ctx, query, args...)}
}

// row is a driver.Row whose errors carry no URL.
type row struct{ driver.Row }

// Err returns the error of the query, if it had one.
func (r row) Err() error { return withoutURL(r.Row.Err()) }

// Scan copies the columns of the row; sql.ErrNoRows when there is none.
func (r row) Scan(dest ...any) error { return withoutURL(r.Row.Scan(dest...)) }

// ScanStruct copies the columns into a struct with `ch` tags.
func (r row) ScanStruct(dest any) error { return withoutURL(r.Row.ScanStruct(dest)) }

// Select reads all rows of a small result into a slice of structs.
func (db *DB) Select(ctx context.Context, dest any, query string, args ...any) error {
	return withoutURL(db.conn.Select(ctx, dest, query, args...))
}

// Ping asks whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return withoutURL(db.conn.Ping(ctx)) }

// Insert sends one batch: build fills it, and nothing is sent when build
// fails. The rows become visible together or not at all as long as they fit
// one block (a million rows) and one partition. An error means "unknown": the
// rows may be there (hazard C12). A panic of the driver over a value that it
// cannot hold is returned as an error (hazard C13).
func (db *DB) Insert(ctx context.Context, query string, build func(driver.Batch) error) (err error) {
	batch, err := db.conn.PrepareBatch(ctx, query)
	if err != nil {
		return fmt.Errorf("prepare batch: %w", withoutURL(err))
	}
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("build batch: the driver gave up: %v", problem)
		}
		if !batch.IsSent() {
			_ = batch.Abort() // it only ever says that the batch was sent
		}
	}()
	if err := build(batch); err != nil {
		return fmt.Errorf("build batch: %w", err)
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("send batch of %d: %w", batch.Rows(), withoutURL(err))
	}
	return nil
}

// withoutURL takes out of an error what may be about a person: the URL that the
// HTTP client tells, which carries the parameters of the query, and what the
// engine tells of the statement, in which they are filled in, or of a refused row.
func withoutURL(err error) error {
	var from *url.Error
	var exception *clickhouse.Exception
	switch {
	case errors.As(err, &from):
		return from.Err
	case errors.As(err, &exception):
		for _, before := range [...]string{" in scope ", " In scope ", " Column values: "} {
			if told, _, cut := strings.Cut(exception.Message, before); cut {
				clean := *exception
				clean.Message = told + " (" + clean.CodeName + ")"
				return &clean
			}
		}
	}
	return err
}

// quoteName writes an identifier so that it cannot end early.
func quoteName(name string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(name) + "`"
}
