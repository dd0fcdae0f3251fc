package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimwatch/audit/account"
)

// person is somebody at a browser, which sends one cookie to all ports of a machine.
type person struct {
	t    *testing.T
	http http.Client
}

// keeps holds on to cookies.
type keeps struct{ http.CookieJar }

func (keeps) SetCookies(*url.URL, []*http.Cookie) {}

func newPerson(t *testing.T) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t, http.Client{Jar: jar}}
}

func (p *person) ask(s *server, method, path string, body any) (int, string) {
	p.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, s.url+path, bytes.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := p.http.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	got, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, string(got)
}

// asked is ask with the status that is wanted.
func (p *person) asked(s *server, want int, method, path string, body any) string {
	p.t.Helper()
	status, text := p.ask(s, method, path, body)
	if status != want {
		p.t.Fatalf("%s %s: %d %s, want %d", method, path, status, text, want)
	}
	return text
}

// TestSessionsOfTwoProcesses: a session and a second factor hold in every process and over
// kill -9; what ends in one ends in the others within seconds, and a code counts once in
// all of them.
func TestSessionsOfTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	log, engine, key := freeAddress(t), freeAddress(t), filepath.Join(dir, "signin.key")
	if _, code := run(t, "key", "signin", "--out", key); code != 0 {
		t.Fatalf("key signin ends with %d", code)
	}
	signIn := fmt.Sprintf("sign_in: {key: %q, totp_required_for: [reviewer]}\n", key)
	front := start(t, setup{
		data: t.TempDir(), clock: "event", address: freeAddress(t),
		serve: fmt.Sprintf("kafka: {listen: %q, session: 6s}\nclickhouse: {listen: %q}\n%s", log, engine, signIn),
	})
	back := start(t, setup{
		data: t.TempDir(), clock: "event", address: freeAddress(t),
		serve: fmt.Sprintf("kafka: %s\nclickhouse: {addr: [%q], http: true}\nparts: [sink]\n%s", kafkaLine([]string{log}), engine, signIn),
	})

	const words = "correct horse battery"
	var made struct {
		AccountID string `json:"account_id"`
		Link      string `json:"link"`
	}
	front.do(t, "POST", "/v1/accounts", "application/json", []byte(`{"login":"wang","name":"王","roles":["reviewer"]}`)).into(t, &made)
	wang := newPerson(t)
	wang.asked(front, 200, "POST", "/v1/session/link", map[string]any{"link": strings.TrimPrefix(made.Link, "/link#"), "password": words})
	wang.asked(front, 403, "GET", "/v1/findings", nil)
	until(t, "the other process knows the account, and what it must do first", 20*time.Second, func() bool {
		status, text := wang.ask(back, "GET", "/v1/session", nil)
		return status == 200 && strings.Contains(text, `"must_enroll_totp":true`)
	})
	var drawn struct {
		Secret string `json:"secret"`
	}
	if err := json.Unmarshal([]byte(wang.asked(back, 200, "POST", "/v1/session/totp", nil)), &drawn); err != nil {
		t.Fatal(err)
	}
	enroll := map[string]any{"password": words, "secret": drawn.Secret, "code": account.FactorCode(drawn.Secret, time.Now())}
	wang.asked(back, 200, "PUT", "/v1/session/totp", enroll)
	until(t, "the session that began with the factor is good in both", 20*time.Second, func() bool {
		status, _ := wang.ask(front, "GET", "/v1/findings", nil)
		return status == 200
	})
	// The code that was used in one process is used in the other.
	other := newPerson(t)
	other.asked(front, 401, "POST", "/v1/session", map[string]any{"login": "wang", "password": words, "totp": enroll["code"]})
	until(t, "the next code lets in", 40*time.Second, func() bool {
		status, _ := other.ask(front, "POST", "/v1/session", map[string]any{"login": "wang", "password": words, "totp": account.FactorCode(drawn.Secret, time.Now())})
		if status != 200 {
			time.Sleep(6 * time.Second)
		}
		return status == 200
	})
	other.asked(back, 200, "GET", "/v1/findings", nil)
	left := *other // a browser that keeps its cookie whatever the server says
	left.http.Jar = keeps{other.http.Jar}
	left.asked(front, 204, "DELETE", "/v1/session", nil)
	until(t, "who has signed out here is out there", 10*time.Second, func() bool {
		status, _ := left.ask(back, "GET", "/v1/findings", nil)
		return status == 401
	})

	front.kill()
	front = start(t, front.setup)
	wang.asked(front, 200, "GET", "/v1/findings", nil)
	until(t, "and in the other process, when it has found the store again", 60*time.Second, func() bool {
		status, _ := wang.ask(back, "GET", "/v1/findings", nil)
		return status == 200
	})
	// Disabled in one, out in the other.
	front.do(t, "PATCH", "/v1/accounts/"+made.AccountID, "application/json", []byte(`{"expected_revision":3,"disabled":true}`))
	wang.asked(front, 401, "GET", "/v1/findings", nil)
	until(t, "who is disabled is out of the other process", 10*time.Second, func() bool {
		status, _ := wang.ask(back, "GET", "/v1/findings", nil)
		return status == 401
	})
}
