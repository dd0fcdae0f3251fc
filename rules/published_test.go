package rules_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// publishedCases are of ADM-001 (days 7 by default) and FEE-009, which names a day
// in no subject: b comes back on the eighth day, the 18th. Values are published
// for the city of the case alone.
const publishedCases = `world:
  - institutions institution_id=H1 city=Taiyuan
  - A1 admission 01-01T08:00 stay_id=S1 diagnoses=S72.0
  - D1 discharge 01-10T09:00 stay_id=S1 diagnoses=S72.0
  - A2 admission 01-18T23:59:59.999 stay_id=S2 diagnoses=S72.1
  - D2 discharge 01-28T09:00 stay_id=S2 diagnoses=S72.1
cases:
  - name: nothing is published
  - name: ten days in the city
    add: [rule_parameters parameter_id=C1 rule=ADM-001 name=days value=10 city=Taiyuan from=2026-01-01 reason=why]
    find: [{stay: H1|P1|S2}]
  - name: ten days in another city
    add: [rule_parameters parameter_id=C2 rule=ADM-001 name=days value=10 city=Datong from=2026-01-01 reason=why]
  - name: from the day of the admission
    add: [rule_parameters parameter_id=C3 rule=ADM-001 name=days value=10 city=Taiyuan from=2026-01-18 reason=why]
    find: [{stay: H1|P1|S2}]
  - name: from the day after, though the stay goes on
    add: [rule_parameters parameter_id=C4 rule=ADM-001 name=days value=10 city=Taiyuan from=2026-01-19 reason=why]
  - name: until the day after
    add: [rule_parameters parameter_id=C5 rule=ADM-001 name=days value=10 city=Taiyuan from=2026-01-01 until=2026-01-19 reason=why]
    find: [{stay: H1|P1|S2}]
  - name: until the day of the admission, which is no longer covered
    add: [rule_parameters parameter_id=C6 rule=ADM-001 name=days value=10 city=Taiyuan from=2026-01-01 until=2026-01-18 reason=why]
  - name: a wider publication comes first, a narrower one later
    add:
      - rule_parameters parameter_id=C7a rule=ADM-001 name=days value=10 city=Taiyuan from=2026-01-01 reason=why
      - rule_parameters parameter_id=C7b rule=ADM-001 name=days value=5 city=Taiyuan from=2026-01-10 reason=why
  - name: of another rule
    add: [rule_parameters parameter_id=C8 rule=ADM-003 name=days value=10 city=Taiyuan from=2026-01-01 reason=why]
  - name: what the caller asks for holds
    add: [rule_parameters parameter_id=C9 rule=ADM-001 name=days value=10 city=Taiyuan from=2026-01-01 reason=why]
    set: {days: "7"}
  - name: a refund has nothing to do with it
    add:
      - rule_parameters parameter_id=C10 rule=ADM-001 name=days value=10 city=Taiyuan from=2026-01-01 reason=why
      - F1 fee 01-19T08:00 stay_id=S2
      - R1 fee 01-19T09:00 stay_id=S2 reverses=F1 quantity=-1
    find: [{stay: H1|P1|S2}]
`

// TestPublishedValues: what is published holds in its city and for stays that
// begin on its days, and for no other.
func TestPublishedValues(t *testing.T) {
	dir := lockedLibrary(t, "ADM-001", "ADM-003")
	if err := os.WriteFile(filepath.Join(dir, "ADM-001", "cases", "split.yaml"), []byte(publishedCases), 0o600); err != nil {
		t.Fatalf("write cases: %v", err)
	}
	library, err := rules.LoadDir(dir)
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	outcomes, err := rules.Test(t.Context(), library, openStore(t), "ADM-001")
	if err != nil {
		t.Fatalf("Test() error:\n%+v", err)
	}
	if len(outcomes) != strings.Count(publishedCases, "- name:") {
		t.Errorf("%d cases were run", len(outcomes))
	}
	for _, o := range outcomes {
		for _, problem := range o.Problems {
			t.Errorf("%s: %s", o.Case, problem)
		}
	}
}

