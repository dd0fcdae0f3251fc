package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"claimwatch"
)

// memory keeps answers as the store would.
type memory struct {
	mu      sync.Mutex
	answers map[string]Answer
	broken  error
}

func (m *memory) Answer(_ context.Context, scope, key string) (Answer, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.answers[scope+"\n"+key]
	return a, ok, m.broken
}

func (m *memory) SaveAnswer(_ context.Context, scope, key string, a Answer) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.answers[scope+"\n"+key] = a
	return nil
}

// harness is a server with a few handlers.
type harness struct {
	*Server
	handler http.Handler
	memory  *memory
	calls   int
	now     time.Time
	gate    chan struct{} // when not nil the echo waits for it
	entered chan struct{}
}

func newHarness(t *testing.T, cfg Config) *harness {
	t.Helper()
	h := &harness{
		memory: &memory{answers: map[string]Answer{}}, now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		entered: make(chan struct{}, 10),
	}
	h.Server = New(cfg, zap.NewNop(), prometheus.NewRegistry(), func() time.Time { return h.now })
	h.Handle("POST /v1/echo", http.HandlerFunc(h.echo))
	h.Handle("GET /v1/panic", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }))
	huma.Register(h.API(), huma.Operation{OperationID: "limited", Method: http.MethodGet, Path: "/v1/limited"},
		func(_ context.Context, in *struct {
			Limit int `query:"limit" minimum:"1" maximum:"10"`
		},
		) (*struct{ Body string }, error) {
			if in.Limit == 7 {
				return nil, &claimwatch.Error{Code: claimwatch.CodeChanged, Message: "stale"}
			}
			if in.Limit == 8 {
				return nil, errors.New("secret of the inside")
			}
			return &struct{ Body string }{Body: "fine"}, nil
		})
	h.handler = h.Handler(func(token string) (claimwatch.Caller, bool) {
		return claimwatch.Caller{KeyID: token, Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}, strings.HasPrefix(token, "good")
	}, h.memory)
	return h
}

// echo answers with the number of the call and what was sent.
func (h *harness) echo(w http.ResponseWriter, r *http.Request) {
	h.calls++
	h.entered <- struct{}{}
	if h.gate != nil {
		<-h.gate
	}
	body, _ := io.ReadAll(io.LimitReader(r.Body, 3)) // a handler need not read everything
	if string(body) == "bad" {
		Write(w, claimwatch.Refuse(claimwatch.CodeSyntax, "bad"))
		return
	}
	w.Header().Set("Content-Type", "text/x-echo")
	w.WriteHeader(http.StatusAccepted)
	key, _ := claimwatch.CommandKey(r.Context())
	_ = json.NewEncoder(w).Encode([]any{h.calls, string(body), key})
}

func (h *harness) ask(method, target, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer good")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	return w
}

func wantProblem(t *testing.T, w *httptest.ResponseRecorder, status int, code claimwatch.Code) {
	t.Helper()
	var p Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("answer %d is no problem document: %s", w.Code, w.Body)
	}
	got := []any{w.Code, p.Status, p.Code, w.Header().Get("Content-Type"), p.Type}
	want := []any{status, status, code, "application/problem+json", "urn:claimwatch:problem:" + string(code)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problem (-want, +got):\n%s", diff)
	}
}

func TestProblems(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	wantProblem(t, h.ask("GET", "/v1/nothing", ""), http.StatusNotFound, claimwatch.CodeNotFound)
	wrong := h.ask("DELETE", "/v1/echo", "")
	wantProblem(t, wrong, http.StatusMethodNotAllowed, claimwatch.CodeMethodNotAllowed)
	if wrong.Header().Get("Allow") != "POST" {
		t.Errorf("Allow %q, want POST", wrong.Header().Get("Allow"))
	}
	wantProblem(t, h.ask("GET", "/v1/limited?limit=11", ""), http.StatusBadRequest, claimwatch.CodeBadQuery)
	wantProblem(t, h.ask("GET", "/v1/limited?limit=x", ""), http.StatusBadRequest, claimwatch.CodeBadQuery)
	wantProblem(t, h.ask("GET", "/v1/limited?limit=2&more=1", ""), http.StatusBadRequest, claimwatch.CodeBadQuery)
	wantProblem(t, h.ask("GET", "/v1/limited?limit=7", ""), http.StatusConflict, claimwatch.CodeChanged)
	inside := h.ask("GET", "/v1/limited?limit=8", "")
	wantProblem(t, inside, http.StatusInternalServerError, claimwatch.CodeInternal)
	if strings.Contains(inside.Body.String(), "secret") {
		t.Errorf("an internal error tells of the inside: %s", inside.Body)
	}
	wantProblem(t, h.ask("GET", "/v1/panic", ""), http.StatusInternalServerError, claimwatch.CodeInternal)
	if got := testutil.ToFloat64(h.metrics.panics); got != 1 {
		t.Errorf("counted %v panics, want 1", got)
	}
}

