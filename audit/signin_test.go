package audit

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/session"
)

// sessions keeps sessions in memory as the store does.
type sessions struct {
	mu     sync.Mutex
	saved  []session.Session
	broken bool
}

func (s *sessions) SaveSession(_ context.Context, one session.Session) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return errors.New("the store is away")
	}
	s.saved = append(s.saved, one)
	return nil
}

func (s *sessions) Session(_ context.Context, hash string) (found session.Session, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return found, false, errors.New("the store is away")
	}
	for _, one := range s.saved {
		if one.Hash == hash {
			one.Seen, one.Ended = max(one.Seen, found.Seen), one.Ended || found.Ended
			found, ok = one, true
		}
	}
	return found, ok, nil
}

// browser is somebody at a browser: it keeps the cookie as browsers do.
type browser struct {
	d       *desk
	address string
	token   string
}

// ask makes a call as the server does that package api puts before the stage.
func (b *browser) ask(method, path string, body any) *httptest.ResponseRecorder {
	b.d.t.Helper()
	by := claimwatch.Visitor{Address: b.address, Plain: true, Session: b.token}
	caller := claimwatch.Caller{}
	if b.token != "" && !slices.Contains([]string{"POST /v1/session", "POST /v1/session/link", "POST /v1/setup"}, method+" "+path) {
		var err error
		if caller, err = b.d.audit.SignedIn(b.d.t.Context(), b.token); err != nil {
			caller = nobody
		}
	}
	outer := b.d.mux
	b.d.mux = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		outer.ServeHTTP(w, r.WithContext(claimwatch.WithVisitor(r.Context(), by)))
	})
	defer func() { b.d.mux = outer }()
	answer := b.d.call(caller, method, path, body)
	for _, c := range answer.Result().Cookies() {
		b.token = c.Value
	}
	return answer
}

func (b *browser) signIn(login, password string) *httptest.ResponseRecorder {
	b.d.t.Helper()
	return b.ask("POST", "/v1/session", map[string]any{"login": login, "password": password})
}

func (b *browser) in() bool {
	_, err := b.d.audit.SignedIn(b.d.t.Context(), b.token)
	return err == nil
}

const secretWords = "correct horse battery"

// rooted is a desk whose first administrator has been made with the link of the start.
func rooted(t *testing.T) (*desk, *browser) {
	t.Helper()
	d := newDesk(t)
	<-d.j.CaughtUp()
	token, open := d.audit.OpenSetup()
	if !open {
		t.Fatal("a start without accounts opens no setup")
	}
	root := &browser{d: d, address: "10.0.0.1"}
	answer := root.ask("POST", "/v1/setup", map[string]any{"token": token, "login": "Root", "name": "管理员", "password": secretWords})
	who := good[sessionBody](d, answer)
	if who.Login != "root" || who.Name != "管理员" || !slices.Equal(who.Roles, []claimwatch.CallerRole{claimwatch.RoleAdministrator}) || !root.in() {
		t.Fatalf("the first administrator is %+v", who)
	}
	return d, root
}

// invite makes an account and gives what follows # in its link.
func (b *browser) invite(login string, more map[string]any) (AccountView, string) {
	b.d.t.Helper()
	body := map[string]any{"login": login, "name": "王" + login}
	for k, v := range more {
		body[k] = v
	}
	answer := good[struct {
		AccountView
		Link string `json:"link"`
	}](b.d, b.ask("POST", "/v1/accounts", body))
	_, token, _ := strings.Cut(answer.Link, "#")
	return answer.AccountView, token
}

// joins uses a link.
func (b *browser) joins(link, password string) *httptest.ResponseRecorder {
	b.d.t.Helper()
	return b.ask("POST", "/v1/session/link", map[string]any{"link": link, "password": password})
}

var officers = map[string]any{"roles": []string{"officer"}}

