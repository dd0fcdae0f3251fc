package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"go.uber.org/zap"

	"claimwatch/store/embedded"
)

// DB is an open ClickHouse. It is safe for concurrent use.
type DB struct {
	conn     driver.Conn
	cfg      Config
	engine   *embedded.Engine // nil for a server
	owner    bool             // Close ends the engine too
	pinned   *embedded.Session
	readOnly bool
	newTrans func() http.RoundTripper
	tally    tally // what CountStored has counted so far
	numbers  numbers
}

// Open connects, makes the database if it is missing, and checks that it
// answers. An engine that cannot be found is an *embedded.NotFoundError.
func Open(ctx context.Context, cfg Config, log *zap.Logger) (*DB, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if cfg.Embedded == nil {
		return (&DB{cfg: cfg}).connect(ctx)
	}
	engine, err := embedded.Open(*cfg.Embedded)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	log.Info("embedded engine started", zap.String("version", engine.Version()),
		zap.String("library", engine.Library()), zap.String("dir", cfg.Embedded.Dir))
	db, err := OpenOn(ctx, engine, cfg)
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	db.owner = true
	return db, nil
}

// OpenOn opens a database of an engine that is already running, beside those
// that others have open on it; cfg.Embedded and cfg.Addr are not looked at.
// Closing the DB leaves the engine running.
func OpenOn(ctx context.Context, engine *embedded.Engine, cfg Config) (*DB, error) {
	cfg = cfg.withDefaults()
	cfg.Connections = engine.Connections()
	db := &DB{cfg: cfg, engine: engine, newTrans: engine.RoundTripper}
	return db.connect(ctx)
}

// connect makes the database over a connection without one, then opens it.
func (db *DB) connect(ctx context.Context) (*DB, error) {
	bare := db.options()
	bare.Auth.Database = ""
	first, err := clickhouse.Open(bare)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	err = first.Exec(ctx, "CREATE DATABASE IF NOT EXISTS "+quoteName(db.cfg.Database))
	if err = errors.Join(withoutURL(err), first.Close()); err != nil {
		return nil, fmt.Errorf("make database %s: %w", db.cfg.Database, err)
	}
	if db.conn, err = clickhouse.Open(db.options()); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := db.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), db.conn.Close())
	}
	return db, nil
}

// options are those of clickhouse-go for this DB.
func (db *DB) options() *clickhouse.Options {
	options := &clickhouse.Options{
		Protocol:     clickhouse.Native,
		Addr:         db.cfg.Addr,
		Auth:         clickhouse.Auth{Database: db.cfg.Database, Username: db.cfg.User, Password: db.cfg.Password},
		TLS:          db.cfg.TLS,
		Settings:     db.cfg.settings(),
		DialTimeout:  db.cfg.DialTimeout,
		MaxOpenConns: db.cfg.Connections,
		MaxIdleConns: db.cfg.Connections,
		Compression:  &clickhouse.Compression{Method: clickhouse.CompressionLZ4},
		ClientInfo: clickhouse.ClientInfo{Products: []struct{ Name, Version string }{
			{Name: "claimwatch"},
		}},
	}
	if db.readOnly {
		options.Settings["readonly"] = 1
	}
	if db.cfg.HTTP {
		options.Protocol, options.Compression = clickhouse.HTTP, nil
	}
	if db.newTrans != nil {
		options.Protocol = clickhouse.HTTP
		options.Addr = []string{"embedded:0"}
		options.Auth.Username, options.Auth.Password = "", ""
		options.TLS, options.Compression = nil, nil
		options.DialTimeout, options.ReadTimeout = waitForever, waitForever
		options.TransportFunc = func(*http.Transport) (http.RoundTripper, error) { return db.newTrans(), nil }
	}
	return options
}

// Pin returns a DB with one connection of its own, on one and the same
// replica: statements run in the order they are given and temporary tables
// last until it is closed. It sees the same databases as its parent and is
// closed before it.
func (db *DB) Pin(ctx context.Context) (*DB, error) {
	return db.pin(ctx, false)
}

// PinReadOnly is Pin for statements that others wrote, such as rules: nothing
// can be written, made, dropped or set over it, and table functions that reach
// files or other hosts are refused (code 164). The scalar function file() is
// not; check the text for it.
func (db *DB) PinReadOnly(ctx context.Context) (*DB, error) {
	return db.pin(ctx, true)
}

func (db *DB) pin(ctx context.Context, readOnly bool) (*DB, error) {
	child := &DB{cfg: db.cfg, engine: db.engine, readOnly: readOnly}
	child.cfg.Connections = 1
	if db.engine != nil {
		session, err := child.session()
		if err != nil {
			return nil, fmt.Errorf("pin connection: %w", err)
		}
		child.pinned, child.newTrans = session, session.RoundTripper
	}
	conn, err := clickhouse.Open(child.options())
	if err != nil {
		return nil, fmt.Errorf("pin connection: %w", err)
	}
	child.conn = conn
	if err := child.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("pin connection: %w", err), child.Close())
	}
	return child, nil
}

// session opens the engine's session for a pinned DB.
func (db *DB) session() (*embedded.Session, error) {
	if !db.readOnly {
		return db.engine.Session()
	}
	settings := map[string]string{}
	for name, value := range db.cfg.settings() {
		settings[name] = fmt.Sprint(value)
	}
	return db.engine.ReadOnlySession(db.cfg.Database, settings)
}

// SQL opens the same database through database/sql, for tools that know no
// other interface (goose). The caller closes it. It may repeat a statement
// when a connection breaks (hazard C12), so nothing else uses it.
func (db *DB) SQL() *sql.DB { return clickhouse.OpenDB(db.options()) }

// Engine is the embedded engine, nil with a server.
func (db *DB) Engine() *embedded.Engine { return db.engine }

// Database is the name of the database that holds the tables.
func (db *DB) Database() string { return db.cfg.Database }

// Close ends the connections, and the engine if Open started it: statements
// that still run are cancelled first.
func (db *DB) Close() error {
	err := db.conn.Close()
	if db.pinned != nil {
		err = errors.Join(err, db.pinned.Close())
	}
	if db.owner {
		err = errors.Join(err, db.engine.Close())
	}
	if err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}
