package oracle

import (
	"slices"
	"testing"

	"claimwatch"
)

// A catalogue with all the rules of rules.md, each once, which reads only tables
// that there are and asks only for rows that lacksRow knows.
func TestCatalogue(t *testing.T) {
	if codes := Rules(); len(codes) != 69 || len(catalogue()) != 69 {
		t.Errorf("Rules() has %d codes, the catalogue %d rules, want 69", len(codes), len(catalogue()))
	}
	for _, r := range catalogue() {
		for _, table := range r.reads {
			if _, ok := claimwatch.TableNamed(table); !ok {
				t.Errorf("%s reads %s, which is no table", r.code, table)
			}
		}
		for _, table := range r.needs {
			if !slices.Contains(r.reads, table) || !slices.Contains([]string{"institutions", "persons", "injury_cases"}, table) {
				t.Errorf("%s needs a row of %s for each stay", r.code, table)
			}
		}
	}
}
