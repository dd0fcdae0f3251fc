package audit

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/matter"
	"claimwatch/audit/settlement"
)

// When nothing of many was done, the status says so: a stale one alone is 409.
func TestManyOfWhichNothingIsDone(t *testing.T) {
	d := newDesk(t)
	one, two := d.facts.put(sample("H1|P1|S1", false)), d.facts.put(sample("H1|P1|S2", false))
	seen := func(held claimwatch.Held, revision int) map[string]any {
		return map[string]any{"finding_id": held.ID, "expected_revision": revision, "facts_sha256": held.Facts}
	}
	body := map[string]any{"action": "notify", "reason": "r", "findings": []any{seen(one, 3), seen(two, 4)}}
	got := d.refused(d.call(officer, "POST", "/v1/decisions", body), 409, claimwatch.CodeChanged)
	if len(got.Faults) != 2 || got.Faults[1].Column != "findings[1]" || got.Faults[1].Code != claimwatch.CodeChanged {
		t.Errorf("faults: %+v", got.Faults)
	}
	body = map[string]any{"action": "reject", "reason": "r", "findings": []any{seen(one, 0)}}
	d.refused(d.call(officer, "POST", "/v1/decisions", body), 409, claimwatch.CodeIllegalTransition)
	if seq, _ := d.j.Head(); seq != 0 {
		t.Errorf("%d entries of refused requests", seq)
	}
}

// What is only proposed of many does not look as if it was done, and parts of
// lines can be rejected; the list has three names.
func TestManyThatWaitForASecondPerson(t *testing.T) {
	d := newDesk(t)
	great, small := d.facts.put(large("H1|P1|S1")), d.facts.put(sample("H1|P1|S2", false))
	for _, held := range []claimwatch.Held{great, small} {
		d.act(officer, held, "notify", 0)
		good[FindingDetail](d, d.explain(hospital, held.ID))
	}
	line := map[string]any{"record_id": "F1", "institution_id": "H1", "amount": "1.00"}
	many := func(name string, revision int, findings ...claimwatch.Held) map[string]any {
		var list []any
		for _, held := range findings {
			one := map[string]any{"finding_id": held.ID, "expected_revision": revision, "facts_sha256": held.Facts}
			if held.ID == small.ID {
				one["lines"] = []any{line}
			}
			list = append(list, one)
		}
		return map[string]any{"action": "reject", "reason": "twice", name: list}
	}
	got := good[page[manyResult]](d, d.call(officer, "POST", "/v1/decisions", many("items", 2, great, small)))
	if p := got.Items[0].Proposed; p == nil || p.Amount != 5_000_001 || got.Items[0].State != claimwatch.StateExplained {
		t.Errorf("above the limit: %+v", got.Items[0])
	}
	if got.Items[1].Proposed != nil || got.Items[1].State != claimwatch.StateRejected || d.list("H1", "2026-02").Total != 100 {
		t.Errorf("a part of one line: %+v, %s on the list", got.Items[1], d.list("H1", "2026-02").Total)
	}
	got = good[page[manyResult]](d, d.call(reviewer, "POST", "/v1/decisions", many("decisions", 3, great)))
	if got.Items[0].Proposed != nil || got.Items[0].State != claimwatch.StateRejected {
		t.Errorf("the same by a second person: %+v", got.Items[0])
	}
	d.refused(d.call(officer, "POST", "/v1/decisions", map[string]any{"action": "notify"}), 422, claimwatch.CodeInvalid)
}

// The words of the contract for the outcome of an appeal are taken for the action.
func TestOutcomeForTheAction(t *testing.T) {
	d := newDesk(t)
	for i, c := range []struct {
		path, action string
		want         claimwatch.State
	}{
		{"appeals", "upheld", claimwatch.StateUpheld},
		{"decisions", "overturned", claimwatch.StateOverturned},
	} {
		held := d.facts.put(sample(fmt.Sprint("H1|P1|S", i), false))
		d.act(officer, held, "notify", 0)
		good[FindingDetail](d, d.explain(hospital, held.ID))
		d.act(officer, held, "reject", 2)
		good[FindingDetail](d, d.call(hospital, "POST", "/v1/findings/"+held.ID+"/appeals", map[string]any{"text": "no"}))
		body := map[string]any{"action": c.action, "reason": "r", "expected_revision": 4, "facts_sha256": held.Facts}
		if got := good[FindingDetail](d, d.call(reviewer, "POST", "/v1/findings/"+held.ID+"/"+c.path, body)); got.State != c.want {
			t.Errorf("%s: %s, want %s", c.action, got.State, c.want)
		}
	}
}

