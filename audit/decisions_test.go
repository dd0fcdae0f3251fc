package audit

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/rejection"
)

// The whole way of Art. 32, and the answer at every step that it does not allow.
func TestFromFindingToList(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	d.refused(d.decide(officer, held, "reject", 0), 409, claimwatch.CodeIllegalTransition)
	d.refused(d.explain(hospital, held.ID), 404, claimwatch.CodeNotFound)
	d.refused(d.call(hospital, "GET", "/v1/findings/"+held.ID, nil), 404, claimwatch.CodeNotFound)

	notified := good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	if notified.State != claimwatch.StateNotified || notified.Revision != 1 || notified.DueOn.String() != "2026-03-09" || !notified.DueProvisional {
		t.Errorf("after notice: %+v", notified.FindingView)
	}
	d.refused(d.decide(officer, held, "notify", 0), 409, claimwatch.CodeChanged)
	d.refused(d.decide(officer, held, "reject", 1), 409, claimwatch.CodeIllegalTransition)
	d.refused(d.explain(another, held.ID), 404, claimwatch.CodeNotFound)
	d.refused(d.explain(officer, held.ID), 403, claimwatch.CodeForbidden)

	explained := good[FindingDetail](d, d.explain(hospital, held.ID))
	if explained.State != claimwatch.StateExplained || explained.Revision != 2 {
		t.Errorf("after the statement: %+v", explained.FindingView)
	}
	d.refused(d.explain(hospital, held.ID), 409, claimwatch.CodeIllegalTransition)

	d.clock("2026-03-03T09:00:00+08:00")
	rejected := good[FindingDetail](d, d.decide(officer, held, "reject", 2))
	if rejected.State != claimwatch.StateRejected || rejected.Decided == nil || rejected.Decided.Facts != held.Facts {
		t.Errorf("after the rejection: %+v", rejected)
	}
	d.refused(d.decide(officer, held, "release", 3), 409, claimwatch.CodeIllegalTransition)

	list := good[rejection.RejectedList](d, d.call(clerk, "GET", "/v1/rejections?institution_id=H1&month=2026-02", nil))
	if list.Total != 25600 || len(list.Items) != 1 || list.Items[0].ItemName != "CT 扫描" || list.Items[0].DecidedBy != officer.KeyID {
		t.Errorf("list = %+v", list)
	}
	var actions []string
	for _, e := range rejected.Journal {
		actions = append(actions, string(e.Action))
	}
	if diff := cmp.Diff(actions, []string{"notify", "explain", "reject"}); diff != "" {
		t.Errorf("journal of the finding (-got, +want):\n%s", diff)
	}
}

func TestLapse(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	d.clock("2026-03-09T23:59:59.999+08:00")
	d.refused(d.decide(officer, held, "reject", 1), 409, claimwatch.CodeIllegalTransition)
	d.clock("2026-03-10T00:00:00+08:00")
	if got := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+held.ID, nil)); got.State != claimwatch.StateLapsed || got.Revision != 1 {
		t.Errorf("after the term: %s at revision %d, want lapsed at 1", got.State, got.Revision)
	}
	if got := good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings?state=lapsed", nil)); len(got.Items) != 1 {
		t.Errorf("%d lapsed findings, want one", len(got.Items))
	}
	d.refused(d.explain(hospital, held.ID), 409, claimwatch.CodeIllegalTransition)
	if got := good[FindingDetail](d, d.decide(officer, held, "reject", 1)); got.State != claimwatch.StateRejected {
		t.Errorf("after the rejection: %s", got.State)
	}
}

func TestRejectParts(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", true))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	good[FindingDetail](d, d.explain(hospital, held.ID))
	good[FindingDetail](d, d.explain(another, held.ID))
	reject := func(lines ...map[string]any) map[string]any {
		return map[string]any{"action": "reject", "reason": "r", "expected_revision": 3, "facts_sha256": held.Facts, "lines": lines}
	}
	path := "/v1/findings/" + held.ID + "/decisions"
	for name, line := range map[string]map[string]any{
		"too much": {"record_id": "F1", "institution_id": "H1", "amount": "256.01"}, "nothing": {"record_id": "F1", "institution_id": "H1", "amount": "0"},
		"involved": {"record_id": "F0", "institution_id": "H1", "amount": "1"}, "unknown": {"record_id": "F7", "institution_id": "H1", "amount": "1"},
	} {
		if p := d.refused(d.call(officer, "POST", path, reject(line)), 422, claimwatch.CodeInvalid); len(p.Faults) != 1 || p.Faults[0].Column != "lines[0]" {
			t.Errorf("%s: faults %+v", name, p.Faults)
		}
	}
	good[FindingDetail](d, d.call(officer, "POST", path, reject(
		map[string]any{"record_id": "F1", "institution_id": "H1", "amount": "100"}, map[string]any{"record_id": "F9", "institution_id": "H2", "amount": "10.00"})))
	for institution, want := range map[string]claimwatch.Fen{"H1": 10000, "H2": 1000} {
		list := good[rejection.RejectedList](d, d.call(officer, "GET", "/v1/rejections?month=2026-02&institution_id="+institution, nil))
		if list.Total != want || len(list.Items) != 1 {
			t.Errorf("list of %s = %s with %d items, want %s", institution, list.Total, len(list.Items), want)
		}
	}
}

