package seal

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/smx509"
)

// Authorities are the CAs whose certificates are accepted, and what they revoked.
type Authorities struct {
	roots   *smx509.CertPool
	revoked map[serial]time.Time
	next    time.Time // when the first of the revocation lists is out of date; zero: none says
}

// serial names a certificate of a CA.
type serial struct{ issuer, number string }

// ReadAuthorities reads certificates of CAs (PEM; each of them is trusted, be it a
// root or one below) and, when revocations is not empty, their revocation lists (PEM
// or DER). The list of a CA that is not among the certificates is a fault.
func ReadAuthorities(certificates, revocations []byte) (*Authorities, error) {
	list, err := readCertificates(certificates)
	if err != nil {
		return nil, err
	}
	a := &Authorities{roots: smx509.NewCertPool(), revoked: map[serial]time.Time{}}
	for _, c := range list {
		a.roots.AddCert(c)
	}
	for _, der := range blocks(revocations, "X509 CRL") {
		if err := a.revoke(der, list); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// readCertificates reads PEM; there must be at least one.
func readCertificates(text []byte) (list []*smx509.Certificate, err error) {
	for rest := text; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := smx509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("certificate %d cannot be read: %w", len(list)+1, err)
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return nil, errors.New("the file holds no certificate in PEM")
	}
	return list, nil
}

// blocks gives what PEM holds, or the text itself when it is no PEM.
func blocks(text []byte, kind string) (list [][]byte) {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil
	}
	for rest := text; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type == kind {
			list = append(list, block.Bytes)
		}
	}
	if list == nil {
		list = [][]byte{text}
	}
	return list
}

// revoke takes in a revocation list.
func (a *Authorities) revoke(der []byte, cas []*smx509.Certificate) error {
	list, err := smx509.ParseRevocationList(der)
	if err != nil {
		return fmt.Errorf("revocation list cannot be read: %w", err)
	}
	signed := false
	for _, ca := range cas {
		signed = signed || bytes.Equal(ca.RawSubject, list.RawIssuer) && list.CheckSignatureFrom(ca) == nil
	}
	if !signed {
		return fmt.Errorf("the revocation list of %s is signed by no CA of the roots", list.Issuer)
	}
	for _, entry := range list.RevokedCertificateEntries {
		a.revoked[serial{string(list.RawIssuer), entry.SerialNumber.String()}] = entry.RevocationTime
	}
	if !list.NextUpdate.IsZero() && (a.next.IsZero() || list.NextUpdate.Before(a.next)) {
		a.next = list.NextUpdate
	}
	return nil
}

// Outdated says whether a CA has promised a newer revocation list by now.
func (a *Authorities) Outdated(now time.Time) bool { return !a.next.IsZero() && now.After(a.next) }

// Trust says whether the signer's certificate was of an accepted CA, valid and not
// revoked at a time. The error is forbidden.
func (a *Authorities) Trust(s *Signed, at time.Time) error {
	if !signs(s.cert) {
		return forbidden(Untrusted, "the certificate %s is not one to sign with: use the signing certificate of the seal", nameOf(s.cert))
	}
	between := smx509.NewCertPool()
	for _, c := range s.other {
		between.AddCert(c)
	}
	chains, err := s.cert.Verify(smx509.VerifyOptions{
		Roots: a.roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	var why x509.CertificateInvalidError
	switch {
	case errors.As(err, &why) && why.Reason == x509.Expired:
		return forbidden(Expired, "the certificate %s, or that of its CA, was not valid at %s: sign with one that is", nameOf(s.cert), at.UTC().Format(time.RFC3339))
	case err != nil:
		return forbidden(Untrusted, "the certificate %s is of no CA that this server accepts: ask its operator which are, and enclose the certificates of the CA", nameOf(s.cert))
	}
	for _, chain := range chains {
		if !a.anyRevoked(chain, at) {
			return nil
		}
	}
	return forbidden(Revoked, "the certificate %s, or that of its CA, was revoked: sign with another one", nameOf(s.cert))
}

func (a *Authorities) anyRevoked(chain []*smx509.Certificate, at time.Time) bool {
	for _, c := range chain {
		since, listed := a.revoked[serial{string(c.RawIssuer), c.SerialNumber.String()}]
		if listed && !at.Before(since) {
			return true
		}
	}
	return false
}
