package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"hash"
	"io"
	"net/http"
	"sync"
	"time"

	"claimwatch"
)

// Answer is what was answered to an Idempotency-Key, kept to be given again.
type Answer struct {
	BodySHA256  [sha256.Size]byte
	Status      int
	ContentType string
	Body        []byte
	At          time.Time
}

// Answers remembers answers over restarts. scope is credential and path.
type Answers interface {
	Answer(ctx context.Context, scope, key string) (Answer, bool, error)
	SaveAnswer(ctx context.Context, scope, key string, a Answer) error
}

// idempotency gives the first answer of a writing call again when the same key
// comes with the same body. The body is hashed while the handler reads it, so
// nothing is kept in memory for it.
type idempotency struct {
	answers Answers
	cfg     Config
	now     func() time.Time

	mu      sync.Mutex
	current map[string]bool // scope and key of calls under way
}

// WithIdempotency handles Idempotency-Key on POST and PUT (contract, section 6).
func WithIdempotency(answers Answers, cfg Config, now func() time.Time) Middleware {
	i := &idempotency{answers: answers, cfg: cfg, now: now, current: map[string]bool{}}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			key := r.Header.Get("Idempotency-Key")
			if _, sent := r.Header["Idempotency-Key"]; !sent || !writes(r.Method, r.URL.Path) {
				next.ServeHTTP(w, r)
				return
			}
			if !validKey(key) {
				Write(w, &claimwatch.Error{
					Code: claimwatch.CodeBadQuery, Field: "Idempotency-Key",
					Message: "Idempotency-Key is 1-128 printable ASCII characters",
				})
				return
			}
			i.serve(w, r, next, key)
		})
	}
}

// checkPath is asked with POST and writes nothing; its answers are kept nowhere.
const checkPath = "/v1/check"

// writes says whether a call takes an Idempotency-Key. Those that carry passwords and links
// do not: nothing of them may be kept, and sent again they are refused.
func writes(method, path string) bool {
	return (method == http.MethodPost || method == http.MethodPut) && path != checkPath && (path == keysPath || !secret(path))
}

func validKey(key string) bool {
	for _, c := range []byte(key) {
		if c < 0x20 || c > 0x7e {
			return false
		}
	}
	return key != "" && len(key) <= 128
}

func (i *idempotency) serve(w http.ResponseWriter, r *http.Request, next http.Handler, key string) {
	scope := claimwatch.CallerFrom(r.Context()).KeyID + " " + r.URL.Path
	if !i.begin(scope + "\n" + key) {
		Write(w, claimwatch.Refuse(claimwatch.CodeInProgress, "the first call with this Idempotency-Key is still under way: ask again later"))
		return
	}
	defer i.end(scope + "\n" + key)
	body := &hashingBody{ReadCloser: r.Body, hash: sha256.New(), left: i.cfg.BodyBytes}
	r.Body = body
	answer, found, err := i.answers.Answer(r.Context(), scope, key)
	if err != nil {
		Write(w, &claimwatch.Error{Code: claimwatch.CodeUnavailable, Message: "the memory of answers cannot be read: send again later", Cause: err})
		return
	}
	if found && i.now().Sub(answer.At) < i.cfg.AnswerAge {
		i.again(w, body, answer)
		return
	}
	i.first(w, r, next, firstCall{scope: scope, key: key, body: body})
}

// again answers as the first time, or says that the key was used for another body.
func (i *idempotency) again(w http.ResponseWriter, body *hashingBody, answer Answer) {
	sum, err := body.sum()
	if err != nil {
		Write(w, claimwatch.Refuse(claimwatch.CodeSyntax, "the body ends early or is too large: send it again whole"))
		return
	}
	if sum != answer.BodySHA256 {
		Write(w, claimwatch.Refuse(claimwatch.CodeKeyReused, "this Idempotency-Key came with another body before: use a new key for a new body"))
		return
	}
	w.Header().Set("Content-Type", answer.ContentType)
	w.WriteHeader(answer.Status)
	_, _ = w.Write(answer.Body) // the caller has gone: nobody to tell
}

type firstCall struct {
	scope, key string
	body       *hashingBody
}

// first lets the handler answer, and keeps what it answers before the caller
// sees it. When it cannot be kept the caller still gets it: the effect is done,
// and sending again is safe by identity and command id.
func (i *idempotency) first(w http.ResponseWriter, r *http.Request, next http.Handler, call firstCall) {
	recorded := &recorder{ResponseWriter: w, status: http.StatusOK}
	next.ServeHTTP(recorded, r.WithContext(claimwatch.WithCommandKey(r.Context(), call.scope+"\n"+call.key)))
	// A signature is no part of the body: what was refused with one may go well with another.
	again := recorded.status == http.StatusUnprocessableEntity && r.Header.Get(claimwatch.HeaderSignature) != ""
	if keep(recorded.status) && !again && r.URL.Path != keysPath {
		if sum, err := call.body.sum(); err == nil {
			_ = i.answers.SaveAnswer(context.WithoutCancel(r.Context()), call.scope, call.key, Answer{
				BodySHA256: sum, Status: recorded.status, Body: recorded.body.Bytes(),
				ContentType: w.Header().Get("Content-Type"), At: i.now(),
			})
		}
	}
	w.WriteHeader(recorded.status)
	_, _ = w.Write(recorded.body.Bytes()) // the caller has gone: nobody to tell
}

// keysPath answers with a key, which is kept nowhere.
const keysPath = "/v1/keys"

// keep says which answers are given again: what was done, and what was refused
// for good. A 400 or 503 may go well the next time.
func keep(status int) bool {
	return status/100 == 2 || status == http.StatusConflict || status == http.StatusUnprocessableEntity
}

func (i *idempotency) begin(id string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.current[id] {
		return false
	}
	i.current[id] = true
	return true
}

func (i *idempotency) end(id string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.current, id)
}

// hashingBody hashes what passes through it.
type hashingBody struct {
	io.ReadCloser
	hash hash.Hash
	left int64
}

func (b *hashingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.hash.Write(p[:n])
	b.left -= int64(n)
	return n, err
}

// Close leaves the body open, for huma closes it before sum has read what it left;
// net/http closes it after the answer.
func (b *hashingBody) Close() error { return nil }

// sum reads what the handler left and gives the hash of the whole body.
func (b *hashingBody) sum() (sum [sha256.Size]byte, err error) {
	if _, err = io.Copy(io.Discard, io.LimitReader(b, max(b.left, 0)+1)); err != nil {
		return sum, err
	}
	if b.left < 0 {
		return sum, claimwatch.Refuse(claimwatch.CodeTooLarge, "body too large to compare")
	}
	return [sha256.Size]byte(b.hash.Sum(nil)), nil
}

// recorder keeps an answer until it has been remembered.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
