package audit

import (
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/audit/concentration"
)

func TestFaceProposals(t *testing.T) {
	d := insured(t)
	d.sums = map[string]TreatedAndCharged{
		"H1": {Stays: 30, Persons: 20, Claimed: 70_000_00, Match: 5, Mismatch: 2, Unavailable: 1},
		"H2": {Stays: 30, Persons: 20, Claimed: 30_000_00},
		"H9": {Stays: 1, Persons: 1, Claimed: 1}, // not in the table
	}
	good[map[string]any](d, d.call(admin, "PUT", "/v1/reference/agreements", "institution_id,kind,from,agreement_id,status,until\nH2,medical,2026-01-01,A2,active,2027-01-01\n"))
	good[map[string]any](d, d.call(admin, "PUT", "/v1/reference/policies", "policy,city,from,value,reason\nface_share,太原,2026-01-01,60,r\n"))
	type answer struct {
		From, Until claimwatch.Day
		Items       []concentration.Concentrated
		Table       []concentration.FaceRule
	}
	got := good[answer](d, d.call(watcher, "GET", "/v1/face-proposals", nil))
	if len(got.Items) != 2 || len(got.Table) != 2 || got.From.String() != "2025-03-03" || got.Until.String() != "2026-03-03" {
		t.Fatalf("proposals = %+v", got)
	}
	// H1 reaches the share of fees and is required already; H2 reaches neither.
	one, two := got.Items[0], got.Items[1]
	if one.InstitutionID != "H1" || one.Proposed || !one.Required || len(one.For) != 1 || one.For[0].Rule != "claimed" || one.OfCity.Claimed != "0.7000" ||
		one.FaceShare != 60 || one.Checks != (concentration.Checks{Match: 5, Mismatch: 2, Unavailable: 1}) || one.City != "太原" || one.Level != 3 {
		t.Errorf("H1 = %+v", one)
	}
	if two.Proposed || len(two.For) != 0 || slices.ContainsFunc(two.Against, func(s string) bool { return strings.Contains(s, "agreement") }) {
		t.Errorf("H2 = %+v", two)
	}
	good[map[string]any](d, d.call(admin, "PUT", "/v1/reference/policies", "policy,city,from,value,reason\nface_share,太原,2026-01-01,30,r\n"))
	got = good[answer](d, d.call(cityOfficer("太原", "H2"), "GET", "/v1/face-proposals?from=2026-01-01&until=2026-02-01", nil))
	if len(got.Items) != 1 || got.Items[0].InstitutionID != "H2" || !got.Items[0].Proposed || got.Items[0].OfCity.Claimed != "0.3000" {
		t.Errorf("for the city of H2: %+v", got.Items)
	}
	if from, until := d.asked.From.Day().String(), d.asked.Until.Day().String(); from != "2026-01-01" || until != "2026-02-01" {
		t.Errorf("summed up from %s to before %s", from, until)
	}
	d.refused(d.call(officer, "GET", "/v1/face-proposals?from=2026-02-01&until=2026-02-01", nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(officer, "GET", "/v1/face-proposals?until=soon", nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(hospital, "GET", "/v1/face-proposals", nil), 403, claimwatch.CodeForbidden)
}
