package main

import (
	"testing"
)

// testWhitelist: a row that an administrator loads suppresses what stands, an
// expired one and a withdrawn one do not, and officers see which row it is. The
// last row stays, so that sweeps and the replay have something suppressed.
func testWhitelist(t *testing.T, s *server, officer string) {
	open := decoded[findingView](t, s.good(t, officer, "findings", "--state", "open", "--json"))
	if len(open) == 0 {
		t.Fatal("nothing is open")
	}
	f := open[0]
	load := func(columns, row string) {
		t.Helper()
		s.good(t, "", "reference", "load", "whitelist", written(t, "whitelist.csv", "whitelist_id,rule,reason,owner,"+columns+"\nW1,"+f.Rule+",registered,desk 3,"+row+"\n"))
		s.idle(t)
	}
	suppressed := func() []string { return idsOf(t, s, officer, "--suppressed", "true") }
	before := s.good(t, officer, "digest", "--findings")
	same(t, "suppressed by nothing", suppressed(), []string{})
	load("expires_on,institution_id", "2026-03-01,H1")
	same(t, "suppressed by a row that ended the day before", suppressed(), []string{})
	same(t, "digest after it", s.good(t, officer, "digest", "--findings"), before)
	load("expires_on,institution_id", "2026-03-02,H1")
	ofRule := idsOf(t, s, officer, "--rule", f.Rule)
	same(t, "suppressed by a row for the rule", suppressed(), ofRule)
	s.bad(t, exitFailed, "whitelist row W1 suppresses the finding", officer, "decide", f.FindingID, "notify")
	if table := columns(s.good(t, officer, "findings", "--suppressed", "true")); table[1][4] != "W1" {
		t.Errorf("the table does not show the row: %v", table)
	}
	if shown := decoded[findingView](t, s.good(t, officer, "findings", "--json", "--rule", f.Rule)); shown[0].Suppressed != "W1" {
		t.Errorf("a suppressed finding is listed as %+v", shown[0])
	}
	if s.good(t, officer, "digest", "--findings") == before {
		t.Error("what is suppressed is no part of the digest")
	}
	load("expires_on,institution_id,void", "2026-03-02,H1,true")
	same(t, "suppressed by a withdrawn row", suppressed(), []string{})
	same(t, "digest as before", s.good(t, officer, "digest", "--findings"), before)
	load("expires_on,institution_id,diagnosis_prefix", "2030-01-01,H1,S82")
	same(t, "suppressed by a row for a diagnosis", suppressed(), ofRule)
	s.bad(t, exitUsage, "--suppressed must be one of", officer, "findings", "--suppressed", "perhaps")
}
