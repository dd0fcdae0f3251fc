package signon

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/key"
	"claimwatch/audit/secret"
	"claimwatch/audit/signon/signontest"
)

const callback = "http://127.0.0.1:8080/auth/oidc/callback"

func configOf(s *signontest.Server) Config {
	return Config{
		Name: "统一认证", Issuer: s.URL, ClientID: signontest.ClientID, ClientSecret: signontest.Secret, Redirect: callback,
		LoginClaim: "preferred_username", NameClaim: "name", CityClaim: "city", InstitutionClaim: "hospital",
		Rights: rights(),
	}
}

func rights() []Rule {
	return []Rule{
		{Claim: "groups", Value: "officers", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}},
		{Claim: "realm_access.roles", Value: "reviewers", Roles: []claimwatch.CallerRole{claimwatch.RoleReviewer}},
		{Claim: "groups", Value: "taiyuan", Roles: []claimwatch.CallerRole{claimwatch.RoleClerk}, City: "太原"},
		{Claim: "groups", Value: "hospitals", Hospital: true},
	}
}

func newSignOn(t *testing.T, cfg Config, now func() time.Time) *SignOn {
	t.Helper()
	box, err := secret.New(secret.NewKey(), "sign-on")
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	s, err := New(cfg, box, now)
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	return s
}

// goes is a browser that follows to the sign-on and back; it gives what the callback is
// asked with.
func goes(t *testing.T, s *SignOn, to string) (carried string, query url.Values) {
	t.Helper()
	address, carried, err := s.Begin(t.Context(), to)
	if err != nil {
		t.Fatalf("Begin() error:\n%+v", err)
	}
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.Get(address)
	if err != nil {
		t.Fatalf("Get(%s) error:\n%+v", address, err)
	}
	defer answer.Body.Close()
	back, err := answer.Location()
	if err != nil || !strings.HasPrefix(back.String(), callback+"?") {
		t.Fatalf("the sign-on answers %d to %v, %v", answer.StatusCode, back, err)
	}
	return carried, back.Query()
}

func reasonOf(err error) Reason {
	var refused *Refusal
	if errors.As(err, &refused) {
		return refused.Reason
	}
	return ""
}

func wang() map[string]any {
	return map[string]any{"sub": "7", "preferred_username": "Wang", "name": "王小明", "groups": []string{"officers", "others"}}
}

func TestSignOn(t *testing.T) {
	idp := signontest.Start(t, time.Now)
	idp.Be(wang())
	s := newSignOn(t, configOf(idp), time.Now)
	carried, query := goes(t, s, "/findings?state=open")
	if strings.Contains(carried, query.Get("state")) {
		t.Error("what the browser carries can be read")
	}
	got, to, err := s.Finish(t.Context(), carried, query)
	want := Person{Subject: idp.URL + "|7", Login: "wang", Name: "王小明", Rights: key.Key{Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}}
	if diff := cmp.Diff(got, want); diff != "" || err != nil || to != "/findings?state=open" {
		t.Fatalf("Finish() to %q, %v (-got, +want):\n%s", to, err, diff)
	}
	// The same answer once more: the sign-on knows the code no longer.
	if _, _, err := s.Finish(t.Context(), carried, query); reasonOf(err) != Denied {
		t.Errorf("a repeated answer: %v", err)
	}
	// A new key of the sign-on is found by its name.
	idp.Rotate(t)
	carried, query = goes(t, s, "/")
	if _, _, err := s.Finish(t.Context(), carried, query); err != nil {
		t.Errorf("after a rotation: %v", err)
	}
}

// Tokens that do not prove what they must.
func TestBadTokens(t *testing.T) {
	idp := signontest.Start(t, time.Now)
	idp.Be(wang())
	s := newSignOn(t, configOf(idp), time.Now)
	for name, spoil := range map[string]func(header, claims map[string]any){
		"nonce of another":     func(_, claims map[string]any) { claims["nonce"] = "x" },
		"no nonce":             func(_, claims map[string]any) { delete(claims, "nonce") },
		"over":                 func(_, claims map[string]any) { claims["exp"] = time.Now().Add(-time.Minute).Unix() },
		"without an end":       func(_, claims map[string]any) { delete(claims, "exp") },
		"not yet":              func(_, claims map[string]any) { claims["nbf"] = time.Now().Add(time.Hour).Unix() },
		"for another program":  func(_, claims map[string]any) { claims["aud"] = "other" },
		"for two, of another":  func(_, claims map[string]any) { claims["aud"], claims["azp"] = []string{"claimwatch", "x"}, "x" },
		"for two, of nobody":   func(_, claims map[string]any) { claims["aud"] = []string{"claimwatch", "x"} },
		"of another issuer":    func(_, claims map[string]any) { claims["iss"] = "https://evil.example" },
		"unsigned":             func(header, _ map[string]any) { header["alg"] = "none" },
		"with a shared secret": func(header, _ map[string]any) { header["alg"] = "HS256" },
		"another algorithm":    func(header, _ map[string]any) { header["alg"] = "RS512" },
	} {
		idp.Spoil(spoil)
		carried, query := goes(t, s, "/")
		if p, _, err := s.Finish(t.Context(), carried, query); reasonOf(err) != BadProof || p.Subject != "" {
			t.Errorf("%s: Finish() = %+v, %v", name, p, err)
		}
	}
	idp.Spoil(func(header, _ map[string]any) { header["kid"] = "stranger" })
	carried, query := goes(t, s, "/")
	if _, _, err := s.Finish(t.Context(), carried, query); reasonOf(err) != BadProof {
		t.Errorf("a key that is not published: %v", err)
	}
	idp.Spoil(nil)
	back := idp.SignWithAnother(t)
	carried, query = goes(t, s, "/")
	if _, _, err := s.Finish(t.Context(), carried, query); reasonOf(err) != BadProof {
		t.Errorf("a stranger's signature: %v", err)
	}
	back()
	carried, query = goes(t, s, "/")
	if _, _, err := s.Finish(t.Context(), carried, query); err != nil {
		t.Errorf("a good token afterwards: %v", err)
	}
}

