package claimwatch

import (
	"crypto/sha256"
	"strings"
)

// Record is one upload-able fact, decoded and checked by itself. Values holds
// the further fields of its kind, one slot for each of Kind.Fields().
type Record struct {
	Kind          Kind
	Cancelled     bool
	Revision      int32 // 1 or more
	RecordID      string
	InstitutionID string
	PersonID      string
	StayID        string // empty only for a device fitting
	OccurredAt    Instant
	Values        []Value
}

// Value is one field of a record. What Num means depends on the field's Type:
// an integer, a scaled decimal, milliseconds since 1970 or 0/1 for a bool.
type Value struct {
	Text string // texts; for TypeCodes the elements joined by ListSeparator
	Num  int64
	Set  bool // false: absent
}

// ListSeparator joins the elements of a list in Value.Text. It is a control
// character, which no text may contain.
const ListSeparator = "\x1f"

// List splits a TypeCodes value into its elements; empty for an empty list.
func (v Value) List() []string {
	if v.Text == "" {
		return nil
	}
	return strings.Split(v.Text, ListSeparator)
}

// Field gives the value of a field by name; the zero Value when absent or unknown.
func (r *Record) Field(name string) Value {
	if slot := r.Kind.Slot(name); slot >= 0 && slot < len(r.Values) {
		return r.Values[slot]
	}
	return Value{}
}

// Identity is what makes two uploads the same record: the key of the contract,
// section 1, without the revision.
type Identity struct {
	InstitutionID string
	Kind          Kind
	RecordID      string
}

// Identity of the record.
func (r *Record) Identity() Identity { return Identity{r.InstitutionID, r.Kind, r.RecordID} }

// ContentHash is the SHA-256 of the record's canonical form: two records of one
// identity and revision are duplicates when it is equal, in conflict otherwise.
func (r *Record) ContentHash() [sha256.Size]byte {
	return sha256.Sum256(AppendCanonical(nil, r))
}

// Position is where a record stands in the log: the index counts the records of
// the message. Identity disputes are settled by it, the smaller position wins.
type Position struct {
	Partition int32
	Offset    int64
	Index     int32
}

// Before orders positions of one partition.
func (p Position) Before(q Position) bool {
	if p.Offset != q.Offset {
		return p.Offset < q.Offset
	}
	return p.Index < q.Index
}
