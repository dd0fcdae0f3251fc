package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch/rules"
)

// TestResolve: what cannot be set is told with what can.
func TestResolve(t *testing.T) {
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	for _, c := range []struct {
		rule  string
		set   map[string]string
		want  rules.Settings
		fault string
		codes string
	}{
		{"ADM-001", map[string]string{"days": "10"}, rules.Settings{"ADM-001.days": "10"}, "", "ADM-001 ADM-002"},
		{"ADM-001", map[string]string{"ADM-001.days": "10"}, rules.Settings{"ADM-001.days": "10"}, "", "ADM-001 ADM-002"},
		{"FEE-001", nil, rules.Settings{}, "", "FEE-001"},
		{"IDN-004", map[string]string{"IDN-001.score": "0.7"}, rules.Settings{"IDN-001.score": "0.7"}, "", "IDN-001 IDN-002 IDN-004"},
		{"*", map[string]string{"RX-003.days": "4"}, rules.Settings{"RX-003.days": "4"}, "", "all"},
		{"ADM-001", map[string]string{"days": "-1"}, rules.Settings{}, "allowed are ", ""},
		{"ADM-001", map[string]string{"days": "ten"}, rules.Settings{}, "is no number", ""},
		{"ADM-001", map[string]string{"weeks": "1"}, rules.Settings{}, "has no parameter \"weeks\"; it has days (", ""},
		{"ADM-001", map[string]string{"RX-003.days": "4"}, rules.Settings{}, "ADM-001 does not depend on RX-003.days", ""},
		{"IDN-004", map[string]string{"score": "0.7"}, rules.Settings{}, "set IDN-001.score", ""},
		{"*", map[string]string{"days": "4"}, rules.Settings{}, "write RULE.parameter", ""},
		{"ADM-999", nil, nil, "there is no rule ADM-999", ""},
	} {
		got, faults := library.Resolve(c.rule, c.set)
		var told string
		for _, f := range faults {
			told += f.Message
		}
		if diff := cmp.Diff(c.want, got); diff != "" || !strings.Contains(told, c.fault) || (c.fault == "") != (told == "") {
			t.Errorf("Resolve(%s, %v): %q, want %q (-want, +got):\n%s", c.rule, c.set, told, c.fault, diff)
		}
		if c.codes == "" {
			continue
		}
		var codes []string
		for _, r := range library.Concerned(c.rule, got) {
			codes = append(codes, r.Code)
		}
		if all := strings.Join(codes, " "); all != c.codes && (c.codes != "all" || len(codes) != len(library.Active())) {
			t.Errorf("Concerned(%s, %v) = %s, want %s", c.rule, c.set, all, c.codes)
		}
	}
}