// Who may not do a thing is told so, whatever is wrong with the request.
func TestRoleBeforeBody(t *testing.T) {
	d := newDesk(t)
	for _, call := range [][2]string{
		{"POST", "/v1/findings/f_1/decisions"}, {"POST", "/v1/decisions"}, {"POST", "/v1/sanctions"}, {"PUT", "/v1/reference/items"},
	} {
		for _, caller := range []claimwatch.Caller{hospital, watcher, clerk} {
			d.refused(d.call(caller, call[0], call[1], map[string]any{"institution_id": "H1"}), 403, claimwatch.CodeForbidden)
		}
		d.refused(d.call(nobody, call[0], call[1], map[string]any{}), 401, claimwatch.CodeUnauthenticated)
	}
}

// Every list takes limit and cursor.
func TestEveryListHasPages(t *testing.T) {
	d := newDesk(t)
	for i := range 5 {
		good[loaded](d, d.call(admin, "PUT", "/v1/reference/calendar", fmt.Sprintf("day,working,source\n2026-01-0%d,%t,gov\n", i%2+1, i < 2)))
	}
	for path, want := range map[string]int{
		"/v1/reference/calendar/history?":                5,
		"/v1/reference/calendar/history?key=2026-01-01&": 2,
		"/v1/rules?":                      1,
		"/v1/registers?":                  len(matter.Specs()),
		"/v1/balances?institution_id=H1&": 8,
	} {
		var got []any
		next := ""
		for range 20 {
			one := good[page[any]](d, d.call(officer, "GET", path+"limit=2&cursor="+next, nil))
			if len(one.Items) > 2 {
				t.Errorf("%s: %d items on a page", path, len(one.Items))
			}
			got = append(got, one.Items...)
			if next = one.Next; next == "" {
				break
			}
		}
		whole := good[page[any]](d, d.call(officer, "GET", path+"limit=1000", nil))
		if diff := cmp.Diff(got, whole.Items); diff != "" || len(got) != want {
			t.Errorf("%s: %d of %d items (-pages, +whole):\n%s", path, len(got), want, diff)
		}
		for _, bad := range []string{"limit=0", "limit=1001", "limit=x", "cursor=!"} {
			d.refused(d.call(officer, "GET", path+bad, nil), 400, claimwatch.CodeBadQuery)
		}
	}
}

// A load without rows is a load, also when its file has no byte: as NDJSON.
func TestEmptyLoad(t *testing.T) {
	d := newDesk(t)
	got := good[loaded](d, d.call(admin, "PUT", "/v1/reference/referrals", []byte(nil), "Content-Type", "application/x-ndjson"))
	if got.Rows != 0 || got.Version != 1 {
		t.Errorf("loaded %+v", got)
	}
	d.refused(d.call(admin, "PUT", "/v1/reference/referrals", ""), 422, claimwatch.CodeInvalid) // CSV without its header
}

// An open month is shown to its hospital, but where it would tell of findings that
// the hospital does not know.
func TestOpenMonthForItsHospital(t *testing.T) {
	d := money(t)
	d.clock("2026-03-15T10:00:00+08:00")
	path := "/v1/settlements?month=2026-02"
	own := good[settlement.Settlement](d, d.call(hospital, "GET", path, nil))
	if own.Stage != settlement.StageOpen || own.Claimed != 25_600 {
		t.Errorf("its own: %+v", own)
	}
	d.refused(d.call(another, "GET", path+"&institution_id=H1", nil), 403, claimwatch.CodeForbidden)
	d.load("policies", "policy,city,from,value,reason\nhold_from,,2026-01-01,open,an inquiry\n")
	d.refused(d.call(hospital, "GET", path, nil), 404, claimwatch.CodeNotFound)
	if got := d.close(clerk, "2026-02", nil); got.Code != 202 {
		t.Fatalf("propose: %d %s", got.Code, got.Body)
	}
	d.refused(d.call(hospital, "GET", path, nil), 404, claimwatch.CodeNotFound)
}
