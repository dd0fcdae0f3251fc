// Package secret closes small texts so that only servers that have the key file open them:
// what stands in the log or in a browser's cookie and must be read in neither.
package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Box closes and opens texts for one purpose.
type Box struct{ aead cipher.AEAD }

const (
	version = "s1."
	keyLen  = 32
)

// ErrClosed is the error of Open for a text that another key, another purpose or another
// owner has closed, or that somebody has changed.
var ErrClosed = errors.New("the text cannot be opened with this key")

// NewKey draws a key in the form in which files hold it: 64 hex digits and a line end.
func NewKey() []byte {
	var raw [keyLen]byte
	_, _ = rand.Read(raw[:]) // never fails (crypto/rand)
	return append(hex.AppendEncode(nil, raw[:]), '\n')
}

// New gives the box of a purpose. The key is the content of a file as NewKey gives it;
// boxes of different purposes do not open each other's texts.
func New(key []byte, purpose string) (*Box, error) {
	raw, err := hex.DecodeString(string(bytes.TrimSpace(key)))
	if err != nil || len(raw) != keyLen {
		return nil, errors.New("the key file does not hold 64 hex digits")
	}
	own, err := hkdf.Key(sha256.New, raw, nil, "claimwatch "+purpose, keyLen)
	if err != nil {
		return nil, fmt.Errorf("derive the key of %s: %w", purpose, err)
	}
	block, err := aes.NewCipher(own)
	if err != nil {
		return nil, fmt.Errorf("make the cipher of %s: %w", purpose, err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make the cipher of %s: %w", purpose, err)
	}
	return &Box{aead}, nil
}

// Close gives a text that Open gives back for the same owner only.
func (b *Box) Close(owner string, plain []byte) string {
	return version + base64.RawURLEncoding.EncodeToString(b.aead.Seal(nil, nil, plain, []byte(owner)))
}

// Open gives what was closed for an owner, or ErrClosed.
func (b *Box) Open(owner, closed string) ([]byte, error) {
	text, ours := strings.CutPrefix(closed, version)
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if !ours || err != nil || len(raw) < b.aead.Overhead() {
		return nil, ErrClosed
	}
	plain, err := b.aead.Open(nil, nil, raw, []byte(owner))
	if err != nil {
		return nil, ErrClosed
	}
	return plain, nil
}
