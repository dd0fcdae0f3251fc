package claimwatch

import "fmt"

// Kind is the kind of a record: what happened at the bedside.
type Kind uint8

// The kinds of the contract, section 1. The numbers are stored; never reorder.
const (
	KindNone Kind = iota
	Admission
	Transfer
	Leave
	Discharge
	Order
	Fee
	IdentityCheck
	CareRecord
	Operation
	ExamReport
	FrontPage
	DeviceFitting
	Claim
	kindEnd
)

var kindNames = [kindEnd]string{
	"", "admission", "transfer", "leave", "discharge", "order", "fee", "identity_check",
	"care_record", "operation", "exam_report", "front_page", "device_fitting", "claim",
}

// Kinds lists every kind in a fixed order.
func Kinds() []Kind {
	kinds := make([]Kind, 0, kindEnd-1)
	for k := Admission; k < kindEnd; k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// String is the kind as it stands in a record, "fee" for example.
func (k Kind) String() string {
	if k >= kindEnd {
		return fmt.Sprintf("kind(%d)", uint8(k))
	}
	return kindNames[k]
}

// ParseKind finds a kind by its name; ok is false for any other text.
func ParseKind(name string) (k Kind, ok bool) {
	for k := Admission; k < kindEnd; k++ {
		if kindNames[k] == name {
			return k, true
		}
	}
	return KindNone, false
}

// MovesClock says whether a record of this kind proves that its institution's
// upload is alive at occurred_at (rules.md 1.2). Orders and operations can be
// entered ahead, so they move no clock.
func (k Kind) MovesClock() bool {
	switch k {
	case Admission, Transfer, Discharge, Fee, IdentityCheck, CareRecord, ExamReport, FrontPage:
		return true
	default:
		return false
	}
}

// MayLieAhead says whether occurred_at may be in the future.
func (k Kind) MayLieAhead() bool { return k == Order || k == Operation }

// MarshalText writes the kind's name.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a kind's name.
func (k *Kind) UnmarshalText(text []byte) error {
	parsed, ok := ParseKind(string(text))
	if !ok {
		return fmt.Errorf("read kind %q: unknown", text)
	}
	*k = parsed
	return nil
}
