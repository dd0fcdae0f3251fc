package audit

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/audit/account"
	"claimwatch/audit/secret"
)

// codes remembers used codes as the store does.
type codes struct {
	mu     sync.Mutex
	last   map[string]int64
	broken bool
}

func (c *codes) use(_ context.Context, factor string, step int64) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken {
		return false, errors.New("the store is away")
	}
	if c.last == nil {
		c.last = map[string]int64{}
	}
	if last, used := c.last[factor]; used && step <= last {
		return false, nil
	}
	c.last[factor] = step
	return true, nil
}

func newBox(t *testing.T) *secret.Box {
	t.Helper()
	b, err := secret.New(secret.NewKey(), "second factors")
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	return b
}

// shows is the code that an authenticator shows now.
func (d *desk) shows(secret string) string { return account.FactorCode(secret, d.now()) }

// toStep goes to the begin of the next step, so that none ends between two calls.
func (d *desk) toStep() {
	d.ahead.Add(int64(30*time.Second - time.Duration(d.now().UnixNano()%int64(30*time.Second))))
}

type drawn struct {
	Secret string `json:"secret"`
	URI    string `json:"uri"`
}

// enrolls sets up a second factor.
func (b *browser) enrolls(secret string, more ...string) *sessionBody {
	b.d.t.Helper()
	body := map[string]any{"password": secretWords, "secret": secret, "code": b.d.shows(secret)}
	for i := 0; i+1 < len(more); i += 2 {
		body[more[i]] = more[i+1]
	}
	who := good[sessionBody](b.d, b.ask("PUT", "/v1/session/totp", body))
	return &who
}

func (b *browser) signInWith(password, code string) (int, string) {
	b.d.t.Helper()
	answer := b.ask("POST", "/v1/session", map[string]any{"login": "wang", "password": password, "totp": code})
	return answer.Code, answer.Body.String()
}

func TestSecondFactor(t *testing.T) {
	d, root := rooted(t)
	made, link := root.invite("wang", officers)
	wang, other := &browser{d: d, address: "10.0.0.2"}, &browser{d: d, address: "10.0.0.3"}
	good[sessionBody](d, wang.joins(link, secretWords))
	good[sessionBody](d, other.signIn("wang", secretWords))
	d.toStep()
	first := good[drawn](d, wang.ask("POST", "/v1/session/totp", nil))
	if uri, err := url.Parse(first.URI); err != nil || uri.Query().Get("secret") != first.Secret || !strings.Contains(uri.Path, "wang") {
		t.Errorf("drawn: %+v", first)
	}
	d.refused(d.call(officer, "POST", "/v1/session/totp", nil), 403, claimwatch.CodeForbidden)
	d.refused(wang.ask("PUT", "/v1/session/totp", map[string]any{"password": "wrong words here", "secret": first.Secret, "code": d.shows(first.Secret)}), 401, claimwatch.CodeUnauthenticated)
	d.refused(wang.ask("PUT", "/v1/session/totp", map[string]any{"password": secretWords, "secret": first.Secret, "code": "000"}), 422, claimwatch.CodeInvalid)
	d.refused(wang.ask("PUT", "/v1/session/totp", map[string]any{"password": secretWords, "secret": "AAAA", "code": "000000"}), 422, claimwatch.CodeInvalid)
	if who := wang.enrolls(first.Secret); !who.TOTP || !wang.in() || other.in() {
		t.Errorf("with a factor: %+v, this session %v, the other %v", who, wang.in(), other.in())
	}
	// Neither the log nor an answer holds the secret.
	for _, m := range d.log.Messages() {
		if strings.Contains(string(m.Value), first.Secret) {
			t.Error("the log holds the secret")
		}
	}
	used := d.shows(first.Secret)
	d.toStep()
	seen := map[string]bool{}
	for _, c := range [][2]string{{secretWords, ""}, {secretWords, used}, {"wrong words here", d.shows(first.Secret)}, {secretWords, "000000"}} {
		code, body := other.signInWith(c[0], c[1])
		seen[body] = true
		if code != 401 {
			t.Errorf("%v: %d %s", c, code, body)
		}
	}
	if len(seen) != 1 {
		t.Errorf("the answers tell what was wrong: %v", seen)
	}
	now := d.shows(first.Secret)
	if code, body := other.signInWith(secretWords, now); code != 200 || !other.in() {
		t.Fatalf("with the code: %d %s", code, body)
	}
	if code, _ := (&browser{d: d, address: "10.0.0.9"}).signInWith(secretWords, now); code != 401 {
		t.Errorf("a code that was used lets in: %d", code)
	}
	// Another factor needs a code of this one.
	d.toStep()
	next := good[drawn](d, other.ask("POST", "/v1/session/totp", nil))
	d.refused(other.ask("PUT", "/v1/session/totp", map[string]any{"password": secretWords, "secret": next.Secret, "code": d.shows(next.Secret)}), 401, claimwatch.CodeUnauthenticated)
	other.enrolls(next.Secret, "totp", d.shows(first.Secret))
	if v := good[page[AccountView]](d, root.ask("GET", "/v1/accounts", nil)).Items[1]; !v.TOTP || v.AccountID != made.AccountID {
		t.Errorf("the account is %+v", v)
	}
	d.lostFactor(root, made.AccountID, next.Secret)
}

