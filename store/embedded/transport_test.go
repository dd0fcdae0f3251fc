package embedded

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestStatements(t *testing.T) {
	engine := openEngine(t, Config{})
	rt := engine.RoundTripper()
	for _, test := range []struct {
		name, sql string
		values    url.Values
		want      answer
	}{
		{"select", "SELECT 1, 'a'", nil, answer{200, "", "1\ta\n"}},
		{"no rows", "SELECT 1 WHERE 0", nil, answer{200, "", ""}},
		{"format in the text", "SELECT 1 AS a FORMAT CSVWithNames", nil, answer{200, "", "\"a\"\n1\n"}},
		{"default format", "SELECT 1 AS a", url.Values{"default_format": {"CSV"}}, answer{200, "", "1\n"}},
		{"query in the URL", "", url.Values{"query": {"SELECT 2"}}, answer{200, "", "2\n"}},
		{"ddl", "CREATE TABLE t (a UInt8) ENGINE = Memory", nil, answer{200, "", ""}},
		{"insert by url", "(1),(2)", url.Values{"query": {"INSERT INTO t VALUES"}}, answer{200, "", ""}},
		{"insert by select", "WITH 3 AS x INSERT INTO t SELECT x", nil, answer{200, "", ""}},
		{"inserted", "SELECT groupArray(a) FROM (SELECT a FROM t ORDER BY a)", nil, answer{200, "", "[1,2,3]\n"}},
		{"not a select", "DESCRIBE TABLE t", nil, answer{200, "", "a\tUInt8\t\t\t\t\t\n"}},
		{
			"compressed", "SELECT 1",
			url.Values{"compress": {"1"}},
			answer{400, "", "read request: compression is not supported inside the process"},
		},
		{"bad setting name", "SELECT 1", url.Values{"a=1, b": {"1"}}, answer{400, "", `read request: bad setting name "a=1, b"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, ask(t, rt, test.sql, test.values), cmp.AllowUnexported(answer{})); diff != "" {
				t.Errorf("%q (-want, +got):\n%s", test.sql, diff)
			}
		})
	}
}

func TestErrorsHaveTheirCode(t *testing.T) {
	engine := openEngine(t, Config{})
	for _, test := range []struct {
		sql, code string
		values    url.Values
	}{
		{"SELECT * FROM nope", "60", nil},
		{"SELEC 1", "62", nil},
		{"SELECT 1; DROP TABLE x", "62", nil},
		{"CREATE TABLE x (a Nope) ENGINE = Memory", "50", nil},
		{"INSERT INTO nope VALUES (1)", "60", nil},
		{"SELECT throwIf(number = 3) FROM numbers(10)", "395", nil},
		{"SELECT {a:UInt8}", "456", nil},
		{"SELECT 1", "115", url.Values{"no_such_setting": {"1"}}},
		{"SELECT 1", "81", url.Values{"database": {"nope"}}},
		{"SELECT groupArray(number) FROM numbers(100000000)", "241", url.Values{"max_memory_usage": {"10000000"}}},
	} {
		t.Run(test.sql, func(t *testing.T) {
			got := ask(t, engine.RoundTripper(), test.sql, test.values)
			if got.status != http.StatusInternalServerError || got.code != test.code {
				t.Fatalf("status %d code %s, want 500 and %s: %s", got.status, got.code, test.code, got.body)
			}
			if prefix := "Code: " + test.code + ". DB::Exception: "; strings.Count(got.body, prefix) != 1 || !strings.HasPrefix(got.body, prefix) {
				t.Errorf("message has its code not once: %s", got.body)
			}
			if out := must(t, engine.RoundTripper(), "SELECT 1", nil); out != "1" {
				t.Errorf("after the error: %q", out)
			}
		})
	}
}

// An error after the first megabyte comes inside the body; the reader must not
// take what it has for the whole.
func TestErrorInTheMiddle(t *testing.T) {
	engine := openEngine(t, Config{})
	response, err := send(t.Context(), engine.RoundTripper(), "SELECT number, throwIf(number = 5000000, 'boom') FROM numbers(9000000)", nil)
	if err != nil {
		t.Fatalf("RoundTrip() error:\n%+v", err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if response.StatusCode != http.StatusOK || len(body) < eagerBytes {
		t.Fatalf("status %d with %d bytes: the error came too early for this test", response.StatusCode, len(body))
	}
	if err == nil {
		t.Error("the body ended cleanly")
	}
	if at := bytes.Index(body, []byte("\r\n__exception__\r\n")); at < 0 || !bytes.Contains(body[at:], []byte("Code: 395.")) {
		t.Errorf("no exception block in %d bytes", len(body))
	}
	must(t, engine.RoundTripper(), "SELECT 1", nil)
}

// Rows are data wherever they stand: the engine itself would cut them at the
// blank line and run the rest.
func TestRowsAreNeverSQL(t *testing.T) {
	engine := openEngine(t, Config{})
	rt := engine.RoundTripper()
	must(t, rt, "CREATE TABLE t (s String) ENGINE = MergeTree ORDER BY s", nil)
	evil := "x\n\nCREATE TABLE evil (a UInt8) ENGINE = Memory;\n\n"
	must(t, rt, "INSERT INTO t VALUES ('"+evil+"')", nil)
	must(t, rt, "('"+evil+"')\n\n,('second')", url.Values{"query": {"INSERT INTO t VALUES"}})
	must(t, rt, "INSERT INTO t FORMAT JSONEachRow\n{\"s\":\"third\"}\n\n{\"s\":\"CREATE TABLE evil (a UInt8) ENGINE = Memory\"}", nil)
	must(t, rt, "INSERT INTO t VALUES ({p:String})", url.Values{"param_p": {strings.ReplaceAll(evil, "\n", `\n`)}})
	if got := must(t, rt, "SELECT count(), countIf(s = {p:String}) FROM t", url.Values{"param_p": {strings.ReplaceAll(evil, "\n", `\n`)}}); got != "6\t3" {
		t.Errorf("rows, rows with the text = %s, want 6 and 3", got)
	}
	if got := ask(t, rt, "INSERT INTO t FORMAT JSONEachRow\n{\"s\":\"4\"}\n\nCREATE TABLE evil (a UInt8) ENGINE = Memory", nil); got.status == http.StatusOK {
		t.Error("rows that are no rows were accepted")
	}
	if got := must(t, rt, "EXISTS TABLE evil", nil); got != "0" {
		t.Error("a row was run as a statement")
	}
}

// A session of the pool carries over nothing from the request before.
func TestSettingsBelongToTheRequest(t *testing.T) {
	engine := openEngine(t, Config{Connections: 1})
	rt := engine.RoundTripper()
	must(t, rt, "CREATE DATABASE `it``s`", nil)
	ours := url.Values{"join_use_nulls": {"1"}, "max_block_size": {"17"}, "database": {"it`s"}}
	const query = "SELECT getSetting('join_use_nulls'), getSetting('max_block_size'), currentDatabase()"
	for round := range 2 {
		if got, want := must(t, rt, query, ours), "true\t17\tit`s"; got != want {
			t.Errorf("round %d: with settings %q, want %q", round, got, want)
		}
		if got, want := must(t, rt, query, nil), "false\t65409\tdefault"; got != want {
			t.Errorf("round %d: without settings %q, want %q", round, got, want)
		}
		if got := ask(t, rt, query, url.Values{"join_use_nulls": {"1"}, "no_such": {"1"}}); got.code != "115" {
			t.Errorf("round %d: unknown setting: %+v", round, got)
		}
	}
	tricky := `a'b\c = 1, max_threads = 1 --`
	if got := must(t, rt, "SELECT getSetting('format_csv_null_representation')", url.Values{"format_csv_null_representation": {tricky}, "default_format": {"RawBLOB"}}); got != tricky {
		t.Errorf("setting came back as %q, want %q", got, tricky)
	}
}

func TestManyAtOnce(t *testing.T) {
	engine := openEngine(t, Config{Connections: 3})
	rt := engine.RoundTripper()
	must(t, rt, "CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a", nil)
	var group sync.WaitGroup
	for worker := range 16 {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := range 15 {
				key := fmt.Sprint(worker*1000 + i)
				got := must(t, rt, "SELECT {k:UInt64} + number FROM numbers(1)", url.Values{"param_k": {key}})
				if got != key {
					t.Errorf("parameter %s came back as %s", key, got)
				}
				must(t, rt, "("+key+")", url.Values{"query": {"INSERT INTO t VALUES"}})
			}
		}()
	}
	group.Wait()
	if got := must(t, rt, "SELECT count(), uniqExact(a) FROM t", nil); got != "240\t240" {
		t.Errorf("rows, different rows = %s, want 240 and 240", got)
	}
}

// Statements over different sessions run side by side; so do those of
// different goroutines over the pool.
func TestSessionsRunInParallel(t *testing.T) {
	engine := openEngine(t, Config{Connections: 4})
	began := time.Now()
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			must(t, engine.RoundTripper(), "SELECT sleep(1)", nil)
		}()
	}
	group.Wait()
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("four statements of 1 s took %s: one waits for the other", took)
	}
}

