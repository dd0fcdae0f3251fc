package embedded

import (
	"bufio"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	crashDirVariable = "CLAIMWATCH_TEST_CRASH_DIR"
	crashRounds      = 6
	crashBatch       = 200
)

// TestMain makes the test binary its own victim: with the variable set it
// inserts for ever and says what was acknowledged.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDirVariable); dir != "" {
		if err := insertForEver(dir); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func insertForEver(dir string) error {
	engine, err := Open(Config{Dir: dir, Candidate: os.Getenv("CLAIMWATCH_ENGINE"), Connections: 1})
	if err != nil {
		return err
	}
	session := <-engine.pool.idle
	run := func(s statement) (string, error) {
		out, err := session.run(s)
		return strings.TrimSpace(string(out)), err
	}
	if _, err := run(statement{sql: "CREATE TABLE IF NOT EXISTS t (n UInt64, k UInt64) ENGINE = MergeTree ORDER BY (n, k) " +
		"SETTINGS fsync_after_insert = 1, fsync_part_directory = 1", format: "Null"}); err != nil {
		return err
	}
	last, err := run(statement{sql: "SELECT max(n) FROM t", format: "TSV"})
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(last)
	if err != nil {
		return err
	}
	for {
		n++
		var rows strings.Builder
		for k := range crashBatch {
			fmt.Fprintf(&rows, "%d\t%d\n", n, k)
		}
		if err := session.insert(statement{sql: "INSERT INTO t (n, k)", format: "TSV"}, strings.NewReader(rows.String())); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// Whatever was acknowledged before a kill -9 is there afterwards, whole.
// (The machine's memory outlives a kill; that a power cut loses nothing either
// is what the fsync settings are for, and no test here can show it.)
func TestKillLosesNothing(t *testing.T) {
	dir := t.TempDir()
	acknowledged := 0
	for round := range crashRounds {
		acknowledged = max(acknowledged, crash(t, dir, time.Duration(20+40*round)*time.Millisecond))
		engine, err := Open(Config{Dir: dir})
		if err != nil {
			t.Fatalf("round %d: Open() after the kill:\n%+v", round, err)
		}
		query := "SELECT countIf(n <= {last:UInt64}), count() % {batch:UInt64} FROM t"
		got := must(t, engine.RoundTripper(), query, url.Values{"param_last": {fmt.Sprint(acknowledged)}, "param_batch": {fmt.Sprint(crashBatch)}})
		if want := fmt.Sprintf("%d\t0", acknowledged*crashBatch); got != want {
			t.Errorf("round %d: rows of acknowledged inserts and rows of torn ones = %s, want %s", round, got, want)
		}
		if err := engine.Close(); err != nil {
			t.Fatalf("Close() error:\n%+v", err)
		}
	}
	if acknowledged < crashRounds {
		t.Errorf("only %d inserts in %d rounds: the test showed nothing", acknowledged, crashRounds)
	}
}

// crash runs the victim, kills it a moment after its first insert, and returns
// the last number that it acknowledged.
func crash(t *testing.T, dir string, moment time.Duration) int {
	t.Helper()
	victim := exec.CommandContext(t.Context(), os.Args[0])
	victim.Env = append(os.Environ(), crashDirVariable+"="+dir)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	last := 0
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("victim says %q", lines.Text())
		}
		if last == 0 {
			time.AfterFunc(moment, func() { _ = victim.Process.Kill() })
		}
		last = n
	}
	if err := victim.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("victim ended with %v, want a kill", err)
	}
	return last
}