// What comes back must be what this browser began.
func TestStates(t *testing.T) {
	idp := signontest.Start(t, time.Now)
	idp.Be(wang())
	now := time.Now()
	s := newSignOn(t, configOf(idp), func() time.Time { return now })
	mine, answer := goes(t, s, "/")
	other, _ := goes(t, s, "/")
	for name, c := range map[string]struct {
		carried string
		change  func(url.Values)
		want    Reason
	}{
		"another browser":    {other, nil, Stale},
		"no browser":         {"", nil, Stale},
		"changed":            {mine[:len(mine)-2] + "AA", nil, Stale},
		"no state":           {mine, func(q url.Values) { q.Del("state") }, Stale},
		"another state":      {mine, func(q url.Values) { q.Set("state", "x") }, Stale},
		"another issuer":     {mine, func(q url.Values) { q.Set("iss", "https://evil.example") }, BadProof},
		"the person said no": {mine, func(q url.Values) { q.Set("error", "access_denied") }, Denied},
		"no code":            {mine, func(q url.Values) { q.Del("code") }, Denied},
		"a made-up code":     {mine, func(q url.Values) { q.Set("code", "x") }, Denied},
	} {
		query := url.Values{}
		for k, v := range answer {
			query[k] = v
		}
		if c.change != nil {
			c.change(query)
		}
		if p, _, err := s.Finish(t.Context(), c.carried, query); reasonOf(err) != c.want || p.Subject != "" {
			t.Errorf("%s: Finish() = %+v, %v", name, p, err)
		}
	}
	// A code of mine with what another browser carries: its verifier does not fit (PKCE).
	theirs, query := goes(t, s, "/")
	query.Set("code", answer.Get("code"))
	if _, _, err := s.Finish(t.Context(), theirs, query); reasonOf(err) != Denied {
		t.Errorf("a stolen code: %v", err)
	}
	late, query := goes(t, s, "/")
	now = now.Add(Lasts)
	if _, _, err := s.Finish(t.Context(), late, query); reasonOf(err) != Stale {
		t.Errorf("too late: %v", err)
	}
}

// A sign-on that is away does not stop a server, and is found when it is back.
func TestAway(t *testing.T) {
	idp := signontest.Start(t, time.Now)
	idp.Be(wang())
	cfg := configOf(idp)
	gone := signontest.Start(t, time.Now)
	cfg.Issuer = gone.URL
	gone.Close()
	now := time.Now()
	s := newSignOn(t, cfg, func() time.Time { return now })
	if err := s.Look(t.Context()); reasonOf(err) != Away {
		t.Errorf("Look() error:\n%+v", err)
	}
	if _, _, err := s.Begin(t.Context(), "/"); reasonOf(err) != Away {
		t.Errorf("Begin() error:\n%+v", err)
	}
	s.cfg.Issuer = idp.URL
	if _, _, err := s.Begin(t.Context(), "/"); reasonOf(err) != Away {
		t.Errorf("it is not left alone: %v", err)
	}
	now = now.Add(rest)
	if _, _, err := s.Begin(t.Context(), "/"); err != nil {
		t.Errorf("back again: %v", err)
	}
	// Between begin and end it goes away.
	carried, query := goes(t, s, "/")
	idp.Close()
	if _, _, err := s.Finish(t.Context(), carried, query); reasonOf(err) != Away {
		t.Errorf("away in between: %v", err)
	}
	// One that calls itself otherwise is another.
	liar := signontest.Start(t, time.Now)
	other := configOf(liar)
	other.Issuer += "/"
	if err := newSignOn(t, other, time.Now).Look(t.Context()); reasonOf(err) != Away {
		t.Errorf("another name: %v", err)
	}
}

