package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3/database"
)

// versions is goose's table of versions. Goose's own ClickHouse dialect puts
// values into the text of its statements (hazard C18) and deletes by mutation
// (C22); this one uses server-side parameters and only ever adds rows.
type versions struct{}

const versionTable = "schema_versions"

// Tablename is the name of the table of versions.
func (versions) Tablename() string { return versionTable }

// CreateVersionTable makes the table.
func (versions) CreateVersionTable(ctx context.Context, db database.DBTxConn) error {
	_, err := db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS schema_versions
(
    version Int64 COMMENT 'number of the migration',
    applied_at DateTime64(3, 'Asia/Shanghai') COMMENT 'when it was applied'
)
ENGINE = ReplacingMergeTree
ORDER BY version
COMMENT 'Migrations that were applied'`)
	if err != nil {
		return fmt.Errorf("create table of versions: %w", err)
	}
	return nil
}

// Insert notes that a migration was applied; noting it twice is harmless.
func (versions) Insert(ctx context.Context, db database.DBTxConn, req database.InsertRequest) error {
	_, err := db.ExecContext(ctx, `INSERT INTO schema_versions SELECT {version:Int64}, now64(3)`,
		clickhouse.Named("version", req.Version))
	if err != nil {
		return fmt.Errorf("note version %d: %w", req.Version, err)
	}
	return nil
}

// Delete refuses: migrations only go forward.
func (versions) Delete(_ context.Context, _ database.DBTxConn, version int64) error {
	return fmt.Errorf("take back version %d: %w", version, errors.ErrUnsupported)
}

// GetMigration says when a migration was applied.
func (versions) GetMigration(ctx context.Context, db database.DBTxConn, version int64) (*database.GetMigrationResult, error) {
	var at time.Time
	err := db.QueryRowContext(ctx, `SELECT applied_at FROM schema_versions WHERE version = {version:Int64} LIMIT 1`,
		clickhouse.Named("version", version)).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: %d", database.ErrVersionNotFound, version)
	}
	if err != nil {
		return nil, fmt.Errorf("read version %d: %w", version, err)
	}
	return &database.GetMigrationResult{Timestamp: at, IsApplied: true}, nil
}

// GetLatestVersion gives the newest version.
func (versions) GetLatestVersion(ctx context.Context, db database.DBTxConn) (int64, error) {
	var count uint64
	var latest int64
	if err := db.QueryRowContext(ctx, `SELECT count(), max(version) FROM schema_versions`).Scan(&count, &latest); err != nil {
		return 0, fmt.Errorf("read latest version: %w", err)
	}
	if count == 0 {
		return 0, database.ErrVersionNotFound
	}
	return latest, nil
}

// ListMigrations lists the versions, newest first.
func (versions) ListMigrations(ctx context.Context, db database.DBTxConn) (list []*database.ListMigrationsResult, err error) {
	rows, err := db.QueryContext(ctx, `SELECT DISTINCT version FROM schema_versions ORDER BY version DESC`)
	if err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		one := &database.ListMigrationsResult{IsApplied: true}
		if err := rows.Scan(&one.Version); err != nil {
			return nil, fmt.Errorf("list versions: %w", err)
		}
		list = append(list, one)
	}
	return list, rows.Err()
}
