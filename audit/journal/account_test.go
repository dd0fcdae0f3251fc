package journal

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/account"
	"claimwatch/audit/key"
)

const phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

// rightsOf are those of a person, whose key nobody holds.
func rightsOf(name string, roles ...claimwatch.CallerRole) *key.Key {
	return &key.Key{SHA256: key.Hash(name), Roles: roles}
}

func personOf(name string) account.Account {
	return account.Account{ID: key.ID(key.Hash(name)), Login: name, Name: "王" + name}
}

// setAccount makes the command that changes an account at a revision.
func setAccount(t testing.TB, id string, by Actor, revision int, after account.Account, rights *key.Key, what ...string) Command {
	t.Helper()
	data, err := json.Marshal(after)
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	return build(t, Command{
		ID: id, Type: TypeAccountSet, At: instant(t, "2026-03-02T10:00:00+08:00"), Actor: by, ExpectedRevision: &revision, Request: hexSum(data),
	}, AccountSet{AccountID: after.ID, What: what, Key: rights}, data)
}

// lives is an account from its first entry to its last, all accepted: the first
// administrator by setup, an officer by link, another task, gone.
func lives(t testing.TB) []Command {
	root, wang := personOf("root"), personOf("wang")
	root.Password = phc
	rootActor := Actor{Key: root.ID, Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}}
	linked := wang
	linked.Link, linked.LinkUntil = strings.Repeat("a", 64), 1_772_500_000_000
	chosen := wang
	chosen.Password, chosen.Epoch = phc, 1
	gone := chosen
	gone.Disabled, gone.Epoch = true, 2
	self := Actor{Key: wang.ID, Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	return []Command{
		setAccount(t, "a_setup", system, 0, root, rightsOf("root", claimwatch.RoleAdministrator), account.Created),
		setAccount(t, "a_made", rootActor, 0, linked, rightsOf("wang", claimwatch.RoleOfficer), account.Created),
		setAccount(t, "a_chosen", self, 1, chosen, nil, account.Password, account.Link),
		setAccount(t, "a_task", rootActor, 2, chosen, rightsOf("wang", claimwatch.RoleReviewer), account.Rights),
		setAccount(t, "a_gone", rootActor, 3, gone, nil, account.Disabled),
	}
}

