package embedded

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"
)

const endless = "SELECT max(sipHash64(number)) FROM numbers(1000000000000)"

// A statement ends with its context, and its session serves the next one.
func TestCancelEndsTheStatement(t *testing.T) {
	engine := openEngine(t, Config{Connections: 1})
	rt := engine.RoundTripper()
	must(t, rt, "CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a", nil)
	for _, sql := range []string{endless, "INSERT INTO t " + endless} {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		began := time.Now()
		_, err := send(ctx, rt, sql, nil)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("RoundTrip(%q) = %v, want the context's error", sql, err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%q came back after %s", sql, took)
		}
		if got := must(t, rt, "SELECT count() FROM system.processes", nil); got != "1" {
			t.Errorf("%s statements run, want only the one that asks", got)
		}
		if got := must(t, rt, "SELECT count() FROM t", nil); got != "0" {
			t.Errorf("%s rows were written", got)
		}
	}
}

// Whoever waits for a session gives up with its context.
func TestCancelWhileWaiting(t *testing.T) {
	engine := openEngine(t, Config{Connections: 1})
	rt := engine.RoundTripper()
	response, err := send(t.Context(), rt, "SELECT number FROM numbers(100000000)", nil)
	if err != nil {
		t.Fatalf("RoundTrip() error:\n%+v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := send(ctx, rt, "SELECT 1", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("RoundTrip() without a free session = %v, want the context's error", err)
	}
	if err := response.Body.Close(); err != nil {
		t.Errorf("Close() error:\n%+v", err)
	}
	must(t, rt, "SELECT 1", nil)
}

// A result that nobody reads or closes gives its session back with its context.
func TestForgottenBody(t *testing.T) {
	engine := openEngine(t, Config{Connections: 1})
	rt := engine.RoundTripper()
	ctx, cancel := context.WithCancel(t.Context())
	response, err := send(ctx, rt, "SELECT number FROM numbers(100000000)", nil)
	if err != nil {
		t.Fatalf("RoundTrip() error:\n%+v", err)
	}
	cancel()
	must(t, rt, "SELECT 1", nil)
	if _, err := io.ReadAll(response.Body); !errors.Is(err, context.Canceled) {
		t.Errorf("reading on = %v, want the context's error", err)
	}
	if err := response.Body.Close(); err != nil {
		t.Errorf("Close() error:\n%+v", err)
	}
	must(t, rt, "SELECT 1", nil)
}

// Close does not wait for a statement to come to its own end, nor for a result
// that nobody reads.
func TestCloseEndsWhatRuns(t *testing.T) {
	engine := openEngine(t, Config{Connections: 3})
	rt := engine.RoundTripper()
	response, err := send(t.Context(), rt, "SELECT number FROM numbers(100000000)", nil)
	if err != nil {
		t.Fatalf("RoundTrip() error:\n%+v", err)
	}
	defer response.Body.Close()
	ended := make(chan error, 1)
	go func() {
		_, err := send(t.Context(), rt, endless, nil)
		ended <- err
	}()
	eventually(t, "the statement runs", func() bool {
		return must(t, rt, "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%processes%'", nil) == "1"
	})
	began := time.Now()
	if err := engine.Close(); err != nil {
		t.Fatalf("Close() error:\n%+v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("Close() took %s", took)
	}
	if err := <-ended; !errors.Is(err, ErrClosed) {
		t.Errorf("the running statement ended with %v, want ErrClosed", err)
	}
	if _, err := io.ReadAll(response.Body); !errors.Is(err, ErrClosed) {
		t.Errorf("the open result ended with %v, want ErrClosed", err)
	}
}

// What a read-only session refuses is what rule statements must not do.
func TestReadOnlySession(t *testing.T) {
	engine := openEngine(t, Config{})
	must(t, engine.RoundTripper(), "CREATE TABLE t (a UInt8) ENGINE = Memory", nil)
	must(t, engine.RoundTripper(), "INSERT INTO t VALUES (7)", nil)
	settings := map[string]string{"max_threads": "1"}
	session, err := engine.ReadOnlySession("default", settings)
	if err != nil {
		t.Fatalf("ReadOnlySession() error:\n%+v", err)
	}
	same := url.Values{"max_threads": {"1"}}
	if got := must(t, session.RoundTripper(), "SELECT a, getSetting('max_threads') FROM t", same); got != "7\t1" {
		t.Errorf("a read over it gives %q", got)
	}
	for _, sql := range []string{
		"INSERT INTO t VALUES (1)", "DROP TABLE t", "CREATE TABLE u (a UInt8) ENGINE = Memory", "SET readonly = 0", "SET max_threads = 2",
		"CREATE TEMPORARY TABLE v (a UInt8)", "SYSTEM SHUTDOWN", "TRUNCATE TABLE t", "ALTER TABLE t DELETE WHERE 1",
		"SELECT * FROM file('/etc/passwd', 'LineAsString')", "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
		"SELECT * FROM remote('127.0.0.1', 'system.one')", "SELECT * FROM executable('id', 'TSV', 'a String')",
		"SELECT 1 SETTINGS readonly = 0",
	} {
		if got := ask(t, session.RoundTripper(), sql, same); got.status == http.StatusOK || got.code != "164" {
			t.Errorf("%q: status %d code %s: %s, want code 164", sql, got.status, got.code, got.body)
		}
	}
	if err := session.Close(); err != nil {
		t.Errorf("Close() error:\n%+v", err)
	}
	if err := session.Close(); err != nil {
		t.Errorf("second Close() error:\n%+v", err)
	}
}