func TestReasonsAndFacts(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	path := "/v1/findings/" + held.ID + "/decisions"
	body := func(action, reason, facts string) map[string]any {
		return map[string]any{"action": action, "reason": reason, "expected_revision": 0, "facts_sha256": facts}
	}
	p := d.refused(d.call(officer, "POST", path, body("release", " ", held.Facts)), 422, claimwatch.CodeInvalid)
	if len(p.Faults) != 1 || p.Faults[0].Column != "reason" || p.Faults[0].Code != claimwatch.CodeMissing {
		t.Errorf("faults = %+v, want reason missing", p.Faults)
	}
	d.refused(d.call(officer, "POST", path, body("release", "a\x00b", held.Facts)), 422, claimwatch.CodeInvalid)
	d.refused(d.call(officer, "POST", path, body("notify", "", strings.Repeat("0", 64))), 409, claimwatch.CodeChanged)
	if seq, _ := d.j.Head(); seq != 0 {
		t.Errorf("refusals made %d entries", seq)
	}
	good[FindingDetail](d, d.call(officer, "POST", path, body("notify", "", held.Facts)))
}

func TestLineThatVanishedMeanwhile(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	good[FindingDetail](d, d.explain(hospital, held.ID))
	d.facts.lines["H1|F1"] = LineFacts{}
	d.refused(d.decide(officer, held, "reject", 2), 409, claimwatch.CodeChanged)
}

func TestWhoMayDoWhat(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	csv := "day,working,source\n"
	calls := []struct {
		method, path string
		body         any
		allowed      []claimwatch.Caller
	}{
		{"GET", "/v1/findings", nil, []claimwatch.Caller{officer, clerk, watcher, hospital}},
		{"GET", "/v1/findings/" + held.ID, nil, []claimwatch.Caller{officer, clerk, watcher}},
		{"GET", "/v1/rejections?institution_id=H1&month=2026-02", nil, []claimwatch.Caller{officer, clerk, watcher, hospital}},
		{"GET", "/v1/journal", nil, []claimwatch.Caller{officer, watcher}},
		{"GET", "/v1/digest", nil, []claimwatch.Caller{officer, clerk, watcher, admin}},
		{"PUT", "/v1/reference/calendar", csv, []claimwatch.Caller{admin}},
		{"GET", "/v1/reference", nil, []claimwatch.Caller{officer, clerk, watcher, admin}},
		{"GET", "/v1/reference/calendar", nil, []claimwatch.Caller{officer, clerk, watcher, admin}},
		{"GET", "/v1/reference/calendar/history", nil, []claimwatch.Caller{officer, clerk, watcher, admin}},
		{"POST", "/v1/keys", map[string]string{"institution_id": "H7"}, []claimwatch.Caller{admin}},
	}
	for _, c := range calls {
		for _, caller := range []claimwatch.Caller{nobody, officer, clerk, watcher, admin, hospital} {
			r := d.call(caller, c.method, c.path, c.body)
			may := false
			for _, a := range c.allowed {
				may = may || a.KeyID == caller.KeyID
			}
			switch {
			case may && r.Code >= 300:
				t.Errorf("%s %s by %v: status %d: %s", c.method, c.path, caller.Roles, r.Code, r.Body)
			case caller.KeyID == "" && r.Code != http.StatusUnauthorized:
				t.Errorf("%s %s by nobody: status %d, want 401", c.method, c.path, r.Code)
			case !may && caller.KeyID != "" && r.Code != http.StatusForbidden && r.Code != http.StatusNotFound:
				t.Errorf("%s %s by %v: status %d, want 403", c.method, c.path, caller.Roles, r.Code)
			}
		}
	}
	for _, caller := range []claimwatch.Caller{clerk, watcher, admin, hospital} {
		d.refused(d.decide(caller, held, "notify", 0), 403, claimwatch.CodeForbidden)
	}
	d.refused(d.call(hospital, "GET", "/v1/rejections?institution_id=H2&month=2026-02", nil), 403, claimwatch.CodeForbidden)
}

func TestRepeatedWish(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	d.log.Lose, d.log.LoseAnswer = true, true
	d.refused(d.decide(officer, held, "notify", 0, "Idempotency-Key", "k"), 503, claimwatch.CodeUnavailable)
	d.log.Lose = false
	got := good[FindingDetail](d, d.decide(officer, held, "notify", 0, "Idempotency-Key", "k"))
	if seq, _ := d.j.Head(); got.Revision != 1 || seq != 1 {
		t.Errorf("revision %d, %d entries; want one decision", got.Revision, seq)
	}
	d.refused(d.decide(officer, held, "release", 0, "Idempotency-Key", "k"), 409, claimwatch.CodeKeyReused)
	d.refused(d.decide(officer, held, "notify", 0), 409, claimwatch.CodeChanged)
}

