package figures

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func TestInstitutions(t *testing.T) {
	w := newWorld(t, 0)
	ids := func(caller claimwatch.Caller, query string) (ids []string, next string) {
		t.Helper()
		var got page[InstitutionRow]
		if code := w.get(caller, "/v1/institutions"+query, &got); code != 200 {
			t.Fatalf("GET %s = %d", query, code)
		}
		for _, row := range got.Items {
			ids = append(ids, row.InstitutionID)
		}
		return ids, got.Next
	}
	for _, c := range []struct {
		caller claimwatch.Caller
		query  string
		want   []string
	}{
		{supervisor, "", []string{"H1", "H2", "H3", "H4", "H5", "H6", "H7", "L2", "X9"}},
		{supervisor, "?city=%E5%A4%A7%E5%90%8C", []string{"L2"}},
		{supervisor, "?q=h1", []string{"H1"}},
		{supervisor, "?q=%E5%BA%B7", []string{"L2"}},
		{supervisor, "?kind=rehab", nil},
		{ofCity, "", []string{"H1", "H3"}},
		{hospital, "", []string{"H1"}},
	} {
		if got, _ := ids(c.caller, c.query); !slices.Equal(got, c.want) {
			t.Errorf("institutions%s of %s = %v, want %v", c.query, c.caller.KeyID, got, c.want)
		}
	}
	first, next := ids(ofCity, "?limit=1")
	second, last := ids(ofCity, "?limit=1&cursor="+next)
	if !slices.Equal(append(first, second...), []string{"H1", "H3"}) || last != "" {
		t.Errorf("pages = %v, %v, then %q", first, second, last)
	}
	var got page[InstitutionRow]
	w.get(supervisor, "/v1/institutions?q=H1", &got)
	heard := w.at - 10*hour
	want := InstitutionRow{
		InstitutionID: "H1", Name: "医院H1", Kind: "medical", Level: 3, City: "太原", Agreement: "active",
		OpenFindings: 1, AtIssue: 12_00, Stays: 2, Charged: 1000_00, LastUpload: &heard,
	}
	if diff := cmp.Diff(got.Items[0], want); diff != "" {
		t.Errorf("H1 (-got, +want):\n%s", diff)
	}
	w.get(hospital, "/v1/institutions", &got) // it was told of nothing
	if row := got.Items[0]; row.OpenFindings != 0 || row.AtIssue != 0 {
		t.Errorf("a hospital reads %d open findings that it was not told", row.OpenFindings)
	}
}

func TestProfile(t *testing.T) {
	w := newWorld(t, 0)
	var p Profile
	if code := w.get(supervisor, "/v1/institutions/H6/profile", &p); code != 200 {
		t.Fatalf("profile = %d", code)
	}
	if len(p.Months) != 12 || p.Months[0].Month != month("2025-04") || p.Months[11].Month != month("2026-03") {
		t.Fatalf("months = %+v", p.Months)
	}
	cost := p.Measures[0]
	n := func(v Number) *Number { return &v }
	if diff := cmp.Diff(cost, Measure{
		Name: "mean_stay_cost", Unit: "yuan", Value: n(300_0000), Peers: 5, EnoughPeers: true,
		P25: n(100_0000), Median: n(150_0000), P75: n(200_0000), Percentile: n(1_0000),
	}); diff != "" {
		t.Errorf("mean cost of H6 (-got, +want):\n%s", diff)
	}
	w.get(supervisor, "/v1/institutions/H1/profile", &p)
	feb := p.Months[10]
	if diff := cmp.Diff(feb, InstitutionMonth{
		Month: month("2026-02"), Records: 10, Stays: 2, Charged: 1000_00, Findings: 2, AtIssue: 42_00, Confirmed: 1, Rejected: 50_00, Late: 1,
	}, cmp.AllowUnexported(InstitutionMonth{})); diff != "" {
		t.Errorf("February of H1 (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(p.Rules, []RuleCount{{"FEE-002", 1, 30_00}, {"FEE-001", 1, 12_00}}); diff != "" {
		t.Errorf("rules (-got, +want):\n%s", diff)
	}
	if len(p.Agreements) != 2 || p.Agreements[0].Status != "suspended" {
		t.Errorf("agreements = %+v", p.Agreements)
	}
	w.get(supervisor, "/v1/institutions/L2/profile", &p)
	if m := p.Measures[0]; m.EnoughPeers || m.Median != nil || m.Value != nil {
		t.Errorf("without peers and stays: %+v", m)
	}
	w.get(supervisor, "/v1/institutions/H1/profile?until=2025-01", &p)
	if p.Months[0].Month != month("2024-01") || p.Months[1].Records != 99 || len(p.Rules) != 0 {
		t.Errorf("of another year: %+v", p.Months[:2])
	}
	for path, want := range map[string]int{"NO": 404, "X9": 200, "H1": 200} {
		if code := w.get(supervisor, "/v1/institutions/"+path+"/profile", nil); code != want {
			t.Errorf("profile of %s = %d, want %d", path, code, want)
		}
	}
}

// TestProfileOfHospital: it learns of the findings that it was told, of no other
// institution, and no measure that counts findings.
func TestProfileOfHospital(t *testing.T) {
	w := newWorld(t, 0)
	w.told["H1"] = []string{"f2"}
	var p Profile
	if code := w.get(hospital, "/v1/institutions/H1/profile", &p); code != 200 {
		t.Fatalf("own profile = %d", code)
	}
	if m := p.Months[10]; m.Findings != 1 || m.AtIssue != 30_00 || m.Confirmed != 1 || m.Charged != 1000_00 {
		t.Errorf("February = %+v", m)
	}
	if len(p.Rules) != 1 || p.Rules[0].Name != "FEE-002" {
		t.Errorf("rules = %+v", p.Rules)
	}
	if slices.ContainsFunc(p.Measures, func(m Measure) bool { return m.Name == "findings_per_100_stays" }) || len(p.Measures) != 5 {
		t.Errorf("measures = %+v", p.Measures)
	}
	var of Profile
	w.get(supervisor, "/v1/institutions/H1/profile", &of)
	if of.Months[10].Findings != 2 {
		t.Errorf("what a hospital may know has changed what others see: %+v", of.Months[10])
	}
}
