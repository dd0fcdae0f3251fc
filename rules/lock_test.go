package rules_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch/rules"
	"claimwatch/store"
)

// lockedLibrary is a directory with some rules of the library and their lock.
func lockedLibrary(t *testing.T, codes ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, code := range codes {
		if err := os.CopyFS(filepath.Join(dir, code), os.DirFS(filepath.Join("library", code))); err != nil {
			t.Fatalf("copy %s: %v", code, err)
		}
	}
	relock(t, dir, codes...)
	return dir
}

// relock writes the lock, and wants the lines of these codes to change.
func relock(t *testing.T, dir string, want ...string) {
	t.Helper()
	changed, faults, err := rules.WriteLock(dir, store.SliceDefinitions())
	if err != nil || len(faults) > 0 {
		t.Fatalf("WriteLock() error:\n%+v\n%v", err, faults)
	}
	if !slices.Equal(changed, want) {
		t.Errorf("WriteLock() changed %v, want %v", changed, want)
	}
}

// edit replaces a text in a file below dir.
func edit(t *testing.T, dir, file, old, now string) {
	t.Helper()
	path := filepath.Join(dir, file)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read %s: %v", file, err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s has no %q", file, old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, now, 1)), 0o600); err != nil {
		t.Fatalf("write %s: %v", file, err)
	}
}

// changeOf makes a definition of the slice another one.
func changeOf(t *testing.T, name string) []string {
	t.Helper()
	statements := store.SliceDefinitions()
	at := slices.IndexFunc(statements, func(s string) bool { return strings.Contains(s, name) })
	if at < 0 {
		t.Fatalf("no statement makes %s", name)
	}
	statements[at] += " "
	return statements
}

