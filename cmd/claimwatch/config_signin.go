package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/secret"
	"claimwatch/audit/signon"
)

// signInSettings are how people sign in.
type signInSettings struct {
	// Key is a file with the key that closes second factors in the log, and what browsers
	// carry to the sign-on and back. Every process that answers browsers needs the same;
	// empty is DATA/signin.key, which is made at the first start.
	Key string `koanf:"key"`
	// TOTPRequiredFor are roles that do nothing without a second factor.
	TOTPRequiredFor []string      `koanf:"totp_required_for"`
	OIDC            *oidcSettings `koanf:"oidc"` // nil: there is no sign-on
}

// oidcSettings name the sign-on of an agency (OpenID Connect).
type oidcSettings struct {
	Name             string          `koanf:"name"`
	Issuer           string          `koanf:"issuer"`
	ClientID         string          `koanf:"client_id"`
	ClientSecretFile string          `koanf:"client_secret_file"`
	RedirectURL      string          `koanf:"redirect_url"`
	Scopes           []string        `koanf:"scopes"`
	LoginClaim       string          `koanf:"login_claim"`
	NameClaim        string          `koanf:"name_claim"`
	CityClaim        string          `koanf:"city_claim"`
	InstitutionClaim string          `koanf:"institution_claim"`
	Rights           []rightSettings `koanf:"rights"`
}

// rightSettings say what those may do whose claim has a value.
type rightSettings struct {
	Claim       string   `koanf:"claim"`
	Value       string   `koanf:"value"`
	Roles       []string `koanf:"roles"`
	City        string   `koanf:"city"`
	Hospital    bool     `koanf:"hospital"`
	Institution string   `koanf:"institution"`
}

func (s *signInSettings) check() error {
	for _, role := range s.TOTPRequiredFor {
		if !slices.Contains(claimwatch.StaffRoles(), claimwatch.CallerRole(role)) && role != string(claimwatch.RoleHospital) {
			return wrongUsage("sign_in.totp_required_for: there is no role %q", role)
		}
	}
	if s.OIDC == nil {
		return nil
	}
	cfg := s.OIDC.config("")
	if err := cfg.Check(); err != nil {
		return wrongUsage("sign_in.oidc: %w", err)
	}
	return nil
}

func (o *oidcSettings) config(clientSecret string) signon.Config {
	cfg := signon.Config{
		Name: o.Name, Issuer: o.Issuer, ClientID: o.ClientID, ClientSecret: clientSecret, Redirect: o.RedirectURL, Scopes: o.Scopes,
		LoginClaim: o.LoginClaim, NameClaim: o.NameClaim, CityClaim: o.CityClaim, InstitutionClaim: o.InstitutionClaim,
	}
	if cfg.Name == "" {
		cfg.Name = "OIDC"
	}
	for _, r := range o.Rights {
		cfg.Rights = append(cfg.Rights, signon.Rule{
			Claim: r.Claim, Value: r.Value, Roles: rolesOf(r.Roles), City: r.City, Hospital: r.Hospital, Institution: r.Institution,
		})
	}
	return cfg
}

func rolesOf(names []string) (roles []claimwatch.CallerRole) {
	for _, name := range names {
		roles = append(roles, claimwatch.CallerRole(name))
	}
	return roles
}

// signInKeyFile is where run keeps the key that closes second factors.
const signInKeyFile = "signin.key"

// signInKey reads the key, and makes it at the first start. What the configuration names
// must be there: with another key nobody gets past their second factor.
func (s settings) signInKey() ([]byte, error) {
	path := s.SignIn.Key
	if path == "" {
		path = filepath.Join(s.Data, signInKeyFile)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			if err := writeNew(path, string(secret.NewKey()), 0o600); err != nil && !errors.Is(err, fs.ErrExist) {
				return nil, err
			}
		}
	}
	key, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key of second factors: %w", err)
	}
	return key, nil
}

// clientSecret is that of claimwatch at the sign-on; empty without a file.
func (o *oidcSettings) clientSecret() (string, error) {
	if o.ClientSecretFile == "" {
		return "", nil
	}
	text, err := os.ReadFile(o.ClientSecretFile)
	if err != nil {
		return "", fmt.Errorf("read the secret of the sign-on: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}
