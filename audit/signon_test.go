package audit

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/signon"
	"claimwatch/audit/signon/signontest"
)

// withSignOn is a desk with the sign-on of an agency.
func withSignOn(t *testing.T) (*desk, *browser, *signontest.Server) {
	t.Helper()
	d, root := rooted(t)
	idp := signontest.Start(t, d.now)
	var err error
	d.audit.deps.SignOn, err = signon.New(signon.Config{
		Name: "统一认证", Issuer: idp.URL, ClientID: signontest.ClientID, ClientSecret: signontest.Secret, Redirect: "http://127.0.0.1:8080" + SignOnCallback,
		LoginClaim: "preferred_username", NameClaim: "name",
		Rights: []signon.Rule{
			{Claim: "groups", Value: "officers", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}},
			{Claim: "groups", Value: "reviewers", Roles: []claimwatch.CallerRole{claimwatch.RoleReviewer}},
			{Claim: "groups", Value: "H1", Hospital: true, Institution: "H1"},
		},
	}, newBox(t), d.now)
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	return d, root, idp
}

// visit asks for a page as a browser does, with the cookie of before.
func (b *browser) visit(serve http.HandlerFunc, address, carried string) *http.Response {
	b.d.t.Helper()
	r := httptest.NewRequest("GET", address, nil)
	if carried != "" {
		r.AddCookie(&http.Cookie{Name: "claimwatch_signon", Value: carried})
	}
	w := httptest.NewRecorder()
	serve(w, r.WithContext(claimwatch.WithVisitor(r.Context(), claimwatch.Visitor{Address: b.address, Plain: true})))
	for _, c := range w.Result().Cookies() {
		if c.Name == claimwatch.PlainSessionCookie {
			b.token = c.Value
		}
	}
	return w.Result()
}

// toSignOn goes to the sign-on and gives the address to which that sends back.
func (b *browser) toSignOn(to string) (back, carried string) {
	b.d.t.Helper()
	began := b.visit(b.d.audit.StartSignOn, SignOnStart+"?return="+to, "")
	for _, c := range began.Cookies() {
		carried = c.Value
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 600 {
			b.d.t.Errorf("the cookie is %+v", c)
		}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(began.Header.Get("Location"))
	if err != nil {
		b.d.t.Fatalf("Get() error:\n%+v", err)
	}
	defer answer.Body.Close()
	return answer.Header.Get("Location"), carried
}

func (b *browser) signsOn() *http.Response {
	b.d.t.Helper()
	back, carried := b.toSignOn("/findings")
	return b.visit(b.d.audit.EndSignOn, back, carried)
}

// notIn holds that nobody was signed in, and what the page says.
func (b *browser) notIn(answer *http.Response, status int, reason signon.Reason) {
	b.d.t.Helper()
	body := make([]byte, 4096)
	n, _ := answer.Body.Read(body)
	text := string(body[:n])
	if answer.StatusCode != status || !strings.Contains(text, "("+string(reason)+")") || strings.Contains(answer.Header.Get("Set-Cookie"), claimwatch.PlainSessionCookie+"=") ||
		!strings.HasPrefix(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		b.d.t.Errorf("%d %v %s; want %d %s", answer.StatusCode, answer.Header, text, status, reason)
	}
}

func claims(sub, login string, groups ...string) map[string]any {
	return map[string]any{"sub": sub, "preferred_username": login, "name": "王" + login, "groups": groups}
}

// A person of the sign-on is one person, whatever the sign-on says of them over time.
func TestSignOn(t *testing.T) {
	d, root, idp := withSignOn(t)
	wang := &browser{d: d, address: "10.0.0.2"}
	idp.Be(claims("7", "wang", "officers"))
	answer := wang.signsOn()
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/findings" || !wang.in() {
		t.Fatalf("signed on: %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	who := good[sessionBody](d, wang.ask("GET", "/v1/session", nil))
	if who.Login != "wang" || !cmp.Equal(who.Roles, []claimwatch.CallerRole{claimwatch.RoleOfficer}) || who.MustEnroll {
		t.Errorf("who am I: %+v", who)
	}
	d.refused(wang.ask("POST", "/v1/session/totp", nil), 403, claimwatch.CodeForbidden)
	d.refused((&browser{d: d}).signIn("wang", ""), 401, claimwatch.CodeUnauthenticated)
	entries, _ := d.j.Head()
	wang.signsOn()
	if now, _ := d.j.Head(); now != entries {
		t.Error("signing on without a change is journalled")
	}
	// Another task, another name and another login: the same person.
	first := wang.token
	idp.Be(claims("7", "wang.x", "reviewers", "others"))
	wang.signsOn()
	who2 := good[sessionBody](d, (&browser{d: d, token: first}).ask("GET", "/v1/session", nil))
	if who2.KeyID != who.KeyID || who2.Login != "wang" || who2.Name != "王wang.x" || !cmp.Equal(who2.Roles, []claimwatch.CallerRole{claimwatch.RoleReviewer}) {
		t.Errorf("with other claims: %+v", who2)
	}
	// Whoever takes the login over at the sign-on is somebody else.
	idp.Be(claims("8", "wang", "officers"))
	eve := &browser{d: d, address: "10.0.0.3"}
	eve.notIn(eve.signsOn(), 409, reasonTaken)
	idp.Be(claims("9", "root", "officers"))
	eve.notIn(eve.signsOn(), 409, reasonTaken)
	idp.Be(claims("7", "wang", "H1"))
	wang.notIn(wang.signsOn(), 403, reasonKind)
	d.refused(root.ask("PATCH", "/v1/accounts/"+who.KeyID, map[string]any{"expected_revision": 2, "roles": []string{"director"}}), 409, claimwatch.CodeIllegalTransition)
	if v := good[page[AccountView]](d, root.ask("GET", "/v1/accounts", nil)).Items[1]; !v.SignOn || v.State != "good" {
		t.Errorf("the account is %+v", v)
	}
	// Put out by an administrator: the sign-on brings nobody back.
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+who.KeyID, map[string]any{"expected_revision": 2, "disabled": true}))
	idp.Be(claims("7", "wang", "officers"))
	wang.notIn(wang.signsOn(), 403, reasonDisabled)
}