// value is a cell of a reference row.
func value(text string) claimwatch.Value { return claimwatch.Value{Text: text, Set: text != ""} }

// row is a row of rule_parameters that holds from 2026 on.
func parameterRow(id, rule, name, number, city string) []claimwatch.Value {
	from, _ := claimwatch.ParseDay("2026-01-01")
	return []claimwatch.Value{
		value(id), value(name), value(rule), value(number), value(city),
		{Num: int64(from), Set: true},
		{},
		value("why"),
	}
}

// TestEvidenceNamesParametersAndKnowledge: city before general, the later before
// the earlier, a rule that follows another's parameter follows what is published,
// and a value that the rule does not take is an error of the rule alone.
func TestEvidenceNamesParametersAndKnowledge(t *testing.T) {
	s := openStore(t)
	dir := lockedLibrary(t, "ADM-001", "ADM-003")
	library, err := rules.LoadDir(dir)
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	if _, err := rules.Test(t.Context(), library, s, "ADM-001"); err != nil { // fills the store
		t.Fatalf("Test() error:\n%+v", err)
	}
	ask := func(want map[string]string, reasons int) {
		t.Helper()
		engine := rules.NewEngine(library, s.Slice, nil, zap.NewNop())
		asOf, _ := claimwatch.ParseDay("2026-12-31")
		found, err := engine.Evaluate(t.Context(), []claimwatch.Scope{"c0.P1"}, claimwatch.Moment{AsOf: asOf.Midnight(), Exact: true, Wall: true})
		if err != nil {
			t.Fatalf("Evaluate() error:\n%+v", err)
		}
		failed := 0
		for _, silent := range found[0].NotEvaluated {
			if silent.Rule == "ADM-001" && silent.Reason == "error" {
				failed++
			}
		}
		if failed != reasons {
			t.Errorf("%d stays are not evaluated for an error, want %d", failed, reasons)
		}
		var got map[string]string
		for _, f := range found[0].Findings {
			if f.Rule != "ADM-001" {
				continue
			}
			var evidence struct {
				Parameters map[string]string `json:"parameters"`
				Knowledge  uint64            `json:"knowledge_version"`
				Limit      string            `json:"limit_days"`
			}
			if err := json.Unmarshal(f.Evidence, &evidence); err != nil {
				t.Fatalf("read evidence %s: %v", f.Evidence, err)
			}
			if evidence.Knowledge != s.seq || evidence.Limit != evidence.Parameters["days"] {
				t.Errorf("evidence %s, want knowledge %d", f.Evidence, s.seq)
			}
			got = evidence.Parameters
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("parameters of the finding (-want, +got):\n%s", diff)
		}
	}
	publish := func(rows ...[]claimwatch.Value) {
		t.Helper()
		if err := s.LoadReference(t.Context(), claimwatch.RuleParameters, rows); err != nil {
			t.Fatalf("LoadReference() error:\n%+v", err)
		}
	}
	ask(map[string]string{"days": "7", "hours": "48", "transfer_hours": "24"}, 0)
	publish(parameterRow("G1", "ADM-001", "days", "9", ""), parameterRow("G2", "ADM-003", "hours", "30", ""))
	ask(map[string]string{"days": "9", "hours": "48", "transfer_hours": "30"}, 0)
	publish(parameterRow("C1", "ADM-001", "days", "11", "c0.Taiyuan"))
	publish(parameterRow("G3", "ADM-001", "days", "12", ""))
	ask(map[string]string{"days": "11", "hours": "48", "transfer_hours": "30"}, 0)
	publish(parameterRow("C2", "ADM-001", "days", "13", "c0.Taiyuan"))
	ask(map[string]string{"days": "13", "hours": "48", "transfer_hours": "30"}, 0)
	publish(parameterRow("C3", "ADM-001", "days", "2", "c0.Taiyuan")) // b came back after three days
	ask(nil, 0)
	publish(parameterRow("C4", "ADM-001", "days", "1000", "c0.Taiyuan")) // more than the rule takes
	ask(nil, 2)
}
