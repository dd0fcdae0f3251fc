package audit

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/audit/key"
)

// crowd is one caller of every role, a hospital, and somebody without a key.
func crowd() map[string]claimwatch.Caller {
	all := map[string]claimwatch.Caller{"nobody": nobody, "hospital": hospital}
	for i, role := range claimwatch.StaffRoles() {
		all[string(role)] = claimwatch.Caller{KeyID: fmt.Sprintf("%016d", i+1), Roles: []claimwatch.CallerRole{role}}
	}
	return all
}

// Every operation by everybody: who is none of the named is refused as
// forbidden, who has no key as unauthenticated, and nothing of it is done.
func TestEveryOperationByEveryRole(t *testing.T) {
	d := newDesk(t)
	n := 0
	fresh := func() claimwatch.Held {
		n++
		return d.facts.put(sample(fmt.Sprint("H1|P1|S", n), false))
	}
	decision := func(held claimwatch.Held) map[string]any {
		return map[string]any{"action": "notify", "expected_revision": 0, "facts_sha256": held.Facts}
	}
	read, decide := "officer reviewer director clerk supervisor", "officer reviewer director"
	operations := []struct {
		name    string
		allowed string
		call    func(c claimwatch.Caller) (method, path string, body any)
	}{
		{"list findings", read + " hospital", func(claimwatch.Caller) (string, string, any) { return "GET", "/v1/findings", nil }},
		{"one finding", read, func(claimwatch.Caller) (string, string, any) { return "GET", "/v1/findings/" + fresh().ID, nil }},
		{"decide", decide, func(claimwatch.Caller) (string, string, any) {
			held := fresh()
			return "POST", "/v1/findings/" + held.ID + "/decisions", decision(held)
		}},
		{"decide many", decide, func(claimwatch.Caller) (string, string, any) {
			held := fresh()
			one := map[string]any{"finding_id": held.ID, "expected_revision": 0, "facts_sha256": held.Facts}
			return "POST", "/v1/decisions", map[string]any{"action": "notify", "findings": []any{one}}
		}},
		{"explain", "hospital", func(claimwatch.Caller) (string, string, any) {
			held := fresh()
			good[FindingDetail](d, d.decide(officer, held, "notify", 0))
			return "POST", "/v1/findings/" + held.ID + "/statements", map[string]string{"text": "t"}
		}},
		{"rejections", read + " hospital", func(claimwatch.Caller) (string, string, any) {
			return "GET", "/v1/rejections?institution_id=H1&month=2026-02", nil
		}},
		{"journal", decide + " supervisor", func(claimwatch.Caller) (string, string, any) { return "GET", "/v1/journal", nil }},
		{"people", "supervisor director", func(claimwatch.Caller) (string, string, any) { return "GET", "/v1/journal/people", nil }},
		{"deadlines", read + " hospital", func(claimwatch.Caller) (string, string, any) { return "GET", "/v1/deadlines", nil }},
		{"face proposals", read, func(claimwatch.Caller) (string, string, any) { return "GET", "/v1/face-proposals", nil }},
		{"entitlement queries", read, func(claimwatch.Caller) (string, string, any) {
			return "GET", "/v1/persons/P1/entitlement/queries", nil
		}},
		{"digest", read + " administrator", func(claimwatch.Caller) (string, string, any) { return "GET", "/v1/digest", nil }},
		{"load", "administrator", func(claimwatch.Caller) (string, string, any) {
			return "PUT", "/v1/reference/calendar", "day,working,source\n"
		}},
		{"rows", read + " administrator", func(claimwatch.Caller) (string, string, any) { return "GET", "/v1/reference/calendar", nil }},
		{"history", read + " administrator", func(claimwatch.Caller) (string, string, any) {
			return "GET", "/v1/reference/calendar/history", nil
		}},
		{"add key", "administrator", func(claimwatch.Caller) (string, string, any) {
			return "POST", "/v1/keys", map[string]string{"institution_id": "H7"}
		}},
		{"revoke key", "administrator", func(claimwatch.Caller) (string, string, any) {
			hash := key.Hash(fmt.Sprint("cw_", fresh().ID))
			good[map[string]any](d, d.call(admin, "POST", "/v1/keys", map[string]any{"institution_id": "H7", "key_sha256": hash}))
			return "DELETE", "/v1/keys/" + key.ID(hash), nil
		}},
	}
	for _, o := range operations {
		for role, caller := range crowd() {
			method, path, body := o.call(caller)
			before, _ := d.j.Head()
			r := d.call(caller, method, path, body)
			want := claimwatch.CodeForbidden
			switch {
			case slices.Contains(strings.Fields(o.allowed), role):
				if r.Code >= 300 {
					t.Errorf("%s by %s: status %d: %s", o.name, role, r.Code, r.Body)
				}
				continue
			case role == "nobody":
				want = claimwatch.CodeUnauthenticated
			case role == "hospital" && o.name == "one finding":
				want = claimwatch.CodeNotFound // it was not told
			}
			d.refused(r, statusOf(want), want)
			if after, _ := d.j.Head(); after != before {
				t.Errorf("%s by %s was refused and made an entry", o.name, role)
			}
		}
	}
}