// Who has no rights any more loses session and keys, until the sign-on gives rights again.
func TestSignOnTakesRightsAway(t *testing.T) {
	d, _, idp := withSignOn(t)
	wang := &browser{d: d, address: "10.0.0.2"}
	idp.Be(claims("7", "wang"))
	wang.notIn(wang.signsOn(), 403, signon.NoRights)
	if len(d.j.People()) != 1 {
		t.Error("who has no rights gets an account")
	}
	idp.Be(claims("7", "wang", "officers"))
	wang.signsOn()
	who := good[sessionBody](d, wang.ask("GET", "/v1/session", nil))
	k := good[keyAnswer2](d, wang.ask("POST", "/v1/keys", map[string]any{"account": who.KeyID}))
	held := wang.token
	for _, groups := range [][]string{{"others"}, {"officers", "H1"}} {
		idp.Be(claims("7", "wang", groups...))
		if answer := wang.signsOn(); answer.StatusCode != 403 || (&browser{d: d, token: held}).in() || d.withKey(k.Key).KeyID != "" {
			t.Errorf("%v: %d, still in", groups, answer.StatusCode)
		}
		idp.Be(claims("7", "wang", "officers"))
		if answer := wang.signsOn(); answer.StatusCode != 303 || !wang.in() || d.withKey(k.Key).KeyID != who.KeyID {
			t.Errorf("back again: %d", answer.StatusCode)
		}
		held = wang.token
	}
}

// What a browser did not begin signs nobody in, whatever it is that is wrong.
func TestSignOnRefuses(t *testing.T) {
	d, _, idp := withSignOn(t)
	wang := &browser{d: d, address: "10.0.0.2"}
	idp.Be(claims("7", "wang", "officers"))
	back, carried := wang.toSignOn("//evil.example")
	_, others := wang.toSignOn("/")
	wang.notIn(wang.visit(d.audit.EndSignOn, back, ""), 401, signon.Stale)
	wang.notIn(wang.visit(d.audit.EndSignOn, back, others), 401, signon.Stale)
	answer := wang.visit(d.audit.EndSignOn, back, carried)
	if answer.StatusCode != 303 || answer.Header.Get("Location") != "/" || !wang.in() {
		t.Errorf("after the wrong ones: %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	cleared := false
	for _, c := range answer.Cookies() {
		cleared = cleared || c.Name == "claimwatch_signon" && c.MaxAge < 0
	}
	if !cleared {
		t.Error("what was carried is kept")
	}
	wang.notIn(wang.visit(d.audit.EndSignOn, back, carried), 401, signon.Denied)
	idp.Spoil(func(_, claims map[string]any) { claims["nonce"] = "x" })
	wang.notIn(wang.signsOn(), 401, signon.BadProof)
	for range freeOfAddress {
		d.audit.door.addresses.Failed(d.now(), wang.address)
	}
	wang.notIn(wang.signsOn(), 429, reasonSlow)
	other := &browser{d: d, address: "10.0.0.3"}
	idp.Spoil(nil)
	d.sessions.broken = true
	other.notIn(other.signsOn(), 503, signon.Away)
	d.sessions.broken = false
	type methods struct {
		Password bool          `json:"password"`
		OIDC     *signOnMethod `json:"oidc"`
	}
	got := good[methods](d, d.call(nobody, "GET", "/v1/session/methods", nil))
	if diff := cmp.Diff(got, methods{true, &signOnMethod{"统一认证", SignOnStart}}); diff != "" {
		t.Errorf("methods (-got, +want):\n%s", diff)
	}
	d.audit.deps.SignOn = nil
	if got := good[methods](d, d.call(nobody, "GET", "/v1/session/methods", nil)); got.OIDC != nil || !got.Password {
		t.Errorf("without a sign-on: %+v", got)
	}
}
