package store_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"go.uber.org/zap"

	"claimwatch/store"
	"claimwatch/store/embedded"
	"claimwatch/store/storetest"
)

func TestOpenRefusesBadConfig(t *testing.T) {
	for _, test := range []struct {
		name string
		cfg  store.Config
		want string
	}{
		{"nothing", store.Config{}, "neither an embedded engine nor the address of a server"},
		{"both", store.Config{Embedded: &embedded.Config{Dir: "x"}, Addr: []string{"127.0.0.1:1"}}, "both an embedded engine and the address"},
		{"no directory", store.Config{Embedded: &embedded.Config{}}, "no data directory"},
		{"no engine", store.Config{Embedded: &embedded.Config{Dir: t.TempDir(), Library: "/nowhere"}}, "npm ci"},
		{"no server", store.Config{Addr: []string{"127.0.0.1:1"}, DialTimeout: time.Second}, "127.0.0.1:1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := store.Open(t.Context(), test.cfg, zap.NewNop())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Open() = %v, want an error with %q", err, test.want)
			}
		})
	}
}

// Every statement runs under the settings of settings.go, whoever sends it.
func TestSettingsArePinned(t *testing.T) {
	db := storetest.OpenWith(t, store.Config{MaxThreads: 1, MaxMemoryBytes: 123_456_789})
	pinned := pin(t, db.Pin)
	readOnly := pin(t, db.PinReadOnly)
	for name, over := range map[string]*store.DB{"pool": db, "pinned": pinned, "read-only": readOnly} {
		for setting, want := range map[string]string{
			"async_insert": "false", "insert_deduplicate": "false", "join_use_nulls": "true", "session_timezone": "",
			"max_insert_block_size": "1048449", "max_threads": "1", "max_memory_usage": "123456789",
		} {
			var got string
			query := "SELECT toString(getSetting({name:String}))"
			if err := over.QueryRow(t.Context(), query, clickhouse.Named("name", setting)).Scan(&got); err != nil {
				t.Fatalf("%s: Scan() error:\n%+v", name, err)
			}
			if got != want {
				t.Errorf("%s: %s = %q, want %q", name, setting, got, want)
			}
		}
	}
}

func pin(t *testing.T, open func(context.Context) (*store.DB, error)) *store.DB {
	t.Helper()
	db, err := open(t.Context())
	if err != nil {
		t.Fatalf("Pin() error:\n%+v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	})
	return db
}

func TestPinned(t *testing.T) {
	db := storetest.Open(t)
	run(t, db, "CREATE TABLE stays (a UInt8) ENGINE = Memory")
	pinned := pin(t, db.Pin)
	run(t, pinned, "CREATE TEMPORARY TABLE mine (a UInt8)")
	run(t, pinned, "INSERT INTO mine VALUES (1), (2)")
	run(t, pinned, "INSERT INTO stays SELECT a FROM mine")
	if got := count(t, db, "SELECT count() FROM stays"); got != 2 {
		t.Errorf("a Memory table filled over a pinned connection has %d rows in the pool, want 2", got)
	}
	if code := errorCode(db.Exec(t.Context(), "SELECT * FROM mine")); code != 60 {
		t.Errorf("a temporary table is seen over the pool: code %d, want 60", code)
	}
	readOnly := pin(t, db.PinReadOnly)
	if got := count(t, readOnly, "SELECT count() FROM stays"); got != 2 {
		t.Errorf("read-only connection sees %d rows, want 2", got)
	}
	for _, sql := range []string{"DROP TABLE stays", "SELECT * FROM file('/etc/passwd', 'LineAsString')"} {
		if code := errorCode(readOnly.Exec(t.Context(), sql)); code != 164 {
			t.Errorf("read-only %q: code %d, want 164", sql, code)
		}
	}
}

func TestErrorsAreClickHouseErrors(t *testing.T) {
	db := storetest.Open(t)
	var exception *clickhouse.Exception
	_, err := db.Query(t.Context(), "SELECT * FROM nope")
	if !errors.As(err, &exception) || exception.Code != 60 || !strings.Contains(exception.Message, "'nope'") {
		t.Errorf("Query() = %v, want code 60 about nope", err)
	}
	rows, err := db.Query(t.Context(), "SELECT number, throwIf(number = 4000000, 'in the middle') FROM numbers(5000000)")
	if err != nil {
		t.Fatalf("Query() error:\n%+v", err)
	}
	read := 0
	for rows.Next() {
		read++
	}
	if err := rows.Err(); !errors.As(err, &exception) || exception.Code != 395 || !strings.HasPrefix(exception.Message, "in the middle: while executing") || strings.Contains(exception.Message, "__exception__") {
		t.Errorf("after %d rows Err() = %v, want code 395 and its clean message", read, err)
	}
	if read == 0 || read >= 5_000_000 {
		t.Errorf("%d rows were read before the error: the test shows nothing", read)
	}
	var n uint64
	if err := db.QueryRow(t.Context(), "SELECT number FROM numbers(0)").Scan(&n); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("Scan() of no row = %v, want sql.ErrNoRows", err)
	}
}

// An error must not carry the values of a query: they may be about a person.
func TestContextErrorsCarryNoValues(t *testing.T) {
	db := storetest.Open(t)
	const secret = "440106198001011234"
	query := "SELECT max(sipHash64(number, {p:String})) FROM numbers(1000000000000)"
	for name, do := range map[string]func(context.Context) error{
		"exec": func(ctx context.Context) error { return db.Exec(ctx, query, clickhouse.Named("p", secret)) },
		"query": func(ctx context.Context) error {
			_, err := db.Query(ctx, query, clickhouse.Named("p", secret))
			return err
		},
		"row": func(ctx context.Context) error {
			var n uint64
			return db.QueryRow(ctx, query, clickhouse.Named("p", secret)).Scan(&n)
		},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		err := do(ctx)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), secret) {
			t.Errorf("%s = %v, want a bare deadline", name, err)
		}
	}
}

