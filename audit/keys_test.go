package audit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// withKey calls as the holder of a bearer key.
func (d *desk) withKey(token string) claimwatch.Caller {
	d.t.Helper()
	caller, ok := d.j.Authenticate(token)
	if !ok {
		return nobody
	}
	return caller
}

// A person with a key for programs is one person: the same id, the rights of the moment.
func TestKeysOfPeople(t *testing.T) {
	d, root := rooted(t)
	made, link := root.invite("wang", officers)
	wang := &browser{d: d}
	good[sessionBody](d, wang.joins(link, secretWords))
	own := map[string]any{"account": made.AccountID, "label": "nightly"}
	d.refused(root.ask("POST", "/v1/keys", own), 403, claimwatch.CodeForbidden)
	d.refused(d.call(admin, "POST", "/v1/keys", own), 403, claimwatch.CodeForbidden)
	d.refused(wang.ask("POST", "/v1/keys", map[string]any{"roles": []string{"officer"}}), 403, claimwatch.CodeForbidden)
	d.refused(wang.ask("POST", "/v1/keys", map[string]any{"account": made.AccountID, "roles": []string{"director"}}), 422, claimwatch.CodeInvalid)
	d.refused(wang.ask("POST", "/v1/keys", map[string]any{"account": made.AccountID, "city": "太原"}), 422, claimwatch.CodeInvalid)
	first := good[keyAnswer2](d, wang.ask("POST", "/v1/keys", own))
	caller := d.withKey(first.Key)
	if caller.KeyID != made.AccountID || first.KeyID == made.AccountID || !caller.Has(claimwatch.RoleOfficer) || first.Account != made.AccountID {
		t.Fatalf("the key %+v is of %+v", first, caller)
	}
	// Nobody checks with a key what they made in a session.
	if err := claimwatch.CheckSecond(good[sessionBody](d, wang.ask("GET", "/v1/session", nil)).KeyID, caller.KeyID); err == nil {
		t.Error("one person is maker and checker with two credentials")
	}
	d.refused(d.call(caller, "POST", "/v1/keys", own), 403, claimwatch.CodeForbidden)
	second := good[keyAnswer2](d, wang.ask("POST", "/v1/keys", own))
	if got := good[page[keyView]](d, d.call(caller, "GET", "/v1/keys", nil)).Items; len(got) != 2 || got[0].Account != made.AccountID || got[0].State != "good" {
		t.Errorf("a person's keys are %+v", got)
	}
	d.refused(d.call(officer, "DELETE", "/v1/keys/"+first.KeyID, nil), 403, claimwatch.CodeForbidden)
	d.refused(wang.ask("DELETE", "/v1/keys/"+made.AccountID, nil), 403, claimwatch.CodeForbidden)
	if answer := wang.ask("DELETE", "/v1/keys/"+first.KeyID, nil); answer.Code != 204 || d.withKey(first.Key).KeyID != "" {
		t.Errorf("a person revokes: %d %s", answer.Code, answer.Body)
	}
	// Other rights hold at once, and an account that ends takes its keys along.
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+made.AccountID, map[string]any{"expected_revision": 2, "roles": []string{"reviewer"}}))
	if now := d.withKey(second.Key); !cmp.Equal(now.Roles, []claimwatch.CallerRole{claimwatch.RoleReviewer}) {
		t.Errorf("with other rights the key is of %+v", now)
	}
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+made.AccountID, map[string]any{"expected_revision": 3, "disabled": true}))
	if d.withKey(second.Key).KeyID != "" {
		t.Error("the key of somebody who is disabled is good")
	}
	ended := map[string]string{}
	for _, k := range good[page[keyView]](d, root.ask("GET", "/v1/keys", nil)).Items {
		ended[k.KeyID] = k.State
	}
	if ended[first.KeyID] != "revoked" || ended[second.KeyID] != "account_ended" {
		t.Errorf("the keys are %v", ended)
	}
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+made.AccountID, map[string]any{"expected_revision": 4, "disabled": false}))
	if d.withKey(second.Key).KeyID == "" {
		t.Error("the key of somebody who is back is no good")
	}
	if answer := root.ask("DELETE", "/v1/keys/"+made.AccountID, nil); answer.Code != 204 || d.withKey(second.Key).KeyID != "" {
		t.Errorf("revoking the person: %d, the key lets in %+v", answer.Code, d.withKey(second.Key))
	}
}

type keyAnswer2 struct {
	KeyID   string `json:"key_id"`
	Key     string `json:"key"`
	Account string `json:"account"`
}

func TestListsOfKeysAndAccounts(t *testing.T) {
	d, root := rooted(t)
	for _, body := range []map[string]any{{"institution_id": "H1", "label": "his"}, {"institution_id": "H2"}, {"roles": []string{"officer"}, "city": "太原"}} {
		good[keyAnswer2](d, d.call(admin, "POST", "/v1/keys", body))
	}
	_, link := root.invite("nurse", map[string]any{"institution_id": "H1"})
	nurse := &browser{d: d}
	who := good[sessionBody](d, nurse.joins(link, secretWords))
	good[keyAnswer2](d, nurse.ask("POST", "/v1/keys", map[string]any{"account": who.KeyID}))
	var all []keyView
	cursor := ""
	for {
		got := good[page[keyView]](d, d.call(admin, "GET", "/v1/keys?limit=3&cursor="+cursor, nil))
		all = append(all, got.Items...)
		if cursor = got.Next; cursor == "" {
			break
		}
	}
	if len(all) != 4 || all[0].KeyID >= all[3].KeyID {
		t.Errorf("page by page there are %+v", all)
	}
	for _, k := range all {
		if k.CreatedAt == nil || len(k.Roles) != 1 || k.KeyID == who.KeyID {
			t.Errorf("listed: %+v", k)
		}
	}
	for caller, want := range map[string]int{"H1": 2, "H2": 1, "H3": 0} {
		c := hospital
		c.InstitutionID = caller
		items := good[page[keyView]](d, d.call(c, "GET", "/v1/keys", nil)).Items
		if len(items) != want {
			t.Errorf("%s sees %+v", caller, items)
		}
	}
	if items := good[page[keyView]](d, d.call(watcher, "GET", "/v1/keys", nil)).Items; len(items) != 0 {
		t.Errorf("who keeps no keys sees %+v", items)
	}
	city := admin
	city.City = "太原"
	if items := good[page[keyView]](d, d.call(city, "GET", "/v1/keys", nil)).Items; len(items) != 0 {
		t.Errorf("a city's administrator sees %+v", items)
	}
	d.refused(d.call(nobody, "GET", "/v1/keys", nil), 401, claimwatch.CodeUnauthenticated)
	d.refused(d.call(admin, "GET", "/v1/keys?limit=0", nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(admin, "GET", "/v1/keys?cursor=x", nil), 400, claimwatch.CodeBadQuery)

	root.invite("li", officers)
	first := good[page[AccountView]](d, root.ask("GET", "/v1/accounts?limit=2", nil))
	rest := good[page[AccountView]](d, root.ask("GET", "/v1/accounts?limit=2&cursor="+first.Next, nil))
	var logins []string
	for _, v := range append(first.Items, rest.Items...) {
		logins = append(logins, v.Login)
	}
	if diff := cmp.Diff(logins, []string{"li", "nurse", "root"}); diff != "" || rest.Next != "" {
		t.Errorf("accounts page by page, then %q (-got, +want):\n%s", rest.Next, diff)
	}
}
