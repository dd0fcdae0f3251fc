package api

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"claimwatch"
)

// SignedIn finds the caller of a session's token. The error is unauthenticated for one
// that has ended, and unavailable when it cannot be known.
type SignedIn func(ctx context.Context, token string) (claimwatch.Caller, error)

// SignIn says who finds the callers of sessions; without it there are none. It is called
// before Handler.
func (s *Server) SignIn(signedIn SignedIn) { s.signedIn = signedIn }

// signIn lists the calls by which somebody signs in: they need no key and no session.
// Nothing of them is remembered for an Idempotency-Key, for they carry secrets.
var signIn = []string{"/v1/session", "/v1/session/link", "/v1/setup"}

// methodsPath tells by what somebody can sign in.
const methodsPath = "/v1/session/methods"

// enrolls lists what somebody may do who must set up a second factor first.
func enrolls(path string) bool {
	return path == "/v1/session" || path == "/v1/session/totp" || path == "/v1/session/password"
}

// secret says whether a call carries or answers what must be kept nowhere.
func secret(path string) bool {
	return path == keysPath || strings.HasPrefix(path, "/v1/session") || path == "/v1/setup" || strings.HasPrefix(path, "/v1/accounts")
}

func opens(r *http.Request) bool {
	return r.Method == http.MethodPost && slices.Contains(signIn, r.URL.Path)
}

// visitor tells who is at the other end. A cookie without TLS is for this machine alone:
// both ends are on it, and no proxy says that somebody else asks through it.
func visitor(r *http.Request) claimwatch.Visitor {
	address := r.RemoteAddr
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		address = host
	}
	v := claimwatch.Visitor{Address: address}
	forwarded := r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("X-Forwarded-Proto") != "" || r.Header.Get("Forwarded") != ""
	v.Plain = r.TLS == nil && !forwarded && loopback(address) && loopback(hostOf(r.Host))
	if last := strings.TrimSpace(r.Header.Get("X-Forwarded-For")[strings.LastIndex(r.Header.Get("X-Forwarded-For"), ",")+1:]); last != "" && loopback(address) {
		v.Address = last // a proxy on this machine
	}
	name := claimwatch.SessionCookie
	if v.Plain {
		name = claimwatch.PlainSessionCookie
	}
	if cookie, err := r.Cookie(name); err == nil {
		v.Session = cookie.Value
	}
	return v
}

func hostOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// headed gives every answer the headers that browsers need.
func headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		if secret(r.URL.Path) {
			w.Header().Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}
