package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimwatch/rules/backtest"
)

// TestBacktestCommand: a line of two units a day is above a limit that is tried,
// and not above the one that stands; who may ask; and the result outlives the server
// and its store.
func TestBacktestCommand(t *testing.T) {
	data := t.TempDir()
	s := startServer(t, data)
	hospital, officer := s.key(t, "--institution", "H1"), s.key(t, "--role", "officer")
	supervisor := s.key(t, "--role", "supervisor")
	gap := strings.NewReplacer("A-S1", "D-S1", `"admission"`, `"discharge"`, "03-02T08:00", "03-06T08:00",
		`"class":"inpatient","route":"elective","department":"D"`, `"disposition":"improved"`).Replace(admission("P1", "S1"))
	care := `{"kind":"care_record","record_id":"C1","person_id":"P1","stay_id":"S1","occurred_at":"2026-03-04T08:00:00+08:00","type":"execution"}`
	bed := strings.NewReplacer("LAB1", "BED", `"lab"`, `"bed"`).Replace(fee("B1", "P1", "S1", "12.50"))
	s.good(t, hospital, "upload", written(t, "records.ndjson", strings.Join([]string{admission("P1", "S1"), order("P1", "S1"), care, bed, gap}, "\n")))
	s.idle(t)

	text := s.good(t, officer, "backtest", "ADM-009", "--set", "hours=24", "--from", "2026-01-01")
	says(t, "the table", text, "ADM-009 with hours=24", "only now          1         1        1             0.00         12.50", "ADM-009  0     0            1         0.00         12.50", "f_")
	ran := decoded[backtest.Backtest](t, s.good(t, officer, "backtest", "--all", "--json", "--set", "ADM-009.hours=24"))[0]
	same(t, "all rules", []any{ran.State, len(ran.Rules) > 50, ran.Result.OnlyNow.Findings, ran.Result.OnlyBefore.Findings}, []any{backtest.Done, true, 1, 0})
	says(t, "the one of before", s.good(t, supervisor, "backtest", "--open", ran.ID), ran.ID, "only now")

	s.bad(t, exitFailed, "invalid (422): parameter hours", officer, "backtest", "ADM-009", "--set", "hours=0")
	s.bad(t, exitFailed, "forbidden (403)", supervisor, "backtest", "ADM-009")
	s.bad(t, exitFailed, "forbidden (403)", hospital, "backtest", "ADM-009")
	s.bad(t, exitFailed, "not_found (404)", officer, "backtest", "--open", "b_none")
	s.bad(t, exitUsage, "name a rule, or --all", officer, "backtest")
	s.bad(t, exitUsage, "name a rule, or --all", officer, "backtest", "ADM-009", "--all")

	s.stop(t)
	live := filepath.Join(data, "store")
	must(t, os.Rename(live, live+".old")) // as a power cut in the swap of an earlier replay leaves it
	if code, _, errs := execute0(t, "replay", "--from-log", "--data", data, "--clock", "event"); code != exitDone {
		t.Fatalf("replay: exit %d: %s", code, errs)
	}
	s = startServer(t, data)
	again := decoded[backtest.Backtest](t, s.good(t, officer, "backtest", "--open", ran.ID, "--json"))[0]
	same(t, "after a replay and a restart", again, ran)
	s.stop(t)
	if code, _, errs := execute0(t, "replay", "--from-log", "--data", data, "--clock", "event", "--drop-backtests"); code != exitDone {
		t.Fatalf("replay: exit %d: %s", code, errs)
	}
	s = startServer(t, data)
	defer s.stop(t)
	s.bad(t, exitFailed, "not_found (404)", officer, "backtest", "--open", ran.ID)
}
