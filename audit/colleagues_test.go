package audit

import (
	"slices"
	"testing"

	"claimwatch"
)

// TestColleagues: the agency's people see each other and the hospitals' that they see;
// a hospital's people see nobody of the agency and of no other hospital.
func TestColleagues(t *testing.T) {
	d, root := rooted(t)
	officer, _ := root.invite("wang", officers)
	_, link := root.invite("ours", map[string]any{"institution_id": "H1"})
	root.invite("theirs", map[string]any{"institution_id": "H2"})
	seen := func(b *browser, want ...string) {
		t.Helper()
		var names []string
		for cursor := ""; ; {
			page := good[page[colleagueView]](d, b.ask("GET", "/v1/colleagues?limit=2&cursor="+cursor, nil))
			for _, c := range page.Items {
				names = append(names, c.Name)
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if !slices.Equal(names, want) {
			t.Errorf("colleagues are %v, want %v", names, want)
		}
	}
	seen(root, "王ours", "管理员", "王theirs", "王wang")
	hospital := &browser{d: d, address: "10.0.0.3"}
	hospital.joins(link, secretWords)
	seen(hospital, "王ours")
	d.refused(d.call(nobody, "GET", "/v1/colleagues", nil), 401, claimwatch.CodeUnauthenticated)
	// Who has left is still somebody: what they did bears their id.
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+officer.AccountID, map[string]any{"expected_revision": 1, "disabled": true}))
	items := good[page[colleagueView]](d, root.ask("GET", "/v1/colleagues", nil)).Items
	i := slices.IndexFunc(items, func(c colleagueView) bool { return c.KeyID == officer.AccountID })
	if i < 0 || items[i].Active || items[i].Name != "王wang" {
		t.Errorf("who has left is %+v", items)
	}
}