func TestOnlyKnownKeysGetIn(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	for _, header := range []string{"", "Bearer", "Bearer bad", "Basic good", "good"} {
		w := h.ask("POST", "/v1/echo", "", "Authorization", header)
		wantProblem(t, w, http.StatusUnauthorized, claimwatch.CodeUnauthenticated)
		if w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%q: no WWW-Authenticate", header)
		}
	}
	r := httptest.NewRequest("POST", "/v1/echo", nil)
	r.Header["Authorization"] = []string{"Bearer bad", "Bearer good"}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	wantProblem(t, w, http.StatusUnauthorized, claimwatch.CodeUnauthenticated) // never the second credential
	if w := h.ask("GET", "/openapi.json", "", "Authorization", ""); w.Code != http.StatusOK {
		t.Errorf("/openapi.json needs a key: %d", w.Code)
	}
	if w := h.ask("GET", "/docs", "", "Authorization", ""); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "/openapi.json") {
		t.Errorf("/docs: %d %s", w.Code, w.Body)
	}
	if h.calls != 0 {
		t.Errorf("%d calls got through", h.calls)
	}
}

func TestACredentialHasItsOwnLimit(t *testing.T) {
	cfg := DefaultConfig()
	cfg.RequestsPerSecond, cfg.Burst = 1, 3
	h := newHarness(t, cfg)
	for range 3 {
		if w := h.ask("POST", "/v1/echo", ""); w.Code != http.StatusAccepted {
			t.Fatalf("within the burst: %d %s", w.Code, w.Body)
		}
	}
	slow := h.ask("POST", "/v1/echo", "")
	wantProblem(t, slow, http.StatusTooManyRequests, claimwatch.CodeSlowDown)
	if slow.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	if w := h.ask("POST", "/v1/echo", "", "Authorization", "Bearer good-too"); w.Code != http.StatusAccepted {
		t.Errorf("another credential is held up: %d", w.Code)
	}
}

func TestAnswersAreGivenAgain(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	body := "abc" + strings.Repeat("d", 100_000)
	first := h.ask("POST", "/v1/echo", body, "Idempotency-Key", "k1")
	again := h.ask("POST", "/v1/echo", body, "Idempotency-Key", "k1")
	if first.Code != http.StatusAccepted || again.Code != first.Code || again.Body.String() != first.Body.String() ||
		again.Header().Get("Content-Type") != "text/x-echo" {
		t.Errorf("first %d %s, again %d %s %s", first.Code, first.Body, again.Code, again.Body, again.Header())
	}
	if !strings.Contains(first.Body.String(), `good /v1/echo\nk1`) {
		t.Errorf("the command key is not handed on: %s", first.Body)
	}
	wantProblem(t, h.ask("POST", "/v1/echo", body+"!", "Idempotency-Key", "k1"), http.StatusConflict, claimwatch.CodeKeyReused)
	if w := h.ask("POST", "/v1/echo", body, "Idempotency-Key", "k1", "Authorization", "Bearer good-too"); !strings.HasPrefix(w.Body.String(), "[2,") {
		t.Errorf("another credential got the answer of the first: %s", w.Body)
	}
	h.now = h.now.Add(7*24*time.Hour + time.Second)
	if w := h.ask("POST", "/v1/echo", body, "Idempotency-Key", "k1"); !strings.HasPrefix(w.Body.String(), "[3,") {
		t.Errorf("an answer of last week is given: %s", w.Body)
	}
	for range 2 {
		wantProblem(t, h.ask("POST", "/v1/echo", "bad", "Idempotency-Key", "k2"), http.StatusBadRequest, claimwatch.CodeSyntax)
	}
	if h.calls != 5 {
		t.Errorf("%d calls: a 400 may go well the next time, so it is not kept", h.calls)
	}
	for _, key := range []string{"", strings.Repeat("k", 129), "a\tb", "é"} {
		wantProblem(t, h.ask("POST", "/v1/echo", body, "Idempotency-Key", key), http.StatusBadRequest, claimwatch.CodeBadQuery)
	}
	h.memory.broken = errors.New("store is down")
	wantProblem(t, h.ask("POST", "/v1/echo", body, "Idempotency-Key", "k3"), http.StatusServiceUnavailable, claimwatch.CodeUnavailable)
}

