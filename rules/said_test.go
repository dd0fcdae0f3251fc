package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/store"
)

// said is what the library of a directory says, after a round through its text.
func said(t *testing.T, dir string) rules.Said {
	t.Helper()
	library, err := rules.LoadDir(dir)
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	says, err := library.Says(store.SliceDefinitions())
	if err != nil {
		t.Fatalf("Says() error:\n%+v", err)
	}
	text, err := says.Text()
	if err != nil {
		t.Fatalf("Text() error:\n%+v", err)
	}
	read, err := rules.ReadSaid(text)
	if err != nil || !cmp.Equal(read, says) {
		t.Fatalf("ReadSaid(%s) = %v, error:\n%+v", text, read, err)
	}
	return says
}

// TestWhatALibrarySays: whatever changes findings is a difference, whoever a
// changed rule answers about is concerned, and mended words are nothing.
func TestWhatALibrarySays(t *testing.T) {
	dir := lockedLibrary(t, "ADM-001", "ADM-003", "ADM-019")
	before := said(t, dir)
	for _, c := range []struct {
		name, file, from, to  string
		codes                 []string
		persons, institutions bool
	}{
		{"a name", "ADM-001/rule.yaml", `en: "Split stay`, `en: "Split stays`, nil, false, false},
		{"a comment", "ADM-001/query.sql", "-- Two stays", "-- Two stays or more", nil, false, false},
		{"a query", "ADM-001/query.sql", "days_between >= 0", "days_between >= 1", []string{"ADM-001"}, true, false},
		{"a parameter that another follows", "ADM-003/rule.yaml", `default: "24"`, `default: "25"`, []string{"ADM-001", "ADM-003"}, true, false},
		{"a version", "ADM-019/rule.yaml", "version: 1", "version: 2", []string{"ADM-019"}, false, true},
		{"another scope", "ADM-019/rule.yaml", "scope: institution", "scope: person", []string{"ADM-019"}, true, true},
		{"a state that is evaluated", "ADM-001/rule.yaml", "state: stable", "state: trial", nil, false, false},
		{"a state that is not", "ADM-019/rule.yaml", "state: stable", "state: retired", []string{"ADM-019"}, false, true},
	} {
		edit(t, dir, c.file, c.from, c.to)
		after := said(t, dir)
		for name, d := range map[string]rules.Difference{c.name: after.Since(before), c.name + ", taken back": before.Since(after)} {
			got := []bool{d.Concerns("P1"), d.Concerns(claimwatch.InstitutionScope("H1"))}
			if diff := cmp.Diff(c.codes, d.Codes); diff != "" || got[0] != c.persons || got[1] != c.institutions {
				t.Errorf("%s: persons and institutions %v (-want, +got):\n%s", name, got, diff)
			}
		}
		edit(t, dir, c.file, c.to, c.from)
	}
	if d := before.Since(rules.Said{}); len(d.Codes) != 3 || !d.Concerns("P1") {
		t.Errorf("against nothing: %+v", d)
	}
	if d := before.Since(before, rules.Said{}); len(d.Codes) != 3 || !d.Concerns("P1") {
		t.Errorf("against itself and nothing: %+v", d)
	}
	if d := before.Since(); len(d.Codes) != 0 || d.Concerns("P1") {
		t.Errorf("against none: %+v", d)
	}
	if _, err := rules.ReadSaid([]byte("{")); err == nil {
		t.Error("ReadSaid() of half a text: no error")
	}
}