func TestClaims(t *testing.T) {
	cfg := Config{
		Issuer: "i", LoginClaim: "login", NameClaim: "name", CityClaim: "city", InstitutionClaim: "hospital",
		Rights: rights(),
	}
	list := func(texts ...any) []any { return texts }
	for name, c := range map[string]struct {
		claims map[string]any
		want   key.Key
		reason Reason
	}{
		"none":              {map[string]any{"groups": list("x")}, key.Key{}, ""},
		"one":               {map[string]any{"groups": "officers"}, key.Key{Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}, ""},
		"two, one nested":   {map[string]any{"groups": list("officers"), "realm_access": map[string]any{"roles": list("reviewers")}}, key.Key{Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer, claimwatch.RoleReviewer}}, ""},
		"with a city":       {map[string]any{"groups": list("officers"), "city": "大同"}, key.Key{Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}, City: "大同"}, ""},
		"city of the rule":  {map[string]any{"groups": list("taiyuan"), "city": "大同"}, key.Key{Roles: []claimwatch.CallerRole{claimwatch.RoleClerk}, City: "太原"}, ""},
		"two cities":        {map[string]any{"groups": list("taiyuan", "officers"), "city": "大同"}, key.Key{}, Contradiction},
		"city and province": {map[string]any{"groups": list("taiyuan", "officers")}, key.Key{}, Contradiction},
		"hospital":          {map[string]any{"groups": list("hospitals"), "hospital": "H1"}, key.Key{InstitutionID: "H1"}, ""},
		"no hospital":       {map[string]any{"groups": list("hospitals")}, key.Key{}, Contradiction},
		"watcher, watched":  {map[string]any{"groups": list("officers", "hospitals"), "hospital": "H1"}, key.Key{}, Contradiction},
		"no texts":          {map[string]any{"groups": list(7, nil), "city": 3.0}, key.Key{}, ""},
	} {
		c.claims["login"] = "wang"
		p, err := cfg.personOf("7", c.claims)
		if diff := cmp.Diff(p.Rights, c.want); diff != "" || reasonOf(err) != c.reason || p.Known() != (len(c.want.Roles) > 0 || c.want.InstitutionID != "") {
			t.Errorf("%s: %v (-got, +want):\n%s", name, err, diff)
		}
	}
	for _, login := range []any{nil, "", "王", "a b", "x\ny", 7} {
		if _, err := cfg.personOf("7", map[string]any{"login": login}); reasonOf(err) != BadLogin {
			t.Errorf("login %v: %v", login, err)
		}
	}
	for _, name := range []string{"", "x\ny", strings.Repeat("王", 65)} {
		if p, err := cfg.personOf("7", map[string]any{"login": "wang", "name": name}); p.Name != "wang" || err != nil {
			t.Errorf("name %q: %+v, %v", name, p, err)
		}
	}
}

func TestLocal(t *testing.T) {
	for to, want := range map[string]string{
		"/": "/", "/findings?state=open&x=%2F#top": "/findings?state=open&x=%2F#top", "/findings/": "/findings/",
		"": "/", "findings": "/", "//evil.example": "/", "///evil.example": "/", `/\evil.example`: "/", "https://evil.example/": "/", "javascript:alert(1)": "/",
		"/\t/evil.example": "/", "/a/../../b": "/", "/.//evil.example": "/", "/%2Fevil.example": "/", "/auth/oidc/start": "/", "/v1/session": "/", "/\nSet-Cookie: x": "/", "/" + strings.Repeat("x", 600): "/",
	} {
		if got := Local(to); got != want {
			t.Errorf("Local(%q) = %q, want %q", to, got, want)
		}
	}
}

func TestConfig(t *testing.T) {
	good := Config{
		Issuer: "https://sso.example", ClientID: "c", Redirect: "https://cw.example/auth/oidc/callback", LoginClaim: "sub",
		Rights: []Rule{{Claim: "groups", Value: "x", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}},
	}
	if err := good.Check(); err != nil {
		t.Errorf("Check() error:\n%+v", err)
	}
	for name, spoil := range map[string]func(*Config){
		"plain issuer":        func(c *Config) { c.Issuer = "http://sso.example" },
		"plain redirect":      func(c *Config) { c.Redirect = "http://cw.example/" },
		"no client":           func(c *Config) { c.ClientID = "" },
		"no login":            func(c *Config) { c.LoginClaim = "" },
		"no rights":           func(c *Config) { c.Rights = nil },
		"no value":            func(c *Config) { c.Rights[0].Value = "" },
		"no such role":        func(c *Config) { c.Rights[0].Roles = []claimwatch.CallerRole{"root"} },
		"role of a hospital":  func(c *Config) { c.Rights[0].Roles = []claimwatch.CallerRole{claimwatch.RoleHospital} },
		"both":                func(c *Config) { c.Rights[0].Hospital = true },
		"hospital of nowhere": func(c *Config) { c.Rights[0].Hospital, c.Rights[0].Roles = true, nil },
		"officer of one":      func(c *Config) { c.Rights[0].Institution = "H1" },
	} {
		c := good
		c.Rights = []Rule{good.Rights[0]}
		spoil(&c)
		if c.Check() == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}
