package audit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/duty"
	"claimwatch/audit/journal"
)

// TestWhoDidWhat: a rejection by two persons, a release and an overturned rejection,
// as the report and the filters of the journal tell them.
func TestWhoDidWhat(t *testing.T) {
	d := newDesk(t)
	big, small := d.facts.put(large("H1|P1|S1")), d.facts.put(sample("H1|P1|S2", false))
	d.act(officer, big, "notify", 0)
	good[FindingDetail](d, d.explain(hospital, big.ID))
	d.act(officer, small, "notify", 0)
	good[FindingDetail](d, d.explain(hospital, small.ID))
	d.clock("2026-03-03T10:00:00+08:00")
	d.act(officer, big, "reject", 2)
	d.act(reviewer, big, "decline", 3)
	d.act(officer, big, "reject", 4)
	d.clock("2026-03-04T10:00:00+08:00")
	d.act(reviewer, big, "confirm", 5)
	d.act(director, small, "release", 2)

	got := good[duty.PeopleReport](d, d.call(watcher, "GET", "/v1/journal/people", nil))
	two := int64(2 * 24 * 3600)
	role := func(c claimwatch.Caller) []claimwatch.CallerRole { return c.Roles }
	want := duty.PeopleReport{
		Keys: []duty.KeyDuty{
			{Key: officer.KeyID, Roles: role(officer), Entries: 4, Maker: 2, Counts: []duty.EntryCount{{Type: "decision", What: "notify", N: 2}, {Type: "decision", What: "reject (proposed)", N: 2}}},
			{
				Key: reviewer.KeyID, Roles: role(reviewer), Entries: 2, Checker: 2, Counts: []duty.EntryCount{{Type: "decision", What: "decline", N: 1}, {Type: "decision", What: "reject", N: 1}},
				Rejected: 5_000_001, Decided: 1, Median: &two,
			},
			{Key: director.KeyID, Roles: role(director), Entries: 1, Counts: []duty.EntryCount{{Type: "decision", What: "release", N: 1}}, Released: 25600, Decided: 1, Median: &two},
		},
		Pairs: []duty.CheckedPair{{Maker: officer.KeyID, Checker: reviewer.KeyID, Confirmed: 1, Declined: 1, OfMaker: 2, OfChecker: 2, Rejected: 5_000_001}},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("people (-got, +want):\n%s", diff)
	}
	if day := good[duty.PeopleReport](d, d.call(director, "GET", "/v1/journal/people?from=2026-03-03&until=2026-03-04", nil)); len(day.Keys) != 2 || day.Pairs[0].Confirmed != 0 {
		t.Errorf("people of a day = %+v", day)
	}
	for name, want := range map[string]int{
		"actor=" + reviewer.KeyID: 2, "type=statement": 2, "actor=" + officer.KeyID + "&type=statement": 0, "from=2026-03-04": 2, "until=2026-03-03": 4,
		"from=2026-03-03&until=2026-03-04&limit=2": 2,
	} {
		if entries := good[page[entryView]](d, d.call(watcher, "GET", "/v1/journal?"+name, nil)).Items; len(entries) != want {
			t.Errorf("journal?%s has %d entries, want %d", name, len(entries), want)
		}
	}
	first := good[page[entryView]](d, d.call(watcher, "GET", "/v1/journal?type=decision&limit=3", nil))
	rest := good[page[entryView]](d, d.call(watcher, "GET", "/v1/journal?type=decision&limit=9&cursor="+first.Next, nil))
	if len(first.Items)+len(rest.Items) != 7 || rest.Items[0].Type != journal.TypeDecision || rest.Next != "" {
		t.Errorf("pages of decisions: %d and %d, next %q", len(first.Items), len(rest.Items), rest.Next)
	}
	for _, query := range []string{"/v1/journal?from=x", "/v1/journal/people?until=x", "/v1/journal/people?from=x"} {
		d.refused(d.call(director, "GET", query, nil), 400, claimwatch.CodeBadQuery)
	}
	d.refused(d.call(officer, "GET", "/v1/journal/people", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(hospital, "GET", "/v1/journal/people", nil), 403, claimwatch.CodeForbidden)
	city := director
	city.City = "太原"
	d.refused(d.call(city, "GET", "/v1/journal/people", nil), 403, claimwatch.CodeForbidden)
}

// TestPairsOfRegisters: who confirms or declines a step, and who closes what another
// has proposed, is a checker too; who takes back its own is none.
func TestPairsOfRegisters(t *testing.T) {
	d := insured(t)
	opened := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "public_criticism", "reason": "r",
	}))
	for _, step := range []struct {
		by     claimwatch.Caller
		action string
	}{
		{officer, "propose"}, {officer, "withdraw"}, {officer, "propose"}, {director, "decline"}, {officer, "propose"}, {reviewer, "confirm"},
	} {
		opened = d.sanction(step.by, opened, step.action, nil)
	}
	got := good[duty.PeopleReport](d, d.call(watcher, "GET", "/v1/journal/people", nil))
	want := []duty.CheckedPair{
		{Maker: officer.KeyID, Checker: reviewer.KeyID, Confirmed: 1, OfMaker: 2, OfChecker: 1},
		{Maker: officer.KeyID, Checker: director.KeyID, Declined: 1, OfMaker: 2, OfChecker: 1},
	}
	if diff := cmp.Diff(got.Pairs, want); diff != "" {
		t.Errorf("pairs (-got, +want):\n%s", diff)
	}
	if loads := got.Keys[0]; loads.Key != admin.KeyID || loads.Entries != 6 || len(loads.Counts) != 6 {
		t.Errorf("the administrator's loads = %+v", loads)
	}
}
