package proof

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/emmansun/gmsm/sm2"
	"golang.org/x/mod/sumdb/note"
)

// Algorithm is how heads are signed.
type Algorithm string

// The algorithms. Ed25519 is the default; SM2 (with SM3) is the national one.
const (
	Ed25519 Algorithm = "ed25519"
	SM2     Algorithm = "sm2"
)

// The bytes that stand before a key and are hashed with it, so that a signature
// of one algorithm is never taken for one of another. Notes have number 1 for
// Ed25519 and none for SM2: 255 with a name says so.
var prefixes = map[Algorithm]string{Ed25519: "\x01", SM2: "\xffclaimwatch.sm2-sm3\x00"}

const privatePrefix = "PRIVATE+KEY+"

// Verifier checks signatures of one key.
type Verifier struct {
	algorithm Algorithm
	name      string
	id        uint32
	key       []byte
	verify    func(message, signature []byte) bool
}

// Name is the name of the key: the origin of the heads that it signs.
func (v *Verifier) Name() string { return v.name }

// KeyHash is the short number of the key in signature lines.
func (v *Verifier) KeyHash() uint32 { return v.id }

// ID is KeyHash as people read it, eight hex digits.
func (v *Verifier) ID() string { return fmt.Sprintf("%08x", v.id) }

// Algorithm of the key.
func (v *Verifier) Algorithm() Algorithm { return v.algorithm }

// Verify implements note.Verifier.
func (v *Verifier) Verify(message, signature []byte) bool { return v.verify(message, signature) }

// String is the public key as it is handed out: name, number and key.
func (v *Verifier) String() string {
	return v.name + "+" + v.ID() + "+" + base64.StdEncoding.EncodeToString(append([]byte(prefixes[v.algorithm]), v.key...))
}

// Signer signs with one key.
type Signer struct {
	Verifier
	sign func(message []byte) ([]byte, error)
}

// Sign implements note.Signer.
func (s *Signer) Sign(message []byte) ([]byte, error) { return s.sign(message) }

var (
	_ note.Verifier = (*Verifier)(nil)
	_ note.Signer   = (*Signer)(nil)
)

// GenerateKey makes a key pair as two texts: the private key stays with the
// server, the public one is for everybody. The name becomes the origin of heads;
// it is unique to a journal.
func GenerateKey(random io.Reader, algorithm Algorithm, name string) (private, public string, err error) {
	if !validName(name) {
		return "", "", fmt.Errorf("make key: %q is no name: letters, digits and /.-_ without spaces and +", name)
	}
	var secret []byte
	switch algorithm {
	case Ed25519:
		_, key, err := ed25519.GenerateKey(random)
		if err != nil {
			return "", "", fmt.Errorf("make key: %w", err)
		}
		secret = key.Seed()
	case SM2:
		key, err := sm2.GenerateKey(random)
		if err != nil {
			return "", "", fmt.Errorf("make key: %w", err)
		}
		raw, err := key.ECDH()
		if err != nil {
			return "", "", fmt.Errorf("make key: %w", err)
		}
		secret = raw.Bytes()
	default:
		return "", "", fmt.Errorf("make key: the algorithm is ed25519 or sm2, not %q", algorithm)
	}
	signer, err := newSigner(name, algorithm, secret, random)
	if err != nil {
		return "", "", err
	}
	private = privatePrefix + name + "+" + signer.ID() + "+" +
		base64.StdEncoding.EncodeToString(append([]byte(prefixes[algorithm]), secret...))
	return private, signer.String(), nil
}

// NewSigner reads a private key. SM2 draws from random for each signature.
func NewSigner(private string, random io.Reader) (*Signer, error) {
	text, is := strings.CutPrefix(strings.TrimSpace(private), privatePrefix)
	if !is {
		return nil, errors.New("read signing key: it is no private key")
	}
	name, id, algorithm, secret, err := parseKey(text)
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	signer, err := newSigner(name, algorithm, secret, random)
	if err == nil && signer.id != id {
		err = errors.New("read signing key: its number is not that of the key")
	}
	return signer, err
}

func newSigner(name string, algorithm Algorithm, secret []byte, random io.Reader) (*Signer, error) {
	if len(secret) != 32 {
		return nil, errors.New("read signing key: it has another length")
	}
	if algorithm == Ed25519 {
		key := ed25519.NewKeyFromSeed(secret)
		v, err := newVerifier(name, algorithm, key[32:])
		if err != nil {
			return nil, err
		}
		return &Signer{*v, func(message []byte) ([]byte, error) { return ed25519.Sign(key, message), nil }}, nil
	}
	key, err := sm2.NewPrivateKey(secret)
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	public, err := sm2.PublicKeyToECDH(&key.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	v, err := newVerifier(name, algorithm, public.Bytes())
	if err != nil {
		return nil, err
	}
	return &Signer{*v, func(message []byte) ([]byte, error) { return key.Sign(random, message, sm2.DefaultSM2SignerOpts) }}, nil
}

// NewVerifier reads a public key in the one spelling that String gives.
func NewVerifier(public string) (*Verifier, error) {
	name, id, algorithm, key, err := parseKey(public)
	if err != nil {
		return nil, fmt.Errorf("read public key: %w", err)
	}
	v, err := newVerifier(name, algorithm, key)
	switch {
	case err != nil:
		return nil, err
	case v.id != id:
		return nil, errors.New("read public key: its number is not that of the key")
	case v.String() != public:
		return nil, errors.New("read public key: it is not written as keys are")
	}
	return v, nil
}

func newVerifier(name string, algorithm Algorithm, key []byte) (*Verifier, error) {
	v := &Verifier{algorithm: algorithm, name: name, key: key, id: keyID(name, algorithm, key)}
	if algorithm == Ed25519 {
		if len(key) != ed25519.PublicKeySize {
			return nil, errors.New("read public key: it has another length")
		}
		v.verify = func(message, signature []byte) bool { return ed25519.Verify(key, message, signature) }
		return v, nil
	}
	public, err := sm2.NewPublicKey(key)
	if err != nil {
		return nil, fmt.Errorf("read public key: %w", err)
	}
	v.verify = func(message, signature []byte) bool { return sm2.VerifyASN1WithSM2(public, nil, message, signature) }
	return v, nil
}

// keyID is the number that notes give a key.
func keyID(name string, algorithm Algorithm, key []byte) uint32 {
	sum := sha256.Sum256([]byte(name + "\n" + prefixes[algorithm] + string(key)))
	return binary.BigEndian.Uint32(sum[:4])
}

// parseKey reads NAME+NUMBER+KEY.
func parseKey(text string) (name string, id uint32, algorithm Algorithm, key []byte, err error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 || !validName(parts[0]) || len(parts[1]) != 8 {
		return "", 0, "", nil, errors.New("it is not NAME+NUMBER+KEY")
	}
	number, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return "", 0, "", nil, errors.New("its number is no number")
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil {
		return "", 0, "", nil, errors.New("its key is not base64")
	}
	for algorithm, prefix := range prefixes {
		if key, is := bytes.CutPrefix(raw, []byte(prefix)); is {
			return parts[0], uint32(number), algorithm, key, nil
		}
	}
	return "", 0, "", nil, errors.New("its algorithm is not known")
}

func validName(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '+'
	})
}
