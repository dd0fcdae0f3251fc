package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/api"
)

// doors is the product's own HTTP server with operations of the test on it.
func doors(t *testing.T, register func(*api.Server)) string {
	t.Helper()
	server := api.New(api.DefaultConfig(), zap.NewNop(), prometheus.NewRegistry(), time.Now)
	register(server)
	handler := server.Handler(func(token string) (claimwatch.Caller, bool) {
		return claimwatch.Caller{KeyID: token, Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}, token == "good"
	}, nil)
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	return web.URL
}

// TestWhereTheKeyComesFrom: the flag before the environment before the file of
// --data, and a server's address is held against a form.
func TestWhereTheKeyComesFrom(t *testing.T) {
	url := doors(t, func(s *api.Server) {
		api.RegisterStatus(s.API(), func(context.Context) (api.Status, error) { return api.Status{Clock: "wall"}, nil })
	})
	data := t.TempDir()
	fileOf := func(key string) { must(t, os.WriteFile(filepath.Join(data, adminKeyFile), []byte(key), 0o600)) }
	tests := []struct {
		name, file, env string
		args            []string
		code            int
		says            string
	}{
		{"the flag", "bad", "bad", []string{"--key", "good"}, exitDone, ""},
		{"the environment", "bad", "good", nil, exitDone, ""},
		{"the file, with its line end", "good\n", "", nil, exitDone, ""},
		{"a key that there is not", "good", "", []string{"--key", "bad"}, exitFailed, "send Authorization: Bearer <key> with a key made by claimwatch key new"},
		{"a port without a scheme", "good", "", []string{"--server", "127.0.0.1:8080"}, exitUsage, "like http://127.0.0.1:8080"},
		{"a host without a scheme", "good", "", []string{"--server", "localhost:8080"}, exitUsage, "like http://127.0.0.1:8080"},
		{"another scheme", "good", "", []string{"--server", "ftp://127.0.0.1"}, exitUsage, "like http://127.0.0.1:8080"},
		{"an address with a slash", "good", "", []string{"--server", url + "/"}, exitDone, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fileOf(test.file)
			t.Setenv("CLAIMWATCH_KEY", test.env)
			t.Setenv("CLAIMWATCH_SERVER", url)
			code, out, errs := execute0(t, append([]string{"status", "--data", data}, test.args...)...)
			if code != test.code || !strings.Contains(errs, test.says) || (code == exitDone) != strings.HasPrefix(out, "clock    wall\n") {
				t.Errorf("exit %d, stdout %q, stderr %q; want %d and %q", code, out, errs, test.code, test.says)
			}
		})
	}
}

// TestRefusalsAreToldWhole: a problem document becomes words with every fault; an
// answer that is none is shown as it came.
func TestRefusalsAreToldWhole(t *testing.T) {
	url := doors(t, func(s *api.Server) {
		for path, err := range map[string]error{
			"/v1/one": &claimwatch.Error{Code: claimwatch.CodeChanged, Message: "somebody was faster: read it again"},
			"/v1/file": &claimwatch.Error{Code: claimwatch.CodeInvalid, Message: "2 faults", Faults: []claimwatch.Fault{
				{Line: 3, Column: "level", Code: claimwatch.CodeRange, Message: "is 1 to 3"}, {Line: 9, Column: "city", Code: claimwatch.CodeMissing, Message: "is needed"},
			}},
			"/v1/body":   &claimwatch.Error{Code: claimwatch.CodeInvalid, Message: "wrong", Faults: []claimwatch.Fault{{Column: "body.reason", Message: "too long"}}},
			"/v1/inside": errors.New("the password is 1234"),
		} {
			s.Handle("GET "+path, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { api.Write(w, err) }))
		}
		s.Handle("GET /v1/proxy", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "bad gateway", http.StatusBadGateway) }))
		s.Handle("GET /v1/words", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "welcome") }))
	})
	c := &client{server: url, key: "good", http: http.DefaultClient}
	for path, want := range map[string]string{
		"/v1/one":     "changed (409): somebody was faster: read it again",
		"/v1/file":    "invalid (422): 2 faults\n  line 3, column level: range is 1 to 3\n  line 9, column city: missing is needed",
		"/v1/body":    "invalid (422): wrong\n  body.reason: too long",
		"/v1/inside":  "internal (500): something went wrong inside; sending the same request again is safe",
		"/v1/proxy":   "server answered 502 Bad Gateway: bad gateway",
		"/v1/words":   "read answer: invalid character 'w' looking for beginning of value",
		"/v1/nowhere": "not_found (404): there is nothing at /v1/nowhere; see /docs",
	} {
		var out json.RawMessage
		err := c.get(t.Context(), path, nil, &out)
		if err == nil {
			t.Errorf("%s: no error", path)
			continue
		}
		same(t, path, err.Error(), want)
	}
}

