package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimwatch/rules"
)

const libraryDir = "../../rules/library"

// TestRulesList: every rule of the library as a row and as a line of JSON, the
// same from the binary as from the directory it was built from.
func TestRulesList(t *testing.T) {
	library, err := rules.Embedded()
	must(t, err)
	_, out, _ := execute0(t, "rules", "list")
	table := columns(out)
	same(t, "head", table[0], []string{"RULE", "VERSION", "STATE", "SEVERITY", "CASES", "NAME"})
	var codes, rows []string
	for _, r := range library.Rules() {
		codes = append(codes, r.Code)
	}
	for _, cells := range table[1:] {
		rows = append(rows, cells[0])
		if len(cells) != 6 || cells[4] == "0" {
			t.Errorf("row %q: a rule without cases, or without a column", cells)
		}
	}
	same(t, "rows", rows, codes)
	_, text, _ := execute0(t, "rules", "list", "--json")
	var lines []string
	for _, r := range decoded[struct{ Code string }](t, text) {
		lines = append(lines, r.Code)
	}
	same(t, "lines of --json", lines, codes)
	if code, dir, errs := execute0(t, "rules", "list", "--rules", libraryDir); code != exitDone || dir != out {
		t.Errorf("--rules %s: exit %d, %s; another list than the binary's", libraryDir, code, errs)
	}
	code, _, errs := execute0(t, "rules", "list", "--rules", filepath.Join(t.TempDir(), "none"))
	if code != exitUsage || !strings.Contains(errs, "none") {
		t.Errorf("a directory that is not there: exit %d, %s", code, errs)
	}
}

// TestRulesShow: law with the articles in full, parameters, page of the handbook, query and cases, whatever
// the case of the code.
func TestRulesShow(t *testing.T) {
	library, err := rules.Embedded()
	must(t, err)
	laws, err := rules.Laws()
	must(t, err)
	for _, r := range library.Rules() {
		code, out, errs := execute0(t, "rules", "show", strings.ToLower(r.Code))
		if code != exitDone {
			t.Fatalf("rules show %s: exit %d: %s", r.Code, code, errs)
		}
		wanted := []string{r.Code + "  " + r.Name.Chinese + "  " + r.Name.English, strings.TrimSpace(r.Query), "looks back  ", "## 中文", "## English"}
		for _, article := range r.Basis {
			wanted = append(wanted, "law         "+article.Law+", article "+article.Article)
			wanted = append(wanted, ruleBook{laws: laws}.article(article).Text...)
		}
		for _, p := range r.Parameters {
			wanted = append(wanted, "parameter   "+p.Name+" = ")
		}
		for _, file := range r.Cases {
			for _, one := range file.Cases {
				wanted = append(wanted, one.Name)
			}
		}
		says(t, "rules show "+r.Code, out, wanted...)
	}
	code, out, errs := execute0(t, "rules", "show", "fee-999")
	if code != exitFailed || out != "" || !strings.Contains(errs, "there is no rule fee-999: claimwatch rules list names them") {
		t.Errorf("a rule that is not there: exit %d, %q, %q", code, out, errs)
	}
}

// copied is a library of one rule that a test may spoil.
func copied(t *testing.T, code string) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.CopyFS(filepath.Join(dir, code), os.DirFS(filepath.Join(libraryDir, code))))
	return dir
}

// spoil replaces a text in a file of a library.
func spoil(t *testing.T, path, old, now string) {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s does not hold %q", path, old)
	}
	must(t, os.WriteFile(path, []byte(strings.Replace(string(text), old, now, 1)), 0o600))
}