func TestSetup(t *testing.T) {
	d, root := rooted(t)
	if _, open := d.audit.OpenSetup(); open {
		t.Error("the setup opens again")
	}
	stranger := &browser{d: d, address: "10.0.0.2"}
	for _, token := range []string{"", "x", root.token} {
		d.refused(stranger.ask("POST", "/v1/setup", map[string]any{"token": token, "login": "eve", "name": "eve", "password": secretWords}), 401, claimwatch.CodeUnauthenticated)
	}
	// A link of before, kept by somebody: the journal refuses.
	token, hash := newLink()
	d.audit.door.setup, d.audit.door.setupUntil = hash, d.now().Add(time.Hour)
	d.refused(stranger.ask("POST", "/v1/setup", map[string]any{"token": token, "login": "eve", "name": "eve", "password": secretWords}), 409, claimwatch.CodeIllegalTransition)
	d.audit.door.setupUntil = d.now().Add(-time.Second)
	d.refused(stranger.ask("POST", "/v1/setup", map[string]any{"token": token, "login": "eve", "name": "eve", "password": secretWords}), 401, claimwatch.CodeUnauthenticated)
}

func TestLinkMakesAPassword(t *testing.T) {
	d, root := rooted(t)
	made, link := root.invite("wang", officers)
	if made.State != "invited" || made.LinkUntil == nil || made.Revision != 1 {
		t.Errorf("the new account is %+v", made)
	}
	wang := &browser{d: d, address: "10.0.0.2"}
	d.refused(wang.signIn("wang", ""), 401, claimwatch.CodeUnauthenticated)
	d.refused(wang.joins(link, "short"), 422, claimwatch.CodeInvalid)
	who := good[sessionBody](d, wang.joins(link, secretWords))
	if who.KeyID != made.AccountID || who.Login != "wang" || who.ExpiresAt == nil {
		t.Errorf("who joined is %+v", who)
	}
	d.refused(wang.joins(link, secretWords+"2"), 401, claimwatch.CodeUnauthenticated)
	if answer := good[page[AccountView]](d, root.ask("GET", "/v1/accounts", nil)); len(answer.Items) != 2 || answer.Items[1].State != "good" || answer.Items[1].LinkUntil != nil {
		t.Errorf("the accounts are %+v", answer.Items)
	}
	d.refused(wang.ask("GET", "/v1/accounts", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(hospital, "GET", "/v1/accounts", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(nobody, "GET", "/v1/session", nil), 401, claimwatch.CodeUnauthenticated)
	// A link that is too old, and one that another has replaced.
	_, old := root.invite("li", officers)
	accounts := good[page[AccountView]](d, root.ask("GET", "/v1/accounts", nil)).Items
	li := &browser{d: d}
	renewed := good[struct {
		Link string `json:"link"`
	}](d, root.ask("POST", "/v1/accounts/"+accounts[0].AccountID+"/link", nil)).Link
	d.refused(li.joins(old, secretWords), 401, claimwatch.CodeUnauthenticated)
	d.ahead.Store(int64(linkLasts))
	d.refused(li.joins(strings.TrimPrefix(renewed, linkPath), secretWords), 401, claimwatch.CodeUnauthenticated)
}

// Unknown logins, wrong passwords, and accounts that may not are answered alike.
func TestUniformRefusal(t *testing.T) {
	d, root := rooted(t)
	root.invite("invited", officers)
	gone, link := root.invite("gone", officers)
	(&browser{d: d}).joins(link, secretWords)
	off := true
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+gone.AccountID, map[string]any{"expected_revision": 2, "disabled": off}))
	var bodies []string
	for i, c := range [][2]string{{"root", "wrong words here"}, {"nobody", secretWords}, {"invited", ""}, {"gone", secretWords}, {"王", secretWords}, {"", ""}} {
		b := &browser{d: d, address: string(rune('a' + i))}
		answer := b.signIn(c[0], c[1])
		d.refused(answer, 401, claimwatch.CodeUnauthenticated)
		bodies = append(bodies, answer.Body.String())
		if answer.Header().Get("Set-Cookie") != "" {
			t.Errorf("%v: a cookie is given", c)
		}
	}
	if len(slices.Compact(bodies)) != 1 {
		t.Errorf("the answers differ: %v", bodies)
	}
}

func TestGuessingIsSlow(t *testing.T) {
	d, root := rooted(t)
	eve := &browser{d: d, address: "6.6.6.6"}
	for range freeOfLogin {
		d.refused(eve.signIn("root", "wrong words here"), 401, claimwatch.CodeUnauthenticated)
		d.ahead.Add(int64(time.Millisecond))
	}
	d.refused(eve.signIn("root", secretWords), 429, claimwatch.CodeSlowDown)
	d.refused(eve.signIn(" ROOT ", secretWords), 429, claimwatch.CodeSlowDown)
	if !root.in() {
		t.Error("a stranger's guesses end a session")
	}
	d.ahead.Add(int64(3 * time.Second))
	if answer := eve.signIn("root", secretWords); answer.Code != 200 {
		t.Errorf("after the delay: %d %s", answer.Code, answer.Body)
	}
	// Many logins from one address.
	for range freeOfAddress {
		d.audit.door.addresses.Failed(d.now(), "7.7.7.7")
	}
	d.refused((&browser{d: d, address: "7.7.7.7"}).signIn("root", secretWords), 429, claimwatch.CodeSlowDown)
}