// Nothing of an engine stays behind: no goroutine, no lock, and no thread that
// each opening would add to.
func TestNothingStaysBehind(t *testing.T) {
	dir := t.TempDir()
	cycle := func() {
		engine, err := Open(Config{Dir: dir})
		if err != nil {
			t.Fatalf("Open() error:\n%+v", err)
		}
		session, err := engine.Session()
		if err != nil {
			t.Fatalf("Session() error:\n%+v", err)
		}
		must(t, session.RoundTripper(), "SELECT 1", nil)
		if _, err := send(t.Context(), engine.RoundTripper(), "SELECT number FROM numbers(100000000)", nil); err != nil {
			t.Fatalf("RoundTrip() error:\n%+v", err)
		}
		if err := engine.Close(); err != nil {
			t.Fatalf("Close() error:\n%+v", err)
		}
	}
	cycle()
	threads := threadCount(t)
	for range 10 {
		cycle()
	}
	goleak.VerifyNone(t)
	if now := threadCount(t); now > threads+20 {
		t.Errorf("%d threads after eleven engines, %d after one", now, threads)
	}
}

// threadCount is the number of threads of this process, where the system tells.
func threadCount(t *testing.T) int {
	t.Helper()
	tasks, err := os.ReadDir("/proc/self/task")
	if errors.Is(err, os.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return len(tasks)
}
