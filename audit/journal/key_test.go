package journal

import (
	"testing"

	"claimwatch"
	"claimwatch/audit/key"
)

// A key of a person is made by that person and nobody else, also when somebody writes to
// the log past the API.
func TestKeysOfPeople(t *testing.T) {
	j := &Journal{}
	apply(t, &j.state, lives(t)[:3]...)
	id := personOf("wang").ID
	add := func(command string, by Actor, k key.Key) claimwatch.Code {
		t.Helper()
		answer := apply(t, &j.state, build(t, Command{ID: command, Type: TypeKeyAdd, Actor: by}, k, nil)).Answer
		if answer.Refusal == nil {
			return ""
		}
		return answer.Refusal.Code
	}
	self := Actor{Key: id, Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	for name, c := range map[string]struct {
		by   Actor
		k    key.Key
		want claimwatch.Code
	}{
		"by an administrator": {administrator, key.Key{SHA256: key.Hash("cw_1"), Person: id}, claimwatch.CodeForbidden},
		"by the system":       {system, key.Key{SHA256: key.Hash("cw_2"), Person: id}, claimwatch.CodeForbidden},
		"with more rights":    {self, key.Key{SHA256: key.Hash("cw_3"), Person: id, Roles: claimwatch.StaffRoles()}, claimwatch.CodeInvalid},
		"of no account":       {administrator, key.Key{SHA256: key.Hash("cw_4"), Person: administrator.Key}, claimwatch.CodeNotFound},
		"good":                {self, key.Key{SHA256: key.Hash("cw_5"), Person: id}, ""},
	} {
		if got := add("k "+name, c.by, c.k); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if caller, ok := j.Authenticate("cw_5"); !ok || caller.KeyID != id || !caller.Has(claimwatch.RoleOfficer) {
		t.Errorf("Authenticate() = %+v, %v", caller, ok)
	}
	apply(t, &j.state, lives(t)[3:]...)
	if caller, ok := j.Authenticate("cw_5"); ok {
		t.Errorf("the key of somebody disabled lets in %+v", caller)
	}
	if got := add("after", self, key.Key{SHA256: key.Hash("cw_6"), Person: id}); got != claimwatch.CodeNotFound {
		t.Errorf("somebody disabled makes a key: %q", got)
	}
}
