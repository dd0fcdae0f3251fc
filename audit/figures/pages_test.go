package figures

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func TestPhysicians(t *testing.T) {
	w := newWorld(t, 0)
	w.told["H1"] = []string{"f2"}
	name := "张*"
	d1 := PhysicianRow{PhysicianID: "D1", NameMasked: &name, InstitutionID: "H1", Stays: 3, Charged: 100_00, Findings: 2, AtIssue: 42_00, Suspended: true}
	atH2 := PhysicianRow{PhysicianID: "D1", NameMasked: &name, InstitutionID: "H2", Stays: 1, Charged: 5_00, Findings: 1, AtIssue: 1_00, Suspended: true}
	d2 := PhysicianRow{PhysicianID: "D2", InstitutionID: "H2", Stays: 1, Charged: 900_00}
	told := d1
	told.Findings, told.AtIssue = 1, 30_00
	for _, c := range []struct {
		caller claimwatch.Caller
		query  string
		want   []PhysicianRow
	}{
		{supervisor, "", []PhysicianRow{d1, atH2, d2}},
		{supervisor, "?sort=charged", []PhysicianRow{d2, d1, atH2}},
		{supervisor, "?sort=findings&limit=1", []PhysicianRow{d1}},
		{supervisor, "?institution_id=H2", []PhysicianRow{atH2, d2}},
		{supervisor, "?q=%E5%BC%A0", []PhysicianRow{d1, atH2}},
		{ofCity, "", []PhysicianRow{d1}},
		{hospital, "", []PhysicianRow{told}},
	} {
		var got page[PhysicianRow]
		if code := w.get(c.caller, "/v1/physicians"+c.query, &got); code != 200 {
			t.Fatalf("physicians%s = %d", c.query, code)
		}
		if diff := cmp.Diff(got.Items, c.want); diff != "" {
			t.Errorf("physicians%s of %s (-got, +want):\n%s", c.query, c.caller.KeyID, diff)
		}
	}
	var d PhysicianDetail
	w.get(supervisor, "/v1/physicians/D1", &d)
	if len(d.Institutions) != 2 || len(d.Months) != 12 || !d.Suspended {
		t.Fatalf("D1 = %+v", d)
	}
	if diff := cmp.Diff(d.Months[10], PhysicianMonthView{Month: month("2026-02"), Stays: 2, Charged: 35_00, Findings: 3, AtIssue: 43_00}); diff != "" {
		t.Errorf("February of D1 (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(d.Rules, []RuleCount{{"FEE-002", 1, 30_00}, {"FEE-001", 2, 13_00}}); diff != "" {
		t.Errorf("rules of D1 (-got, +want):\n%s", diff)
	}
	w.get(hospital, "/v1/physicians/D1", &d)
	if len(d.Institutions) != 1 || d.Months[10].Findings != 1 || d.Months[10].Charged != 30_00 {
		t.Errorf("D1 for H1 = %+v", d)
	}
	if code := w.get(hospital, "/v1/physicians/D2", nil); code != 404 {
		t.Errorf("a physician of another hospital = %d", code)
	}
}

func TestUploadPages(t *testing.T) {
	w := newWorld(t, 0)
	var got page[UploadRow]
	for _, c := range []struct {
		caller claimwatch.Caller
		query  string
		want   UploadQuery
	}{
		{supervisor, "", UploadQuery{Limit: 100}},
		{supervisor, "?institution_id=H2&limit=7&cursor=x", UploadQuery{InstitutionIDs: []string{"H2"}, Limit: 7, Cursor: "x"}},
		{ofCity, "", UploadQuery{InstitutionIDs: []string{"H1", "H3"}, Limit: 100}},
		{hospital, "", UploadQuery{InstitutionIDs: []string{"H1"}, Limit: 100}},
	} {
		if code := w.get(c.caller, "/v1/receipts"+c.query, &got); code != 200 {
			t.Fatalf("receipts%s = %d", c.query, code)
		}
		if diff := cmp.Diff(w.asked, c.want); diff != "" {
			t.Errorf("receipts%s of %s (-asked, +want):\n%s", c.query, c.caller.KeyID, diff)
		}
	}
	if row := got.Items[0]; row.Records != 6 || !row.Settled || got.Next != "more" {
		t.Errorf("receipts = %+v", got)
	}
	w.health = Health{
		Delays: []Delays{{Records: 8, Median: hour / 2, P95: 3 * hour, Late: 2}, {Kind: "fee", Records: 8}, {Day: day("2026-03-01"), Records: 3}},
		Gaps:   Gaps{Fees: 8, NoOrder: 2},
		Times:  []claimwatch.Instant{0, hour, 2 * hour, 14 * hour},
	}
	var h UploadHealth
	if code := w.get(hospital, "/v1/uploads/health?days=7", &h); code != 200 {
		t.Fatalf("health = %d", code)
	}
	if h.From != day("2026-03-04") || h.Until != day("2026-03-11") || w.within.From != h.From.Midnight() || w.within.Until != w.at+1 {
		t.Errorf("health looks from %v to %v at %v", h.From, h.Until, w.within)
	}
	if l := h.Lateness; l.Records != 8 || l.MedianHours != 5000 || l.P95Hours != 3_0000 || l.LateShare != 2500 || len(l.Kinds) != 1 || len(l.Days) != 1 {
		t.Errorf("lateness = %+v", l)
	}
	if c := h.Completeness[3]; c.Name != "fees_without_order" || c.Missing != 2 || c.Of != 8 || c.Share != 2500 {
		t.Errorf("completeness = %+v", h.Completeness)
	}
	if *h.SilentHours != 10_0000 || *h.UsualGapHours != 12_0000 || h.Silent {
		t.Errorf("silent for %v, usually %v: %v", *h.SilentHours, *h.UsualGapHours, h.Silent)
	}
	w.at -= 20 * 24 * hour // the last upload is in the future of the event clock
	if w.get(hospital, "/v1/uploads/health?days=7", &h); h.Silent || w.received.From != day("2026-03-03").Midnight() || w.received.Until != w.at+20*24*hour-10*hour+1 {
		t.Errorf("receptions are looked at in %v: %+v", w.received, h)
	}
	w.at += 20 * 24 * hour
	w.health.Times = nil
	if w.get(hospital, "/v1/uploads/health", &h); !h.Silent {
		t.Error("ten hours without an upload, and no pause is usual: not silent")
	}
}

func TestWhoMayReadFigures(t *testing.T) {
	w := newWorld(t, 0)
	for _, path := range []string{
		"/v1/institutions", "/v1/institutions/H2/profile", "/v1/physicians", "/v1/physicians?institution_id=H2", "/v1/physicians/D2",
		"/v1/receipts", "/v1/receipts?institution_id=H2", "/v1/uploads/health?institution_id=H2",
	} {
		for want, caller := range map[int]claimwatch.Caller{401: {}, 403: admin} {
			if code := w.get(caller, path, nil); code != want {
				t.Errorf("%s without a role = %d, want %d", path, code, want)
			}
		}
		named := slices.Contains([]string{"/v1/institutions", "/v1/physicians", "/v1/receipts"}, path)
		for who, caller := range map[string]claimwatch.Caller{"another hospital": hospital, "another city": ofCity} {
			code := w.get(caller, path, nil)
			if named && code != 200 || !named && code != 403 && code != 404 {
				t.Errorf("%s reads %s: %d", who, path, code)
			}
		}
		if code := w.get(supervisor, path, nil); code != 200 {
			t.Errorf("a supervisor reads %s: %d", path, code)
		}
	}
	for _, path := range []string{
		"/v1/institutions?limit=0", "/v1/institutions?cursor=%21", "/v1/institutions/H1/profile?until=soon", "/v1/receipts?from=x",
		"/v1/uploads/health", "/v1/uploads/health?institution_id=H1&days=999",
	} {
		if code := w.get(supervisor, path, nil); code != 400 {
			t.Errorf("%s = %d, want 400", path, code)
		}
	}
}
