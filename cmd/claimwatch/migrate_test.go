package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// testMigrate looks at the store of a stopped server, then at an empty one.
func testMigrate(t *testing.T, data string) {
	code, out, errs := execute0(t, "migrate", "--check", "--data", data)
	if code != exitDone || !strings.HasPrefix(out, "the schema is current: version ") {
		t.Errorf("--check of a store that a server used: exit %d, %q %q", code, out, errs)
	}
	config := written(t, "serve.yaml", "data: "+data+"\n")
	if _, again, _ := execute0(t, "migrate", "--check", "--config", config); again != out {
		t.Errorf("by --config %q, by --data %q", again, out)
	}
	empty := t.TempDir()
	code, printed, errs := execute0(t, "migrate", "--check", "--data", empty)
	if code != exitFailed || printed != "" || !strings.Contains(errs, "the schema is at 0 of ") || !strings.Contains(errs, "missing: ") {
		t.Errorf("--check of an empty store: exit %d, %q %q", code, printed, errs)
	}
	code, printed, errs = execute0(t, "migrate", "--data", empty)
	if code != exitDone || printed != out {
		t.Errorf("migrate: exit %d, %q, want %q\n%s", code, printed, out, errs)
	}
	code, _, errs = execute0(t, "migrate", "--data", empty, "--config", config)
	if code != exitUsage || !strings.Contains(errs, "can't be used together") {
		t.Errorf("--data with --config: exit %d, %s", code, errs)
	}
}

// testServeCheck checks a good configuration and says what is wrong with others.
func testServeCheck(t *testing.T, data string) {
	code, out, errs := execute0(t, "serve", "--check", "--config", written(t, "serve.yaml", "data: "+data+"\nlisten: \"127.0.0.1:1\"\n"))
	if code != exitDone || out != "configuration, log and store are good\n" {
		t.Errorf("serve --check: exit %d, %q %q", code, out, errs)
	}
	blocked := written(t, "a-file", "")
	notRules := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(notRules, "FEE-001"), 0o700))
	must(t, os.WriteFile(filepath.Join(notRules, "FEE-001", "rule.yaml"), []byte("code: FEE-002\n"), 0o600))
	for name, test := range map[string]struct {
		code       int
		text, says string
	}{
		"no such key":         {exitFailed, "dta: x\n", "dta"},
		"no such part":        {exitUsage, "parts: [kitchen]\n", "parts are door, sink, rules and alerts"},
		"no such level":       {exitUsage, "log_level: loud\n", "loud"},
		"no directory":        {exitFailed, "data: " + blocked + "\n", "make data directory"},
		"no such library":     {exitFailed, "data: " + data + "\nrules: " + notRules + "\n", "load the rule library"},
		"no such engine":      {exitFailed, "data: " + data + "\nengine: /nowhere/libchdb.so\n", "npm ci"},
		"a broker for others": {exitFailed, "data: " + data + "\nkafka: {listen: \"0.0.0.0:0\"}\n", "loopback"},
	} {
		code, out, errs := execute0(t, "serve", "--check", "--config", written(t, "serve.yaml", test.text))
		if code != test.code || out != "" || !strings.Contains(errs, test.says) {
			t.Errorf("%s: exit %d, stdout %q, stderr %q; want %d and %q", name, code, out, errs, test.code, test.says)
		}
	}
}
