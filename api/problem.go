package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// Problem is the error document of every call (RFC 9457). Code is stable;
// Detail says what to do.
type Problem struct {
	Type   string             `json:"type" doc:"urn:claimwatch:problem: and the code" example:"urn:claimwatch:problem:bad_query"`
	Title  string             `json:"title" doc:"the status in words"`
	Status int                `json:"status"`
	Code   claimwatch.Code    `json:"code" doc:"stable word of the contract"`
	Detail string             `json:"detail,omitempty" doc:"what is wrong and what to do"`
	Field  string             `json:"field,omitempty" doc:"where the fault lies"`
	Faults []claimwatch.Fault `json:"faults,omitempty" doc:"every fault of a refused load or body"`

	// Of a refused upload (nothing_accepted) its receipt.
	ReceiptID  string               `json:"receipt_id,omitempty"`
	ReceivedAt *claimwatch.Instant  `json:"received_at,omitempty"`
	Settled    *bool                `json:"settled,omitempty"`
	Accepted   *int                 `json:"accepted,omitempty"`
	Duplicate  *int                 `json:"duplicate,omitempty"`
	Refused    []claimwatch.Refusal `json:"refused,omitempty"`

	wait time.Duration // of slow_down: how long
}

// Error says code and detail.
func (p *Problem) Error() string { return string(p.Code) + ": " + p.Detail }

// GetStatus is what huma answers with.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is the media type of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statuses is the one table from codes to HTTP (contract, section 6).
var statuses = map[claimwatch.Code]int{
	claimwatch.CodeSyntax:               http.StatusBadRequest,
	claimwatch.CodeEmpty:                http.StatusBadRequest,
	claimwatch.CodeBadQuery:             http.StatusBadRequest,
	claimwatch.CodeUnauthenticated:      http.StatusUnauthorized,
	claimwatch.CodeForbidden:            http.StatusForbidden,
	claimwatch.CodeNotFound:             http.StatusNotFound,
	claimwatch.CodeMethodNotAllowed:     http.StatusMethodNotAllowed,
	claimwatch.CodeChanged:              http.StatusConflict,
	claimwatch.CodeKeyReused:            http.StatusConflict,
	claimwatch.CodeIllegalTransition:    http.StatusConflict,
	claimwatch.CodeInProgress:           http.StatusConflict,
	claimwatch.CodeTooLarge:             http.StatusRequestEntityTooLarge,
	claimwatch.CodeUnsupportedMediaType: http.StatusUnsupportedMediaType,
	claimwatch.CodeNothingAccepted:      http.StatusUnprocessableEntity,
	claimwatch.CodeInvalid:              http.StatusUnprocessableEntity,
	claimwatch.CodeSlowDown:             http.StatusTooManyRequests,
	claimwatch.CodeUnavailable:          http.StatusServiceUnavailable,
}

// codes gives a code to the statuses that huma answers with by itself.
var codes = map[int]claimwatch.Code{
	http.StatusBadRequest:            claimwatch.CodeSyntax,
	http.StatusUnauthorized:          claimwatch.CodeUnauthenticated,
	http.StatusForbidden:             claimwatch.CodeForbidden,
	http.StatusNotFound:              claimwatch.CodeNotFound,
	http.StatusMethodNotAllowed:      claimwatch.CodeMethodNotAllowed,
	http.StatusNotAcceptable:         claimwatch.CodeUnsupportedMediaType,
	http.StatusRequestTimeout:        claimwatch.CodeUnavailable,
	http.StatusRequestEntityTooLarge: claimwatch.CodeTooLarge,
	http.StatusUnsupportedMediaType:  claimwatch.CodeUnsupportedMediaType,
	http.StatusUnprocessableEntity:   claimwatch.CodeInvalid,
}

