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

// signOnPath is where browsers go to the sign-on of the agency, and come back from it.
const signOnPath = "/auth/"

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
	// A proxy on this machine adds whom it serves at the end, perhaps as a header of its
	// own: what stands before that, a stranger has written.
	through := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
	if last := strings.TrimSpace(through[strings.LastIndex(through, ",")+1:]); last != "" && loopback(address) {
		v.Address = last
	}
	v.Address = network(v.Address)
	name := claimwatch.SessionCookie
	if v.Plain {
		name = claimwatch.PlainSessionCookie
	}
	if cookie, err := r.Cookie(name); err == nil {
		v.Session = cookie.Value
	}
	return v
}

// network names who is behind an address: of IPv6 the first 64 bits, for one machine has
// all the rest of them; what is no address is one of all that are none.
func network(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		address = host // some proxies add the port
	}
	ip, err := netip.ParseAddr(strings.Trim(address, "[]"))
	switch {
	case err != nil:
		return "?"
	case ip.Unmap().Is4():
		return ip.Unmap().String()
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return "?"
	}
	return prefix.String()
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
