package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"claimwatch"
)

// TestOpenPaths: these and no others need no key.
func TestOpenPaths(t *testing.T) {
	for path, want := range map[string]bool{
		"/livez": true, "/readyz": true, "/metrics": true, "/openapi.json": true, "/openapi.yaml": true, "/docs": true, "/docs/x": true, "/": true,
		"/v1/status": false, "/v1/records": false, "/livez/": false, "/livezz": false, "/Metrics": false, "/docsx": false, "/debug/pprof/": false,
		"/v1/agreements/public": true, "/v1/agreements": false, "/v1/agreements/public/": false, "/v1/inspections/m_1/draw": true, "/v1/inspections/draw": false,
		"/v1/inspections//draw": false, "/v1/inspections/m_1/x/draw": false, "/v1/inspections/m_1": false, "/v1/../docs": false, "//docs": false, "": false,
	} {
		same(t, "open("+path+")", open(path), want)
	}
}

// TestPublicPathsAreLimited: whoever reads without a key shares one bucket with
// everybody else who does; a key that is sent counts, and must be good.
func TestPublicPathsAreLimited(t *testing.T) {
	handler := WithCaller(func(token string) (claimwatch.Caller, bool) { return claimwatch.Caller{KeyID: token}, token == "good" }, nil)(
		LimitCalls(0.001, 2, "wait")(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})))
	ask := func(path, token string) int {
		r := httptest.NewRequest("GET", path, nil)
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Code
	}
	const list = "/v1/agreements/public"
	same(t, "codes", []int{ask(list, ""), ask("/v1/inspections/m_1/draw", ""), ask(list, ""), ask(list, "good"), ask(list, "bad"), ask("/livez", "")},
		[]int{200, 200, 429, 200, 401, 200})
}

// TestTheCallerIsTheKeys: whatever the case of the scheme, the handler sees the
// caller of the token and of no other header; a key that is revoked is none.
func TestTheCallerIsTheKeys(t *testing.T) {
	known := map[string]claimwatch.Caller{"h": {KeyID: "1", InstitutionID: "H1"}, "o": {KeyID: "2", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}}
	var seen []claimwatch.Caller
	handler := WithCaller(func(token string) (claimwatch.Caller, bool) {
		c, ok := known[token]
		return c, ok
	}, nil)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = append(seen, claimwatch.CallerFrom(r.Context())) }))
	ask := func(path, authorization string) int {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Authorization", authorization)
		r.Header.Set("X-Forwarded-User", "root")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Code
	}
	for _, header := range []string{"Bearer h", "bearer h", "BEARER h"} {
		same(t, header, ask("/v1/x", header), http.StatusOK)
	}
	for _, header := range []string{"Basic h", "Bearer  h", "Bearer h ", "Bearer h,o", "h", "Bearer", ""} {
		same(t, header, ask("/v1/x", header), http.StatusUnauthorized)
	}
	same(t, "the officer", ask("/v1/x", "Bearer o"), http.StatusOK)
	same(t, "callers", seen, []claimwatch.Caller{known["h"], known["h"], known["h"], known["o"]})
	seen = nil
	same(t, "an open path with a key", ask("/docs", "Bearer o"), http.StatusOK)
	same(t, "is nobody's", seen, []claimwatch.Caller{{}})
	delete(known, "o")
	same(t, "a revoked key", ask("/v1/x", "Bearer o"), http.StatusUnauthorized)
}

// TestStaffOnly: any role of the agency, no hospital, nobody without a key.
func TestStaffOnly(t *testing.T) {
	for _, role := range claimwatch.StaffRoles() {
		if err := staffOnly(claimwatch.WithCaller(t.Context(), claimwatch.Caller{Roles: []claimwatch.CallerRole{role}})); err != nil {
			t.Errorf("%s: %v", role, err)
		}
	}
	hospital := claimwatch.Caller{InstitutionID: "H1", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}}
	for name, ctx := range map[string]context.Context{"a hospital": claimwatch.WithCaller(t.Context(), hospital), "nobody": t.Context()} {
		same(t, name, claimwatch.CodeOf(staffOnly(ctx)), claimwatch.CodeForbidden)
	}
}

// TestLimitIsForKeysThatAreKnown: asking without one, or for the document, costs
// nobody's share.
func TestLimitIsForKeysThatAreKnown(t *testing.T) {
	cfg := DefaultConfig()
	same(t, "the contract's rate", []int{int(cfg.RequestsPerSecond), cfg.Burst}, []int{100, 200})
	cfg.RequestsPerSecond, cfg.Burst = 0, 2 // nothing comes back
	h := newHarness(t, cfg)
	for range 5 {
		wantProblem(t, h.ask("POST", "/v1/echo", "", "Authorization", "Bearer bad"), http.StatusUnauthorized, claimwatch.CodeUnauthenticated)
		same(t, "/docs", h.ask("GET", "/docs", "").Code, http.StatusOK)
	}
	codes := []int{}
	for range 4 {
		codes = append(codes, h.ask("GET", "/v1/limited?limit=1", "").Code)
	}
	same(t, "a known key", codes, []int{200, 200, 429, 429})
	same(t, "another one", h.ask("GET", "/v1/limited?limit=1", "", "Authorization", "Bearer good-2").Code, http.StatusOK)
	slow := h.ask("POST", "/v1/echo", "x", "Idempotency-Key", "k")
	wantProblem(t, slow, http.StatusTooManyRequests, claimwatch.CodeSlowDown)
	if len(h.memory.answers) != 0 || h.calls != 0 {
		t.Errorf("slow_down was kept as the answer to an Idempotency-Key: %v", h.memory.answers)
	}
}
