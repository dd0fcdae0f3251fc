package concentration

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

func TestPropose(t *testing.T) {
	houses := []House{
		{InstitutionID: "H1", City: "太原", Kind: "medical", InForce: true, Stays: 60, Persons: 20, Claimed: 79_00, Share: 20, Checks: Checks{Match: 3}},
		{InstitutionID: "H2", City: "太原", Kind: "medical", InForce: true, Stays: 90, Persons: 79, Claimed: 20_00, Share: 20},
		{InstitutionID: "H3", City: "太原", Kind: "medical", InForce: true, Stays: 1, Persons: 1, Claimed: 1_00, Share: 20, Checks: Checks{Unavailable: 2, Mismatch: 1}},
		{InstitutionID: "H4", City: "大同", Kind: "medical", InForce: true, Required: true, Stays: 9, Persons: 9, Claimed: 100_00, Share: 20},
		{InstitutionID: "H5", City: "大同", Kind: "device", InForce: true, Claimed: 300_00, Share: 20},
		{InstitutionID: "H6", City: "大同", Kind: "medical", InForce: true, Share: 20},
	}
	type told struct {
		id, for_, city, province string
		proposed                 bool
		against                  int
	}
	var got []told
	for _, p := range Propose(houses, 365) {
		var codes []string
		for _, r := range p.For {
			codes = append(codes, r.Rule)
		}
		got = append(got, told{p.InstitutionID, strings.Join(codes, "+"), p.OfCity.Persons + "/" + p.OfCity.Claimed, p.OfProvince.Claimed, p.Proposed, len(p.Against)})
	}
	want := []told{
		{"H1", "persons+claimed", "0.2000/0.7900", "0.1580", true, 3},
		{"H2", "persons+claimed", "0.7900/0.2000", "0.0400", true, 2},
		{"H5", "claimed", "0.0000/0.7500", "0.6000", false, 4},
		{"H4", "persons+claimed", "1.0000/0.2500", "0.2000", false, 3},
		{"H3", "", "0.0100/0.0100", "0.0020", false, 4},
	}
	if diff := cmp.Diff(got, want, cmp.AllowUnexported(told{})); diff != "" {
		t.Errorf("Propose() (-got, +want):\n%s", diff)
	}
	if short := Propose(houses[:1], 30)[0].Against; !slices.ContainsFunc(short, func(s string) bool { return strings.Contains(s, "30 days") }) {
		t.Errorf("a short window: %v", short)
	}
}

// TestShares: whatever the houses are, one is proposed exactly when a rule that can be
// read is reached, shares of a city add up to the whole within rounding, and every
// proposal says what speaks against it.
func TestShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var houses []House
		for i := range rapid.IntRange(1, 8).Draw(t, "houses") {
			persons := rapid.IntRange(0, 50).Draw(t, "persons")
			houses = append(houses, House{
				InstitutionID: fmt.Sprint("H", i), City: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "city"), InForce: true, Persons: persons,
				Stays: persons + rapid.IntRange(0, 5).Draw(t, "again"), Claimed: claimwatch.Fen(rapid.Int64Range(0, 1_000_000_00).Draw(t, "claimed")),
				Required: rapid.Bool().Draw(t, "required"), Share: rapid.IntRange(1, 100).Draw(t, "share"),
			})
		}
		list := Propose(houses, 365)
		for _, p := range list {
			var persons, claimed int64
			for _, h := range houses {
				if h.City == p.City {
					persons, claimed = persons+int64(h.Persons), claimed+int64(h.Claimed)
				}
			}
			share := int64(p.FaceShare)
			reached := p.Persons > 0 && int64(p.Persons)*100 >= share*persons || p.Claimed > 0 && int64(p.Claimed)*100 >= share*claimed
			if want := reached && !p.Required && p.Stays > 0; p.Proposed != want {
				t.Fatalf("%+v is proposed %v", p, p.Proposed)
			}
			if len(p.Against) == 0 || reached != (len(p.For) > 0) {
				t.Fatalf("%+v does not say why", p)
			}
		}
		for i := 1; i < len(list); i++ {
			if a, b := list[i-1], list[i]; !a.Proposed && b.Proposed || a.Proposed == b.Proposed && a.Claimed < b.Claimed {
				t.Fatalf("%s stands before %s", a.InstitutionID, b.InstitutionID)
			}
		}
	})
}