// TestTheLibraryIsLocked holds the library of the binary against its lock.
func TestTheLibraryIsLocked(t *testing.T) {
	faults, err := rules.CheckLock("", store.SliceDefinitions())
	if err != nil {
		t.Fatalf("CheckLock() error:\n%+v", err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// TestChangeWithoutVersion changes one thing that a finding depends on, or that
// none does, under the version that is locked.
func TestChangeWithoutVersion(t *testing.T) {
	const anew = " changed without a new version: set version: 2, then run claimwatch rules lock"
	for name, test := range map[string]struct {
		file, from, to string
		want           string // of the fault's message; empty for none
	}{
		"a boundary":          {"ADM-001/query.sql", "days_between <= {days}", "days_between < {days}", "query" + anew},
		"a comment":           {"ADM-001/query.sql", "-- Two stays", "-- These two stays", ""},
		"a comment within":    {"ADM-001/query.sql", "FROM readmissions", "FROM readmissions -- of them", ""},
		"no comment":          {"ADM-001/query.sql", "'discharged'", "'-- discharged'", "query" + anew},
		"a default":           {"ADM-001/rule.yaml", `default: "7"`, `default: "8"`, "parameters" + anew},
		"a range":             {"ADM-001/rule.yaml", `max: "90"`, `max: "91"`, "parameters" + anew},
		"an explanation":      {"ADM-001/rule.yaml", "most days between discharge and admission", "the most days between discharge and admission", ""},
		"a name":              {"ADM-001/rule.yaml", "Split stay, core", "Split stay", ""},
		"severity":            {"ADM-001/rule.yaml", "severity: suspicion", "severity: violation", "definition" + anew},
		"what it reads":       {"ADM-001/rule.yaml", "looks: {items: [category]}", "looks: {items: [unit]}", "definition" + anew},
		"a basis":             {"ADM-001/rule.yaml", `article: "38"`, `article: "39"`, "definition" + anew},
		"a state":             {"ADM-001/rule.yaml", "state: stable", "state: retired", "rules.lock is behind"},
		"a state back":        {"ADM-001/rule.yaml", "state: stable", "state: trial", "state trial comes before the stable of rules.lock"},
		"a version":           {"ADM-001/rule.yaml", "version: 1", "version: 2", "rules.lock is behind"},
		"another rule's":      {"ADM-003/rule.yaml", `default: "24"`, `default: "25"`, "parameters" + anew},
		"the lock by hand":    {"rules.lock", "ADM-001 1 stable ", "ADM-001 7 stable ", "version 1 is below the 7 of rules.lock"},
		"a line of no lock":   {"rules.lock", "ADM-001 1 stable ", "ADM-001 one stable ", "is no line of a lock"},
		"a rule without line": {"rules.lock", "ADM-001 1 stable ", "# ADM-001 1 stable ", "rules.lock is behind: the rule is not in it"},
		"a code that is gone": {"rules.lock", "ADM-001 1 stable ", "ADM-099 1 stable 0000000000000000000000000000000000000000000000000000000000000000\nADM-001 1 stable ", "the folder of ADM-099 is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := lockedLibrary(t, "ADM-001", "ADM-003")
			edit(t, dir, test.file, test.from, test.to)
			faults, err := rules.CheckLock(dir, store.SliceDefinitions())
			if err != nil {
				t.Fatalf("CheckLock() error:\n%+v", err)
			}
			if test.want == "" && len(faults) > 0 || !strings.Contains(faults.Error(), test.want) {
				t.Errorf("CheckLock():\n%v\nwant %q", faults, test.want)
			}
			_, refused, err := rules.WriteLock(dir, store.SliceDefinitions())
			if err != nil {
				t.Fatalf("WriteLock() error:\n%+v", err)
			}
			mends := test.want == "" || strings.HasPrefix(test.want, "rules.lock is behind")
			if mends != (len(refused) == 0) {
				t.Errorf("WriteLock() refuses:\n%v", refused)
			}
		})
	}
}

// TestChangeOfWhatRulesShare: a table or a function of the slice that says
// something else is another version of the rules that use it, and of no other.
func TestChangeOfWhatRulesShare(t *testing.T) {
	dir := lockedLibrary(t, "ADM-003", "FEE-008")
	for name, want := range map[string]string{
		"{slice}.readmissions ":  "ADM-003/rule.yaml:3: readmissions changed",
		"FUNCTION cw_part ":      "FEE-008/rule.yaml:3: cw_part changed",
		"FUNCTION cw_product ":   "FEE-008/rule.yaml:3: cw_product changed", // called by cw_part
		"{slice}.shared_beds ":   "",
		"FUNCTION cw_over_part ": "",
	} {
		faults, err := rules.CheckLock(dir, changeOf(t, name))
		if err != nil {
			t.Fatalf("CheckLock() error:\n%+v", err)
		}
		if want == "" && len(faults) > 0 || want != "" && (len(faults) != 1 || !strings.HasPrefix(faults[0].String(), want)) {
			t.Errorf("%s: CheckLock():\n%v\nwant %q", name, faults, want)
		}
	}
}

// TestLifeOfARule goes through the states; a code that was retired never comes back.
func TestLifeOfARule(t *testing.T) {
	dir := lockedLibrary(t, "ADM-003", "FEE-001")
	lock := func() string {
		text, err := os.ReadFile(filepath.Join(dir, rules.LockFile))
		if err != nil {
			t.Fatalf("read lock: %v", err)
		}
		return string(text)
	}
	relock(t, dir) // writing it again changes nothing
	edit(t, dir, "FEE-001/rule.yaml", "version: 1\nstate: stable", "version: 2\nstate: draft")
	relock(t, dir, "FEE-001")
	before := lock()
	edit(t, dir, "FEE-001/query.sql", "SELECT", "SELECT DISTINCT") // a draft may change
	relock(t, dir, "FEE-001")
	if lock() == before {
		t.Error("the lock of the draft is the same")
	}
	for _, step := range [][2]string{{"draft", "trial"}, {"trial", "stable"}, {"stable", "retired"}} {
		edit(t, dir, "FEE-001/rule.yaml", "state: "+step[0], "state: "+step[1])
		relock(t, dir, "FEE-001")
	}
	if err := os.RemoveAll(filepath.Join(dir, "FEE-001")); err != nil {
		t.Fatalf("remove folder: %v", err)
	}
	relock(t, dir) // the folder may go, the line stays
	if !strings.Contains(lock(), "\nFEE-001 2 retired ") {
		t.Errorf("the code is gone:\n%s", lock())
	}
	if err := os.CopyFS(filepath.Join(dir, "FEE-001"), os.DirFS(filepath.Join("library", "FEE-001"))); err != nil {
		t.Fatalf("copy rule: %v", err)
	}
	edit(t, dir, "FEE-001/rule.yaml", "version: 1", "version: 3")
	_, faults, err := rules.WriteLock(dir, store.SliceDefinitions())
	if err != nil {
		t.Fatalf("WriteLock() error:\n%+v", err)
	}
	want := "FEE-001/rule.yaml:3: the code was retired, and codes are never used again: give the rule another one"
	if diff := cmp.Diff(want, faults.Error()); diff != "" {
		t.Errorf("WriteLock() refuses (-want, +got):\n%s", diff)
	}
}
