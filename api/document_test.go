package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// described is the part of the document that these tests look at.
type described struct {
	OpenAPI string `json:"openapi"`
	Info    struct{ Version, Description string }
	Paths   map[string]map[string]struct {
		Security   []map[string][]string
		Parameters []struct {
			Name, In string
			Schema   struct {
				MinLength, MaxLength int
				Pattern              string
			}
		}
		Responses map[string]struct {
			Content map[string]struct {
				Schema struct {
					Ref string `json:"$ref"`
				}
			}
		}
	}
	Security   []map[string][]string
	Components struct {
		SecuritySchemes map[string]struct{ Type, Scheme string }
		Schemas         map[string]struct{ Properties map[string]any }
	}
}

// TestDocument: what holds for every operation stands at every operation.
func TestDocument(t *testing.T) {
	cfg := DefaultConfig()
	cfg.Version = "v1.2.3"
	h := newHarness(t, cfg)
	RegisterStatus(h.API(), func(context.Context) (Status, error) { return Status{}, nil })
	h.DescribeOperations()
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		huma.Register(h.API(), huma.Operation{OperationID: method, Method: method, Path: "/v1/things"},
			func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	}
	h.Complete()
	w := h.ask("GET", "/openapi.json", "", "Authorization", "")
	var d described
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(d.OpenAPI, "3.1") || d.Info.Version != "v1.2.3" || !strings.Contains(d.Info.Description, "decimal strings") {
		t.Errorf("head %s %+v", d.OpenAPI, d.Info)
	}
	same(t, "scheme", d.Components.SecuritySchemes["key"], struct{ Type, Scheme string }{"http", "bearer"})
	same(t, "security", d.Security, []map[string][]string{{"key": {}}, {"session": {}}})
	for path, operations := range d.Paths {
		for method, op := range operations {
			problem := op.Responses["default"].Content["application/problem+json"].Schema.Ref
			same(t, method+" "+path+" problem", problem, "#/components/schemas/Problem")
			keyed := slices.ContainsFunc(op.Parameters, func(p struct {
				Name, In string
				Schema   struct {
					MinLength, MaxLength int
					Pattern              string
				}
			},
			) bool {
				return p.Name == "Idempotency-Key" && p.In == "header" && p.Schema.MinLength == 1 && p.Schema.MaxLength == 128 && p.Schema.Pattern == "^[ -~]+$"
			})
			same(t, method+" "+path+" takes Idempotency-Key", keyed, method == "post" || method == "put")
			open := op.Security != nil && len(op.Security) == 0
			same(t, method+" "+path+" needs no key", open, path == "/livez" || path == "/readyz" || path == "/metrics")
			_, refuses := op.Responses["503"]
			if open && refuses != (path != "/metrics") {
				t.Errorf("%s says 503: %t", path, refuses)
			}
		}
	}
	same(t, "paths", len(d.Paths), 6)
	for _, member := range []string{"type", "title", "status", "code", "detail", "field", "faults", "receipt_id", "refused"} {
		if _, ok := d.Components.Schemas["Problem"].Properties[member]; !ok {
			t.Errorf("the schema of a problem has no %s", member)
		}
	}
}

// TestPatterns lists everything that is served, in the order of registration.
func TestPatterns(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	patterns := h.Patterns()
	tail := patterns[len(patterns)-4:]
	same(t, "patterns", tail, []string{"GET /docs", "POST /v1/echo", "GET /v1/panic", "GET /v1/limited"})
	tail[0] = "spoilt"
	if slices.Contains(h.Patterns(), "spoilt") {
		t.Error("Patterns() gives the server's own list away")
	}
}

// TestDocsPage: a page that needs nothing from outside, and that no other page's
// script can use.
func TestDocsPage(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	w := h.ask("GET", "/docs", "", "Authorization", "")
	same(t, "Content-Type", w.Header().Get("Content-Type"), "text/html; charset=utf-8")
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "connect-src 'self'") || strings.Contains(policy, "*") {
		t.Errorf("policy %q", policy)
	}
	if outside := regexp.MustCompile(`(?i)(https?:)?//[a-z0-9.-]+\.[a-z]{2,}`).FindString(w.Body.String()); outside != "" {
		t.Errorf("the page asks %s", outside)
	}
	if strings.Contains(w.Body.String(), "innerHTML") || !strings.Contains(w.Body.String(), `fetch("/openapi.json")`) {
		t.Error("the page writes what it reads as HTML, or reads nothing")
	}
	same(t, "HEAD", h.ask("HEAD", "/docs", "").Code, http.StatusOK)
	wantProblem(t, h.ask("POST", "/docs", ""), http.StatusMethodNotAllowed, claimwatch.CodeMethodNotAllowed)
	wantProblem(t, h.ask("GET", "/docs/more", ""), http.StatusNotFound, claimwatch.CodeNotFound)
	wantProblem(t, h.ask("GET", "/", ""), http.StatusNotFound, claimwatch.CodeNotFound)
}

// TestStatus: absent times are null, present ones local; a fault tells nothing.
func TestStatus(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	at := claimwatch.Instant(1_772_000_000_123)
	answers := []Status{{Clock: "event", Background: []StatusBackground{}}, {Clock: "wall", AsOf: &at, Idle: true, Records: StatusRecords{Stored: 3, Behind: 1}, Touched: StatusTouched{Behind: 2}, DueNext: &at, Background: []StatusBackground{{What: "items load 17", Done: 200, Of: 5000}}}}
	RegisterStatus(h.API(), func(context.Context) (Status, error) {
		if len(answers) == 0 {
			return Status{}, errors.New("dial tcp 10.1.2.3:9000")
		}
		next := answers[0]
		answers = answers[1:]
		return next, nil
	})
	for _, want := range []string{
		`{"clock":"event","as_of":null,"idle":false,"records":{"stored":0,"behind":0},"touched":{"behind":0},"due_next":null,"background":[]}`,
		`{"clock":"wall","as_of":"2026-02-25T14:13:20.123+08:00","idle":true,"records":{"stored":3,"behind":1},"touched":{"behind":2},"due_next":"2026-02-25T14:13:20.123+08:00","background":[{"what":"items load 17","done":200,"of":5000}]}`,
	} {
		same(t, "status", strings.TrimSpace(h.ask("GET", "/v1/status", "").Body.String()), want)
	}
	down := h.ask("GET", "/v1/status", "")
	wantProblem(t, down, http.StatusServiceUnavailable, claimwatch.CodeUnavailable)
	if strings.Contains(down.Body.String(), "10.1.2.3") || down.Header().Get("Retry-After") == "" {
		t.Errorf("answer %s %s", down.Header(), down.Body)
	}
}
