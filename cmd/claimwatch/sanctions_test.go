package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"claimwatch/audit/inspection"
)

// A published draw is verified offline, and whatever was changed is named.
func TestInspectionVerify(t *testing.T) {
	in := inspection.DrawInput{
		Format: inspection.Format, Draw: 1, Each: 1, SeedSource: "双色球", SeedOn: 20788, Nonce: strings.Repeat("5a", 32),
		Institutions: []inspection.Candidate{{InstitutionID: "H1", Weight: 1}, {InstitutionID: "H2", Weight: 1}},
		Inspectors:   []inspection.Inspector{{ID: "p1"}},
	}
	draw, err := inspection.Make(in, "01 02")
	if err != nil {
		t.Fatalf("Make() error:\n%+v", err)
	}
	body, _, err := draw.Bytes()
	if err != nil {
		t.Fatalf("Bytes() error:\n%+v", err)
	}
	file := filepath.Join(t.TempDir(), "draw.json")
	command := []string{"inspection", "verify"}
	run := func(text string, args ...string) (int, string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatalf("WriteFile() error:\n%+v", err)
		}
		var out, errs strings.Builder
		code := execute(t.Context(), slices.Concat(command, []string{file}, args), terminal{in: strings.NewReader(""), out: &out, err: &errs})
		return code, out.String() + errs.String()
	}
	served := `{"$schema":"http://x",` + string(body[1:])
	for _, command = range [][]string{{"inspection", "verify"}, {"verify"}} {
		if code, text := run(served, "--commitment", strings.ToUpper(draw.Commitment)); code != exitDone || !strings.Contains(text, draw.Visits[0].InstitutionID) {
			t.Errorf("a good draw: %d %s", code, text)
		}
		if code, text := run(string(body), "--json"); code != exitDone || !json.Valid([]byte(text)) {
			t.Errorf("a good draw as JSON: %d %s", code, text)
		}
		if code, text := run(strings.Replace(served, "01 02", "01 03", 1), "--commitment", strings.Repeat("0", 64)); code != exitFailed || !strings.Contains(text, "not good") {
			t.Errorf("a changed draw: %d %s", code, text)
		}
	}
	if code, text := run(strings.Replace(string(body), inspection.Format, "x", 1)); code != exitFailed || !strings.Contains(text, "nothing can be drawn") {
		t.Errorf("a draw of no format: %d %s", code, text)
	}
	command = []string{"inspection", "verify"}
	if code, _ := run("{}"); code != exitFailed {
		t.Errorf("no draw: %d", code)
	}
}

// What the register and the recommendations answer becomes lines of a table.
func TestSanctionRows(t *testing.T) {
	row, err := sanctionRow(json.RawMessage(`{"number":"sanction-2026-0001","institution_id":"H1","fields":{"measure":"interview"},"state":"open","id":"m_1",
		"due":{"due_on":"2026-03-02"},"overdue":true,"proposal":{"action":"propose"}}`))
	if err != nil || row != "sanction-2026-0001\tH1\tinterview\topen\t2026-03-02 (over)\tpropose\tm_1" {
		t.Errorf("sanctionRow() = %q, %v", row, err)
	}
	rows, err := recommendedRows(json.RawMessage(`{"institution_id":"H1","recommendations":[{"measure":"agreement_suspended","months":3,"grounds":["38.1"],
		"amount":"12.50","for":[{"says":"much"}],"against":[{"says":"first time"}]}]}`))
	if err != nil || rows != "H1\tagreement_suspended\t3\t38.1\t12.50\t1\t1\n  + much\n  - first time" {
		t.Errorf("recommendedRows() = %q, %v", rows, err)
	}
}

// testSanctions: what the data would support is worked out on the real store, and
// nothing is in the register by itself.
func testSanctions(t *testing.T, s *server, officer, hospital string) {
	says(t, "the register", s.good(t, officer, "sanctions"), "NUMBER", "MEASURE")
	s.good(t, officer, "sanctions", "--recommended", "--institution", "H1", "--json")
	says(t, "recommendations", s.good(t, officer, "sanctions", "--recommended"), "AGAINST")
	s.bad(t, exitFailed, "forbidden (403)", hospital, "sanctions", "--recommended")
	s.bad(t, exitUsage, "--state goes with the register", officer, "sanctions", "--recommended", "--state", "open")
}