// TestEachFollowsThePages reads all pages in order, with the filters on each, and
// stops when the reader does.
func TestEachFollowsThePages(t *testing.T) {
	var asked []string
	address := doors(t, func(s *api.Server) {
		s.Handle("GET /v1/list", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.URL.RawQuery)
			pages := map[string]string{"": `{"items":[1,2],"next":"b&c"}`, "b&c": `{"items":[],"next":"d"}`, "d": `{"items":[3],"next":""}`}
			_, _ = io.WriteString(w, pages[r.URL.Query().Get("cursor")])
		}))
	})
	c := &client{server: address, key: "good", http: http.DefaultClient}
	var got []string
	read := func(item json.RawMessage) error { got = append(got, string(item)); return nil }
	must(t, c.each(t.Context(), "/v1/list", url.Values{"rule": {"FEE-001"}}, read))
	same(t, "items", got, []string{"1", "2", "3"})
	same(t, "questions", asked, []string{"rule=FEE-001", "cursor=b%26c&rule=FEE-001", "cursor=d&rule=FEE-001"})
	got = nil
	must(t, c.each(t.Context(), "/v1/list", nil, read))
	same(t, "items without a filter", got, []string{"1", "2", "3"})

	asked = nil
	enough := errors.New("enough")
	err := c.each(t.Context(), "/v1/list", nil, func(json.RawMessage) error { return enough })
	if !errors.Is(err, enough) || len(asked) != 1 {
		t.Errorf("each() error %v after %d pages, want the reader's after one", err, len(asked))
	}
}

// TestACutAnswerIsNoAnswer: the server cuts its answer when a rule fails under
// way; neither form of output may pass for a whole one.
func TestACutAnswerIsNoAnswer(t *testing.T) {
	url := doors(t, func(s *api.Server) {
		api.RegisterEvaluate(s.API(), func(_ context.Context, _ claimwatch.Instant, _ string, yield func(*claimwatch.Finding) error) error {
			f := &claimwatch.Finding{ID: "f_1", Rule: "FEE-001", Severity: claimwatch.Violation, Subject: strings.Repeat("long ", 2000)}
			for range 3 {
				if err := yield(f); err != nil {
					return err
				}
			}
			return errors.New("the engine is gone")
		}, digestOf)
	})
	for _, form := range [][]string{nil, {"--json"}, {"--digest"}} {
		code, _, errs := execute0(t, append([]string{"evaluate", "--as-of", worldAsOf, "--server", url, "--key", "good"}, form...)...)
		if code != exitFailed || strings.Contains(errs, "engine is gone") || errs == "" {
			t.Errorf("evaluate %v: exit %d, stderr %q; want %d and nothing of the inside", form, code, errs, exitFailed)
		}
	}
}

// TestCtrlCIsNotDone: a script must not take a command that was broken off for
// one that did its work.
func TestCtrlCIsNotDone(t *testing.T) {
	entered := make(chan struct{})
	address := doors(t, func(s *api.Server) {
		s.Handle("GET /v1/status", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(entered)
			<-r.Context().Done()
		}))
	})
	s := begin(t, "status", "--server", address, "--key", "good")
	<-entered
	same(t, "exit code", s.stop(t), exitFailed)
	says(t, "stderr", s.errs.String(), "context canceled")
}
