package seal

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/emmansun/gmsm/pkcs7"
	"github.com/emmansun/gmsm/smx509"

	"claimwatch"
)

const (
	// MaxBytes is the largest signature. One with two certificates of a CA above it
	// has 3 to 6 KB; with the hashes it must fit into the headers of a log message.
	MaxBytes = 12 << 10
	// maxSubject bounds the name of a signer.
	maxSubject = 512
	// leastRSA is the shortest RSA key, in bits.
	leastRSA = 2048
)

// The algorithms that are taken. SHA-1, MD5 and DSA are not.
var (
	digests = []asn1.ObjectIdentifier{
		pkcs7.OIDDigestAlgorithmSM3, pkcs7.OIDDigestAlgorithmSHA256, pkcs7.OIDDigestAlgorithmSHA384, pkcs7.OIDDigestAlgorithmSHA512,
	}
	algorithms = []asn1.ObjectIdentifier{
		pkcs7.OIDDigestEncryptionAlgorithmSM2,
		pkcs7.OIDEncryptionAlgorithmRSA, pkcs7.OIDEncryptionAlgorithmRSASHA256, pkcs7.OIDEncryptionAlgorithmRSASHA384, pkcs7.OIDEncryptionAlgorithmRSASHA512,
		pkcs7.OIDDigestAlgorithmECDSASHA256, pkcs7.OIDDigestAlgorithmECDSASHA384, pkcs7.OIDDigestAlgorithmECDSASHA512,
		pkcs7.OIDEncryptionAlgorithmECDSAP256, pkcs7.OIDEncryptionAlgorithmECDSAP384, pkcs7.OIDEncryptionAlgorithmECDSAP521,
	}
)

// Signed is a signature that was read; nothing of it is verified yet.
type Signed struct {
	der   []byte
	cms   *pkcs7.PKCS7
	cert  *smx509.Certificate
	other []*smx509.Certificate
}

// ReadHeader reads the value of the header: CMS SignedData in base64, with padding or
// without. The error is invalid.
func ReadHeader(value string) (*Signed, error) {
	if len(value) > base64.StdEncoding.EncodedLen(MaxBytes) {
		return nil, invalid(Malformed, "the signature is larger than %d KiB: send only the certificate of the seal and those of its CA with it", MaxBytes>>10)
	}
	der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(value, "="))
	if err != nil {
		return nil, invalid(Malformed, "the header is not base64 in one line: encode the DER of the signature, as in base64 -w0")
	}
	return Parse(der)
}

// Parse reads a signature. The error is invalid.
func Parse(der []byte) (*Signed, error) {
	if len(der) == 0 || len(der) > MaxBytes {
		return nil, invalid(Malformed, "the signature is empty or larger than %d KiB", MaxBytes>>10)
	}
	cms, err := parse(der)
	if err != nil || len(cms.Signers) == 0 {
		return nil, invalid(Malformed, "the header holds no CMS SignedData (PKCS#7, GB/T 35275) in DER")
	}
	s := &Signed{der: der, cms: cms, cert: cms.GetOnlySigner()}
	switch {
	case len(cms.Signers) > 1:
		return nil, invalid(Malformed, "%d have signed: send the signature of the institution's seal alone", len(cms.Signers))
	case s.cert == nil:
		return nil, invalid(Malformed, "the signature does not hold the certificate of the seal: let the signing program enclose it")
	}
	for _, c := range cms.Certificates {
		if !c.Equal(s.cert) {
			s.other = append(s.other, c)
		}
	}
	return s, s.checkAlgorithms()
}

// parse reads CMS. The library reads beyond the end of some broken texts, and what
// somebody sends must not end the process.
func parse(der []byte) (cms *pkcs7.PKCS7, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("read CMS: %v", r)
		}
	}()
	whole, rest, err := definite(der, 0)
	if err != nil || len(rest) > 0 {
		return nil, errBER
	}
	cms, err = pkcs7.Parse(whole)
	if err != nil {
		return nil, fmt.Errorf("read CMS: %w", err)
	}
	return cms, nil
}

func (s *Signed) checkAlgorithms() error {
	by := s.cms.Signers[0]
	is := func(oid asn1.ObjectIdentifier) func(asn1.ObjectIdentifier) bool { return oid.Equal }
	if !slices.ContainsFunc(digests, is(by.DigestAlgorithm.Algorithm)) || !slices.ContainsFunc(algorithms, is(by.DigestEncryptionAlgorithm.Algorithm)) {
		return invalid(Malformed, "the signature is made with an algorithm that is not taken: sign with SM2 and SM3, or with RSA or ECDSA and SHA-256")
	}
	if key, is := s.cert.PublicKey.(*rsa.PublicKey); is && key.N.BitLen() < leastRSA {
		return invalid(Malformed, "the RSA key of the certificate has %d bits, at least %d are wanted", key.N.BitLen(), leastRSA)
	}
	return nil
}

// Over says whether the signature is one over a text, made by the certificate that it
// encloses. The error is invalid.
func (s *Signed) Over(text []byte) (err error) {
	defer func() {
		if r := recover(); r != nil { // as in parse
			err = invalid(Broken, "the signature cannot be computed")
		}
	}()
	cms := *s.cms
	cms.Content = text
	var early *pkcs7.InvalidSigningTimeError
	err = cms.Verify()
	switch {
	case errors.As(err, &early):
		return forbidden(Expired, "the signature names a signing time at which its certificate was not valid: renew the certificate, or set the clock of the signing machine")
	case err != nil:
		return invalid(Broken, "the signature is not one over these records: sign the list of their SHA-256 as docs/signatures.md says, over the very bytes that are sent")
	}
	return nil
}

// Signer is who has signed.
func (s *Signed) Signer() claimwatch.Signer {
	return claimwatch.Signer{Subject: nameOf(s.cert), Serial: fmt.Sprintf("%x", s.cert.SerialNumber), SHA256: fingerprint(s.cert)}
}

// nameOf is the subject as text: for people, never compared.
func nameOf(c *smx509.Certificate) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return '?'
		}
		return r
	}, c.Subject.String())
	if len(name) <= maxSubject {
		return name
	}
	end := maxSubject
	for !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end] + "…"
}

func fingerprint(c *smx509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return hex.EncodeToString(sum[:])
}

// signs says whether a certificate is one to sign with: seals have a second one to
// encrypt with.
func signs(c *smx509.Certificate) bool {
	return c.KeyUsage == 0 || c.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) != 0
}
