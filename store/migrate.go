package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/pressly/goose/v3"
)

// migrations are forward-only, idempotent, one statement to a file.
//
//go:embed migrations/*.sql
var migrations embed.FS

// MigrationStatus says how far the schema of a database is.
type MigrationStatus struct {
	Applied int64    // version of the newest migration in the database, 0 for none
	Latest  int64    // version of the newest migration of this program
	Pending []string // file names of those not yet applied, in order
}

// Current says that the database has the schema of this program.
func (s MigrationStatus) Current() bool { return len(s.Pending) == 0 && s.Applied <= s.Latest }

// ErrNewerSchema is returned by Migrate for a database that a newer program
// has migrated: going on would write rows that the newer one misreads.
var ErrNewerSchema = errors.New("the database was migrated by a newer claimwatch")

// Migrate brings the database to the schema of this program and asserts the
// settings that it relies on. Running it again, or from two processes at once,
// is harmless: every statement is idempotent.
func (db *DB) Migrate(ctx context.Context) error {
	if err := db.CheckSettings(ctx); err != nil {
		return err
	}
	return db.migrateTo(ctx, goose.MaxVersion)
}

// migrateTo stops after a version, so that a test can start from every former state.
func (db *DB) migrateTo(ctx context.Context, version int64) (err error) {
	provider, closeProvider, err := db.migrator()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeProvider()) }()
	status, err := statusOf(ctx, provider)
	if err != nil {
		return err
	}
	if status.Applied > status.Latest {
		return fmt.Errorf("migrate from version %d to %d: %w", status.Applied, status.Latest, ErrNewerSchema)
	}
	if version == goose.MaxVersion {
		_, err = provider.Up(ctx)
	} else {
		_, err = provider.UpTo(ctx, version)
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// MigrationStatus compares the database with the migrations of this program
// and changes nothing but the table of versions, which it makes if it is missing.
func (db *DB) MigrationStatus(ctx context.Context) (status MigrationStatus, err error) {
	provider, closeProvider, err := db.migrator()
	if err != nil {
		return MigrationStatus{}, err
	}
	defer func() { err = errors.Join(err, closeProvider()) }()
	return statusOf(ctx, provider)
}

func statusOf(ctx context.Context, provider *goose.Provider) (MigrationStatus, error) {
	applied, err := provider.GetDBVersion(ctx)
	if err != nil {
		return MigrationStatus{}, fmt.Errorf("read schema version: %w", err)
	}
	sources, err := provider.Status(ctx)
	if err != nil {
		return MigrationStatus{}, fmt.Errorf("read migration status: %w", err)
	}
	status := MigrationStatus{Applied: applied}
	for _, one := range sources {
		status.Latest = max(status.Latest, one.Source.Version)
		if one.State == goose.StatePending {
			status.Pending = append(status.Pending, path.Base(one.Source.Path))
		}
	}
	return status, nil
}

// migrator opens goose over the same transport as everything else.
func (db *DB) migrator() (*goose.Provider, func() error, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, nil, fmt.Errorf("open migrations: %w", err)
	}
	conn := db.SQL()
	provider, err := goose.NewProvider("", conn, files, goose.WithStore(versions{}), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open migrations: %w", err), conn.Close())
	}
	return provider, conn.Close, nil
}
