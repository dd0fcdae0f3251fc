package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// same compares.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want, +got):\n%s", what, diff)
	}
}

// TestStatusesOfTheContract holds the table against section 6 of the contract, as
// it is written there.
func TestStatusesOfTheContract(t *testing.T) {
	contract := map[int]string{
		400: "syntax empty bad_query", 401: "unauthenticated", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
		409: "changed key_reused illegal_transition in_progress", 413: "too_large", 415: "unsupported_media_type",
		422: "nothing_accepted invalid", 429: "slow_down", 503: "unavailable",
		500: "internal", // what is no refusal
	}
	for status, codes := range contract {
		for code := range strings.FieldsSeq(codes) {
			problem := ProblemOf(fmt.Errorf("list findings: %w", claimwatch.Refuse(claimwatch.Code(code), "do %s", "this")))
			if code == "internal" {
				problem = ProblemOf(errors.New("do this"))
			}
			if problem.Status != status || problem.GetStatus() != status || string(problem.Code) != code || problem.Title != http.StatusText(status) {
				t.Errorf("%s: problem %+v, want status %d", code, problem, status)
			}
			if (problem.Detail == "do this") != (code != "internal") {
				t.Errorf("%s: detail %q", code, problem.Detail)
			}
		}
	}
	for _, code := range []claimwatch.Code{claimwatch.CodeScale, claimwatch.CodeConflict, claimwatch.CodeInstitutionMismatch} {
		same(t, "status of a record's code on a request", ProblemOf(claimwatch.Refuse(code, "x")).Status, http.StatusUnprocessableEntity)
	}
}

// TestWrite: headers say how to go on, and nothing of a cause goes out.
func TestWrite(t *testing.T) {
	for name, test := range map[string]struct {
		err     error
		before  string // Retry-After that the caller has set
		headers map[string]string
	}{
		"a key is missing": {claimwatch.Refuse(claimwatch.CodeUnauthenticated, "m"), "", map[string]string{"WWW-Authenticate": `Bearer realm="claimwatch"`}},
		"too fast":         {claimwatch.Refuse(claimwatch.CodeSlowDown, "m"), "", map[string]string{"Retry-After": "1"}},
		"the log is slow":  {claimwatch.Refuse(claimwatch.CodeUnavailable, "m"), "7", map[string]string{"Retry-After": "7"}},
		"a cause":          {&claimwatch.Error{Code: claimwatch.CodeUnavailable, Message: "m", Cause: errors.New("dial 10.0.0.1")}, "", map[string]string{"Retry-After": "1"}},
		"changed":          {claimwatch.Refuse(claimwatch.CodeChanged, "m"), "", map[string]string{"Retry-After": "", "WWW-Authenticate": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			w := httptest.NewRecorder()
			if test.before != "" {
				w.Header().Set("Retry-After", test.before)
			}
			Write(w, test.err)
			for header, want := range test.headers {
				same(t, header, w.Header().Get(header), want)
			}
			same(t, "Content-Length", w.Header().Get("Content-Length"), strconv.Itoa(w.Body.Len()))
			same(t, "Content-Type", w.Header().Get("Content-Type"), "application/problem+json")
			if strings.Contains(w.Body.String(), "10.0.0.1") {
				t.Errorf("the cause is told: %s", w.Body)
			}
		})
	}
}

// TestMembersOfAProblem: what does not apply is left out; a receipt is all there,
// zeros included.
func TestMembersOfAProblem(t *testing.T) {
	members := func(err error) string {
		w := httptest.NewRecorder()
		Write(w, err)
		return w.Body.String()
	}
	same(t, "the least", members(claimwatch.Refuse(claimwatch.CodeEmpty, "")),
		`{"type":"urn:claimwatch:problem:empty","title":"Bad Request","status":400,"code":"empty"}`)
	same(t, "faults", members(&claimwatch.Error{
		Code: claimwatch.CodeInvalid, Field: "level", Message: "m", Faults: []claimwatch.Fault{{Line: 3, Column: "level", Code: claimwatch.CodeRange, Message: "1 to 3"}},
	}), `{"type":"urn:claimwatch:problem:invalid","title":"Unprocessable Entity","status":422,"code":"invalid","detail":"m","field":"level",`+
		`"faults":[{"line":3,"column":"level","code":"range","message":"1 to 3"}]}`)
	same(t, "a receipt", members(&claimwatch.Error{Code: claimwatch.CodeNothingAccepted, Message: "m", Receipt: &claimwatch.Receipt{
		ReceiptID: "r_1", Settled: true, Refused: []claimwatch.Refusal{{Index: 0, Code: claimwatch.CodeScale, Message: "round"}},
	}}), `{"type":"urn:claimwatch:problem:nothing_accepted","title":"Unprocessable Entity","status":422,"code":"nothing_accepted","detail":"m",`+
		`"receipt_id":"r_1","received_at":"1970-01-01T08:00:00.000+08:00","settled":true,"accepted":0,"duplicate":0,`+
		`"refused":[{"index":0,"code":"scale","message":"round"}]}`)
	problem := &Problem{Status: http.StatusConflict, Code: claimwatch.CodeChanged, Detail: "stale"}
	if ProblemOf(fmt.Errorf("decide: %w", problem)) != problem || problem.Error() != "changed: stale" {
		t.Errorf("a problem is made another: %v", problem)
	}
}