// ProblemOf turns any error into what a caller may see of it. An error that is
// no claimwatch.Error is an internal one and tells nothing.
func ProblemOf(err error) *Problem {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem
	}
	var refusal *claimwatch.Error
	if errors.As(err, &refusal) {
		status, ok := statuses[refusal.Code]
		if !ok { // a record's code on a whole request: its content is at fault
			status = http.StatusUnprocessableEntity
		}
		problem := newProblem(status, refusal.Code, refusal.Message, refusal.Field)
		problem.Faults, problem.wait = refusal.Faults, refusal.Wait
		problem.addReceipt(refusal.Receipt)
		return problem
	}
	return newProblem(http.StatusInternalServerError, claimwatch.CodeInternal,
		"something went wrong inside; sending the same request again is safe", "")
}

// retryAfter is after how many seconds a call may go well.
func (p *Problem) retryAfter() string {
	return strconv.Itoa(max(1, int((p.wait+time.Second-1)/time.Second)))
}

func (p *Problem) addReceipt(r *claimwatch.Receipt) {
	if r == nil {
		return
	}
	p.ReceiptID, p.ReceivedAt, p.Settled = r.ReceiptID, &r.ReceivedAt, &r.Settled
	p.Accepted, p.Duplicate, p.Refused = &r.Accepted, &r.Duplicate, r.Refused
}

func newProblem(status int, code claimwatch.Code, detail, field string) *Problem {
	return &Problem{
		Type: "urn:claimwatch:problem:" + string(code), Title: http.StatusText(status),
		Status: status, Code: code, Detail: detail, Field: field,
	}
}

// Write sends an error as a problem document.
func Write(w http.ResponseWriter, err error) {
	problem := ProblemOf(err)
	body, err := json.Marshal(problem)
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", problem.ContentType(""))
	header.Set("Content-Length", strconv.Itoa(len(body)))
	switch problem.Status {
	case http.StatusUnauthorized:
		header.Set("WWW-Authenticate", `Bearer realm="claimwatch"`)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if header.Get("Retry-After") == "" {
			header.Set("Retry-After", problem.retryAfter())
		}
	}
	w.WriteHeader(problem.Status)
	_, _ = w.Write(body) // the caller has gone: nobody to tell
}

// humaError is how huma's own refusals (a bad parameter, a body that does not
// fit its schema) and the stages' errors become problem documents.
func humaError(c huma.Context, status int, message string, errs ...error) huma.StatusError {
	problem := humaProblem(status, message, errs...)
	if c != nil && (problem.Status == http.StatusTooManyRequests || problem.Status == http.StatusServiceUnavailable) {
		c.SetHeader("Retry-After", problem.retryAfter()) // huma writes the document, not Write
	}
	return problem
}

// noBody is what huma says of a request without the body that it needs.
const noBody = "request body is required"

func humaProblem(status int, message string, errs ...error) *Problem {
	for _, err := range errs {
		var refusal *claimwatch.Error
		var problem *Problem
		if errors.As(err, &refusal) || errors.As(err, &problem) {
			return ProblemOf(err)
		}
	}
	if status >= http.StatusInternalServerError {
		return ProblemOf(errors.Join(errs...))
	}
	code, ok := codes[status]
	if !ok {
		code = claimwatch.CodeInvalid
	}
	if message == noBody {
		code = claimwatch.CodeEmpty
	}
	problem := newProblem(status, code, message, "")
	for _, err := range errs {
		fault := claimwatch.Fault{Message: err.Error()}
		var detailer huma.ErrorDetailer
		if errors.As(err, &detailer) {
			detail := detailer.ErrorDetail()
			fault = claimwatch.Fault{Column: detail.Location, Message: detail.Message}
		}
		problem.Faults = append(problem.Faults, fault)
	}
	return queryProblem(problem)
}

// queryProblem gives faults of the query string the contract's code and status.
func queryProblem(p *Problem) *Problem {
	if len(p.Faults) == 0 || p.Status != http.StatusUnprocessableEntity {
		return p
	}
	for _, fault := range p.Faults {
		if len(fault.Column) < 6 || fault.Column[:6] != "query." {
			return p
		}
	}
	first := p.Faults[0]
	bad := newProblem(http.StatusBadRequest, claimwatch.CodeBadQuery, first.Message, first.Column[6:])
	bad.Faults = p.Faults
	return bad
}
