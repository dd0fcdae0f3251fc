package embedded

import (
	"context"
	"io"
	"net/url"
	"testing"
	"time"
)

// A statement that ended in whatever way holds no lock: the engine itself keeps
// failed ones until the next statement of their session, and a DROP … SYNC
// over another would hang.
func TestEndedStatementsLetGo(t *testing.T) {
	engine := openEngine(t, Config{Connections: 1})
	observer, err := engine.Session()
	if err != nil {
		t.Fatalf("Session() error:\n%+v", err)
	}
	rt := engine.RoundTripper()
	must(t, rt, "CREATE TABLE t (a UInt64, CONSTRAINT positive CHECK a > 0) ENGINE = MergeTree ORDER BY a", nil)
	must(t, rt, "INSERT INTO t SELECT number + 1 FROM numbers(1000000)", nil)
	for _, test := range []struct {
		name, sql string
		values    url.Values
		code      string
	}{
		{"insert", "(0)", url.Values{"query": {"INSERT INTO t VALUES"}}, "469"},
		{"insert of garbage", "garbage", url.Values{"query": {"INSERT INTO t VALUES"}}, "27"},
		{"insert select", "INSERT INTO t SELECT 0", nil, "469"},
		{"select", "SELECT throwIf(a = 3) FROM t", nil, "395"},
		{"select in the middle", "SELECT a, throwIf(a = 900000) FROM t SETTINGS max_threads = 1", nil, ""},
		{"alter", "ALTER TABLE t ADD COLUMN a UInt8", nil, "15"},
		{"nothing wrong", "SELECT a FROM t", nil, ""},
	} {
		response, err := send(t.Context(), rt, test.sql, test.values)
		if err != nil {
			t.Fatalf("%s: RoundTrip() error:\n%+v", test.name, err)
		}
		_, _ = io.Copy(io.Discard, response.Body) // its error is another test's
		if got := response.Header.Get("X-ClickHouse-Exception-Code"); got != test.code {
			t.Errorf("%s: code %s, want %s", test.name, got, test.code)
		}
		noneRuns(t, observer, test.name)
	}
	response, err := send(t.Context(), rt, "SELECT a FROM t", nil)
	if err != nil {
		t.Fatalf("RoundTrip() error:\n%+v", err)
	}
	_ = response.Body.Close()
	noneRuns(t, observer, "closed early")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := send(ctx, rt, endless+" WHERE number IN (SELECT a FROM t)", nil); err == nil {
		t.Error("the statement was too short to be cancelled")
	}
	noneRuns(t, observer, "cancelled")
	must(t, observer.RoundTripper(), "DROP TABLE t SYNC", nil)
}

func noneRuns(t *testing.T, observer *Session, after string) {
	t.Helper()
	query := "SELECT groupArray(query) FROM system.processes WHERE query NOT LIKE '%system.processes%'"
	if got := must(t, observer.RoundTripper(), query, nil); got != "[]" {
		t.Errorf("after %q these still run: %s", after, got)
	}
}
