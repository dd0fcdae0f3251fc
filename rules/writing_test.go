package rules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"claimwatch/rules"
)

var exampleFile = regexp.MustCompile("(?s)\n`(FEE-900/[a-z./]+)`\n\n```[a-z]+\n(.*?)```\n")

// TestTheExampleOfTheHandbook writes the files of docs/writing-rules.md as they
// stand there and takes the rule through its life.
func TestTheExampleOfTheHandbook(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "docs", "writing-rules.md"))
	if err != nil {
		t.Fatalf("read handbook: %v", err)
	}
	dir := t.TempDir()
	files := exampleFile.FindAllStringSubmatch(string(text), -1)
	if len(files) != 3 {
		t.Fatalf("the handbook has %d files of the example, want 3", len(files))
	}
	for _, file := range files {
		path := filepath.Join(dir, filepath.FromSlash(file[1]))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatalf("make folder: %v", err)
		}
		if err := os.WriteFile(path, []byte(file[2]), 0o600); err != nil {
			t.Fatalf("write %s: %v", file[1], err)
		}
	}
	s := openStore(t)
	check := func(want string) {
		t.Helper()
		faults, err := rules.Check(t.Context(), dir, s)
		if err != nil || faults.Error() != want {
			t.Errorf("Check() = %q, error %v; want %q", faults.Error(), err, want)
		}
	}
	check("rules.lock:1: is missing: claimwatch rules lock writes it")
	relock(t, dir, "FEE-900")
	check("")
	for _, step := range []struct {
		from, to       string
		active, trials bool
	}{{"draft", "draft", false, true}, {"draft", "trial", true, true}, {"trial", "stable", true, false}, {"stable", "retired", false, false}} {
		edit(t, dir, "FEE-900/rule.yaml", "state: "+step.from, "state: "+step.to)
		if step.from != step.to {
			check("FEE-900/rule.yaml:3: rules.lock is behind: run claimwatch rules lock")
			relock(t, dir, "FEE-900")
		}
		library, err := rules.LoadDir(dir)
		if err != nil {
			t.Fatalf("LoadDir() error:\n%+v", err)
		}
		active := slices.ContainsFunc(library.Active(), func(r *rules.Rule) bool { return r.Code == "FEE-900" })
		if active != step.active || library.OnTrial("FEE-900") != step.trials {
			t.Errorf("%s: active %t, on trial %t", step.to, active, library.OnTrial("FEE-900"))
		}
		if step.to != "draft" {
			continue
		}
		outcomes, err := rules.Test(t.Context(), library, s) // its cases run all the same
		if err != nil || len(outcomes) != strings.Count(files[2][2], "- name:") {
			t.Fatalf("Test() = %d outcomes, error:\n%+v", len(outcomes), err)
		}
		for _, o := range outcomes {
			for _, problem := range o.Problems {
				t.Errorf("%s: %s", o.Case, problem)
			}
		}
	}
	if library, err := rules.LoadDir(dir); err != nil || library.OnTrial("FEE-901") {
		t.Errorf("a rule that is not there is on trial, or LoadDir() error: %v", err)
	}
}
