package claimwatch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// HeaderSignature is the HTTP header of an upload that carries the signature of an
// institution's electronic seal over its records, in base64 (docs/signatures.md).
const HeaderSignature = "Claimwatch-Signature"

// Signer is the holder of a certificate that has signed an upload (Art. 21 of the
// measures: the institution answers for truth and completeness of its data).
type Signer struct {
	Subject string `json:"subject" doc:"the certificate's subject, RFC 2253"`
	Serial  string `json:"serial" doc:"the certificate's serial number, hex"`
	SHA256  string `json:"certificate_sha256" doc:"SHA-256 of the certificate, hex"`
}

// Signature is a verified signature over the records of an upload. Whoever has it and
// a record as it was sent can check, without the product, who vouched for the record.
type Signature struct {
	DER     []byte // CMS SignedData as it was sent, certificates inside
	Digests []byte // SHA-256 of every record of the upload as it was sent, in their order, 32 bytes each
	Signer  Signer
}

// signatureHeading is the first line of what is signed. It says what the seal was put
// to, so that a signature made for this is good for nothing else, and which hash follows.
const signatureHeading = "claimwatch-records-sha256-1\n"

// Text is what was signed: a heading and a line for each record, its SHA-256 in
// lower-case hex.
func (s *Signature) Text() []byte {
	text := make([]byte, 0, len(signatureHeading)+len(s.Digests)/sha256.Size*(2*sha256.Size+1))
	text = append(text, signatureHeading...)
	for at := 0; at+sha256.Size <= len(s.Digests); at += sha256.Size {
		text = hex.AppendEncode(text, s.Digests[at:at+sha256.Size])
		text = append(text, '\n')
	}
	return text
}

// SignedDigests reads a text that was signed: the SHA-256 of every record, 32 bytes each.
// False when it is no text as Text writes it: whatever else a seal was put to says
// nothing about records.
func SignedDigests(text []byte) ([]byte, bool) {
	list, ok := strings.CutPrefix(string(text), signatureHeading)
	digests, err := hex.DecodeString(strings.ReplaceAll(list, "\n", ""))
	return digests, ok && err == nil && bytes.Equal((&Signature{Digests: digests}).Text(), text)
}