func TestSessionsEnd(t *testing.T) {
	d, root := rooted(t)
	_, link := root.invite("wang", officers)
	wang, elsewhere := &browser{d: d}, &browser{d: d}
	good[sessionBody](d, wang.joins(link, secretWords))
	good[sessionBody](d, elsewhere.signIn("wang", secretWords))
	if !wang.in() || !elsewhere.in() || wang.token == elsewhere.token {
		t.Fatal("two sessions of one person")
	}
	before := elsewhere.token
	good[sessionBody](d, elsewhere.signIn("wang", secretWords))
	if elsewhere.token == before || (&browser{d: d, token: before}).in() {
		t.Error("a session of before the sign-in lives on")
	}
	d.refused(wang.ask("PUT", "/v1/session/password", map[string]any{"password": "wrong words here", "new_password": secretWords + "2"}), 401, claimwatch.CodeUnauthenticated)
	good[sessionBody](d, wang.ask("PUT", "/v1/session/password", map[string]any{"password": secretWords, "new_password": secretWords + "2"}))
	if !wang.in() || elsewhere.in() {
		t.Error("a new password ends the other sessions and not this one")
	}
	if answer := wang.ask("DELETE", "/v1/session", nil); answer.Code != 204 || wang.token != "" {
		t.Errorf("sign out: %d, cookie %q", answer.Code, wang.token)
	}
	d.refused(d.call(officer, "DELETE", "/v1/session", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(officer, "PUT", "/v1/session/password", map[string]any{"password": "x", "new_password": secretWords}), 403, claimwatch.CodeForbidden)

	good[sessionBody](d, wang.signIn("wang", secretWords+"2"))
	id := good[page[AccountView]](d, root.ask("GET", "/v1/accounts", nil)).Items[1].AccountID
	d.refused(root.ask("PATCH", "/v1/accounts/"+id, map[string]any{"expected_revision": 1, "disabled": true}), 409, claimwatch.CodeChanged)
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+id, map[string]any{"expected_revision": 3, "disabled": true}))
	if wang.in() {
		t.Error("who is disabled is still in")
	}
	on := good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+id, map[string]any{"expected_revision": 4, "disabled": false}))
	if wang.in() || on.State != "good" {
		t.Error("enabling brings an old session back")
	}
	good[sessionBody](d, wang.signIn("wang", secretWords+"2"))
	changed := good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+id, map[string]any{"expected_revision": 5, "roles": []string{"reviewer"}, "city": "太原"}))
	if who := good[sessionBody](d, wang.ask("GET", "/v1/session", nil)); !cmp.Equal(who.Roles, []claimwatch.CallerRole{claimwatch.RoleReviewer}) || who.City != "太原" || changed.AccountID != who.KeyID {
		t.Errorf("with another task: %+v", who)
	}
	if answer := root.ask("DELETE", "/v1/keys/"+id, nil); answer.Code != 204 || wang.in() {
		t.Errorf("revoking the key: %d, still in %v", answer.Code, wang.in())
	}
	d.refused(root.ask("POST", "/v1/accounts/"+id+"/link", nil), 409, claimwatch.CodeIllegalTransition)
}