// The bytes of entries about accounts are frozen like those of all others.
func TestGoldenAccounts(t *testing.T) {
	var s State
	var got bytes.Buffer
	for _, entry := range foldAll(t, &s, encode(t, lives(t)...)) {
		got.WriteString(string(entry.Body) + "\n" + entry.Hash + "\n")
		for _, secret := range []string{"王", `"wang"`, `"root"`, "argon2", strings.Repeat("a", 64)} {
			if bytes.Contains(entry.Body, []byte(secret)) {
				t.Errorf("entry %d holds %s", entry.Seq, secret)
			}
		}
	}
	if s.seq != 5 {
		t.Fatalf("%d of 5 commands were accepted: %+v", s.seq, s.answers)
	}
	path := filepath.Join("testdata", "accounts.golden")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatalf("WriteFile() error:\n%+v", err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	if diff := cmp.Diff(got.String(), string(want)); diff != "" {
		t.Errorf("accounts.golden (-got, +want):\n%s", diff)
	}
}

// The views of keys follow: an account's rights are a key of which nobody has the token.
func TestAccountRights(t *testing.T) {
	j := &Journal{}
	commands := lives(t)
	id := personOf("wang").ID
	for i, want := range []struct {
		role claimwatch.CallerRole
		view bool
	}{{"", true}, {claimwatch.RoleOfficer, true}, {claimwatch.RoleOfficer, false}, {claimwatch.RoleReviewer, true}, {"", false}} {
		taken := apply(t, &j.state, commands[i])
		if taken.Accepted == nil || (taken.Accepted.Key != nil) != want.view {
			t.Fatalf("%s: %+v", commands[i].ID, taken)
		}
		caller, ok := j.Caller(id)
		if ok != (want.role != "") || ok && (caller.KeyID != id || !slices.Equal(caller.Roles, []claimwatch.CallerRole{want.role})) {
			t.Errorf("after %s: Caller() = %+v, %v", commands[i].ID, caller, ok)
		}
	}
	p, ok := j.PersonByLogin("WANG")
	if !ok || p.Revision != 4 || p.Good || !p.Disabled || p.Key.Roles[0] != claimwatch.RoleReviewer {
		t.Errorf("PersonByLogin() = %+v, %v", p, ok)
	}
	if len(j.People()) != 2 {
		t.Errorf("People() = %+v", j.People())
	}
}

// Who is revoked as a key is out as a person.
func TestRevokedPerson(t *testing.T) {
	j := &Journal{}
	apply(t, &j.state, lives(t)[:3]...)
	id := personOf("wang").ID
	apply(t, &j.state, build(t, Command{ID: "r", Type: TypeKeyRevoke, Actor: administrator}, KeyRevocation{KeyID: id}, nil))
	if caller, ok := j.Caller(id); ok {
		t.Errorf("Caller() = %+v", caller)
	}
	if p, ok := j.Person(id); !ok || p.Good {
		t.Errorf("Person() = %+v, %v", p, ok)
	}
	back := setAccount(t, "b", administrator, 2, j.mustPerson(t, id), rightsOf("wang", claimwatch.RoleOfficer), account.Rights)
	if answer := apply(t, &j.state, back).Answer; answer.Refusal == nil || answer.Refusal.Code != claimwatch.CodeNotFound {
		t.Errorf("a revoked key is given rights: %+v", answer)
	}
}

func (j *Journal) mustPerson(t testing.TB, id string) account.Account {
	t.Helper()
	p, ok := j.Person(id)
	if !ok {
		t.Fatalf("there is no account %s", id)
	}
	return p.Account
}

// What nobody may do, with the state after the officer has chosen a password.
func TestRefusedAccounts(t *testing.T) {
	wang := personOf("wang")
	wang.Password, wang.Epoch = phc, 1
	self := Actor{Key: wang.ID, Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer, claimwatch.RoleAdministrator}}
	with := func(change func(*account.Account)) account.Account {
		a := wang
		change(&a)
		return a
	}
	other := strings.Replace(phc, "CTF", "CTG", 1)
	elsewhere := personOf("wang")
	elsewhere.ID = personOf("li").ID
	for name, c := range map[string]struct {
		command Command
		want    claimwatch.Code
	}{
		"own rights": {setAccount(t, "x", self, 2, wang, rightsOf("wang", claimwatch.StaffRoles()...), account.Rights), claimwatch.CodeForbidden},
		"own login":  {setAccount(t, "x", self, 2, with(func(a *account.Account) { a.Login = "w2" }), nil, account.Login), claimwatch.CodeForbidden},
		"own link": {
			setAccount(t, "x", self, 2, with(func(a *account.Account) { a.Link, a.LinkUntil = strings.Repeat("b", 64), 1 }), nil, account.Link),
			claimwatch.CodeForbidden,
		},
		"another's password": {
			setAccount(t, "x", administrator, 2, with(func(a *account.Account) { a.Password, a.Epoch = other, 2 }), nil, account.Password),
			claimwatch.CodeForbidden,
		},
		"another's second factor": {
			setAccount(t, "x", administrator, 2, with(func(a *account.Account) { a.TOTP, a.Epoch = "ABC", 2 }), nil, account.TOTP),
			claimwatch.CodeForbidden,
		},
		"with a password": {setAccount(t, "x", administrator, 0, account.Account{ID: personOf("li").ID, Login: "li", Name: "李", Password: phc},
			rightsOf("li", claimwatch.RoleOfficer), account.Created), claimwatch.CodeForbidden},
		"by an officer": {setAccount(t, "x", officer, 2, with(func(a *account.Account) { a.Name = "x" }), nil, account.Name), claimwatch.CodeForbidden},
		"by a hospital": {setAccount(t, "x", Actor{Key: "f", InstitutionID: "H1", Roles: administrator.Roles}, 2,
			with(func(a *account.Account) { a.Name = "x" }), nil, account.Name), claimwatch.CodeForbidden},
		"a second setup":       {setAccount(t, "x", system, 0, personOf("li"), rightsOf("li", claimwatch.RoleAdministrator), account.Created), claimwatch.CodeIllegalTransition},
		"changed by itself":    {setAccount(t, "x", system, 2, with(func(a *account.Account) { a.Name = "x" }), nil, account.Name), claimwatch.CodeIllegalTransition},
		"seen before":          {setAccount(t, "x", administrator, 1, with(func(a *account.Account) { a.Name = "x" }), nil, account.Name), claimwatch.CodeChanged},
		"says less":            {setAccount(t, "x", administrator, 2, with(func(a *account.Account) { a.Name, a.Login = "x", "w2" }), nil, account.Name), claimwatch.CodeInvalid},
		"says nothing":         {setAccount(t, "x", administrator, 2, wang, nil), claimwatch.CodeInvalid},
		"hides rights":         {setAccount(t, "x", administrator, 2, with(func(a *account.Account) { a.Name = "x" }), rightsOf("wang", claimwatch.RoleDirector), account.Name), claimwatch.CodeInvalid},
		"another's key":        {setAccount(t, "x", administrator, 2, wang, rightsOf("root", claimwatch.RoleDirector), account.Rights), claimwatch.CodeInvalid},
		"new without rights":   {setAccount(t, "x", administrator, 0, personOf("li"), nil, account.Created), claimwatch.CodeInvalid},
		"new with both":        {setAccount(t, "x", administrator, 0, personOf("li"), &key.Key{SHA256: key.Hash("li"), InstitutionID: "H1", Roles: officer.Roles}, account.Created), claimwatch.CodeInvalid},
		"a login that is used": {setAccount(t, "x", administrator, 0, elsewhere, rightsOf("li", claimwatch.RoleOfficer), account.Created), claimwatch.CodeInvalid},
		"sessions stay":        {setAccount(t, "x", self, 2, with(func(a *account.Account) { a.Password = other }), nil, account.Password), claimwatch.CodeInvalid},
		"sessions go":          {setAccount(t, "x", administrator, 2, with(func(a *account.Account) { a.Name, a.Epoch = "x", 2 }), nil, account.Name), claimwatch.CodeInvalid},
		"disabled, sessions stay": {
			setAccount(t, "x", administrator, 2, with(func(a *account.Account) { a.Disabled = true }), nil, account.Disabled),
			claimwatch.CodeInvalid,
		},
	} {
		var s State
		apply(t, &s, lives(t)[:3]...)
		before := s.Mark()
		taken := apply(t, &s, c.command)
		if taken.Answer.Refusal == nil || taken.Answer.Refusal.Code != c.want {
			t.Errorf("%s: answer %+v, want %s", name, taken.Answer.Refusal, c.want)
		}
		if now, _ := s.accounts.ByID(wang.ID); s.Mark() != before || now != wang {
			t.Errorf("%s: it left a trace: %+v", name, now)
		}
		if _, there := s.accounts.ByID(personOf("li").ID); there {
			t.Errorf("%s: an account was made", name)
		}
		if _, there := s.keys.ByID(personOf("li").ID); there {
			t.Errorf("%s: a key was made", name)
		}
	}
}

