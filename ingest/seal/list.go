package seal

import (
	"crypto/sha256"
	"encoding/hex"

	"claimwatch"
)

// MaxRecords is how many records a signed upload may hold: the hashes of all of them
// stand in each message of the log, so that a record is provable with its own message.
const MaxRecords = 1_000

// heading is the first line of what is signed. It says what the seal was put to, so
// that a signature made for this is good for nothing else, and which hash follows.
const heading = "claimwatch-records-sha256-1\n"

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

// Text is what is signed: a heading and a line for each record, lower-case hex.
func (l *List) Text() []byte {
	text := make([]byte, 0, len(heading)+l.Len()*(2*sha256.Size+1))
	text = append(text, heading...)
	for at := 0; at+sha256.Size <= len(l.Digests); at += sha256.Size {
		text = hex.AppendEncode(text, l.Digests[at:at+sha256.Size])
		text = append(text, '\n')
	}
	return text
}

// TextOf is the text over which a kept signature was made.
func TextOf(s *claimwatch.Signature) []byte { return (&List{Digests: s.Digests}).Text() }
