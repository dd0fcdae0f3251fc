package wire

import (
	"strconv"
	"strings"
	"time"

	"claimwatch"
)

// Version is what the header v of every message says. A reader that meets
// another version quarantines the message instead of guessing.
const Version = "1"

const (
	headerVersion    = "v"
	headerReceipt    = "receipt"
	headerReceivedAt = claimwatch.HeaderReceivedAt
	headerChunk      = "chunk"  // number/count, the number from 0
	headerChunks     = "chunks" // count
	headerRefused    = "refused"
	headerAtomic     = "atomic"
	headerReason     = "reason"

	// The three of a signed upload, in each of its record messages: a record must be
	// provable with its own message alone.
	headerSignature = "signature" // CMS SignedData, DER
	headerDigests   = "digests"   // SHA-256 of every record of the upload as sent
	headerSignedBy  = "signed_by" // claimwatch.Signer, JSON

	timeLayout = "2006-01-02T15:04:05.000Z"
	// maxIdentifier is the longest identifier of the contract, section 6.
	maxIdentifier = 64
)

func uploadHeaders(u claimwatch.Upload) map[string]string {
	return map[string]string{
		headerVersion:    Version,
		headerReceipt:    u.ReceiptID,
		headerReceivedAt: u.ReceivedAt.Time().UTC().Format(timeLayout),
		headerRefused:    strconv.Itoa(u.Refused),
	}
}

// ReadUpload reads the headers of a records message. The error is a
// *claimwatch.Error: empty for a tombstone or an empty value, format for an
// unknown version or a header that cannot be read, institution_mismatch when
// the key is no institution. What could be read is given with the error too,
// for the quarantine item.
func ReadUpload(m claimwatch.Message) (claimwatch.Upload, error) {
	u, err := readCommon(m)
	switch {
	case err != nil:
		return u, err
	case u.InstitutionID == "":
		return u, &claimwatch.Error{
			Code: claimwatch.CodeInstitutionMismatch, Field: "institution_id",
			Message: "the key of the message names no institution",
		}
	case u.ReceiptID == "":
		return u, badHeader(headerReceipt)
	}
	number, count, _ := strings.Cut(m.Headers[headerChunk], "/")
	var ok1, ok2 bool
	u.Chunk, ok1 = readCount(number)
	u.Chunks, ok2 = readCount(count)
	if !ok1 || !ok2 || u.Chunk >= u.Chunks {
		return u, badHeader(headerChunk)
	}
	switch m.Headers[headerAtomic] {
	case "":
	case "1":
		u.Atomic = true
	default:
		return u, badHeader(headerAtomic)
	}
	u.Signature, err = readSignature(m)
	return u, err
}

// ReadQuarantineUpload reads the headers of a quarantine message, with errors
// like those of ReadUpload. Institution and receipt may be empty: what the sink
// quarantines may name neither.
func ReadQuarantineUpload(m claimwatch.Message) (claimwatch.Upload, error) {
	u, err := readCommon(m)
	if err != nil {
		return u, err
	}
	var ok bool
	if u.Chunks, ok = readCount(m.Headers[headerChunks]); !ok {
		return u, badHeader(headerChunks)
	}
	return u, nil
}

func readCommon(m claimwatch.Message) (claimwatch.Upload, error) {
	u := claimwatch.Upload{ReceivedAt: claimwatch.InstantOf(m.Time)}
	if isIdentifier(string(m.Key)) {
		u.InstitutionID = string(m.Key)
	}
	if receipt := m.Headers[headerReceipt]; isIdentifier(receipt) {
		u.ReceiptID = receipt
	}
	at, timeErr := time.Parse(timeLayout, m.Headers[headerReceivedAt])
	if timeErr == nil {
		u.ReceivedAt = claimwatch.InstantOf(at)
	}
	switch {
	case len(m.Value) == 0:
		return u, claimwatch.Refuse(claimwatch.CodeEmpty, "the message has no value")
	case m.Headers[headerVersion] != Version:
		return u, badHeader(headerVersion)
	case timeErr != nil || u.ReceivedAt < claimwatch.Earliest || u.ReceivedAt >= claimwatch.Latest:
		return u, badHeader(headerReceivedAt)
	}
	var ok bool
	if u.Refused, ok = readCount(m.Headers[headerRefused]); !ok {
		return u, badHeader(headerRefused)
	}
	return u, nil
}

func badHeader(name string) error {
	return &claimwatch.Error{
		Code: claimwatch.CodeFormat, Field: name,
		Message: "the header of the message cannot be read by this version",
	}
}

// readCount reads a number that fits in memory many times over.
func readCount(text string) (int, bool) {
	if len(text) == 0 || len(text) > 7 {
		return 0, false
	}
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int(text[i]-'0')
	}
	return n, true
}

func isIdentifier(s string) bool {
	if s == "" || len(s) > maxIdentifier {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '.', c == '_', c == ':', c == '-':
		default:
			return false
		}
	}
	return true
}