// lostFactor: a link is no way around the factor, one that resets it is the way out.
func (d *desk) lostFactor(root *browser, id, secret string) {
	d.t.Helper()
	stranger := &browser{d: d, address: "10.0.0.9"}
	linkOf := func(body any) string {
		_, token, _ := strings.Cut(good[struct {
			Link string `json:"link"`
		}](d, root.ask("POST", "/v1/accounts/"+id+"/link", body)).Link, "#")
		return token
	}
	found := linkOf(nil)
	d.refused(stranger.joins(found, secretWords+"2"), 401, claimwatch.CodeUnauthenticated)
	d.ahead.Add(int64(time.Minute))
	d.codes.broken = true
	d.refused(stranger.ask("POST", "/v1/session/link", map[string]any{"link": found, "password": secretWords + "2", "totp": d.shows(secret)}), 503, claimwatch.CodeUnavailable)
	d.codes.broken = false
	good[sessionBody](d, stranger.ask("POST", "/v1/session/link", map[string]any{"link": found, "password": secretWords + "2", "totp": d.shows(secret)}))
	reset := linkOf(map[string]any{"reset_totp": true})
	if stranger.in() {
		d.t.Error("a session outlives the factor by which it began")
	}
	if who := good[sessionBody](d, stranger.joins(reset, secretWords)); who.TOTP {
		d.t.Errorf("after the reset: %+v", who)
	}
}

// Who decides without the factor that is required may set it up and nothing else.
func TestMustEnroll(t *testing.T) {
	d, root := rooted(t)
	made, link := root.invite("wang", map[string]any{"roles": []string{"director"}})
	wang := &browser{d: d}
	if who := good[sessionBody](d, wang.joins(link, secretWords)); !who.MustEnroll {
		t.Errorf("a director without a factor is %+v", who)
	}
	if caller, err := d.audit.SignedIn(t.Context(), wang.token); err != nil || !caller.MustEnroll {
		t.Errorf("SignedIn() = %+v, %v", caller, err)
	}
	if who := good[sessionBody](d, wang.ask("GET", "/v1/session", nil)); !who.MustEnroll || who.TOTP {
		t.Errorf("who am I: %+v", who)
	}
	one := good[drawn](d, wang.ask("POST", "/v1/session/totp", nil))
	if who := wang.enrolls(one.Secret); who.MustEnroll || !who.TOTP {
		t.Errorf("with a factor: %+v", who)
	}
	good[AccountView](d, root.ask("PATCH", "/v1/accounts/"+made.AccountID, map[string]any{"expected_revision": 3, "roles": []string{"clerk"}}))
	if caller, err := d.audit.SignedIn(t.Context(), wang.token); err != nil || caller.MustEnroll || root.mustEnroll() {
		t.Errorf("SignedIn() = %+v, %v", caller, err)
	}
}

func (b *browser) mustEnroll() bool {
	caller, _ := b.d.audit.SignedIn(b.d.t.Context(), b.token)
	return caller.MustEnroll
}

// A server with another key file lets nobody past the factor, and says why.
func TestFactorsOfAnotherKey(t *testing.T) {
	d, root := rooted(t)
	_, link := root.invite("wang", officers)
	wang := &browser{d: d}
	good[sessionBody](d, wang.joins(link, secretWords))
	one := good[drawn](d, wang.ask("POST", "/v1/session/totp", nil))
	wang.enrolls(one.Secret)
	d.ahead.Add(int64(time.Minute))
	d.audit.deps.Factors.Box = newBox(t)
	if code, body := wang.signInWith(secretWords, d.shows(one.Secret)); code != 503 {
		t.Errorf("with another key: %d %s", code, body)
	}
	d.audit.deps.Factors.Box = nil
	if code, body := wang.signInWith(secretWords, d.shows(one.Secret)); code != 503 {
		t.Errorf("without a key: %d %s", code, body)
	}
}