// Names of people who left can go; the account as it is now cannot.
func TestEraseAccounts(t *testing.T) {
	var s State
	apply(t, &s, lives(t)[:4]...)
	if answer := apply(t, &s, erase(t, "e4", 4, administrator, "left")).Answer; answer.Refusal == nil || answer.Refusal.Code != claimwatch.CodeIllegalTransition {
		t.Errorf("the present data is erased: %+v", answer)
	}
	id := personOf("wang").ID
	if answer := apply(t, &s, erase(t, "e2", 2, administrator, "replaced")).Answer; answer.Refusal != nil {
		t.Errorf("what a later entry replaced stays: %+v", answer.Refusal)
	}
	if a, _ := s.accounts.ByID(id); a.Name == "" {
		t.Error("erasing what was replaced changed the account")
	}
	gone := lives(t)[4]
	apply(t, &s, gone)
	if answer := apply(t, &s, erase(t, "e5", 6, administrator, "left")).Answer; answer.Refusal != nil {
		t.Errorf("the data of somebody who left stays: %+v", answer.Refusal)
	}
	if a, ok := s.accounts.ByID(id); !ok || a != (account.Account{ID: id, Disabled: true, Epoch: 2}) {
		t.Errorf("what is left is %+v, %v", a, ok)
	}
}

