package seal

import (
	"crypto/sha256"

	"claimwatch"
)

// MaxRecords is how many records a signed upload may hold: the hashes of all of them
// stand in each message of the log, so that a record is provable with its own message.
const MaxRecords = 1_000

// List is the list of the records of an upload, in their order. The zero value is empty.
type List struct {
	// Digests are the SHA-256 of each, 32 bytes one after the other.
	Digests []byte
}

// Add appends a record as it is sent: an NDJSON line without its end (LF or CR LF), an
// element of an array from its first byte to its last.
func (l *List) Add(record string) {
	sum := sha256.Sum256([]byte(record))
	l.Digests = append(l.Digests, sum[:]...)
}

// Len is the number of records.
func (l *List) Len() int { return len(l.Digests) / sha256.Size }

// Text is what is signed.
func (l *List) Text() []byte { return (&claimwatch.Signature{Digests: l.Digests}).Text() }
