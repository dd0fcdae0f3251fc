package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"claimwatch/rules"
	"claimwatch/store"
)

// attackRule is the rule.yaml of every query below; all of it is good.
const attackRule = `code: %s
name: {zh: 试, en: Attempt}
version: 1
state: draft
severity: suspicion
basis:
  - {law: shanxi-2022-measures, article: "23"}
scope: person
stays: any
look_back: the stay
time: changes nothing
span: lines
reads:
  tables: [fees]
`

const attackCases = `world: [A1 admission 01-01T08:00, F1 fee 01-01T09:00]
cases:
  - {name: found, find: [{amount: "0.00"}]}
  - {name: not found, add: [R1 fee 01-01T10:00 reverses=F1 quantity=-1]}
`

// TestQueriesThatAreRefused reads testdata/queries: a malicious or careless query
// in each *.bad.sql, which begins with what must be said about it (| for or), and
// queries that only look like one in *.good.sql.
func TestQueriesThatAreRefused(t *testing.T) {
	s := openStore(t)
	files, err := filepath.Glob(filepath.Join("testdata", "queries", "*.sql"))
	if err != nil || len(files) < 70 {
		t.Fatalf("Glob() = %d files, error %v", len(files), err)
	}
	dir, wants := t.TempDir(), map[string]string{}
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("read query: %v", err)
		}
		code := fmt.Sprintf("BAD-%03d", i)
		query, want := string(text), ""
		if strings.HasSuffix(file, ".bad.sql") {
			first, rest, _ := strings.Cut(query, "\n")
			query, want = rest, strings.TrimPrefix(first, "-- want: ")
		}
		wants[code] = want
		for name, text := range map[string]string{
			"rule.yaml": fmt.Sprintf(attackRule, code), "query.sql": query, "cases/some.yaml": attackCases,
		} {
			path := filepath.Join(dir, code, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatalf("make folder: %v", err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatalf("write %s: %v", name, err)
			}
		}
	}
	if _, faults, err := rules.WriteLock(dir, store.SliceDefinitions()); err != nil || len(faults) > 0 {
		t.Fatalf("WriteLock() error:\n%+v\n%v", err, faults)
	}
	faults, err := rules.Check(t.Context(), dir, s)
	if err != nil {
		t.Fatalf("Check() error:\n%+v", err)
	}
	for i, file := range files {
		code := fmt.Sprintf("BAD-%03d", i)
		var said []string
		for _, fault := range faults {
			if strings.HasPrefix(fault.File, code) {
				said = append(said, fault.String())
			}
		}
		all := strings.Join(said, "\n")
		expected := slices.ContainsFunc(strings.Split(wants[code], "|"), func(want string) bool { return strings.Contains(all, want) })
		if wants[code] == "" && all != "" || !expected {
			t.Errorf("%s: Check():\n%s\nwant %q", filepath.Base(file), all, wants[code])
		}
	}
}