// What the journal has answered is answered the same when the answer was lost, whatever
// has changed since: the facts, or the state.
func TestRepeatedWishAfterAChange(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	key := []string{"Idempotency-Key", "k"}
	good[FindingDetail](d, d.decide(officer, held, "notify", 0, key...))
	statement := map[string]string{"text": "the patient needed it"}
	path := "/v1/findings/" + held.ID + "/statements"
	good[FindingDetail](d, d.call(hospital, "POST", path, statement, key...))
	revised := sample("H1|P1|S1", false)
	revised.Amount = 100
	now := d.facts.put(revised)
	good[FindingDetail](d, d.decide(officer, now, "release", 2))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0, key...))
	good[FindingDetail](d, d.call(hospital, "POST", path, statement, key...))
	if seq, _ := d.j.Head(); seq != 3 {
		t.Errorf("%d entries, want 3", seq)
	}
	d.refused(d.decide(officer, held, "notify", 0, "Idempotency-Key", "another"), 409, claimwatch.CodeChanged)
	d.refused(d.call(hospital, "POST", path, statement, "Idempotency-Key", "another"), 409, claimwatch.CodeIllegalTransition)
}

func TestManyForOneReason(t *testing.T) {
	d := newDesk(t)
	var findings []map[string]any
	for i := range 5 {
		held := d.facts.put(sample(fmt.Sprint("H1|P1|S", i), false))
		findings = append(findings, map[string]any{"finding_id": held.ID, "expected_revision": 0, "facts_sha256": held.Facts})
	}
	findings[1]["expected_revision"] = 4
	findings[2]["facts_sha256"] = "other"
	findings[3]["finding_id"] = "f_none"
	got := good[page[manyResult]](d, d.call(officer, "POST", "/v1/decisions", map[string]any{"action": "notify", "reason": "month", "findings": findings}))
	var states, codes []string
	for _, item := range got.Items {
		states, codes = append(states, string(item.State)), append(codes, string(item.Code))
	}
	if diff := cmp.Diff(states, []string{"notified", "", "", "", "notified"}); diff != "" {
		t.Errorf("states (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(codes, []string{"", "changed", "changed", "not_found", ""}); diff != "" {
		t.Errorf("codes (-got, +want):\n%s", diff)
	}
}

func TestOfficersRace(t *testing.T) {
	d := newDesk(t)
	for round := range 30 {
		held := d.facts.put(sample(fmt.Sprint("H1|P1|S", round), false))
		codes := make([]int, 4)
		var group sync.WaitGroup
		for i := range codes {
			group.Go(func() { codes[i] = d.decide(officer, held, []string{"notify", "release"}[i%2], 0).Code })
		}
		group.Wait()
		won := 0
		for _, code := range codes {
			switch code {
			case 200:
				won++
			case 409:
			default:
				t.Fatalf("status %d", code)
			}
		}
		if won != 1 {
			t.Fatalf("round %d: %d officers won", round, won)
		}
	}
	if seq, _ := d.j.Head(); seq != 30 {
		t.Errorf("%d entries, want 30", seq)
	}
}

func TestExtendAssignRefer(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	path := "/v1/findings/" + held.ID + "/decisions"
	do := func(revision int, more map[string]any) FindingDetail {
		t.Helper()
		body := map[string]any{"expected_revision": revision, "facts_sha256": held.Facts, "reason": "r"}
		for k, v := range more {
			body[k] = v
		}
		return good[FindingDetail](d, d.call(officer, "POST", path, body))
	}
	if got := do(0, map[string]any{"action": "assign", "to": "0123456789abcdef"}); got.State != claimwatch.StateOpen || got.Assignee != "0123456789abcdef" {
		t.Errorf("after assign: %+v", got.FindingView)
	}
	do(1, map[string]any{"action": "notify"})
	if got := do(2, map[string]any{"action": "extend"}); got.DueOn.String() != "2026-03-16" {
		t.Errorf("after extend: due %s, want 2026-03-16", got.DueOn)
	}
	if got := do(3, map[string]any{"action": "extend", "due_on": "2026-04-01"}); got.DueOn.String() != "2026-04-01" || got.State != claimwatch.StateNotified {
		t.Errorf("after extend to a day: %s due %s", got.State, got.DueOn)
	}
	do(4, map[string]any{"action": "refer", "to": "expert pool"})
	seen := good[FindingDetail](d, d.call(hospital, "GET", "/v1/findings/"+held.ID, nil))
	for _, e := range seen.Journal {
		if e.Action == claimwatch.ActionAssign || e.Action == claimwatch.ActionRefer || e.Assignee != "" {
			raw, _ := json.Marshal(e)
			t.Errorf("the hospital sees an inner step: %s", raw)
		}
	}
}