func TestASecondCallWaitsForTheFirst(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	h.gate = make(chan struct{})
	done := make(chan *httptest.ResponseRecorder)
	go func() { done <- h.ask("POST", "/v1/echo", "abc", "Idempotency-Key", "k") }()
	<-h.entered
	wantProblem(t, h.ask("POST", "/v1/echo", "abc", "Idempotency-Key", "k"), http.StatusConflict, claimwatch.CodeInProgress)
	close(h.gate)
	first := <-done
	if again := h.ask("POST", "/v1/echo", "abc", "Idempotency-Key", "k"); again.Body.String() != first.Body.String() {
		t.Errorf("again %s, first %s", again.Body, first.Body)
	}
}

func TestEveryCodeHasAStatus(t *testing.T) {
	for code, want := range statuses {
		if got := ProblemOf(&claimwatch.Error{Code: code}).Status; got != want {
			t.Errorf("%s: status %d, want %d", code, got, want)
		}
	}
	receipt := &claimwatch.Receipt{ReceiptID: "r_1", Settled: true, Refused: []claimwatch.Refusal{{Index: 2, Code: claimwatch.CodeScale}}}
	p := ProblemOf(&claimwatch.Error{Code: claimwatch.CodeNothingAccepted, Receipt: receipt})
	if p.Status != http.StatusUnprocessableEntity || p.ReceiptID != "r_1" || len(p.Refused) != 1 || *p.Accepted != 0 {
		t.Errorf("problem %+v", p)
	}
}

func TestRequestsAreCountedByRoute(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	h.ask("POST", "/v1/echo", "")
	h.ask("BREW", "/v1/whatever/7", "")
	if got := testutil.ToFloat64(h.metrics.requests.WithLabelValues("POST /v1/echo", "POST", "202")); got != 1 {
		t.Errorf("counted %v, want 1", got)
	}
	if got := testutil.ToFloat64(h.metrics.requests.WithLabelValues("none", "other", "404")); got != 1 {
		t.Errorf("counted %v unknown, want 1", got)
	}
}

// Another charset than UTF-8 is refused of every body, and a body that is needed
// and not there is empty.
func TestCharsetAndEmptyBody(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	huma.Register(h.API(), huma.Operation{OperationID: "body", Method: http.MethodPost, Path: "/v1/body"},
		func(context.Context, *struct{ Body struct{ A string } }) (*struct{}, error) { return nil, nil })
	for contentType, status := range map[string]int{
		"application/json": 204, "application/json; charset=utf-8": 204, `application/json; charset="UTF-8"`: 204,
		"application/json; charset=gbk": 415, "application/json; charset=utf-16": 415,
	} {
		if got := h.ask("POST", "/v1/body", `{"A":"a"}`, "Content-Type", contentType); got.Code != status {
			t.Errorf("%s: status %d, want %d: %s", contentType, got.Code, status, got.Body)
		}
	}
	wantProblem(t, h.ask("POST", "/v1/body", `{}`, "Content-Type", "text/plain; charset=gbk"), 415, claimwatch.CodeUnsupportedMediaType)
	wantProblem(t, h.ask("POST", "/v1/body", "", "Content-Type", "application/json"), 400, claimwatch.CodeEmpty)
}

// doors are pages on every path that a browser asks for.
type doors struct{}

func (doors) Serves(r *http.Request) bool { return r.Header.Get("Accept") == "text/html" }

func (doors) ServeHTTP(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "page") }

// TestPages: a page needs no key and never stands before an operation.
func TestPages(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	same(t, "without pages", h.ask("GET", "/", "", "Authorization", "", "Accept", "text/html").Code, 404)
	h.Show(doors{})
	same(t, "a page", h.ask("GET", "/findings", "", "Authorization", "", "Accept", "text/html").Body.String(), "page")
	same(t, "a program", h.ask("GET", "/findings", "", "Authorization", "").Code, 401)
	same(t, "an operation", h.ask("GET", "/v1/limited?limit=1", "", "Authorization", "", "Accept", "text/html").Code, 401)
}
