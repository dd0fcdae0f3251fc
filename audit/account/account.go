package account

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"claimwatch"
)

// Account is a person who signs in. Nothing of it but the id is in the chain of the
// journal: names and what proves a person are the data of an entry.
type Account struct {
	ID       string `json:"account_id"`         // of the key, 16 hex digits: roles, city and institution are its
	Login    string `json:"login"`              // in its normal form, see Normal
	Name     string `json:"name"`               // shown to colleagues
	Password string `json:"password,omitempty"` // argon2id as Hash writes it; empty: none yet, a link lets its owner choose one
	TOTP     string `json:"totp,omitempty"`     // secret of the second factor, closed with a key that is not in the log; empty: none
	Subject  string `json:"subject,omitempty"`  // of the sign-on of the agency: issuer and subject
	Disabled bool   `json:"disabled,omitempty"`
	// Epoch counts up whenever every session of before is void: a new password, disabled.
	// It is a number and no time, for clocks of several machines differ.
	Epoch int `json:"epoch,omitempty"`
	// Link is the SHA-256 of a one-time link that lets its holder choose a password, and
	// Until when it lasts.
	Link      string             `json:"link_sha256,omitempty"`
	LinkUntil claimwatch.Instant `json:"link_until,omitempty"`
}

var (
	idForm    = regexp.MustCompile(`^[0-9a-f]{16}$`)
	loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)
	linkForm  = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

const maxName = 64

// Normal is the form in which logins are kept and compared: lower case, without spaces
// around. It is no login when ok is false.
func Normal(login string) (normal string, ok bool) {
	normal = strings.ToLower(strings.TrimSpace(login))
	return normal, loginForm.MatchString(normal)
}

// Check says whether an account is well formed. The error is invalid and names the field.
func (a *Account) Check() error {
	switch normal, ok := Normal(a.Login); {
	case !idForm.MatchString(a.ID):
		return fault("account_id", "account_id is 16 hex digits")
	case !ok || normal != a.Login:
		return fault("login", "a login is 2 to 64 of a-z 0-9 . _ @ -, and begins with a letter or digit")
	case a.Name == "" || utf8.RuneCountInString(a.Name) > maxName || strings.ContainsFunc(a.Name, unicode.IsControl):
		return fault("name", "a name has 1 to 64 characters and no control characters")
	case a.Password != "" && !readable(a.Password):
		return fault("password", "the password is not hashed with argon2id")
	case (a.Link == "") != (a.LinkUntil == 0) || a.Link != "" && !linkForm.MatchString(a.Link):
		return fault("link", "a link is a SHA-256 and has an end")
	}
	return nil
}

// What changes of an account, as the journal names it.
const (
	Created  = "created"
	Login    = "login"
	Name     = "name"
	Password = "password"
	Link     = "link"
	TOTP     = "totp"
	Subject  = "subject"
	Disabled = "disabled"
	Enabled  = "enabled"
	Rights   = "rights" // roles, city or institution, which are the key's
)

// Changes lists what is different afterwards, in one order.
func Changes(before, after *Account) (what []string) {
	for _, c := range []struct {
		what    string
		changed bool
	}{
		{Login, before.Login != after.Login},
		{Name, before.Name != after.Name},
		{Password, before.Password != after.Password},
		{Link, before.Link != after.Link || before.LinkUntil != after.LinkUntil},
		{TOTP, before.TOTP != after.TOTP},
		{Subject, before.Subject != after.Subject},
		{Disabled, !before.Disabled && after.Disabled},
		{Enabled, before.Disabled && !after.Disabled},
	} {
		if c.changed {
			what = append(what, c.what)
		}
	}
	return what
}

func fault(field, message string) error {
	return &claimwatch.Error{Code: claimwatch.CodeInvalid, Field: field, Message: message}
}
