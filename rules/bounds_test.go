package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch/rules"
)

// TestCandidatesHoldForEveryValue: tables of package slice leave out what a rule
// cannot find with any value of these parameters. Whoever widens a range widens
// the table: leastGap, leastDays, leastPatience, sureScore.
func TestCandidatesHoldForEveryValue(t *testing.T) {
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	relied := map[string]string{
		"ADM-008.hours": "from 1", "ADM-009.hours": "from 1", "IDN-002.hours": "from 1", // unattended, uncared, attested
		"ADM-010.share": "from 0.0001",                                                        // idle_stays
		"RX-001.days":   "from 1", "RX-001.emergency_days": "from 1", "RX-002.days": "from 1", // oversupplies, split_supplies
		"RX-003.days":    "from 0",  // refills
		"FEE-021.before": "from 0",  // unreported
		"FEE-021.after":  "from 1",  // unreported
		"IDN-001.score":  "to 0.90", // doubted, attested
	}
	got := map[string]string{}
	for _, r := range library.Rules() {
		for _, p := range r.Parameters {
			switch name := r.Code + "." + p.Name; {
			case relied[name] == "":
			case name == "IDN-001.score":
				got[name] = "to " + p.Max
			default:
				got[name] = "from " + p.Min
			}
		}
	}
	if diff := cmp.Diff(relied, got); diff != "" {
		t.Errorf("ranges (-relied on, +declared):\n%s", diff)
	}
}