// TestRulesTest runs the cases of a rule on the engine, one of which expects
// another amount; it leaves no store behind.
func TestRulesTest(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := copied(t, "FEE-001")
	spoil(t, filepath.Join(dir, "FEE-001", "cases", "duplicates.yaml"), `amount: "256.00"`, `amount: "257.00"`)
	code, out, errs := execute0(t, "rules", "test", "--rules", dir, "FEE-001")
	if code != exitFailed || !strings.Contains(errs, "1 cases failed") || strings.Count(out, "FAIL ") != 1 {
		t.Errorf("exit %d, stderr %q\n%s", code, errs, out)
	}
	says(t, "the cases", out, "FAIL FEE-001 FEE-001/cases/duplicates.yaml: three times", "got 256.00, want 257.00", " cases, 1 failed\n")
	if strings.Contains(out, "\n1 cases") {
		t.Errorf("only one case was run:\n%s", out)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "claimwatch-rules-*"))
	must(t, err)
	same(t, "stores of the cases that are left", left, []string(nil))
}

// TestRulesCheck names every fault of every file at once and exits with 1.
func TestRulesCheck(t *testing.T) {
	dir := copied(t, "FEE-001")
	must(t, os.CopyFS(filepath.Join(dir, "FEE-007"), os.DirFS(filepath.Join(libraryDir, "FEE-007"))))
	spoil(t, filepath.Join(dir, "FEE-001", "rule.yaml"), "severity: violation", "severity: mortal")
	spoil(t, filepath.Join(dir, "FEE-007", "query.sql"), "SELECT", "SELEKT")
	code, out, errs := execute0(t, "rules", "check", "--rules", dir)
	if code != exitFailed || !strings.Contains(errs, "claimwatch: 3 faults") {
		t.Errorf("exit %d, stderr %q", code, errs)
	}
	says(t, "the faults", out, "FEE-001/rule.yaml:5: severity must be one of", "FEE-007/query.sql:2: cannot be read",
		"rules.lock:1: is missing: claimwatch rules lock writes it")
}

// TestRulesLock writes the lock of a library, tells what differs from it, and
// refuses another text under the same version.
func TestRulesLock(t *testing.T) {
	dir := copied(t, "FEE-001")
	_, out, _ := execute0(t, "rules", "lock", "--rules", dir)
	same(t, "the first time", out, "locked: FEE-001\n")
	_, out, _ = execute0(t, "rules", "lock", "--rules", dir)
	same(t, "the second time", out, "nothing has changed\n")
	spoil(t, filepath.Join(dir, "FEE-001", "rule.yaml"), "severity: violation", "severity: suspicion")
	for _, flags := range [][]string{{"--rules", dir}, {"--rules", dir, "--check"}} {
		code, out, errs := execute0(t, append([]string{"rules", "lock"}, flags...)...)
		if code != exitFailed || !strings.Contains(errs, "claimwatch: 1 faults") {
			t.Errorf("%q: exit %d, stderr %q", flags, code, errs)
		}
		says(t, "the fault", out, "FEE-001/rule.yaml:3: definition changed without a new version: set version: 2")
	}
	_, out, _ = execute0(t, "rules", "lock", "--check")
	same(t, "the library of the binary", out, "every rule is as its lock says\n")
	if code, _, errs := execute0(t, "rules", "lock"); code != exitUsage || !strings.Contains(errs, "--rules") {
		t.Errorf("nothing to write: exit %d, stderr %q", code, errs)
	}
}

// TestRulesSayWhatTheyFind: every rule explains itself to officers in both languages, with
// the values of its parameters in place of their names.
func TestRulesSayWhatTheyFind(t *testing.T) {
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	book := ruleBook{shelf: rules.NewShelf(library)}
	for _, r := range book.List() {
		v, _ := book.Rule(r.Code)
		if v.About == nil || v.Answer == nil {
			t.Errorf("%s does not say what it finds, or what an institution answers", r.Code)
			continue
		}
		for _, text := range []string{v.About.Chinese, v.About.English, v.Answer.Chinese, v.Answer.English} {
			if text == "" || strings.ContainsAny(text, "{}") {
				t.Errorf("%s says %q", r.Code, text)
			}
		}
	}
}
