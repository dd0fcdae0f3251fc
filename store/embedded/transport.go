package embedded

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
)

// transport is ClickHouse's HTTP interface without HTTP.
type transport struct {
	engine *Engine
	pool   *pool
}

// RoundTrip runs the statement of a request. An error of the engine is a
// response with status 500 and ClickHouse's code, as from a server; a Go error
// is returned only for a context that ended or an engine that is closed.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	q, err := readRequest(r)
	if err != nil {
		return failure(r, http.StatusBadRequest, err), nil
	}
	if isHello(q.sql) {
		return success(r, t.engine.hello), nil
	}
	session, err := t.pool.acquire(r.Context(), t.engine.closing)
	if err != nil {
		return nil, err
	}
	response, held, err := t.serve(r, q, session)
	if !held {
		t.pool.release(session)
	}
	return response, err
}

// serve runs a request over a session and says whether the response still
// answers for the session, as that of a streamed SELECT does.
func (t *transport) serve(r *http.Request, q *request, s *session) (response *http.Response, held bool, err error) {
	if err := s.prepare(q.database, q.settings); err != nil {
		return failure(r, http.StatusInternalServerError, err), false, nil
	}
	if q.kind == kindSelect {
		return t.stream(r, q, s)
	}
	stop := t.engine.watch(r.Context(), s, func() {})
	var out []byte
	if q.kind == kindInsert {
		err = s.insert(q.statement(), q.data)
	} else {
		out, err = s.run(q.statement())
	}
	stop()
	if err != nil {
		s.settle()
	}
	if err = t.engine.cause(r.Context(), err); err != nil {
		response, err := t.refuse(r, err)
		return response, false, err
	}
	return success(r, out), false, nil
}

// stream starts a SELECT and answers with a body that fetches block by block.
// The first block is fetched here, so that most errors have their status.
func (t *transport) stream(r *http.Request, q *request, s *session) (*http.Response, bool, error) {
	body := newBody(r.Context(), t, s)
	err := t.engine.cause(r.Context(), body.start(q.statement()))
	if err != nil {
		_ = body.Close() // gives the session back; it has no error to tell
		response, err := t.refuse(r, err)
		return response, true, err
	}
	response := success(r, nil)
	response.Body = body
	response.ContentLength = body.length()
	return response, true, nil
}

// refuse turns an error into what the caller gets to see.
func (t *transport) refuse(r *http.Request, err error) (*http.Response, error) {
	var exception *Exception
	if errors.As(err, &exception) {
		return failure(r, http.StatusInternalServerError, err), nil
	}
	return nil, err
}

func success(r *http.Request, out []byte) *http.Response {
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Request: r,
		Body: io.NopCloser(bytes.NewReader(out)), ContentLength: int64(len(out)),
	}
}

func failure(r *http.Request, status int, err error) *http.Response {
	response := success(r, []byte(err.Error()))
	response.Status = strconv.Itoa(status) + " " + http.StatusText(status)
	response.StatusCode = status
	var exception *Exception
	if errors.As(err, &exception) && exception.Code != 0 {
		response.Header.Set("X-ClickHouse-Exception-Code", strconv.Itoa(exception.Code))
	}
	return response
}
