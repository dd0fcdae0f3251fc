package oracle

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// A bed line over its price (V) on a day without care (S) during a suspension (V).
func TestAttribute(t *testing.T) {
	records := received(t, `
		admission a 2026-03-01T08:00
		fee b1 2026-03-02T09:00 item_code=BED category=bed unit_price=60 amount=60
		fee b2 2026-03-03T09:00 item_code=BED category=bed unit_price=40 amount=40
		fee r 2026-03-03T09:00 reverses=b2 quantity=-0.5 amount=-20
		discharge d 2026-03-05T08:00
	`)
	ref, asOf := standard(), at(t, "2026-03-31T00:00")
	ref["agreements"] = rows("institution_id=h1 kind=medical from=2020-01-01 status=suspended")
	for _, item := range ref["items"] {
		item["in_scope"] = "true"
	}
	findings := Evaluate(records, ref, asOf, true).Findings
	attributed := func(excluded string) map[string]string {
		got := map[string]string{}
		taken := Attribute(findings, Net(records, asOf), func(id string) bool {
			return id == claimwatch.FindingID(excluded, "h1|p1|s1")
		})
		for _, f := range findings {
			var sum claimwatch.Fen
			for _, fen := range taken[f.ID] {
				sum += fen
			}
			if sum != 0 {
				got[f.Rule] = sum.String()
			}
		}
		return got
	}
	if diff := cmp.Diff(attributed(""), map[string]string{"AGR-002": "80.00"}); diff != "" {
		t.Errorf("Attribute() (-got, +want):\n%s", diff)
	}
	// FEE-007 takes its 10.00 of b1 first; the rest goes to the first suspicion.
	want := map[string]string{"FEE-007": "10.00", "IDN-002": "70.00"}
	if diff := cmp.Diff(attributed("AGR-002"), want); diff != "" {
		t.Errorf("Attribute() without AGR-002 (-got, +want):\n%s", diff)
	}
	if gross := find(t, findings, "ADM-010").Amount.String(); gross != "80.00" {
		t.Errorf("ADM-010 is %s gross, want 80.00", gross)
	}
}

func find(t *testing.T, findings []claimwatch.Finding, rule string) claimwatch.Finding {
	t.Helper()
	for _, f := range findings {
		if f.Rule == rule {
			return f
		}
	}
	t.Fatalf("%s is not found", rule)
	return claimwatch.Finding{}
}

func TestShareRoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		amount      claimwatch.Fen
		part, whole *big.Rat
		want        claimwatch.Fen
	}{
		{1000, big.NewRat(1, 1), big.NewRat(3, 1), 333},
		{1000, big.NewRat(2, 1), big.NewRat(3, 1), 667},
		{5, big.NewRat(1, 1), big.NewRat(2, 1), 3},
		{1, big.NewRat(1, 2), big.NewRat(1, 1), 1},
		{1, big.NewRat(4999, 10000), big.NewRat(1, 1), 0},
		{999, big.NewRat(7, 2), big.NewRat(7, 2), 999},
		{999, new(big.Rat), big.NewRat(7, 2), 0},
	} {
		if got := share(c.amount, c.part, c.whole); got != c.want {
			t.Errorf("share(%d, %s, %s) = %d, want %d", c.amount, c.part, c.whole, got, c.want)
		}
	}
}
