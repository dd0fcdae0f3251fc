package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"claimwatch"
)

// counted is a handler behind WithIdempotency that answers with a status of the
// path, /v1/409 for example, and counts.
type counted struct {
	memory *memory
	now    time.Time
	calls  atomic.Int64
	http.Handler
}

func newCounted(cfg Config) *counted {
	c := &counted{memory: &memory{answers: map[string]Answer{}}, now: time.Unix(1_000_000, 0)}
	c.Handler = WithIdempotency(c.memory, cfg, func() time.Time { return c.now })(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := c.calls.Add(1)
		text, _ := io.ReadAll(r.Body)
		if string(text) == "panic" {
			panic("boom")
		}
		status, _ := strconv.Atoi(r.URL.Path[len("/v1/"):min(len(r.URL.Path), len("/v1/")+3)])
		w.Header().Set("Content-Type", "text/x-"+strconv.Itoa(status))
		if status != 0 && status != http.StatusOK {
			w.WriteHeader(status)
		}
		_, _ = io.WriteString(w, strconv.FormatInt(n, 10))
	}))
	return c
}

func (c *counted) send(method, target string, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, body)
	r.Header.Set("Idempotency-Key", "k")
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	return w
}

// TestWhichAnswersAreGivenAgain: what was done, and what was refused for good;
// everything else may go well the next time.
func TestWhichAnswersAreGivenAgain(t *testing.T) {
	for status, again := range map[int]bool{
		200: true, 201: true, 202: true, 204: true, 409: true, 422: true,
		400: false, 401: false, 403: false, 404: false, 413: false, 415: false, 429: false, 500: false, 503: false,
	} {
		c := newCounted(DefaultConfig())
		path := "/v1/" + strconv.Itoa(status)
		first, second := c.send("POST", path, strings.NewReader("x")), c.send("POST", path, strings.NewReader("x"))
		if first.Code != status || second.Code != status || (first.Body.String() == second.Body.String()) != again ||
			second.Header().Get("Content-Type") != "text/x-"+strconv.Itoa(status) {
			t.Errorf("%d: first %s, then %d %s %s; given again: want %t", status, first.Body, second.Code, second.Header(), second.Body, again)
		}
	}
}

// TestScopeOfAKey: method and path, not the query; a reading call has none; a key
// that is made is kept nowhere.
func TestScopeOfAKey(t *testing.T) {
	c := newCounted(DefaultConfig())
	steps := []struct {
		method, target string
		want           string
	}{
		{"POST", "/v1/200", "1"},
		{"POST", "/v1/200?wait=3", "1"},
		{"PUT", "/v1/200", "1"},
		{"POST", "/v1/200/more", "2"},
		{"GET", "/v1/200", "3"},
		{"GET", "/v1/200", "4"},
		{"DELETE", "/v1/200", "5"},
		{"POST", "/v1/keys", "6"},
		{"POST", "/v1/keys", "7"},
	}
	for i, step := range steps {
		same(t, strconv.Itoa(i)+" "+step.method+" "+step.target, c.send(step.method, step.target, strings.NewReader("x")).Body.String(), step.want)
	}
	same(t, "answers that are kept", len(c.memory.answers), 2)
}

// TestAnswersGrowOld: to the moment.
func TestAnswersGrowOld(t *testing.T) {
	cfg := DefaultConfig()
	same(t, "the contract's seven days", cfg.AnswerAge, 7*24*time.Hour)
	c := newCounted(cfg)
	c.send("POST", "/v1/200", strings.NewReader("x"))
	c.now = c.now.Add(cfg.AnswerAge - time.Nanosecond)
	same(t, "at the last moment", c.send("POST", "/v1/200", strings.NewReader("x")).Body.String(), "1")
	wantProblem(t, c.send("POST", "/v1/200", strings.NewReader("y")), http.StatusConflict, claimwatch.CodeKeyReused)
	c.now = c.now.Add(time.Nanosecond)
	same(t, "a moment later, also another body", c.send("POST", "/v1/200", strings.NewReader("y")).Body.String(), "2")
	same(t, "which is the first now", c.send("POST", "/v1/200", strings.NewReader("y")).Body.String(), "2")
}

