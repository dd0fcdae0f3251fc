package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// testCoverage: a hospital without face devices has passed no rule about faces,
// and every stay says of each rule what it said, as a sum, as rows and in the
// timeline of the stay.
func testCoverage(t *testing.T, s *server, officer, hospital string) {
	type sum struct {
		InstitutionID string `json:"institution_id"`
		Rule          string `json:"rule"`
		Stays         int    `json:"stays"`
		Hit           int    `json:"hit"`
		Pass          int    `json:"pass"`
		NotEvaluated  int    `json:"not_evaluated"`
	}
	sums := decoded[sum](t, s.good(t, officer, "coverage", "--institution", "H1", "--json"))
	at := func(rule string) sum {
		return sums[slices.IndexFunc(sums, func(s sum) bool { return s.Rule == rule })]
	}
	same(t, "IDN-001", at("IDN-001"), sum{"H1", "IDN-001", 2, 0, 0, 2})
	same(t, "FEE-001", at("FEE-001"), sum{"H1", "FEE-001", 2, 2, 0, 0})
	same(t, "ADM-012", at("ADM-012"), sum{"H1", "ADM-012", 2, 0, 2, 0})
	says(t, "the table", s.good(t, officer, "coverage", "--rule", "IDN-001"), "NOT EVALUATED", "face_required is false (2)")
	for _, one := range sums {
		if one.Hit+one.Pass+one.NotEvaluated < one.Stays {
			t.Errorf("%s says nothing of a stay: %+v", one.Rule, one)
		}
	}

	type row struct {
		StayID   string   `json:"stay_id"`
		Rule     string   `json:"rule"`
		Result   string   `json:"result"`
		Findings []string `json:"findings"`
	}
	rows := decoded[row](t, s.good(t, officer, "coverage", "--stay", "S1", "--json"))
	if len(rows) < 12 || slices.ContainsFunc(rows, func(r row) bool { return r.StayID != "S1" }) {
		t.Errorf("%d rows of a stay: %+v", len(rows), rows)
	}
	hits := decoded[row](t, s.good(t, officer, "coverage", "--result", "hit", "--rule", "FEE-001", "--json"))
	found := idsOf(t, s, officer, "--rule", "FEE-001")
	var named []string
	for _, hit := range hits {
		named = append(named, hit.Findings...)
	}
	slices.Sort(named)
	same(t, "findings that hit", named, found)
	says(t, "rows", s.good(t, officer, "coverage", "--person", "P1", "--rule", "IDN-001"), "H1", "P1", "S1", "not_evaluated", "face_required is false")
	s.bad(t, exitFailed, "forbidden (403)", hospital, "coverage")
	s.bad(t, exitUsage, "--result must be one of", officer, "coverage", "--result", "clean")
	testStayTimeline(t, s, officer)
}

func testStayTimeline(t *testing.T, s *server, officer string) {
	var stay struct {
		Present string `json:"present"`
		Persons []struct {
			PersonID   string `json:"person_id"`
			AdmittedAt string `json:"admitted_at"`
		} `json:"persons"`
		Records []struct {
			Kind, Net string
			Diagnoses []struct{ Code, Name string }
		} `json:"records"`
		Findings []findingView     `json:"findings"`
		Coverage []json.RawMessage `json:"coverage"`
	}
	answer := s.reads(t, "/v1/stays/H1/S2")
	must(t, json.Unmarshal([]byte(answer), &stay))
	var kinds []string
	for _, r := range stay.Records {
		kinds = append(kinds, strings.TrimSpace(r.Kind+" "+r.Net))
	}
	same(t, "timeline", kinds, []string{"admission", "order", "fee 12.50", "fee 12.50", "fee 25.00", "fee 11.00"})
	same(t, "diagnoses", stay.Records[0].Diagnoses, []struct{ Code, Name string }{{"S82.0", "髌骨骨折"}})
	same(t, "present", stay.Present, "2026-03-02T18:30:00.000+08:00")
	if len(stay.Persons) != 1 || stay.Persons[0].PersonID != "P2" || stay.Persons[0].AdmittedAt == "" {
		t.Errorf("persons %+v", stay.Persons)
	}
	ofStay := idsOf(t, s, officer, "--stay", "S2")
	var ids []string
	for _, f := range stay.Findings {
		ids = append(ids, f.FindingID)
	}
	same(t, "findings of the stay", ids, ofStay)
	if len(stay.Coverage) < 12 || len(ids) == 0 {
		t.Errorf("%d rows of coverage, findings %v", len(stay.Coverage), ids)
	}
}
