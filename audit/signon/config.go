// Package signon is the single sign-on of an agency (OpenID Connect, authorization code
// with PKCE): who somebody is and what they may do is what the claims of its token say. It
// knows nothing of accounts; package audit makes them of what it says.
package signon

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"

	"claimwatch"
)

// Config names the sign-on, and says what its claims mean here.
type Config struct {
	Name         string   // shown on the page to sign in
	Issuer       string   // address under which its description is
	ClientID     string   // of claimwatch at the sign-on
	ClientSecret string   // empty for a public client
	Redirect     string   // address of /auth/oidc/callback as browsers reach it
	Scopes       []string // beside openid
	LoginClaim   string   // whose value becomes the login
	NameClaim    string   // shown name; without it the login
	// CityClaim and InstitutionClaim hold the city of an agency's person, and the
	// institution of a hospital's, where the rules do not say it; empty: none does.
	CityClaim, InstitutionClaim string
	Rights                      []Rule
}

// Rule gives rights to those whose claim has a value.
type Rule struct {
	Claim, Value string
	Roles        []claimwatch.CallerRole // of the agency
	City         string                  // with Roles: of this city's agency
	Hospital     bool                    // a hospital's person instead; the institution is Institution or of the InstitutionClaim
	Institution  string
}

// Check says whether the configuration can work. Only a sign-on on this machine goes
// without TLS: its answers say who is an administrator.
func (c *Config) Check() error {
	for name, address := range map[string]string{"issuer": c.Issuer, "redirect_url": c.Redirect} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !local(u.Hostname())) {
			return fmt.Errorf("%s is an https address, not %q", name, address)
		}
	}
	switch {
	case c.ClientID == "":
		return errors.New("client_id is missing")
	case c.LoginClaim == "":
		return errors.New("login_claim is missing")
	case len(c.Rights) == 0:
		return errors.New("rights are missing: without them nobody may do anything")
	}
	for i, r := range c.Rights {
		if err := r.check(c); err != nil {
			return fmt.Errorf("rights %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *Rule) check(c *Config) error {
	switch {
	case r.Claim == "" || r.Value == "":
		return errors.New("claim and value are missing")
	case r.Hospital == (len(r.Roles) > 0):
		return errors.New("either roles or hospital")
	case r.Hospital && r.Institution == "" && c.InstitutionClaim == "":
		return errors.New("a hospital's person needs an institution or institution_claim")
	case r.Hospital && r.City != "" || !r.Hospital && r.Institution != "":
		return errors.New("a city goes with roles, an institution with hospital")
	}
	for _, role := range r.Roles {
		if !slices.Contains(claimwatch.StaffRoles(), role) {
			return fmt.Errorf("there is no role %q", role)
		}
	}
	return nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
