package claimwatch

import (
	"errors"
	"fmt"
	"time"
)

// Code is a stable word of the contract that says what is wrong.
type Code string

// Codes of a refused record (contract, section 2).
const (
	CodeSyntax                  Code = "syntax"
	CodeNotUTF8                 Code = "not_utf8"
	CodeDuplicateKey            Code = "duplicate_key"
	CodeUnknownField            Code = "unknown_field"
	CodeMissing                 Code = "missing"
	CodeType                    Code = "type"
	CodeFormat                  Code = "format"
	CodeRange                   Code = "range"
	CodeScale                   Code = "scale"
	CodeControlChar             Code = "control_char"
	CodeAmountMismatch          Code = "amount_mismatch"
	CodeTimeOrder               Code = "time_order"
	CodeFuture                  Code = "future"
	CodeUnknownKind             Code = "unknown_kind"
	CodeTooLong                 Code = "too_long"
	CodeConflict                Code = "conflict"
	CodeIdentityChanged         Code = "identity_changed"
	CodeInstitutionMismatch     Code = "institution_mismatch"
	CodeNegativeWithoutReverses Code = "negative_without_reverses"
)

// Codes of a refused request (contract, section 6).
const (
	CodeEmpty                Code = "empty"
	CodeBadQuery             Code = "bad_query"
	CodeUnauthenticated      Code = "unauthenticated"
	CodeForbidden            Code = "forbidden"
	CodeNotFound             Code = "not_found"
	CodeMethodNotAllowed     Code = "method_not_allowed"
	CodeChanged              Code = "changed"
	CodeKeyReused            Code = "key_reused"
	CodeIllegalTransition    Code = "illegal_transition"
	CodeInProgress           Code = "in_progress"
	CodeTooLarge             Code = "too_large"
	CodeUnsupportedMediaType Code = "unsupported_media_type"
	CodeNothingAccepted      Code = "nothing_accepted"
	CodeInvalid              Code = "invalid"
	CodeSlowDown             Code = "slow_down"
	CodeUnavailable          Code = "unavailable"
	CodeInternal             Code = "internal"
)

// Fault is one of several things wrong with a request: a line and column of a
// reference file (the header is line 1), or a part of a body.
type Fault struct {
	Line    int    `json:"line,omitempty"`
	Column  string `json:"column,omitempty"`
	Code    Code   `json:"code,omitempty"`
	Message string `json:"message"`
}

// Error is a refusal that a caller may see: a code for programs, a message that
// says what to do, and where the fault lies. What it wraps stays inside.
type Error struct {
	Code    Code
	Field   string
	Message string
	Faults  []Fault  // when there are several
	Receipt *Receipt // of an upload of which nothing was accepted
	Cause   error
	Wait    time.Duration // of slow_down: how long, when that is known
}

// Refuse makes an Error with a formatted message.
func Refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// BadQuery refuses a parameter of a query with what it must be.
func BadQuery(name, message string) *Error {
	return &Error{Code: CodeBadQuery, Field: name, Message: message}
}

// Error says the code, the field and the message.
func (e *Error) Error() string {
	if e.Field != "" {
		return fmt.Sprintf("%s (%s): %s", e.Code, e.Field, e.Message)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Message)
}

// Unwrap gives the cause, for logs.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf gives the code of the first Error in the chain, CodeInternal for any
// other error, "" for nil.
func CodeOf(err error) Code {
	var refusal *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refusal):
		return refusal.Code
	default:
		return CodeInternal
	}
}
