package key

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func TestNew(t *testing.T) {
	token, err := New(bytes.NewReader(bytes.Repeat([]byte{0xff}, 32)))
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	if want := "cw_" + strings.Repeat("_", 42) + "8"; token != want {
		t.Errorf("New() = %q, want %q", token, want)
	}
	other, err := New(rand.Reader)
	if err != nil || other == token {
		t.Errorf("New() = %q, %v: want another key", other, err)
	}
	if _, err := New(bytes.NewReader(make([]byte, 31))); err == nil {
		t.Error("New() made a key from 31 bytes")
	}
}

func TestCheck(t *testing.T) {
	hash := Hash("cw_x")
	cases := []struct {
		name string
		key  Key
		want claimwatch.Code
	}{
		{"institution", Key{SHA256: hash, InstitutionID: "H1"}, ""},
		{"roles", Key{SHA256: hash, Roles: claimwatch.StaffRoles()}, ""},
		{"neither", Key{SHA256: hash}, claimwatch.CodeInvalid},
		{"both", Key{SHA256: hash, InstitutionID: "H1", Roles: claimwatch.StaffRoles()}, claimwatch.CodeInvalid},
		{"hospital is no role to give", Key{SHA256: hash, Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}}, claimwatch.CodeInvalid},
		{"unknown role", Key{SHA256: hash, Roles: []claimwatch.CallerRole{"root"}}, claimwatch.CodeInvalid},
		{"institution with a space", Key{SHA256: hash, InstitutionID: "H 1"}, claimwatch.CodeInvalid},
		{"no hash", Key{SHA256: "cw_x", InstitutionID: "H1"}, claimwatch.CodeInvalid},
		{"upper case", Key{SHA256: strings.ToUpper(hash), InstitutionID: "H1"}, claimwatch.CodeInvalid},
	}
	for _, c := range cases {
		if code := claimwatch.CodeOf(c.key.Check()); code != c.want {
			t.Errorf("%s: Check() code = %q, want %q", c.name, code, c.want)
		}
	}
}

func TestAuthenticate(t *testing.T) {
	var s State
	if _, ok := s.Authenticate(""); ok {
		t.Error("an empty token was let in")
	}
	officer := Key{SHA256: Hash("cw_officer"), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	hospital := Key{SHA256: Hash("cw_hospital"), InstitutionID: "H1"}
	for _, k := range []Key{officer, hospital} {
		if err := s.Add(k); err != nil {
			t.Fatalf("Add() error:\n%+v", err)
		}
	}
	s.SetInstitution("H2", Hash("cw_table"))
	cases := []struct {
		token string
		want  claimwatch.Caller
		ok    bool
	}{
		{"cw_officer", claimwatch.Caller{KeyID: Hash("cw_officer")[:16], Roles: officer.Roles}, true},
		{"cw_hospital", claimwatch.Caller{KeyID: Hash("cw_hospital")[:16], Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: "H1"}, true},
		{"cw_table", claimwatch.Caller{KeyID: Hash("cw_table")[:16], Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: "H2"}, true},
		{"cw_nobody", claimwatch.Caller{}, false},
		{Hash("cw_officer"), claimwatch.Caller{}, false}, // the hash is no key
	}
	for _, c := range cases {
		got, ok := s.Authenticate(c.token)
		if diff := cmp.Diff(got, c.want); diff != "" || ok != c.ok {
			t.Errorf("Authenticate(%q) = %t (-got, +want):\n%s", c.token, ok, diff)
		}
	}
}

func TestRevokedStaysOut(t *testing.T) {
	var s State
	k := Key{SHA256: Hash("cw_officer"), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	if err := s.Add(k); err != nil {
		t.Fatalf("Add() error:\n%+v", err)
	}
	if err := s.Add(k); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("the same key twice: %v", err)
	}
	if _, err := s.Revoke(ID(k.SHA256)); err != nil {
		t.Fatalf("Revoke() error:\n%+v", err)
	}
	if _, ok := s.Authenticate("cw_officer"); ok {
		t.Error("a revoked key was let in")
	}
	if _, err := s.Revoke(ID(k.SHA256)); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("Revoke() twice: %v", err)
	}
	if err := s.Add(k); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("a revoked key came back: %v", err)
	}
	s.SetInstitution("H1", k.SHA256)
	if _, ok := s.Authenticate("cw_officer"); ok {
		t.Error("a revoked key came back through the table")
	}
}

func TestInstitutionKeysFollowTheTable(t *testing.T) {
	var s State
	s.SetInstitution("H1", Hash("old"))
	s.SetInstitution("H1", Hash("new"))
	if _, ok := s.Authenticate("old"); ok {
		t.Error("the replaced key still works")
	}
	if c, ok := s.Authenticate("new"); !ok || c.InstitutionID != "H1" {
		t.Errorf("the new key gives %+v, %t", c, ok)
	}
	s.SetInstitution("H2", Hash("second"))
	s.SetInstitution("H1", Hash("second")) // both rows in one file, in either order
	s.SetInstitution("H2", Hash("third"))
	if c, ok := s.Authenticate("second"); !ok || c.InstitutionID != "H1" {
		t.Errorf("a key that moved gives %+v, %t", c, ok)
	}
	s.SetInstitution("H1", "")
	if _, ok := s.Authenticate("second"); ok {
		t.Error("the key of a withdrawn row still works")
	}
}

// Rights change and the person stays; a key that is gone gets none.
func TestChange(t *testing.T) {
	var s State
	k := Key{SHA256: Hash("cw_wang"), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	id := ID(k.SHA256)
	if err := s.Change(k); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("Change() of no key: %v", err)
	}
	if err := s.Add(k); err != nil {
		t.Fatalf("Add() error:\n%+v", err)
	}
	k.Roles, k.City = []claimwatch.CallerRole{claimwatch.RoleReviewer}, "太原"
	if err := s.Change(k); err != nil {
		t.Fatalf("Change() error:\n%+v", err)
	}
	if err := s.Change(Key{SHA256: k.SHA256}); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("Change() to no rights: %v", err)
	}
	want := claimwatch.Caller{KeyID: id, Roles: k.Roles, City: "太原"}
	if got, ok := s.Caller(id); !ok || !cmp.Equal(got, want) {
		t.Errorf("Caller() = %+v, %t", got, ok)
	}
	if _, err := s.Revoke(id); err != nil {
		t.Fatalf("Revoke() error:\n%+v", err)
	}
	if _, ok := s.Caller(id); ok {
		t.Error("a revoked key is a caller")
	}
	if err := s.Change(k); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("Change() of a revoked key: %v", err)
	}
}
