package rules_test

import (
	"strings"
	"testing"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// TestReload: a library without faults is in use from the next batch on, a broken
// one never is.
func TestReload(t *testing.T) {
	s := openStore(t)
	dir := lockedLibrary(t, "ADM-001", "ADM-003")
	library, err := rules.LoadDir(dir)
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	if _, err := rules.Test(t.Context(), library, s, "ADM-001"); err != nil { // fills the store
		t.Fatalf("Test() error:\n%+v", err)
	}
	shelf := rules.NewShelf(library)
	engine := rules.NewFollower(shelf, rules.NewEngine(library, s.Slice, nil, zap.NewNop()))
	asOf, _ := claimwatch.ParseDay("2026-12-31")
	versions := func() (found []int) {
		t.Helper()
		got, err := engine.Evaluate(t.Context(), []claimwatch.Scope{"c0.P1"}, claimwatch.Moment{AsOf: asOf.Midnight(), Exact: true})
		if err != nil {
			t.Fatalf("Evaluate() error:\n%+v", err)
		}
		for _, f := range got[0].Findings {
			if f.Rule == "ADM-001" {
				found = append(found, f.RuleVersion)
			}
		}
		return found
	}
	reload := func(want string) {
		t.Helper()
		faults, err := shelf.Reload(t.Context(), dir, s)
		if err != nil || !strings.Contains(faults.Error(), want) || want == "" && len(faults) > 0 {
			t.Errorf("Reload() = %v, error %v; want %q", faults, err, want)
		}
	}
	if got := versions(); len(got) != 1 || got[0] != 1 {
		t.Fatalf("versions of the findings %v, want 1", got)
	}
	for _, broken := range []struct{ file, from, to, want string }{
		{"ADM-001/query.sql", "days_between >= 0", "days_between / 1 >= 0", "no division"},
		{"ADM-001/rule.yaml", "severity: suspicion", "severity: mortal", "severity must be one of"},
		{"ADM-001/rule.yaml", "severity: suspicion", "severity: violation", "changed without a new version"},
	} {
		edit(t, dir, broken.file, broken.from, broken.to)
		reload(broken.want)
		if got := versions(); shelf.Library() != library || len(got) != 1 {
			t.Errorf("%s: the library in use is another, findings %v", broken.to, got)
		}
		edit(t, dir, broken.file, broken.to, broken.from)
	}
	edit(t, dir, "ADM-001/rule.yaml", "version: 1", "version: 2")
	relock(t, dir, "ADM-001")
	reload("")
	if got := versions(); len(got) != 1 || got[0] != 2 {
		t.Errorf("versions of the findings %v, want 2", got)
	}
	edit(t, dir, "ADM-001/rule.yaml", "state: stable", "state: retired")
	relock(t, dir, "ADM-001")
	reload("")
	if got := versions(); len(got) != 0 {
		t.Errorf("a retired rule found %v", got)
	}
}
