package wire

import (
	"crypto/sha256"
	"encoding/json"
	"strings"

	"claimwatch"
)

// sign adds the signature of an upload to the headers of a records message.
func sign(headers map[string]string, s *claimwatch.Signature) {
	if s == nil {
		return
	}
	by, _ := json.Marshal(s.Signer) // three texts: it cannot fail
	headers[headerSignature], headers[headerDigests], headers[headerSignedBy] = string(s.DER), string(s.Digests), string(by)
}

// readSignature reads what sign has written; nil when the upload was not signed.
func readSignature(m claimwatch.Message) (*claimwatch.Signature, error) {
	der, signed := m.Headers[headerSignature]
	if !signed {
		return nil, nil //nolint:nilnil // most uploads are not signed
	}
	s := &claimwatch.Signature{DER: []byte(der), Digests: []byte(m.Headers[headerDigests])}
	switch {
	case der == "":
		return nil, badHeader(headerSignature)
	case len(s.Digests) == 0 || len(s.Digests)%sha256.Size != 0:
		return nil, badHeader(headerDigests)
	case json.Unmarshal([]byte(m.Headers[headerSignedBy]), &s.Signer) != nil:
		return nil, badHeader(headerSignedBy)
	}
	return s, nil
}

// AddSigned appends a record of a signed upload: behind its canonical form, after a
// tab, it stands as it was sent. A canonical form has no tab. An element of an array
// may span lines; its newlines become NUL, which no record that can be read holds.
func (p *Records) AddSigned(index int, r *claimwatch.Record, sent string) bool {
	sent = strings.ReplaceAll(sent, "\n", "\x00")
	return p.add(index, r, "\t"+sent)
}

// Signed takes the record as it was sent off a line of a signed upload. ok is false
// when the line has none.
func (l Line) Signed() (line Line, sent string, ok bool) {
	l.JSON, sent, ok = strings.Cut(l.JSON, "\t")
	return l, strings.ReplaceAll(sent, "\x00", "\n"), ok
}
