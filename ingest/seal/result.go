package seal

import (
	"errors"

	"claimwatch"
)

// Result is what became of the signature of an upload; as an error, the reason for
// which the upload was refused.
type Result string

// The results, as the metric names them.
const (
	Good        Result = "good"
	None        Result = "none"        // unsigned, and it may be
	Missing     Result = "missing"     // unsigned, and this institution has to sign
	Unsupported Result = "unsupported" // this server verifies none
	Malformed   Result = "malformed"   // the header cannot be read
	Broken      Result = "broken"      // not over these records
	Untrusted   Result = "untrusted"   // of no accepted CA
	Expired     Result = "expired"
	Revoked     Result = "revoked"
	Foreign     Result = "foreign" // not a seal of this institution
)

// Error gives the result as a word.
func (r Result) Error() string { return string(r) }

// ResultOf gives the result of an error of this package; false when it is no such error.
func ResultOf(err error) (Result, bool) {
	var r Result
	ok := errors.As(err, &r)
	return r, ok
}

// invalid refuses a signature that cannot be one over these records.
func invalid(r Result, format string, args ...any) error {
	return refuse(claimwatch.CodeInvalid, r, format, args...)
}

// forbidden refuses a signature that is sound, of somebody who may not sign this.
func forbidden(r Result, format string, args ...any) error {
	return refuse(claimwatch.CodeForbidden, r, format, args...)
}

func refuse(code claimwatch.Code, r Result, format string, args ...any) error {
	fault := claimwatch.Refuse(code, format, args...)
	fault.Field, fault.Cause = claimwatch.HeaderSignature, r
	return fault
}
