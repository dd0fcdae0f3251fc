package signon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"claimwatch/audit/account"
	"claimwatch/audit/key"
)

// Person is who has signed on, and what their claims give them here.
type Person struct {
	Subject string // issuer and subject: the same for ever, whatever the login becomes
	Login   string
	Name    string
	Rights  key.Key // roles, city, institution; the zero Key: the claims give none
}

// Known says whether the claims give any rights.
func (p *Person) Known() bool { return len(p.Rights.Roles) > 0 || p.Rights.InstitutionID != "" }

const mostName = 64

// personOf reads claims. The error is a Refusal.
func (c *Config) personOf(subject string, claims map[string]any) (Person, error) {
	p := Person{Subject: c.Issuer + "|" + subject}
	login, ok := account.Normal(first(claims, c.LoginClaim))
	if !ok || subject == "" {
		return p, refuse(BadLogin, nil)
	}
	p.Login, p.Name = login, strings.TrimSpace(first(claims, c.NameClaim))
	if p.Name == "" || utf8.RuneCountInString(p.Name) > mostName || strings.ContainsFunc(p.Name, unicode.IsControl) {
		p.Name = login
	}
	var err error
	p.Rights, err = c.rightsOf(claims)
	return p, err
}

// rightsOf is what all matching rules give together. Rules that contradict each other give
// nothing: nobody is of two cities, or of a hospital and of the agency that watches it.
func (c *Config) rightsOf(claims map[string]any) (k key.Key, err error) {
	matched := false
	for _, r := range c.Rights {
		if !slices.Contains(values(claims, r.Claim), r.Value) {
			continue
		}
		one := key.Key{Roles: r.Roles, City: r.City, InstitutionID: r.Institution}
		if !r.Hospital && one.City == "" && c.CityClaim != "" {
			one.City = first(claims, c.CityClaim)
		}
		if r.Hospital && one.InstitutionID == "" {
			if one.InstitutionID = first(claims, c.InstitutionClaim); one.InstitutionID == "" {
				return key.Key{}, refuse(Contradiction, nil)
			}
		}
		if matched && (one.City != k.City || one.InstitutionID != k.InstitutionID) {
			return key.Key{}, refuse(Contradiction, nil)
		}
		one.Roles = append(slices.Clone(k.Roles), one.Roles...)
		k, matched = one, true
	}
	slices.Sort(k.Roles)
	k.Roles = slices.Compact(k.Roles)
	if len(k.Roles) == 0 {
		k.Roles = nil
	}
	return k, nil
}

// values are the texts of a claim: one, or a list. A name with dots goes into objects when
// there is no such claim (realm_access.roles).
func values(claims map[string]any, name string) (texts []string) {
	value, there := claims[name]
	if outer, inner, dotted := strings.Cut(name, "."); !there && dotted {
		within, _ := claims[outer].(map[string]any)
		return values(within, inner)
	}
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		for _, one := range value {
			if text, ok := one.(string); ok {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

func first(claims map[string]any, name string) string {
	if texts := values(claims, name); len(texts) > 0 {
		return texts[0]
	}
	return ""
}
