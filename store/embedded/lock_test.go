package embedded

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestOneDirectoryAtATime(t *testing.T) {
	first := openEngine(t, Config{})
	dir := t.TempDir()
	if _, err := Open(Config{Dir: dir}); err == nil || !strings.Contains(err.Error(), "another data directory is open in this process") {
		t.Errorf("Open() of a second directory = %v, want a refusal that says why", err)
	}
	same := strings.TrimPrefix(first.args[1], "--path=")
	_, err := Open(Config{Dir: same})
	want := fmt.Sprintf("process %d uses it; one directory has one process", os.Getpid())
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Open() of the same directory = %v, want %q", err, want)
	}
	if out := must(t, first.RoundTripper(), "SELECT 1", nil); out != "1" {
		t.Errorf("the first engine answers %q after the refusals", out)
	}
}

// Replay swaps directories inside one process: what was closed is on disk and
// can be opened again, also after another directory.
func TestCloseAndReopen(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	for round, dir := range []string{one, two, one, two, one} {
		engine, err := Open(Config{Dir: dir})
		if err != nil {
			t.Fatalf("round %d: Open() error:\n%+v", round, err)
		}
		rt := engine.RoundTripper()
		must(t, rt, "CREATE TABLE IF NOT EXISTS kept (a UInt8) ENGINE = MergeTree ORDER BY a", nil)
		must(t, rt, "CREATE TABLE IF NOT EXISTS lost (a UInt8) ENGINE = Memory", nil)
		got := must(t, rt, "SELECT count() FROM kept", nil) + " " + must(t, rt, "SELECT count() FROM lost", nil)
		if want := fmt.Sprintf("%d 0", round/2); got != want {
			t.Errorf("round %d: rows kept and lost = %s, want %s", round, got, want)
		}
		must(t, rt, "INSERT INTO kept VALUES (1)", nil)
		must(t, rt, "INSERT INTO lost VALUES (1)", nil)
		if err := engine.Close(); err != nil {
			t.Fatalf("round %d: Close() error:\n%+v", round, err)
		}
		if err := engine.Close(); err != nil {
			t.Errorf("second Close() error:\n%+v", err)
		}
		if _, err := send(t.Context(), rt, "SELECT 1", nil); err == nil {
			t.Error("a closed engine answered")
		}
	}
}
