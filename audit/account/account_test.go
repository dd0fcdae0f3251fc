package account

import (
	"crypto/rand"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

const (
	wang = "00000000000000aa"
	li   = "00000000000000bb"
)

func TestPasswords(t *testing.T) {
	kept, err := Hash("correct horse battery", rand.Reader)
	if err != nil || !strings.HasPrefix(kept, "$argon2id$v=19$m=47104,t=1,p=1$") {
		t.Fatalf("Hash() = %q, %v", kept, err)
	}
	again, _ := Hash("correct horse battery", rand.Reader)
	if again == kept {
		t.Error("two salts are the same")
	}
	for _, c := range []struct {
		phc, password string
		want          bool
	}{
		{kept, "correct horse battery", true},
		{again, "correct horse battery", true},
		{kept, "correct horse batterY", false},
		{kept, "", false},
		{kept, strings.Repeat("x", 1<<20), false},
		{"", "", false},
		{"", "correct horse battery", false},
		{strings.Replace(kept, "t=1", "t=2", 1), "correct horse battery", false},
		{strings.Replace(kept, "t=1", "t=01", 1), "correct horse battery", false},
		{strings.Replace(kept, "m=47104", "m=4294967295", 1), "correct horse battery", false},
		{strings.Replace(kept, "argon2id", "argon2i", 1), "correct horse battery", false},
		{kept[:len(kept)-1], "correct horse battery", false},
	} {
		if got := Verify(c.phc, c.password); got != c.want {
			t.Errorf("Verify(%q, %.30q) = %v", c.phc, c.password, got)
		}
	}
	if _, err := Hash("x", strings.NewReader("short")); err == nil {
		t.Error("Hash() without salt")
	}
}

// The vector of RFC 9106, 5.3, has a secret and associated data, which x/crypto does not
// take; this one is of its reference implementation: argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32.
func TestPasswordOfAnotherProgram(t *testing.T) {
	const phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if !Verify(phc, "password") || Verify(phc, "passwore") {
		t.Error("a password that another program has hashed is not verified")
	}
}

func TestCheckPassword(t *testing.T) {
	for password, ok := range map[string]bool{
		"nine char": false, "ten chars!": true, "十个汉字的密码也可以": true, "wang.xiaoming": false, "WANG.xiaoming": false,
		strings.Repeat("x", 256): true, strings.Repeat("x", 257): false, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff": false,
	} {
		if err := CheckPassword(password, "wang.xiaoming"); (err == nil) != ok {
			t.Errorf("CheckPassword(%q) error:\n%+v", password, err)
		}
	}
}

func TestAccounts(t *testing.T) {
	var s State
	set := func(a Account, want claimwatch.Code, field string) {
		t.Helper()
		err := s.Set(a)
		var refused *claimwatch.Error
		if errors.As(err, &refused); claimwatch.CodeOf(err) != want || refused != nil && refused.Field != field {
			t.Errorf("Set(%+v) error:\n%+v", a, err)
		}
	}
	set(Account{ID: wang, Login: "wang", Name: "王小明"}, "", "")
	set(Account{ID: li, Login: "wang", Name: "王大明"}, claimwatch.CodeInvalid, "login")
	set(Account{ID: li, Login: "Li", Name: "李"}, claimwatch.CodeInvalid, "login")
	set(Account{ID: li, Login: "l", Name: "李"}, claimwatch.CodeInvalid, "login")
	set(Account{ID: "li", Login: "li", Name: "李"}, claimwatch.CodeInvalid, "account_id")
	set(Account{ID: li, Login: "li", Name: "李\n"}, claimwatch.CodeInvalid, "name")
	set(Account{ID: li, Login: "li", Name: ""}, claimwatch.CodeInvalid, "name")
	set(Account{ID: li, Login: "li", Name: "李", Password: "secret"}, claimwatch.CodeInvalid, "password")
	set(Account{ID: li, Login: "li", Name: "李", Link: strings.Repeat("a", 64)}, claimwatch.CodeInvalid, "link")
	set(Account{ID: li, Login: "li", Name: "李", Subject: "https://sso|7"}, "", "")
	set(Account{ID: wang, Login: "wang", Name: "王小明", Subject: "https://sso|7"}, claimwatch.CodeInvalid, "subject")
	set(Account{ID: li, Login: "li", Name: "李", Link: "secret", LinkUntil: 1}, claimwatch.CodeInvalid, "link")
	link := strings.Repeat("a", 64)
	set(Account{ID: wang, Login: "wang", Name: "王小明", Link: link, LinkUntil: 1}, "", "")
	if a, ok := s.ByLink(link); !ok || a.ID != wang {
		t.Errorf("ByLink() = %+v, %v", a, ok)
	}
	if _, ok := s.ByLink(""); ok {
		t.Error("an account without a link is found by none")
	}
	// Another login of the same person; the old one is nobody else's.
	set(Account{ID: wang, Login: "wang.x", Name: "王小明", Epoch: 5}, "", "")
	set(Account{ID: li, Login: "wang", Name: "李"}, claimwatch.CodeInvalid, "login")
	if _, ok := s.ByLogin("wang"); ok {
		t.Error("somebody signs in with a login of before")
	}
	for _, typed := range []string{"wang.x", " Wang.X "} {
		if a, ok := s.ByLogin(typed); !ok || a.ID != wang {
			t.Errorf("ByLogin(%q) = %+v, %v", typed, a, ok)
		}
	}
	if a, ok := s.BySubject("https://sso|7"); !ok || a.ID != li {
		t.Errorf("BySubject() = %+v, %v", a, ok)
	}
	if _, ok := s.BySubject(""); ok {
		t.Error("an account without a subject is found by none")
	}
	var logins []string
	for _, a := range s.All() {
		logins = append(logins, a.Login)
	}
	if diff := cmp.Diff([]string{"li", "wang.x"}, logins); diff != "" {
		t.Errorf("All() (-want, +got):\n%s", diff)
	}
}

// What is erased names nobody and lets nobody in, and its login is not free.
func TestErase(t *testing.T) {
	var s State
	for _, a := range []Account{{ID: wang, Login: "wang", Name: "王小明", Disabled: true, Epoch: 3, Subject: "x|1"}, {ID: li, Login: "li", Name: "李"}} {
		if err := s.Set(a); err != nil {
			t.Fatalf("Set() error:\n%+v", err)
		}
	}
	s.Erase(wang)
	s.Erase("00000000000000cc")
	if a, ok := s.ByID(wang); !ok || a != (Account{ID: wang, Disabled: true, Epoch: 3}) {
		t.Errorf("ByID() = %+v, %v", a, ok)
	}
	for _, typed := range []string{"wang", ""} {
		if a, ok := s.ByLogin(typed); ok {
			t.Errorf("ByLogin(%q) = %+v", typed, a)
		}
	}
	if err := s.Allows(Account{ID: li, Login: "wang", Name: "李"}); err == nil {
		t.Error("the login of somebody who was erased is given to another")
	}
	if len(s.All()) != 2 {
		t.Errorf("All() = %+v", s.All())
	}
}

func TestChanges(t *testing.T) {
	before := Account{ID: wang, Login: "wang", Name: "王"}
	after := Account{ID: wang, Login: "w", Name: "汪", Password: "p", Link: "l", LinkUntil: 1, TOTP: "t", Subject: "s", Disabled: true}
	if diff := cmp.Diff([]string{Login, Name, Password, Link, TOTP, Subject, Disabled}, Changes(&before, &after)); diff != "" {
		t.Errorf("Changes() (-want, +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{Login, Name, Password, Link, TOTP, Subject, Enabled}, Changes(&after, &before)); diff != "" {
		t.Errorf("Changes() back (-want, +got):\n%s", diff)
	}
	if what := Changes(&after, &after); what != nil {
		t.Errorf("Changes() of none = %v", what)
	}
}

// Guessing gets slower and slower, and a clean day forgives.
func TestLock(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	l := NewLock(5)
	var waits []time.Duration
	for range 18 {
		waits = append(waits, l.Wait(now, "wang"))
		l.Failed(now, "wang")
	}
	want := []time.Duration{0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}
	for i := range want {
		want[i] *= time.Second
	}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("delays (-want, +got):\n%s", diff)
	}
	if l.Wait(now, "li") != 0 || l.Wait(now.Add(15*time.Minute), "wang") != 0 || l.Wait(now.Add(15*time.Minute-1), "wang") == 0 {
		t.Error("the delay is for one, and ends")
	}
	l.Failed(now.Add(25*time.Hour), "wang")
	if l.Wait(now.Add(25*time.Hour), "wang") != 0 {
		t.Error("a day later one mistake is not forgiven")
	}
	l.Failed(now, "li")
	l.Passed("li")
	if len(l.tries) != 1 {
		t.Error("who has proved to be li is still suspected")
	}
	for i := range maxTried + 10 {
		l.Failed(now, strings.Repeat("x", i%7)+string(rune(i)))
	}
	if len(l.tries) > maxTried+1 {
		t.Errorf("%d names are remembered", len(l.tries))
	}
}

// Whoever tries ever other names fills no memory, also while all of them have to wait.
func TestLockIsBounded(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	l := NewLock(0)
	for i := range 2 * maxTried {
		l.Failed(now, strconv.Itoa(i))
	}
	if len(l.tries) > maxTried {
		t.Errorf("%d names are remembered", len(l.tries))
	}
}
