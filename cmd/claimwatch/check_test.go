package main

import (
	"encoding/json"
	"strings"
	"testing"

	"claimwatch/ingest/check"
)

// TestCheckCommand asks before it sends: the finding that comes then is the one
// that was told, and until then nothing is stored.
func TestCheckCommand(t *testing.T) {
	s := startServer(t, t.TempDir())
	defer s.stop(t)
	hospital, officer := s.key(t, "--institution", "H1"), s.key(t, "--role", "officer")
	first := strings.Join([]string{admission("P1", "S1"), order("P1", "S1"), fee("F1", "P1", "S1", "12.50")}, "\n")
	s.good(t, hospital, "upload", written(t, "first.ndjson", first))
	s.idle(t)
	status := s.good(t, "", "status", "--json")

	again := written(t, "again.ndjson", fee("F2", "P1", "S1", "12.50"))
	broken := written(t, "broken.ndjson", fee("F1", "P1", "S1", "12.50")+"\n{}")
	says(t, "the table", s.good(t, hospital, "check", again, broken),
		"1 new, 1 duplicate, 1 refused, 1 findings\n  record 2 : missing kind", "opened", "FEE-001", "12.50", "violation")
	var told check.Answer
	must(t, json.Unmarshal([]byte(s.good(t, hospital, "check", "--json", again)), &told))
	same(t, "findings told", len(told.Findings), 1)
	same(t, "the status after it", s.good(t, "", "status", "--json"), status)
	same(t, "findings", s.good(t, officer, "findings", "--json"), "")
	s.bad(t, exitFailed, "forbidden (403)", officer, "check", again)
	s.bad(t, exitFailed, "read records", hospital, "check", again+"x")

	s.good(t, hospital, "upload", again)
	s.idle(t)
	type found struct {
		FindingID string `json:"finding_id"`
		Subject   string `json:"subject"`
	}
	same(t, "the finding and what was told", decoded[found](t, s.good(t, officer, "findings", "--json")),
		[]found{{told.Findings[0].FindingID, told.Findings[0].Subject}})

	for range 20 {
		o := s.run(t, hospital, "check", "--json", again)
		if o.code != exitDone {
			says(t, "too often", o.errs, "slow_down (429)", "more than 2 times a second")
			return
		}
	}
	t.Error("20 checks at once and no slow_down")
}
