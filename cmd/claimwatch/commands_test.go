package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCommands gives every client command to one running server, in the order
// in which an agency and a hospital would, then stops it and gives the commands
// that work on a stopped one.
func TestCommands(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // where an upload remembers how far it came
	t.Setenv("CLAIMWATCH_KEY", "")
	data := filepath.Join(t.TempDir(), "data")
	s := startServer(t, data)
	hospital := s.key(t, "--institution", "H1")
	officer := s.key(t, "--role", "officer")

	t.Run("start", func(t *testing.T) { testStart(t, s) })
	t.Run("operations", func(t *testing.T) { testOperations(t, s) })
	t.Run("status of an empty server", func(t *testing.T) { testEmptyStatus(t, s) })
	t.Run("keys", func(t *testing.T) { testKeys(t, s, officer) })
	t.Run("reference", func(t *testing.T) { testReference(t, s, officer) })
	t.Run("reference import", func(t *testing.T) { testImport(t, s, officer) })
	t.Run("upload", func(t *testing.T) { testUpload(t, s, hospital, officer) })
	t.Run("upload with a mapping", func(t *testing.T) { testMappedUpload(t, s, hospital) })
	s.idle(t)
	t.Run("status", func(t *testing.T) { testStatus(t, s) })
	t.Run("quarantine", func(t *testing.T) { testQuarantine(t, s, officer) })
	t.Run("findings", func(t *testing.T) { testFindings(t, s, officer, hospital) })
	t.Run("coverage", func(t *testing.T) { testCoverage(t, s, officer, hospital) })
	t.Run("attributed", func(t *testing.T) { testAttributed(t, s, officer) })
	t.Run("decide", func(t *testing.T) { testDecide(t, s, officer, hospital) })
	t.Run("rejections", func(t *testing.T) { testRejections(t, s, officer, hospital) })
	t.Run("sanctions", func(t *testing.T) { testSanctions(t, s, officer, hospital) })
	t.Run("journal", func(t *testing.T) { testJournal(t, s, officer, hospital) })
	t.Run("whitelist", func(t *testing.T) { testWhitelist(t, s, officer) })
	t.Run("attributed after decisions", func(t *testing.T) { testAttributed(t, s, officer) })
	t.Run("evaluate", func(t *testing.T) { testEvaluate(t, s, officer, hospital) })
	t.Run("one directory, one process", func(t *testing.T) { testTaken(t, s) })

	t.Run("baselines", func(t *testing.T) { testBaselines(t, s, officer, hospital) })
	t.Run("calendar", func(t *testing.T) { testCalendar(t, s, officer) })
	t.Run("parameters of rules", func(t *testing.T) { testParameters(t, s, officer, hospital) })
	t.Run("procedure", func(t *testing.T) { testProcedure(t, s, hospital, officer) })
	t.Run("settle", func(t *testing.T) { testSettle(t, s, officer, hospital) })
	t.Run("knowledge in evidence", func(t *testing.T) { testKnowledgeInEvidence(t, s, officer) })
	books := s.books(t)
	kept := t.TempDir()
	t.Run("evidence", func(t *testing.T) { testEvidence(t, s, officer, kept) })
	digest := s.good(t, officer, "digest")
	same(t, "digest --json", s.good(t, officer, "digest", "--json"), fmt.Sprintf("{\"digest\":%q}\n", strings.TrimSpace(digest)))
	if code := s.stop(t); code != exitDone {
		t.Fatalf("exit %d after Ctrl-C:\n%s", code, s.errs.String())
	}
	t.Run("verify", func(t *testing.T) { testVerifyStopped(t, data, kept) })
	t.Run("migrate", func(t *testing.T) { testMigrate(t, data) })
	t.Run("serve --check", func(t *testing.T) { testServeCheck(t, data) })
	t.Run("replay", func(t *testing.T) { testReplay(t, data, digest) })
	t.Run("after the replay", func(t *testing.T) { testAfterReplay(t, data, hospital) })
	t.Run("books after a replay", func(t *testing.T) {
		again := startServer(t, data)
		same(t, "books", again.books(t), books)
		same(t, "exit", again.stop(t), exitDone)
	})
}

// testStart: the banner names what to open, and the first start made a key that
// nobody else can read.
func testStart(t *testing.T, s *server) {
	key := filepath.Join(s.data, "admin.key")
	says(t, "the banner", s.errs.String(), "claimwatch dev on http://"+s.address, "/v1/findings", "API: /docs", "metrics: /metrics",
		"the key with every role is in "+key)
	for path, mode := range map[string]os.FileMode{key: 0o600, s.data: 0o700} {
		info, err := os.Stat(path)
		must(t, err)
		same(t, "mode of "+filepath.Base(path), info.Mode().Perm(), mode)
	}
	text, err := os.ReadFile(key)
	must(t, err)
	if !strings.HasPrefix(string(text), "cw_") || len(strings.TrimSpace(string(text))) != 46 {
		t.Errorf("admin.key holds %q, want cw_ and 32 bytes in base64", text)
	}
	same(t, "stdout of run", s.out.String(), "")
}

// testOperations: with an address of their own the three paths need no key there
// and are not on the address that hospitals reach.
func testOperations(t *testing.T, s *server) {
	for path, wants := range map[string][2]int{
		"/livez": {http.StatusOK, http.StatusNotFound}, "/readyz": {http.StatusOK, http.StatusNotFound},
		"/metrics": {http.StatusOK, http.StatusNotFound}, "/debug/pprof/": {http.StatusOK, http.StatusUnauthorized},
		"/docs": {http.StatusNotFound, http.StatusOK}, "/openapi.json": {http.StatusNotFound, http.StatusOK},
		"/v1/status": {http.StatusNotFound, http.StatusUnauthorized},
	} {
		for i, address := range []string{s.ops, s.address} {
			answer, err := http.Get("http://" + address + path)
			must(t, err)
			_ = answer.Body.Close()
			if answer.StatusCode != wants[i] {
				t.Errorf("%s on %s: %d, want %d", path, []string{"the operators' address", "the hospitals' address"}[i], answer.StatusCode, wants[i])
			}
		}
	}
}

// testTaken: a second process on the directory and one on the address are
// refused at once, and say why.
func testTaken(t *testing.T, s *server) {
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"run", []string{"run", "--data", s.data, "--listen", loopback(t)}, fmt.Sprintf("process %d", os.Getpid())},
		{"demo", []string{"demo", "--data", s.data, "--listen", loopback(t)}, fmt.Sprintf("process %d", os.Getpid())},
		{"replay", []string{"replay", "--from-log", "--data", s.data}, fmt.Sprintf("process %d", os.Getpid())},
		{"migrate", []string{"migrate", "--data", s.data}, "one directory has one process"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code, out, errs := execute0(t, test.args...)
			if code != exitFailed || out != "" {
				t.Errorf("exit %d, stdout %q; want %d and nothing", code, out, exitFailed)
			}
			says(t, "stderr", errs, test.says)
		})
	}
	s.idle(t) // the first one has not noticed
}