// Nobody gives themselves anything, and a hospital's person is a hospital.
func TestAccountsAreForOthers(t *testing.T) {
	d, root := rooted(t)
	self := good[sessionBody](d, root.ask("GET", "/v1/session", nil)).KeyID
	d.refused(root.ask("PATCH", "/v1/accounts/"+self, map[string]any{"expected_revision": 1, "roles": []string{"officer", "administrator"}}), 403, claimwatch.CodeForbidden)
	d.refused(root.ask("PATCH", "/v1/accounts/"+self, map[string]any{"expected_revision": 1, "disabled": true}), 403, claimwatch.CodeForbidden)
	d.refused(root.ask("POST", "/v1/accounts/"+self+"/link", nil), 403, claimwatch.CodeForbidden)
	d.refused(root.ask("PATCH", "/v1/accounts/ffffffffffffffff", map[string]any{"expected_revision": 1, "disabled": true}), 404, claimwatch.CodeNotFound)
	for _, wrong := range []map[string]any{{}, {"roles": []string{"hospital"}}, {"roles": []string{"officer"}, "institution_id": "H1"}, {"institution_id": "H1", "city": "太原"}} {
		wrong["login"], wrong["name"] = "li", "李"
		d.refused(root.ask("POST", "/v1/accounts", wrong), 422, claimwatch.CodeInvalid)
	}
	made, link := root.invite("nurse", map[string]any{"institution_id": "H1"})
	nurse := &browser{d: d}
	who := good[sessionBody](d, nurse.joins(link, secretWords))
	if who.InstitutionID != "H1" || !cmp.Equal(who.Roles, []claimwatch.CallerRole{claimwatch.RoleHospital}) {
		t.Errorf("a hospital's person is %+v", who)
	}
	d.refused(root.ask("PATCH", "/v1/accounts/"+made.AccountID, map[string]any{"expected_revision": 2, "roles": []string{"officer"}}), 422, claimwatch.CodeInvalid)
	caller, err := d.audit.SignedIn(t.Context(), nurse.token)
	if err != nil || !caller.Sees("H1") || caller.Sees("H2") {
		t.Errorf("the hospital's person is %+v, %v", caller, err)
	}
}

// A store that is away signs nobody out: it says so.
func TestSessionsAway(t *testing.T) {
	d, root := rooted(t)
	d.sessions.broken = true
	d.ahead.Add(int64(time.Minute)) // nothing is remembered so long
	if _, err := d.audit.SignedIn(t.Context(), root.token); claimwatch.CodeOf(err) != claimwatch.CodeUnavailable {
		t.Errorf("SignedIn() error:\n%+v", err)
	}
	d.refused((&browser{d: d}).signIn("root", secretWords), 503, claimwatch.CodeUnavailable)
}

func TestCookies(t *testing.T) {
	for _, c := range []struct {
		by    claimwatch.Visitor
		token string
		want  string
	}{
		{claimwatch.Visitor{}, "t", "__Host-claimwatch_session=t; Path=/; HttpOnly; Secure; SameSite=Strict"},
		{claimwatch.Visitor{Plain: true}, "t", "claimwatch_session=t; Path=/; HttpOnly; SameSite=Strict"},
		{claimwatch.Visitor{}, "", "__Host-claimwatch_session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict"},
	} {
		if got := cookie(c.by, c.token); got != c.want {
			t.Errorf("cookie(%+v, %q) = %q", c.by, c.token, got)
		}
	}
}

// Who has left hears nothing more on a stream that is still open, and an open stream is no
// use of a session.
func TestStreamsEndWithSessions(t *testing.T) {
	d, root := rooted(t)
	made, link := root.invite("wang", officers)
	wang := &browser{d: d}
	good[sessionBody](d, wang.joins(link, secretWords))
	held := d.facts.put(sample("H1|P1|S1", false))
	plain := d.mux
	d.mux = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		plain.ServeHTTP(w, r.WithContext(claimwatch.WithVisitor(r.Context(), claimwatch.Visitor{Session: wang.token})))
	})
	caller, err := d.audit.SignedIn(t.Context(), wang.token)
	if err != nil {
		t.Fatalf("SignedIn() error:\n%+v", err)
	}
	server := d.streamServer()
	ear := d.listen(server, caller, "", "")
	written := len(d.sessions.saved)
	d.ahead.Add(int64(30 * time.Minute))
	d.changed(1, claimwatch.Opened, held.ID)
	if block, open := <-ear.blocks; !open || !strings.Contains(block, held.ID) {
		t.Fatalf("who is signed in hears %q, %v", block, open)
	}
	if len(d.sessions.saved) != written {
		t.Error("listening keeps the session alive")
	}
	d.mux = plain
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+made.AccountID, map[string]any{"expected_revision": 2, "disabled": true}))
	d.ahead.Add(int64(streamLook))
	d.changed(2, claimwatch.Revised, held.ID)
	for block := range ear.blocks {
		if strings.Contains(block, held.ID) {
			t.Errorf("who was disabled hears %q", block)
		}
	}
}