// Requests that are no requests: refused with 4xx, no entry made, nothing told
// of the inside.
func TestMalformedRequests(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	good[FindingDetail](d, d.explain(hospital, held.ID))
	decisions, statements := "/v1/findings/"+held.ID+"/decisions", "/v1/findings/"+held.ID+"/statements"
	expect := fmt.Sprintf(`"expected_revision":2,"facts_sha256":%q`, held.Facts)
	many := func(n int) string {
		one := fmt.Sprintf(`{"finding_id":%q,%s}`, held.ID, expect)
		return `{"action":"assign","findings":[` + strings.TrimSuffix(strings.Repeat(one+",", n), ",") + `]}`
	}
	cases := []struct {
		name, path, body string
		caller           claimwatch.Caller
		status           int
	}{
		{"no body", decisions, "", officer, 400},
		{"no JSON", decisions, `{"action"`, officer, 400},
		{"a list", decisions, `[]`, officer, 422},
		{"no expectation", decisions, `{"action":"notify"}`, officer, 422},
		{"no facts", decisions, `{"action":"assign","expected_revision":2,"facts_sha256":""}`, officer, 422},
		{"revision below zero", decisions, strings.Replace(`{"action":"assign",`+expect+`}`, ":2,", ":-1,", 1), officer, 422},
		{"revision as text", decisions, strings.Replace(`{"action":"assign",`+expect+`}`, ":2,", `:"2",`, 1), officer, 422},
		{"unknown action", decisions, `{"action":"seal",` + expect + `}`, officer, 422},
		{"statement as a decision", decisions, `{"action":"explain",` + expect + `}`, officer, 422},
		{"system's action", decisions, `{"action":"inherit_notice",` + expect + `}`, officer, 422},
		{"unknown field", decisions, `{"action":"assign","force":true,` + expect + `}`, officer, 422},
		{"reason of 4,001", decisions, `{"action":"assign","reason":"` + strings.Repeat("理", 4001) + `",` + expect + `}`, officer, 422},
		{"reason with a control character", decisions, `{"action":"assign","reason":"a\u0000",` + expect + `}`, officer, 422},
		{"receiver with a control character", decisions, `{"action":"assign","to":"a\u001b[2J",` + expect + `}`, officer, 422},
		{"no such day", decisions, `{"action":"extend","due_on":"2026-02-30",` + expect + `}`, officer, 422},
		{"amount as a number", decisions, `{"action":"reject","reason":"r","lines":[{"record_id":"F1","institution_id":"H1","amount":1}],` + expect + `}`, officer, 422},
		{"amount of three decimals", decisions, `{"action":"reject","reason":"r","lines":[{"record_id":"F1","institution_id":"H1","amount":"1.000"}],` + expect + `}`, officer, 422},
		{"line without amount", decisions, `{"action":"reject","reason":"r","lines":[{"record_id":"F1","institution_id":"H1"}],` + expect + `}`, officer, 422},
		{"a list of no lines is not everything", decisions, `{"action":"reject","reason":"r","lines":[],` + expect + `}`, officer, 422},
		{"many: none", "/v1/decisions", many(0), officer, 422},
		{"many: 1,001", "/v1/decisions", many(1001), officer, 422},
		{"many: lines", "/v1/decisions", strings.Replace(many(1), `"findings"`, `"lines":[],"findings"`, 1), officer, 422},
		{"statement: empty", statements, `{"text":""}`, hospital, 422},
		{"statement: spaces", statements, `{"text":" \n"}`, hospital, 422},
		{"statement: 20,001", statements, `{"text":"` + strings.Repeat("a", 20001) + `"}`, hospital, 422},
		{"statement: control character", statements, `{"text":"a\u0007"}`, hospital, 422},
		{"key: both", "/v1/keys", `{"institution_id":"H1","roles":["officer"]}`, admin, 422},
		{"key: label of 65", "/v1/keys", `{"institution_id":"H1","label":"` + strings.Repeat("a", 65) + `"}`, admin, 422},
		{"key: label with a control character", "/v1/keys", `{"institution_id":"H1","label":"a\u0000"}`, admin, 422},
		{"key: token for its hash", "/v1/keys", `{"institution_id":"H1","key_sha256":"cw_secret"}`, admin, 422},
	}
	before, _ := d.j.Head()
	for _, c := range cases {
		r := d.call(c.caller, "POST", c.path, c.body, "Content-Type", "application/json")
		if r.Code != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.name, r.Code, c.status, r.Body)
		}
		for _, inside := range []string{"goroutine", ".go:", "claimwatch/", "sql"} {
			if strings.Contains(strings.ToLower(r.Body.String()), inside) {
				t.Errorf("%s: the answer tells of the inside: %s", c.name, r.Body)
			}
		}
	}
	for _, path := range []string{"/v1/findings?colour=red", "/v1/journal?page=1", "/v1/digest?findings=perhaps", "/v1/rejections?institution_id=H1", "/v1/rejections?institution_id=H1&month=2026-02&format=xml"} {
		if r := d.call(officer, "GET", path, nil); r.Code != http.StatusUnprocessableEntity {
			t.Errorf("GET %s: status %d: %s", path, r.Code, r.Body)
		}
	}
	for _, path := range []string{"/v1/journal?limit=0", "/v1/journal?limit=1001", "/v1/journal?cursor=-1", "/v1/journal?cursor=99999999999999999999", "/v1/reference/calendar?limit=ten"} {
		d.refused(d.call(officer, "GET", path, nil), 400, claimwatch.CodeBadQuery)
	}
	for _, path := range []string{"/v1/findings/f_none", "/v1/reference/nothing", "/v1/reference/nothing/history"} {
		d.refused(d.call(officer, "GET", path, nil), 404, claimwatch.CodeNotFound)
	}
	if after, _ := d.j.Head(); after != before {
		t.Errorf("malformed requests made %d entries", after-before)
	}
}
