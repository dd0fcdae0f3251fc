package claimwatch

import "crypto/sha256"

// Refusal is one refused record of an upload, as the receipt names it.
type Refusal struct {
	Index    int    `json:"index"` // counts the records of the upload from 0
	RecordID string `json:"record_id,omitempty"`
	Code     Code   `json:"code"`
	Field    string `json:"field,omitempty"`
	Message  string `json:"message"`
}

// Receipt is the answer to an upload. Settled, Accepted + Duplicate +
// len(Refused) is the number of records sent and Accepted counts those new to
// the store; before that Accepted may hold some that turn out otherwise.
type Receipt struct {
	ReceiptID     string    `json:"receipt_id"`
	InstitutionID string    `json:"-"`
	ReceivedAt    Instant   `json:"received_at"`
	Settled       bool      `json:"settled"`
	Accepted      int       `json:"accepted"`
	Duplicate     int       `json:"duplicate"`
	Refused       []Refusal `json:"refused"`
	// SignedBy is whose seal vouches for the accepted records; nil when nobody's does.
	SignedBy *Signer `json:"signed_by,omitempty" doc:"whose electronic seal was verified over the upload; absent when it was sent without one"`
}

// Upload names the upload to which a message of the records or the quarantine
// topic belongs; every message of one carries it in its headers.
type Upload struct {
	ReceiptID     string
	InstitutionID string
	ReceivedAt    Instant
	Chunk, Chunks int  // this message is number Chunk (from 0) of Chunks record messages
	Refused       int  // records that the door refused, in the whole upload
	Atomic        bool // all or nothing: visible with the last chunk
	// Signature is nil when nobody signed, and in the messages of the quarantine.
	Signature *Signature
}

// Stored is a record on its way into the store.
type Stored struct {
	Record     *Record
	Position   Position
	ReceivedAt Instant // made non-decreasing per partition by the sink
	Hash       [sha256.Size]byte
}

// Known is what the store knows of an accepted revision of an identity.
type Known struct {
	Revision   int32
	Cancelled  bool
	Hash       [sha256.Size]byte
	PersonID   string
	StayID     string
	OccurredAt Instant
	Position   Position
}

// ReceiptPart is how the sink settled one message of an upload.
type ReceiptPart struct {
	Upload    Upload
	Accepted  int // new to the store
	Duplicate int
	Refused   []Refusal // conflict and identity_changed
}

// Quarantined is a refused record with its raw bytes.
type Quarantined struct {
	ID            string // the same for the same refusal, so that repeats are one
	InstitutionID string
	ReceivedAt    Instant
	ReceiptID     string
	Refusal       Refusal
	Raw           []byte
}

// Progress is how far a consumer of the log has come in one partition.
type Progress struct {
	Next       int64   // the offset to read next
	ReceivedAt Instant // greatest reception time so far
}

// Clock is the latest occurred_at of an institution's live records of the kinds
// that move clocks (rules.md 1.2), and the position of the record that set it.
type Clock struct {
	InstitutionID string
	Latest        Instant
	Position      Position
}