// body is an operation with a body, as the stages have them.
type body struct {
	Body struct {
		Action string `json:"action" enum:"notify,reject"`
		Reason string `json:"reason,omitempty" maxLength:"5"`
	}
}

// TestBodiesThatDoNotFit: what huma refuses by itself has the contract's codes,
// names every fault, and repeats nothing that may be personal.
func TestBodiesThatDoNotFit(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	huma.Register(h.API(), huma.Operation{OperationID: "do", Method: http.MethodPost, Path: "/v1/do/{n}", MaxBodyBytes: 200},
		func(_ context.Context, in *struct {
			N int `path:"n"`
			body
		},
		) (*struct{ Body string }, error) {
			return &struct{ Body string }{in.Body.Action}, nil
		})
	tests := []struct {
		name, path, contentType, body string
		status                        int
		code                          claimwatch.Code
		faults                        []string
	}{
		{"a good one", "/v1/do/1", "application/json", `{"action":"notify"}`, 200, "", nil},
		{"no JSON", "/v1/do/1", "application/json", `{"action":`, 400, claimwatch.CodeSyntax, nil},
		{"nothing", "/v1/do/1", "application/json", ``, 400, claimwatch.CodeEmpty, nil},
		{"a word that is none of them", "/v1/do/1", "application/json", `{"action":"forgive"}`, 422, claimwatch.CodeInvalid, []string{"body.action"}},
		{"a member missing", "/v1/do/1", "application/json", `{}`, 422, claimwatch.CodeInvalid, []string{"body"}},
		{"a member too many", "/v1/do/1", "application/json", `{"action":"notify","colour":1}`, 422, claimwatch.CodeInvalid, []string{"body.colour"}},
		{"two faults", "/v1/do/1", "application/json", `{"action":"x","reason":"much too long"}`, 422, claimwatch.CodeInvalid, []string{"body.action", "body.reason"}},
		{"too large", "/v1/do/1", "application/json", `{"action":"` + strings.Repeat("x", 300) + `"}`, 413, claimwatch.CodeTooLarge, nil},
		{"another media type", "/v1/do/1", "application/x-www-form-urlencoded", `action=notify`, 415, claimwatch.CodeUnsupportedMediaType, nil},
		{"a path that is no number", "/v1/do/x", "application/json", `{"action":"notify"}`, 422, claimwatch.CodeInvalid, []string{"path.n"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := h.ask("POST", test.path, test.body, "Content-Type", test.contentType)
			if test.code == "" {
				same(t, "status", w.Code, test.status)
				return
			}
			wantProblem(t, w, test.status, test.code)
			var p Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			var places []string
			for _, fault := range p.Faults {
				places = append(places, fault.Column)
			}
			if test.faults != nil {
				same(t, "faults", places, test.faults)
			}
			if strings.Contains(w.Body.String(), "much too long") || strings.Contains(w.Body.String(), "forgive") {
				t.Errorf("the problem repeats what was sent: %s", w.Body)
			}
		})
	}
}

// TestQueriesThatDoNotFit name the parameter, the first of several.
func TestQueriesThatDoNotFit(t *testing.T) {
	h := newHarness(t, DefaultConfig())
	for query, field := range map[string]string{"limit=0": "limit", "limit=ten": "limit", "limit=2&colour=red": "colour"} {
		w := h.ask("GET", "/v1/limited?"+query, "")
		wantProblem(t, w, http.StatusBadRequest, claimwatch.CodeBadQuery)
		var p Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if p.Field != field || p.Detail == "" || len(p.Faults) != 1 {
			t.Errorf("%s: problem %+v, want field %s", query, p, field)
		}
	}
}
