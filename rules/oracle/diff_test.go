package oracle_test

import (
	"context"
	"flag"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/province/adversary"
	"claimwatch/rules/oracle"
)

// Evaluator is an implementation of rules: records in the order of the log,
// reference rows as uploaded, as_of, and whether that is the wall clock's.
type Evaluator func(
	ctx context.Context, log []oracle.Received, ref oracle.Reference, asOf claimwatch.Instant, wall bool,
) (oracle.Result, error)

var (
	worlds   = flag.Int("worlds", 400, "how many worlds the product and the text are compared on")
	noShrink = flag.Bool("noshrink", false, "tell worlds that differ as they were drawn")
)

// TestProductAgreesWithTheTextOnAwkwardWorlds holds the library on the store
// against the second reading of rules.md: every finding, line and fen, and what
// is not evaluated. More: go test -run Awkward ./rules/oracle -worlds 5000.
func TestProductAgreesWithTheTextOnAwkwardWorlds(t *testing.T) {
	p := newProduct(t)
	drawn := rapid.Custom(adversary.World)
	const atOnce = 50
	for seed := 0; seed < *worlds; seed += atOnce { // these have the moment of the first, and either clock in turn
		var some []adversary.Drawn
		for i := range min(atOnce, *worlds-seed) {
			some = append(some, drawn.Example(seed+i))
		}
		some[0].Wall = seed/atOnce%2 == 0
		for i, diff := range compare(t, p.evaluate, some) {
			if diff == nil {
				continue
			}
			least := some[i].Judged(some[0])
			if !*noShrink {
				least, diff = shrink(t, p.evaluate, least, diff)
			}
			t.Errorf("world %d: the product (-) and the text (+) differ as of %s, wall clock %v:\n%s\n%s", seed+i, least.AsOf.Subject(),
				least.Wall, strings.Join(diff, "\n"), least)
		}
	}
}
