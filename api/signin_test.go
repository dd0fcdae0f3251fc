package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"claimwatch"
)

// signedInWorld is a server that knows the key "key" and the session "session".
func signedInWorld(seen *[]claimwatch.Caller) http.Handler {
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		*seen = append(*seen, claimwatch.CallerFrom(r.Context()))
	})
	return headed(WithCaller(func(token string) (claimwatch.Caller, bool) {
		return claimwatch.Caller{KeyID: "of the key"}, token == "key"
	}, func(_ context.Context, token string) (claimwatch.Caller, error) {
		if token != "session" {
			return claimwatch.Caller{}, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "over")
		}
		return claimwatch.Caller{KeyID: "of the session"}, nil
	})(handler))
}

// Who comes with a cookie is let in where the cookie may have come from, and changes
// something only from a page of this server. A key is never sent by itself.
func TestWhoMaySendACookie(t *testing.T) {
	const far, near = "203.0.113.9:4711", "127.0.0.1:4711"
	secure, plain := claimwatch.SessionCookie+"=session", claimwatch.PlainSessionCookie+"=session"
	for name, c := range map[string]struct {
		method, host, remote string
		header               []string
		want                 int
		who                  string
	}{
		"secure cookie":                 {"GET", "cw.example", far, []string{"Cookie", secure}, 200, "of the session"},
		"plain cookie from afar":        {"GET", "cw.example", far, []string{"Cookie", plain}, 401, ""},
		"plain cookie, other name here": {"GET", "cw.example", near, []string{"Cookie", plain}, 401, ""},
		"plain cookie through a proxy":  {"GET", "127.0.0.1:8080", near, []string{"Cookie", plain, "X-Forwarded-For", "203.0.113.9"}, 401, ""},
		"secure cookie through a proxy": {"GET", "127.0.0.1:8080", near, []string{"Cookie", secure, "X-Forwarded-Proto", "https"}, 200, "of the session"},
		"plain cookie on one machine":   {"GET", "127.0.0.1:8080", near, []string{"Cookie", plain}, 200, "of the session"},
		"by name":                       {"GET", "localhost:8080", "[::1]:4711", []string{"Cookie", plain}, 200, "of the session"},
		"session that is over":          {"GET", "localhost", near, []string{"Cookie", claimwatch.PlainSessionCookie + "=old"}, 401, ""},
		"key beside a cookie":           {"GET", "localhost", near, []string{"Cookie", plain, "Authorization", "Bearer key"}, 200, "of the key"},
		"bad key beside a cookie":       {"GET", "localhost", near, []string{"Cookie", plain, "Authorization", "Bearer x"}, 401, ""},
		"write from the console":        {"POST", "cw.example", far, []string{"Cookie", secure, "Sec-Fetch-Site", "same-origin", "Origin", "https://cw.example"}, 200, "of the session"},
		"write by a program":            {"POST", "cw.example", far, []string{"Cookie", secure}, 200, "of the session"},
		"write from another site":       {"POST", "cw.example", far, []string{"Cookie", secure, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, 403, ""},
		"write from a neighbor":         {"DELETE", "cw.example", far, []string{"Cookie", secure, "Sec-Fetch-Site", "same-site", "Origin", "https://x.example"}, 403, ""},
		"write from an old browser":     {"PATCH", "cw.example", far, []string{"Cookie", secure, "Origin", "https://evil.example"}, 403, ""},
		"read from another site":        {"GET", "cw.example", far, []string{"Cookie", secure, "Sec-Fetch-Site", "cross-site"}, 200, "of the session"},
		"write with a key":              {"POST", "cw.example", far, []string{"Authorization", "Bearer key", "Sec-Fetch-Site", "cross-site", "Origin", "https://other.example"}, 200, "of the key"},
		"nothing":                       {"POST", "cw.example", far, nil, 401, ""},
	} {
		var seen []claimwatch.Caller
		r := httptest.NewRequest(c.method, "http://"+c.host+"/v1/findings", nil)
		r.RemoteAddr = c.remote
		for i := 0; i+1 < len(c.header); i += 2 {
			r.Header.Set(c.header[i], c.header[i+1])
		}
		w := httptest.NewRecorder()
		signedInWorld(&seen).ServeHTTP(w, r)
		who := ""
		if len(seen) > 0 {
			who = seen[0].KeyID
		}
		same(t, name+": status", w.Code, c.want)
		same(t, name+": caller", who, c.who)
		same(t, name+": sniffing", w.Header().Get("X-Content-Type-Options"), "nosniff")
	}
}

// Signing in needs nothing but comes from no other site, and its answers are kept by nobody.
func TestSigningInIsOpen(t *testing.T) {
	for _, path := range signIn {
		for site, want := range map[string]int{"same-origin": 200, "cross-site": 403} {
			var seen []claimwatch.Caller
			r := httptest.NewRequest("POST", path, nil)
			r.Header.Set("Sec-Fetch-Site", site)
			w := httptest.NewRecorder()
			signedInWorld(&seen).ServeHTTP(w, r)
			same(t, path+" from "+site, w.Code, want)
			same(t, path+" is kept", w.Header().Get("Cache-Control"), "no-store")
		}
		if writes(http.MethodPost, path) {
			t.Errorf("%s is remembered for an Idempotency-Key", path)
		}
	}
	for _, ask := range [][2]string{{"GET", "/v1/session"}, {"DELETE", "/v1/session"}, {"PUT", "/v1/session/password"}, {"POST", "/v1/accounts"}} {
		var seen []claimwatch.Caller
		w := httptest.NewRecorder()
		signedInWorld(&seen).ServeHTTP(w, httptest.NewRequest(ask[0], ask[1], nil))
		same(t, ask[0]+" "+ask[1], w.Code, http.StatusUnauthorized)
	}
}

func TestVisitorAddress(t *testing.T) {
	for _, c := range [][3]string{
		{"203.0.113.9:1", "", "203.0.113.9"},
		{"203.0.113.9:1", "10.0.0.1", "203.0.113.9"}, // anybody can write a header
		{"127.0.0.1:1", "10.0.0.1, 203.0.113.7", "203.0.113.7"},
		{"[::1]:1", "", "::/64"},
		{"[2001:db8:1:2:3:4:5:6]:1", "", "2001:db8:1:2::/64"},
		{"[::1]:1", "2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"},
		{"[::ffff:203.0.113.9]:1", "", "203.0.113.9"},
		{"127.0.0.1:1", "203.0.113.7:4711", "203.0.113.7"},
		{"127.0.0.1:1", "\n" + "{made up}", "?"},
		{"127.0.0.1:1", "10.0.0.1|203.0.113.8", "203.0.113.8"}, // the proxy's is the second header
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c[0]
		if c[1] != "" {
			for one := range strings.SplitSeq(c[1], "|") {
				r.Header.Add("X-Forwarded-For", one)
			}
		}
		same(t, c[0]+" "+c[1], visitor(r).Address, c[2])
	}
}

// Who must set up a second factor first reaches nothing else.
func TestMustEnroll(t *testing.T) {
	handler := WithCaller(func(string) (claimwatch.Caller, bool) { return claimwatch.Caller{}, false },
		func(context.Context, string) (claimwatch.Caller, error) {
			return claimwatch.Caller{KeyID: "wang", MustEnroll: true}, nil
		})(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for ask, want := range map[[2]string]int{
		{"GET", "/v1/session"}: 200, {"DELETE", "/v1/session"}: 200, {"POST", "/v1/session/totp"}: 200, {"PUT", "/v1/session/totp"}: 200,
		{"PUT", "/v1/session/password"}: 200, {"GET", "/v1/session/methods"}: 200,
		{"GET", "/v1/findings"}: 403, {"GET", "/v1/stream"}: 403, {"POST", "/v1/keys"}: 403, {"GET", "/v1/accounts"}: 403, {"GET", "/v1/status"}: 403,
		{"GET", "/v1/session/totp/x"}: 403,
	} {
		r := httptest.NewRequest(ask[0], ask[1], nil)
		r.Header.Set("Cookie", claimwatch.SessionCookie+"=session")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		same(t, ask[0]+" "+ask[1], w.Code, want)
	}
}