func TestInsertFails(t *testing.T) {
	db := storetest.Open(t)
	run(t, db, "CREATE TABLE t (a UInt8, d Decimal(76, 2)) ENGINE = MergeTree ORDER BY a")
	broken := errors.New("no more")
	for name, test := range map[string]struct {
		query string
		build func(driver.Batch) error
		want  string
	}{
		"no such table": {"INSERT INTO nope", nil, "prepare batch"},
		"build says no": {"INSERT INTO t", func(driver.Batch) error { return broken }, "no more"},
		"wrong type":    {"INSERT INTO t", func(b driver.Batch) error { return b.Append("x", "1") }, "build batch"},
		"driver panics": {"INSERT INTO t", func(driver.Batch) error { panic("decimal") }, "the driver gave up: decimal"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := db.Insert(t.Context(), test.query, test.build); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Insert() = %v, want %q", err, test.want)
			}
			if got := count(t, db, "SELECT count() FROM t"); got != 0 {
				t.Errorf("%d rows were written", got)
			}
		})
	}
}

// goose speaks database/sql.
func TestSQL(t *testing.T) {
	db := storetest.Open(t)
	std := db.SQL()
	defer std.Close()
	for _, query := range []string{
		"CREATE TABLE v (id Int64, applied UInt8) ENGINE = MergeTree ORDER BY id",
		"INSERT INTO v (id, applied) VALUES (7, 1)",
	} {
		if _, err := std.ExecContext(t.Context(), query); err != nil {
			t.Fatalf("ExecContext(%q) error:\n%+v", query, err)
		}
	}
	if _, err := std.ExecContext(t.Context(), "INSERT INTO v (id, applied) VALUES ($1, $2)", int64(8), true); err != nil {
		t.Fatalf("ExecContext() error:\n%+v", err)
	}
	if got := count(t, db, "SELECT sum(id) FROM v WHERE applied = 1"); got != 15 {
		t.Errorf("sum = %d, want 15", got)
	}
}

func run(t *testing.T, db *store.DB, query string, args ...any) {
	t.Helper()
	if err := db.Exec(t.Context(), query, args...); err != nil {
		t.Fatalf("Exec(%q) error:\n%+v", query, err)
	}
}

func count(t *testing.T, db *store.DB, query string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := db.QueryRow(t.Context(), "SELECT toInt64(("+query+"))", args...).Scan(&n); err != nil {
		t.Fatalf("Scan(%q) error:\n%+v", query, err)
	}
	return n
}

func errorCode(err error) int32 {
	var exception *clickhouse.Exception
	if errors.As(err, &exception) {
		return exception.Code
	}
	return 0
}
