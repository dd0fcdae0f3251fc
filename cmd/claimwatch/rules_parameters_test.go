package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// testParameters publishes a value of a parameter on a running server: the
// findings of the city change, and change back when it is withdrawn.
func testParameters(t *testing.T, s *server, officer, hospital string) {
	s.good(t, hospital, "upload", written(t, "split.ndjson",
		stayOf("R1", "2026-01-02", "2026-01-10")+strings.ReplaceAll(stayOf("R1b", "2026-01-19", "2026-01-25"), `"person_id":"R1b"`, `"person_id":"R1"`)))
	s.idle(t)
	found := func() []string {
		s.idle(t)
		var values []string
		for _, f := range decoded[struct {
			StayID   string `json:"stay_id"`
			Evidence struct {
				Parameters map[string]string
				Knowledge  uint64 `json:"knowledge_version"`
			}
		}](t, s.good(t, officer, "findings", "--rule", "ADM-001", "--json")) {
			if f.StayID == "S-R1b" && f.Evidence.Knowledge > 0 {
				values = append(values, f.Evidence.Parameters["days"])
			}
		}
		return values
	}
	same(t, "after nine days", found(), []string(nil))
	says(t, "set", s.good(t, "", "rules", "parameters", "set", "adm-001", "days=9", "--from", "2026-01-01", "--reason", "letter 12"),
		"published for ADM-001, journal entry ")
	same(t, "with nine days allowed", found(), []string{"9"})
	list := s.good(t, officer, "rules", "parameters", "list", "ADM-001")
	says(t, "list", list, "days=9", "2026-01-01", "letter 12", "yes")
	id := columns(list)[1][0]
	var detail struct {
		Published []struct{ ID string }
		Articles  []struct {
			Law, Article string
			Text         []string
			InForce      bool `json:"in_force"`
		}
	}
	must(t, json.Unmarshal([]byte(s.reads(t, "/v1/rules/ADM-001")), &detail))
	if len(detail.Published) != 1 || detail.Published[0].ID != id {
		t.Errorf("GET /v1/rules/ADM-001 shows %+v, want %s", detail.Published, id)
	}
	if a := detail.Articles; len(a) == 0 || a[0].Law != "shanxi-2022-measures" || a[0].Article != "23" || !a[0].InForce || len(a[0].Text) != 2 { // extended by the rows of testReference
		t.Errorf("GET /v1/rules/ADM-001 shows the articles %+v", a)
	} else {
		says(t, "the first paragraph", a[0].Text[0], "不得分解住院、挂床住院")
	}
	says(t, "withdraw", s.good(t, "", "rules", "parameters", "withdraw", "ADM-001", id, "--reason", "a mistake"), "withdrawn for ADM-001")
	same(t, "after the withdrawal", found(), []string(nil))
	says(t, "list", s.good(t, officer, "rules", "parameters", "list", "ADM-001"), "withdrawn", "a mistake")
	s.bad(t, exitFailed, "forbidden (403)", officer, "rules", "parameters", "set", "ADM-001", "days=9", "--from", "2026-01-01", "--reason", "x")
	s.bad(t, exitFailed, "set.days", "", "rules", "parameters", "set", "ADM-001", "days=900", "--from", "2026-01-01", "--reason", "x")
	s.bad(t, exitFailed, "follows ADM-003.hours", "", "rules", "parameters", "set", "ADM-001", "transfer_hours=9", "--from", "2026-01-01", "--reason", "x")
	s.bad(t, exitUsage, "--reason", "", "rules", "parameters", "set", "ADM-001", "days=9", "--from", "2026-01-01")
	s.bad(t, exitFailed, "POST /v1/rules/{code}/parameters", "", "reference", "load", "rule_parameters",
		written(t, "p.csv", "parameter_id,name,rule,value,from,reason\nX,days,FEE-001,9,2026-03-01,r\n"))
}
