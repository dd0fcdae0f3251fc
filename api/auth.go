package api

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/time/rate"

	"claimwatch"
)

// open lists the paths that need no key.
func open(path string) bool {
	switch path {
	case "/livez", "/readyz", "/metrics", "/openapi.json", "/openapi.yaml", "/docs", "/", methodsPath:
		return true
	default:
		return strings.HasPrefix(path, "/docs/") || strings.HasPrefix(path, signOnPath) || public(path)
	}
}

// public lists what the law makes public (Shanxi Art. 39 and 42, Guangdong 5): the
// agreement institutions, and draws that are over.
func public(path string) bool {
	id, isDraw := strings.CutPrefix(path, "/v1/inspections/")
	id, isDraw2 := strings.CutSuffix(id, "/draw")
	return path == "/v1/agreements/public" || isDraw && isDraw2 && id != "" && !strings.Contains(id, "/")
}

// theWorld is the credential of whoever reads what is public without a key: all of
// them together have one bucket.
const theWorld = "public"

// WithCaller finds out who asks and puts the caller into the context: by the first
// Authorization header, or without one by the cookie of a session. What a browser sends by
// itself must come from a page of this server; a key is never sent by itself. signedIn may
// be nil: then there are no sessions.
func WithCaller(authenticate Authenticate, signedIn SignedIn) Middleware {
	crossOrigin := http.NewCrossOriginProtection()
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			by := visitor(r)
			if _, keyed := r.Header["Authorization"]; keyed {
				by.Session = "" // a key's call is nobody's session
			} else if err := crossOrigin.Check(r); err != nil {
				Write(w, claimwatch.Refuse(claimwatch.CodeForbidden, "a page of another site asks for this: use the console of this server, or a key"))
				return
			}
			ctx := claimwatch.WithVisitor(r.Context(), by)
			if opens(r) || open(r.URL.Path) && (!public(r.URL.Path) || r.Header.Get("Authorization") == "") {
				next.ServeHTTP(w, r.WithContext(ctx))
				return
			}
			if by.Session != "" && signedIn != nil {
				caller, err := signedIn(ctx, by.Session)
				if err != nil {
					Write(w, err)
					return
				}
				if caller.MustEnroll && !enrolls(r.URL.Path) {
					Write(w, claimwatch.Refuse(claimwatch.CodeForbidden, "your roles need a second factor: set it up first, with POST /v1/session/totp"))
					return
				}
				next.ServeHTTP(w, r.WithContext(claimwatch.WithCaller(ctx, caller)))
				return
			}
			scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
			caller, ok := authenticate(token)
			if !ok || !strings.EqualFold(scheme, "Bearer") {
				Write(w, claimwatch.Refuse(claimwatch.CodeUnauthenticated,
					"sign in, or send Authorization: Bearer <key> with a key made by claimwatch key new"))
				return
			}
			next.ServeHTTP(w, r.WithContext(claimwatch.WithCaller(ctx, caller)))
		})
	}
}

// limiters holds one token bucket for each credential that has asked. Only
// known keys get here, so the map is bounded by their number.
type limiters struct {
	mu    sync.Mutex
	byKey map[string]*rate.Limiter
	limit rate.Limit
	burst int
}

func (l *limiters) allow(keyID string) bool {
	l.mu.Lock()
	limiter, ok := l.byKey[keyID]
	if !ok {
		limiter = rate.NewLimiter(l.limit, l.burst)
		l.byKey[keyID] = limiter
	}
	l.mu.Unlock()
	return limiter.Allow()
}

// WithLimit answers slow_down to a credential that asks too often.
func WithLimit(cfg Config) Middleware {
	return LimitCalls(cfg.RequestsPerSecond, cfg.Burst, "send more records in one upload")
}

// Limit gives a check that refuses (slow_down) a credential which asks more often
// than limit times a second; advice is what it says to do.
func Limit(limit rate.Limit, burst int, advice string) func(claimwatch.Caller) error {
	l := &limiters{byKey: map[string]*rate.Limiter{}, limit: limit, burst: burst}
	return func(caller claimwatch.Caller) error {
		if caller.KeyID == "" || l.allow(caller.KeyID) {
			return nil
		}
		return claimwatch.Refuse(claimwatch.CodeSlowDown, "this credential asks more than %v times a second: %s", float64(limit), advice)
	}
}

// LimitCalls answers slow_down to a credential that makes the calls which it
// wraps more often than limit times a second; advice is what it says to do.
func LimitCalls(limit rate.Limit, burst int, advice string) Middleware {
	check := Limit(limit, burst, advice)
	wait := "1"
	if limit > 0 {
		wait = strconv.Itoa(max(1, int(math.Ceil(1/float64(limit)))))
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			caller := claimwatch.CallerFrom(r.Context())
			if caller.KeyID == "" && public(r.URL.Path) {
				caller.KeyID = theWorld
			}
			if err := check(caller); err != nil {
				w.Header().Set("Retry-After", wait)
				Write(w, err)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
