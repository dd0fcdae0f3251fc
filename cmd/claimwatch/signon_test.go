package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimwatch/audit/signon/signontest"
)

// TestSignOn: a server whose sign-on is away starts, says so, and finds it when it is back;
// then a browser goes there and comes back signed in.
func TestSignOn(t *testing.T) {
	idp := signontest.Start(t, time.Now)
	idp.Down(true)
	idp.Be(map[string]any{"sub": "7", "preferred_username": "wang", "name": "王小明", "groups": []string{"gs-officers"}, "city": "太原"})
	dir := t.TempDir()
	s := &server{data: filepath.Join(dir, "data"), address: loopback(t), ops: loopback(t)}
	config := written(t, "serve.yaml", fmt.Sprintf(`
listen: %q
ops_listen: %q
data: %q
clock: event
log_level: warn
sign_in:
  totp_required_for: [reviewer, director]
  oidc:
    name: 统一认证
    issuer: %q
    client_id: %s
    client_secret_file: %q
    redirect_url: "http://%s/auth/oidc/callback"
    scopes: [profile]
    login_claim: preferred_username
    name_claim: name
    city_claim: city
    rights:
      - {claim: groups, value: gs-officers, roles: [officer]}
      - {claim: groups, value: gs-hospital-1, hospital: true, institution: H1}
`, s.address, s.ops, s.data, idp.URL, signontest.ClientID, written(t, "secret", signontest.Secret+"\n"), s.address))
	s.started = begin(t, "serve", "--config", config)
	t.Cleanup(s.cancel)
	s.ready(t)
	eventually(t, "the operator is told", func() bool { return strings.Contains(s.errs.String(), "the sign-on does not answer") })
	wang := newBrowser(t)
	says(t, "methods", wang.asked(s, 200, "GET", "/v1/session/methods", nil), `"password":true`, `"name":"统一认证"`, `"start":"/auth/oidc/start"`)
	says(t, "the page meanwhile", wang.asked(s, 503, "GET", "/auth/oidc/start", nil), "统一认证暂时没有应答", "(away)")
	idp.Down(false)
	eventually(t, "the sign-on is found", func() bool {
		status, _ := wang.ask(s, "GET", "/auth/oidc/start?return=/v1/status", nil)
		return status != 503
	})
	says(t, "who I am", wang.asked(s, 200, "GET", "/v1/session", nil), `"login":"wang"`, `"name":"王小明"`, `"officer"`, `"city":"太原"`)
	wang.asked(s, 403, "GET", "/v1/accounts", nil)
	says(t, "the accounts", s.good(t, "", "user", "list"), "wang", "王小明", "太原", "good")
	idp.Be(map[string]any{"sub": "8", "preferred_username": "eve", "groups": []string{}})
	says(t, "without rights", newBrowser(t).asked(s, 403, "GET", "/auth/oidc/start", nil), "(no_rights)")
	newBrowser(t).asked(s, 401, "GET", "/auth/oidc/callback?code=x&state=y", nil)
	newBrowser(t).asked(s, 404, "GET", "/auth/oidc/other", nil)
	info, err := os.Stat(filepath.Join(s.data, signInKeyFile))
	must(t, err)
	same(t, "mode of signin.key", info.Mode().Perm(), os.FileMode(0o600))
	if code := s.stop(t); code != exitDone {
		t.Fatalf("exit %d:\n%s", code, s.errs.String())
	}
}

func TestSignInSettings(t *testing.T) {
	for name, c := range map[string][2]string{
		"role":     {"sign_in: {totp_required_for: [root]}", "there is no role"},
		"issuer":   {"sign_in: {oidc: {issuer: 'http://sso.example', redirect_url: 'https://x/', client_id: c, login_claim: sub}}", "issuer is an https address"},
		"rights":   {"sign_in: {oidc: {issuer: 'https://sso.example', redirect_url: 'https://x/', client_id: c, login_claim: sub}}", "rights are missing"},
		"password": {"sign_in: {oidc: {client_secret: x}}", "client_secret"},
	} {
		if _, err := loadSettings(written(t, "serve.yaml", c[0]+"\n")); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: loadSettings() error:\n%+v", name, err)
		}
	}
	s := defaultSettings()
	s.Data, s.SignIn.Key = t.TempDir(), filepath.Join(t.TempDir(), "none.key")
	if _, err := s.signInKey(); err == nil {
		t.Error("a configured key that is not there is made")
	}
	s.SignIn.Key = ""
	first, err := s.signInKey()
	must(t, err)
	again, err := s.signInKey()
	must(t, err)
	same(t, "the key of the second start", string(again), string(first))
	if _, err := os.Stat(filepath.Join(s.Data, signInKeyFile)); err != nil {
		t.Errorf("the key is not kept: %v", err)
	}
}