// What the sign-on of the agency may say of its people, and what it may not.
func TestSignOnAccounts(t *testing.T) {
	wang := personOf("wang")
	wang.Subject = "https://sso|7"
	with := func(change func(*account.Account)) account.Account {
		a := wang
		change(&a)
		return a
	}
	officer, reviewer := rightsOf("wang", claimwatch.RoleOfficer), rightsOf("wang", claimwatch.RoleReviewer)
	made := setAccount(t, "made", system, 0, wang, officer, account.Created)
	left := with(func(a *account.Account) { a.Disabled, a.Epoch = true, 1 })
	back := with(func(a *account.Account) { a.Epoch = 1 })
	local := personOf("li")
	rootActor := Actor{Key: personOf("root").ID, Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}}
	for name, c := range map[string]struct {
		before []Command
		then   Command
		want   claimwatch.Code
	}{
		"made":                 {nil, made, ""},
		"made with a password": {nil, setAccount(t, "x", system, 0, with(func(a *account.Account) { a.Password = phc }), officer, account.Created), claimwatch.CodeForbidden},
		"made twice":           {[]Command{made}, setAccount(t, "x", system, 0, func() account.Account { a := local; a.Subject = wang.Subject; return a }(), rightsOf("li", claimwatch.RoleOfficer), account.Created), claimwatch.CodeInvalid},
		"login of another":     {[]Command{made}, setAccount(t, "x", system, 0, func() account.Account { a := local; a.Subject, a.Login = "https://sso|8", "wang"; return a }(), rightsOf("li", claimwatch.RoleOfficer), account.Created), claimwatch.CodeInvalid},
		"other rights":         {[]Command{made}, setAccount(t, "x", system, 1, wang, reviewer, account.Rights), ""},
		"another name":         {[]Command{made}, setAccount(t, "x", system, 1, with(func(a *account.Account) { a.Name = "汪" }), nil, account.Name), ""},
		"a password":           {[]Command{made}, setAccount(t, "x", system, 1, with(func(a *account.Account) { a.Password, a.Epoch = phc, 1 }), nil, account.Password), claimwatch.CodeForbidden},
		"a login":              {[]Command{made}, setAccount(t, "x", system, 1, with(func(a *account.Account) { a.Login = "wang2" }), nil, account.Login), claimwatch.CodeForbidden},
		"another person":       {[]Command{made}, setAccount(t, "x", system, 1, with(func(a *account.Account) { a.Subject = "https://sso|8" }), nil, account.Subject), claimwatch.CodeForbidden},
		"a local account": {lives(t)[:2], setAccount(t, "x", system, 1, func() account.Account {
			a := personOf("wang")
			a.Link, a.LinkUntil, a.Subject = strings.Repeat("a", 64), 1_772_500_000_000, wang.Subject
			return a
		}(), nil, account.Subject), claimwatch.CodeForbidden},
		"rights of a local": {lives(t)[:3], setAccount(t, "x", system, 2, func() account.Account { a := personOf("wang"); a.Password, a.Epoch = phc, 1; return a }(), reviewer, account.Rights), claimwatch.CodeIllegalTransition},
		"rights of another": {[]Command{made}, setAccount(t, "x", system, 1, wang, &key.Key{SHA256: key.Hash("wang"), Person: personOf("root").ID}, account.Rights), claimwatch.CodeInvalid},
		"gone":              {[]Command{made}, setAccount(t, "x", system, 1, left, nil, account.Disabled), ""},
		"gone and back":     {[]Command{made, setAccount(t, "g", system, 1, left, nil, account.Disabled)}, setAccount(t, "x", system, 2, back, nil, account.Enabled), ""},
		"put out, not back": {[]Command{lives(t)[0], made, setAccount(t, "g", rootActor, 1, left, nil, account.Disabled)}, setAccount(t, "x", system, 2, back, nil, account.Enabled), claimwatch.CodeForbidden},
	} {
		var s State
		for _, one := range c.before {
			if answer := apply(t, &s, one).Answer; answer.Refusal != nil {
				t.Fatalf("%s: %s is refused: %v", name, one.ID, answer.Refusal)
			}
		}
		got := claimwatch.Code("")
		if answer := apply(t, &s, c.then).Answer; answer.Refusal != nil {
			got = answer.Refusal.Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
