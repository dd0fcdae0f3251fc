package oracle_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/province"
	"claimwatch/rules/oracle"
)

// TestProductAgreesWithTheTextOnAProvince holds the library on the store against
// the second reading of rules.md in a province of a year in which every scene is
// played: every finding, line and fen, and what is not evaluated. That these are
// the plants and nothing else the province's own tests and e2e.TestSimulator say.
func TestProductAgreesWithTheTextOnAProvince(t *testing.T) {
	all := province.Generate(province.Config{Seed: 19, Persons: 12, Days: 400, ViolationRate: 0.5, Rounds: 1, NoiseRate: 0.1})
	log := make([]oracle.Received, 0, len(all.Records))
	for i, r := range all.Records {
		log = append(log, oracle.Received{Record: r, ReceivedAt: all.ReceivedAt[i]})
	}
	p := newProduct(t)
	const day = claimwatch.Instant(24 * 60 * 60 * 1000)
	for _, days := range []int{400, 250, 90} {
		asOf := all.Until - claimwatch.Instant(400-days)*day
		product, err := p.evaluate(t.Context(), log, all.Reference, asOf, true)
		if err != nil {
			t.Fatalf("evaluate error:\n%+v", err)
		}
		text := inLibrary(t, oracle.Evaluate(log, all.Reference, asOf, true))
		if diff := cmp.Diff(told(product), told(text)); diff != "" {
			t.Errorf("the product (-) and the text (+) differ as of %s:\n%s", asOf, diff)
		}
		if len(text.Findings) < days/5 {
			t.Errorf("the test proves little: %d findings as of %s", len(text.Findings), asOf)
		}
	}
}
