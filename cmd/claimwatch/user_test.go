package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// browser keeps cookies as browsers do.
type browser struct {
	t    *testing.T
	http http.Client
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return &browser{t, http.Client{Jar: jar}}
}

func (b *browser) ask(s *server, method, path string, body any, header ...string) (int, string) {
	b.t.Helper()
	text, err := json.Marshal(body)
	must(b.t, err)
	var reader io.Reader
	if body != nil {
		reader = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, "http://"+s.address+path, reader)
	must(b.t, err)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := b.http.Do(r)
	must(b.t, err)
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	must(b.t, err)
	return answer.StatusCode, string(got)
}

// asked is ask with the status that is wanted; it gives the answer.
func (b *browser) asked(s *server, want int, method, path string, body any, header ...string) string {
	b.t.Helper()
	status, text := b.ask(s, method, path, body, header...)
	if status != want {
		b.t.Fatalf("%s %s: %d %s, want %d", method, path, status, text, want)
	}
	return text
}

// TestSignIn: the first administrator by the link of the start, others by theirs, a
// hospital that sees its own, and sessions that outlive the server.
func TestSignIn(t *testing.T) {
	t.Setenv("CLAIMWATCH_KEY", "")
	data := filepath.Join(t.TempDir(), "data")
	s := startServer(t, data)
	const words = "correct horse battery"
	link := regexp.MustCompile(`http://(\S+)/setup#(\S+)\n`)
	eventually(t, "the link of the first administrator is told", func() bool { return link.MatchString(s.errs.String()) })
	found := link.FindStringSubmatch(s.errs.String())
	same(t, "address of the link", found[1], s.address)
	root := newBrowser(t)
	setup := map[string]any{"token": found[2], "login": "root", "name": "管理员", "password": words}
	root.asked(s, 403, "POST", "/v1/setup", setup, "Sec-Fetch-Site", "cross-site")
	root.asked(s, 422, "POST", "/v1/setup", map[string]any{"token": found[2], "login": "root", "name": "x", "password": "short"})
	root.asked(s, 200, "POST", "/v1/setup", setup)
	root.asked(s, 409, "POST", "/v1/setup", setup)
	says(t, "who I am", root.asked(s, 200, "GET", "/v1/session", nil), `"login":"root"`, `"administrator"`, `"expires_at"`)

	linkOf := func(printed string) string {
		_, token, ok := strings.Cut(strings.TrimSpace(printed), "/link#")
		if !ok {
			t.Fatalf("no link is printed: %s", printed)
		}
		return token
	}
	s.good(t, "", "user", "add", "lost", "--name", "失", "--role", "clerk")
	wangs := linkOf(s.good(t, "", "user", "add", "wang", "--name", "王小明", "--role", "officer"))
	nurses := linkOf(s.good(t, "", "user", "add", "nurse", "--name", "赵", "--institution", "H1"))
	s.bad(t, exitFailed, "belongs to somebody else", "", "user", "add", "wang", "--name", "王", "--role", "officer")
	s.bad(t, exitUsage, "--institution ID or --role ROLE", "", "user", "add", "x", "--name", "x")
	wang, nurse := newBrowser(t), newBrowser(t)
	wang.asked(s, 200, "POST", "/v1/session/link", map[string]any{"link": wangs, "password": words})
	nurse.asked(s, 200, "POST", "/v1/session/link", map[string]any{"link": nurses, "password": words})
	wang.asked(s, 200, "GET", "/v1/rejections?institution_id=H2&month=2026-02", nil)
	nurse.asked(s, 200, "GET", "/v1/rejections?institution_id=H1&month=2026-02", nil)
	nurse.asked(s, 403, "GET", "/v1/rejections?institution_id=H2&month=2026-02", nil)
	nurse.asked(s, 403, "GET", "/v1/accounts", nil)
	root.asked(s, 403, "POST", "/v1/accounts", map[string]any{"login": "eve", "name": "eve", "roles": []string{"officer"}}, "Origin", "http://evil.example")

	// Nothing of who they are is in a copy of the journal, and the copy is whole.
	admin, err := clientFlags{Data: s.data, Server: "http://" + s.address}.client()
	must(t, err)
	copied := newBrowser(t).asked(s, 200, "GET", "/v1/journal/export", nil, "Authorization", "Bearer "+admin.key)
	for _, secret := range []string{"王小明", "argon2", `"wang"`} {
		if strings.Contains(copied, secret) {
			t.Errorf("the export holds %s", secret)
		}
	}
	var out, errs bytes.Buffer
	if code := execute(t.Context(), []string{"verify", written(t, "journal.ndjson", copied)}, terminal{out: &out, err: &errs}); code != exitDone {
		t.Errorf("verify: %d %s%s", code, out.String(), errs.String())
	}

	if code := s.stop(t); code != exitDone {
		t.Fatalf("exit %d:\n%s", code, s.errs.String())
	}
	again := &server{data: data, address: s.address, ops: s.ops}
	again.started = begin(t, "run", "--data", data, "--listen", s.address, "--ops-listen", s.ops, "--clock", "event", "--log-level", "warn")
	t.Cleanup(again.cancel)
	again.ready(t)
	says(t, "the session outlives the server", wang.asked(again, 200, "GET", "/v1/session", nil), `"login":"wang"`)
	if link.MatchString(again.errs.String()) {
		t.Error("a second start opens the setup again")
	}
	says(t, "the list", again.good(t, "", "user", "list"), "wang", "王小明", "officer", "invited", "H1", "province")
	says(t, "roles", again.good(t, "", "user", "roles", "Wang", "--role", "reviewer", "--city", "太原"), "reviewer of 太原")
	says(t, "who I am", wang.asked(again, 200, "GET", "/v1/session", nil), `"reviewer"`, "太原")
	says(t, "disable", again.good(t, "", "user", "disable", "wang"), "disabled")
	wang.asked(again, 401, "GET", "/v1/session", nil)
	wang.asked(again, 401, "POST", "/v1/session", map[string]any{"login": "wang", "password": words})
	says(t, "enable", again.good(t, "", "user", "enable", "wang"), "good")
	wang.asked(again, 200, "POST", "/v1/session", map[string]any{"login": "wang", "password": words})
	fresh := linkOf(again.good(t, "", "user", "link", "wang"))
	wang.asked(again, 200, "POST", "/v1/session/link", map[string]any{"link": fresh, "password": words + "2"})
	wang.asked(again, 204, "DELETE", "/v1/session", nil)
	wang.asked(again, 401, "GET", "/v1/session", nil)
	again.bad(t, exitFailed, "there is no account", "", "user", "disable", "nobody")
	says(t, "as JSON", again.good(t, "", "user", "list", "--json"), `"login":"nurse"`, `"state":"invited"`)
	if code := again.stop(t); code != exitDone {
		t.Fatalf("exit %d:\n%s", code, again.errs.String())
	}
}
