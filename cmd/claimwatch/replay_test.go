package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// testReplay: the store that is built anew from the log has the same digest,
// and one that is broken off leaves the old store in place.
func testReplay(t *testing.T, data, digest string) {
	live := filepath.Join(data, "store")
	mark := filepath.Join(live, "this-is-the-old-store")
	must(t, os.WriteFile(mark, nil, 0o600))
	broken := begin(t, "replay", "--from-log", "--data", data, "--clock", "event")
	eventually(t, "replay is under way", func() bool {
		stacks := make([]byte, 4<<20)
		return bytes.Contains(stacks[:runtime.Stack(stacks, true)], []byte("replayCommand.waitIdle"))
	})
	code := broken.stop(t)
	if _, err := os.Stat(mark); code != exitFailed || err != nil || broken.out.String() != "" {
		t.Errorf("broken off: exit %d, stdout %q, the old store: %v; want %d, nothing and the old store", code, broken.out.String(), err, exitFailed)
	}
	says(t, "stderr", broken.errs.String(), "the old one is untouched")

	code, printed, said := execute0(t, "replay", "--from-log", "--data", data, "--clock", "event")
	if code != exitDone || printed != digest {
		t.Errorf("replay: exit %d, digest %q, want %q\n%s", code, printed, digest, said)
	}
	for _, left := range []string{mark, live + ".rebuilding", live + ".old"} {
		if _, err := os.Stat(left); !os.IsNotExist(err) {
			t.Errorf("after a replay there is %s (%v)", left, err)
		}
	}
}

func TestReplayAsksFirst(t *testing.T) {
	server := written(t, "serve.yaml", "clickhouse: {addr: [\"127.0.0.1:1\"]}\ndata: "+t.TempDir()+"\n")
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"without its flag", []string{"replay", "--data", t.TempDir()}, "--from-log"},
		{"a server's store", []string{"replay", "--from-log", "--config", server}, "name an empty database in the configuration and start serve"},
		{"a file that is not there", []string{"replay", "--from-log", "--config", "nowhere.yaml"}, "nowhere.yaml"},
		{"a clock that there is not", []string{"replay", "--from-log", "--clock", "sun"}, "--clock must be one of"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code, out, errs := execute0(t, test.args...)
			if code != exitUsage || out != "" {
				t.Errorf("exit %d, stdout %q", code, out)
			}
			says(t, "stderr", errs, test.says)
		})
	}
}

func TestSwapDirectories(t *testing.T) {
	content := func(dir string) string {
		text, err := os.ReadFile(filepath.Join(dir, "name"))
		if err != nil {
			return "none"
		}
		return string(text)
	}
	for name, have := range map[string][]string{
		"over a store":                       {"live", "fresh"},
		"where there was none":               {"fresh"},
		"after a swap that was broken off":   {"live", "fresh", "live.old"},
		"broken off between the two renames": {"fresh", "live.old"},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for _, dir := range have {
				must(t, os.Mkdir(filepath.Join(root, dir), 0o700))
				must(t, os.WriteFile(filepath.Join(root, dir, "name"), []byte(dir), 0o600))
			}
			live, fresh := filepath.Join(root, "live"), filepath.Join(root, "fresh")
			must(t, swapDirectories(live, fresh))
			same(t, "live, fresh and old", []string{content(live), content(fresh), content(live + ".old")}, []string{"fresh", "none", "none"})
		})
	}
	t.Run("without a new one the old one stays", func(t *testing.T) {
		root := t.TempDir()
		live := filepath.Join(root, "live")
		must(t, os.Mkdir(live, 0o700))
		must(t, os.WriteFile(filepath.Join(live, "name"), []byte("live"), 0o600))
		err := swapDirectories(live, filepath.Join(root, "fresh"))
		if err == nil || !strings.Contains(err.Error(), "put the new store in place") {
			t.Errorf("swapDirectories() error %v", err)
		}
		same(t, "live", content(live), "live")
	})
}
