package key

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

// Keys against a plain list of who holds what: random keys made, revoked and
// named by the table of institutions. Nobody is ever let in by a key that was
// revoked or replaced, and never as somebody else.
func TestAgainstAPlainList(t *testing.T) {
	tokens := []string{"cw_a", "cw_b", "cw_c"}
	institutions := []string{"H1", "H2"}
	rapid.Check(t, func(r *rapid.T) {
		var s State
		journal := map[string]string{} // token to "officer" or an institution
		revoked := map[string]bool{}
		table := map[string]string{} // institution to token
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			token := rapid.SampledFrom(tokens).Draw(r, "token")
			institution := rapid.SampledFrom(institutions).Draw(r, "institution")
			hash := Hash(token)
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0:
				k, holder := Key{SHA256: hash, InstitutionID: institution}, institution
				if rapid.Bool().Draw(r, "staff") {
					k, holder = Key{SHA256: hash, Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}, "officer"
				}
				taken := journal[token] != "" || slices.Contains([]string{table["H1"], table["H2"]}, token)
				want := claimwatch.Code("")
				if revoked[token] || taken {
					want = claimwatch.CodeInvalid
				} else {
					journal[token] = holder
				}
				if err := s.Add(k); claimwatch.CodeOf(err) != want {
					r.Fatalf("Add(%s for %s) = %v, want %q", token, holder, err, want)
				}
			case 1:
				want := claimwatch.CodeNotFound
				if journal[token] != "" {
					want = ""
					delete(journal, token)
					revoked[token] = true
				}
				if _, err := s.Revoke(ID(hash)); claimwatch.CodeOf(err) != want {
					r.Fatalf("Revoke(%s) = %v, want %q", token, err, want)
				}
			case 2: // the fold refuses a key of somebody else before it comes here
				if owner := s.Owner(hash); owner != "" && owner != institution || s.Has(hash) && journal[token] == "officer" {
					continue
				}
				table[institution] = token
				s.SetInstitution(institution, hash)
			default:
				delete(table, institution)
				s.SetInstitution(institution, "")
			}
			for _, token := range append(tokens, "", "cw_", "cw_nobody", Hash("cw_a")) {
				want := journal[token]
				for _, institution := range institutions {
					if want == "" && token != "" && table[institution] == token && !revoked[token] {
						want = institution
					}
				}
				got := ""
				if caller, ok := s.Authenticate(token); ok {
					if got = caller.InstitutionID; got == "" {
						got = string(caller.Roles[0])
					}
					if caller.KeyID != ID(Hash(token)) {
						r.Fatalf("the caller of %s is %s", token, caller.KeyID)
					}
				}
				if got != want {
					r.Fatalf("Authenticate(%q) lets in %q, want %q; journal %v, table %v, revoked %v", token, got, want, journal, table, revoked)
				}
			}
		}
		var held []string
		for _, k := range s.Keys() {
			held = append(held, k.SHA256)
		}
		var want []string
		for token := range journal {
			want = append(want, Hash(token))
		}
		slices.Sort(held)
		slices.Sort(want)
		if diff := cmp.Diff(held, want); diff != "" {
			r.Fatalf("Keys() (-got, +want):\n%s", diff)
		}
	})
}

// Nothing that the state holds would let anybody in: no token is in it, and a
// hash is no token.
func TestOnlyHashesAreHeld(t *testing.T) {
	var s State
	const token = "cw_a-secret-of-the-hospital"
	if err := s.Add(Key{SHA256: Hash(token), InstitutionID: "H1", Label: "ward"}); err != nil {
		t.Fatalf("Add() error:\n%+v", err)
	}
	s.SetInstitution("H2", Hash(token+"2"))
	if held := fmt.Sprintf("%+v", s); strings.Contains(held, "secret") || !strings.Contains(held, Hash(token)) {
		t.Errorf("the state holds %s", held)
	}
	for _, stolen := range []string{Hash(token), ID(Hash(token)), strings.ToUpper(token), token + " ", " " + token, token + "\x00"} {
		if caller, ok := s.Authenticate(stolen); ok {
			t.Errorf("%q was let in as %+v", stolen, caller)
		}
	}
}

// A caller's roles are a copy: nobody promotes a key from outside.
func TestRolesAreCopies(t *testing.T) {
	var s State
	if err := s.Add(Key{SHA256: Hash("cw_a"), Roles: []claimwatch.CallerRole{claimwatch.RoleClerk}}); err != nil {
		t.Fatalf("Add() error:\n%+v", err)
	}
	caller, _ := s.Authenticate("cw_a")
	caller.Roles[0] = claimwatch.RoleAdministrator
	if again, _ := s.Authenticate("cw_a"); !again.Has(claimwatch.RoleClerk) || again.Has(claimwatch.RoleAdministrator) {
		t.Errorf("the key was promoted to %v", again.Roles)
	}
}

// A key at fault names its field, with the code of a form.
func TestFaultsOfKeys(t *testing.T) {
	hash := Hash("cw_x")
	for name, c := range map[string]struct {
		key   Key
		field string
		code  claimwatch.Code
	}{
		"hash too short":           {Key{SHA256: hash[1:], InstitutionID: "H1"}, "key_sha256", claimwatch.CodeFormat},
		"hash with a line end":     {Key{SHA256: hash + "\n", InstitutionID: "H1"}, "key_sha256", claimwatch.CodeFormat},
		"nobody's":                 {Key{SHA256: hash, Label: "x"}, "roles", claimwatch.CodeMissing},
		"everybody's":              {Key{SHA256: hash, InstitutionID: "H1", Roles: claimwatch.StaffRoles()[:1]}, "roles", claimwatch.CodeMissing},
		"institution of 65":        {Key{SHA256: hash, InstitutionID: strings.Repeat("H", 65)}, "institution_id", claimwatch.CodeFormat},
		"institution with a bar":   {Key{SHA256: hash, InstitutionID: "H1|H2"}, "institution_id", claimwatch.CodeFormat},
		"one good role, one other": {Key{SHA256: hash, Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer, "Officer"}}, "roles", claimwatch.CodeRange},
	} {
		err := c.key.Check()
		var refused *claimwatch.Error
		if !errors.As(err, &refused) || refused.Code != claimwatch.CodeInvalid || refused.Field != c.field || refused.Faults[0].Code != c.code {
			t.Errorf("%s: Check() = %+v, want %s of %s", name, refused, c.code, c.field)
		}
		var s State
		if err := s.Add(c.key); err == nil || len(s.Keys()) != 0 {
			t.Errorf("%s: was added", name)
		}
	}
}