// TestBodiesThatCannotBeCompared: one that is too large or ends early is answered
// by the handler and not kept; against a kept answer it is refused.
func TestBodiesThatCannotBeCompared(t *testing.T) {
	cfg := DefaultConfig()
	cfg.BodyBytes = 4
	c := newCounted(cfg)
	cut := func() io.Reader {
		return io.MultiReader(strings.NewReader("12"), iotest.ErrReader(io.ErrUnexpectedEOF))
	}
	for i, body := range []func() io.Reader{cut, func() io.Reader { return strings.NewReader("12345") }} {
		same(t, "first", c.send("POST", "/v1/200", body()).Body.String(), strconv.Itoa(i+1))
		same(t, "kept", len(c.memory.answers), 0)
	}
	same(t, "as large as may be", c.send("POST", "/v1/200", strings.NewReader("1234")).Body.String(), "3")
	same(t, "kept", len(c.memory.answers), 1)
	wantProblem(t, c.send("POST", "/v1/200", cut()), http.StatusBadRequest, claimwatch.CodeSyntax)
	wantProblem(t, c.send("POST", "/v1/200", strings.NewReader("12345")), http.StatusBadRequest, claimwatch.CodeSyntax)
	same(t, "calls of the handler", c.calls.Load(), int64(3))
}

// forgetful cannot keep answers.
type forgetful struct{ *memory }

func (forgetful) SaveAnswer(context.Context, string, string, Answer) error {
	return errors.New("disk full")
}

// TestAnAnswerThatCannotBeKept is given all the same: its effect is done.
func TestAnAnswerThatCannotBeKept(t *testing.T) {
	calls := 0
	h := WithIdempotency(forgetful{&memory{answers: map[string]Answer{}}}, DefaultConfig(), time.Now)(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { calls++; w.WriteHeader(http.StatusAccepted) }))
	for range 2 {
		r := httptest.NewRequest("POST", "/v1/x", strings.NewReader("x"))
		r.Header.Set("Idempotency-Key", "k")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		same(t, "status", w.Code, http.StatusAccepted)
	}
	same(t, "calls", calls, 2)
}

// TestAPanicFreesTheKey: nothing is kept of it, and the next call is the first.
func TestAPanicFreesTheKey(t *testing.T) {
	c := newCounted(DefaultConfig())
	func() {
		defer func() { _ = recover() }()
		c.send("POST", "/v1/200", strings.NewReader("panic"))
		t.Error("no panic")
	}()
	same(t, "the next call", c.send("POST", "/v1/200", strings.NewReader("x")).Body.String(), "2")
}

// TestManyAtOnce: of many calls with one key and body that overlap the handler
// sees one; the others hear that it is under way, and later its answer.
func TestManyAtOnce(t *testing.T) {
	const callers = 50
	var calls atomic.Int64
	arrived, leave, done := make(chan struct{}, callers), make(chan struct{}), make(chan *httptest.ResponseRecorder, callers)
	h := WithIdempotency(&memory{answers: map[string]Answer{}}, DefaultConfig(), time.Now)(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			calls.Add(1)
			arrived <- struct{}{}
			<-leave
			_, _ = io.WriteString(w, "done")
		}))
	send := func() *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "/v1/x", strings.NewReader("x"))
		r.Header.Set("Idempotency-Key", "k")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for range callers {
		go func() { done <- send() }()
	}
	var answers []*httptest.ResponseRecorder
	for range callers { // each call is in the handler, or answered without it
		select {
		case <-arrived:
		case w := <-done:
			answers = append(answers, w)
		}
	}
	close(leave)
	for _, w := range answers {
		wantProblem(t, w, http.StatusConflict, claimwatch.CodeInProgress)
	}
	same(t, "told to wait", len(answers), callers-1)
	same(t, "the first one's answer", (<-done).Body.String(), "done")
	same(t, "afterwards", send().Body.String(), "done")
	same(t, "calls of the handler", calls.Load(), int64(1))
}

// TestRefusedSignatureIsNotGivenAgain: the signature is no part of the body, so that the
// same body may come again under the same key with a better one. What was done is done.
func TestRefusedSignatureIsNotGivenAgain(t *testing.T) {
	for status, again := range map[int]bool{202: true, 409: true, 422: false} {
		c := newCounted(DefaultConfig())
		send := func() string {
			r := httptest.NewRequest(http.MethodPost, "/v1/"+strconv.Itoa(status), strings.NewReader("body"))
			r.Header.Set("Idempotency-Key", "k")
			r.Header.Set(claimwatch.HeaderSignature, "AAAA")
			w := httptest.NewRecorder()
			c.ServeHTTP(w, r)
			return w.Body.String()
		}
		if first, second := send(), send(); (first == second) != again {
			t.Errorf("%d: answers %s and %s, want the same: %v", status, first, second, again)
		}
	}
}
