package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch/stream/kafkatest"
)

// must ends the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("error:\n%+v", err)
	}
}

// same compares.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want, +got):\n%s", what, diff)
	}
}

// says holds a text against what it must contain.
func says(t testing.TB, what, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", what, want, text)
		}
	}
}

// written puts a text into a file of its own directory.
func written(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// eventually asks until the answer is yes.
func eventually(t testing.TB, what string, yes func() bool) {
	t.Helper()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.After(180 * time.Second)
	for !yes() {
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatalf("after three minutes still not: %s", what)
		}
	}
}

// loopback gives an address that nobody listens on.
func loopback(t testing.TB) string {
	t.Helper()
	port, err := kafkatest.FreePort()
	must(t, err)
	return fmt.Sprintf("127.0.0.1:%d", port)
}

// heard keeps what a command writes while others read it.
type heard struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(p)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.String()
}

// started is a command that runs in this process until it is stopped.
type started struct {
	out, errs heard
	cancel    context.CancelFunc
	exited    chan int
}

// begin runs a command beside the test.
func begin(t testing.TB, args ...string) *started {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	s := &started{cancel: cancel, exited: make(chan int, 1)}
	go func() { s.exited <- execute(ctx, args, terminal{in: strings.NewReader(""), out: &s.out, err: &s.errs}) }()
	return s
}

// stop ends the command as Ctrl-C would and gives its exit code.
func (s *started) stop(t testing.TB) int {
	t.Helper()
	s.cancel()
	return s.wait(t)
}

func (s *started) wait(t testing.TB) int {
	t.Helper()
	select {
	case code := <-s.exited:
		return code
	case <-time.After(60 * time.Second):
		t.Fatalf("the command does not end:\n%s%s", s.out.String(), s.errs.String())
		return -1
	}
}

// server is claimwatch run in this process: the product's own parts, on a data
// directory of the test.
type server struct {
	*started
	data, address, ops string
}

func startServer(t testing.TB, data string) *server {
	t.Helper()
	s := &server{data: data, address: loopback(t), ops: loopback(t)}
	s.started = begin(t, "run", "--data", data, "--listen", s.address, "--ops-listen", s.ops, "--clock", "event", "--log-level", "warn")
	t.Cleanup(s.cancel)
	s.ready(t)
	return s
}

func (s *server) ready(t testing.TB) {
	t.Helper()
	eventually(t, "/readyz says ready", func() bool {
		select {
		case code := <-s.exited:
			t.Fatalf("the server ended at start with %d:\n%s", code, s.errs.String())
		default:
		}
		answer, err := http.Get("http://" + s.ops + "/readyz")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

// outcome is what a command left behind.
type outcome struct {
	code      int
	out, errs string
}

// run gives a client command to the server; without a key it is the admin's.
func (s *server) run(t testing.TB, key string, args ...string) outcome {
	t.Helper()
	args = append(args, "--server", "http://"+s.address)
	if key == "" {
		args = append(args, "--data", s.data)
	} else {
		args = append(args, "--key", key)
	}
	var out, errs bytes.Buffer
	code := execute(t.Context(), args, terminal{in: strings.NewReader(""), out: &out, err: &errs})
	return outcome{code, out.String(), errs.String()}
}

// good is run for a command that must do its work; it gives what was printed.
func (s *server) good(t testing.TB, key string, args ...string) string {
	t.Helper()
	o := s.run(t, key, args...)
	if o.code != exitDone {
		t.Fatalf("%v: exit %d: %s", args, o.code, o.errs)
	}
	return o.out
}

// bad is run for a command that must fail, and holds what it says.
func (s *server) bad(t testing.TB, code int, says string, key string, args ...string) {
	t.Helper()
	o := s.run(t, key, args...)
	if o.code != code || !strings.Contains(o.errs, says) || o.out != "" {
		t.Errorf("%v: exit %d, stdout %q, stderr %q; want %d and %q", args, o.code, o.out, o.errs, code, says)
	}
}

// key makes a key and gives the last word of what is printed.
func (s *server) key(t testing.TB, args ...string) string {
	t.Helper()
	words := strings.Fields(s.good(t, "", append([]string{"key", "new"}, args...)...))
	return words[len(words)-1]
}

// idle waits until everything sent is stored and evaluated.
func (s *server) idle(t testing.TB) {
	t.Helper()
	eventually(t, "the server is idle", func() bool {
		var status struct {
			Idle bool `json:"idle"`
		}
		must(t, json.Unmarshal([]byte(s.good(t, "", "status", "--json")), &status))
		return status.Idle
	})
}

// decoded reads JSON lines.
func decoded[T any](t testing.TB, text string) []T {
	t.Helper()
	var items []T
	decoder := json.NewDecoder(strings.NewReader(text))
	for decoder.More() {
		var item T
		must(t, decoder.Decode(&item))
		items = append(items, item)
	}
	return items
}

// columns splits a printed table into the cells of its lines, which two blanks
// or more keep apart.
func columns(text string) [][]string {
	var lines [][]string
	for line := range strings.Lines(text) {
		var cells []string
		for cell := range strings.SplitSeq(strings.TrimRight(line, " \n"), "  ") {
			if cell = strings.TrimSpace(cell); cell != "" {
				cells = append(cells, cell)
			}
		}
		lines = append(lines, cells)
	}
	return lines
}
