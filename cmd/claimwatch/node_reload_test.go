package main

import (
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/zap"

	"claimwatch/audit/coverage"
)

// TestReloadKeepsAWorkingLibrary: a node with a library of its own goes on with it
// when what lies there is broken, and takes the new one when it is good.
func TestReloadKeepsAWorkingLibrary(t *testing.T) {
	dir := copied(t, "FEE-001")
	if code, _, errs := execute0(t, "rules", "lock", "--rules", dir); code != exitDone {
		t.Fatalf("rules lock: exit %d, %s", code, errs)
	}
	s := defaultSettings()
	s.Data, s.Clock, s.Rules = t.TempDir(), "event", dir
	n, err := openNode(t.Context(), s, zap.NewNop())
	must(t, err)
	defer n.close()
	version := func() int {
		v, _ := ruleBook{shelf: n.stages.shelf}.Rule("FEE-001")
		return v.Version
	}
	file := filepath.Join(dir, "FEE-001", "query.sql")
	spoil(t, file, "WHERE copies > 1", "WHERE copies > rand()")
	if err := n.reload(t.Context()); err == nil || !strings.Contains(err.Error(), "FEE-001/query.sql:8: rand: a rule gives the same") {
		t.Errorf("reload() of a broken library: %v", err)
	}
	same(t, "version in use", version(), 1)
	spoil(t, file, "WHERE copies > rand()", "WHERE copies > 2")
	spoil(t, filepath.Join(dir, "FEE-001", "rule.yaml"), "version: 1", "version: 2")
	if err := n.reload(t.Context()); err == nil || !strings.Contains(err.Error(), "rules.lock is behind") {
		t.Errorf("reload() of a library that is not locked: %v", err)
	}
	same(t, "version in use", version(), 1)
	if code, _, errs := execute0(t, "rules", "lock", "--rules", dir); code != exitDone {
		t.Fatalf("rules lock: exit %d, %s", code, errs)
	}
	must(t, n.reload(t.Context()))
	same(t, "version in use", version(), 2)
	same(t, "rules that coverage shows", n.coveredRules(), []coverage.Rule{{Code: "FEE-001", Stays: "any"}})
	spoil(t, filepath.Join(dir, "FEE-001", "rule.yaml"), "state: stable", "state: retired")
	if code, _, errs := execute0(t, "rules", "lock", "--rules", dir); code != exitDone {
		t.Fatalf("rules lock: exit %d, %s", code, errs)
	}
	must(t, n.reload(t.Context()))
	same(t, "rules that coverage shows once it is retired", n.coveredRules(), []coverage.Rule(nil))
}
