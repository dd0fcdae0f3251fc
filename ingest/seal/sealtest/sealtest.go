// Package sealtest makes certificate authorities, seals and signatures for tests.
package sealtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"claimwatch/ingest/seal"
)

// The kinds of keys.
const (
	SM2   = "sm2"
	ECDSA = "ecdsa"
	RSA   = "rsa"
)

// CA signs certificates.
type CA struct {
	Cert *smx509.Certificate
	key  crypto.Signer
	next int64
}

// Seal is a certificate with its key.
type Seal struct {
	Cert *smx509.Certificate
	Key  crypto.Signer
	ca   *CA
}

func newKey(t testing.TB, kind string) (key crypto.Signer) {
	t.Helper()
	var err error
	switch kind {
	case SM2:
		key, err = sm2.GenerateKey(rand.Reader)
	case RSA:
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	default:
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// NewCA makes an authority.
func NewCA(t testing.TB, kind, name string) *CA {
	t.Helper()
	key := newKey(t, kind)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name, Country: []string{"CN"}},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC),
		IsCA: true, BasicConstraintsValid: true, SubjectKeyId: []byte(name),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	return &CA{Cert: sign(t, template, template, key.Public(), key), key: key, next: 100}
}

func sign(t testing.TB, template, parent *x509.Certificate, public any, key crypto.Signer) *smx509.Certificate {
	t.Helper()
	der, err := smx509.CreateCertificate(rand.Reader, template, parent, public, key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := smx509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Issue makes a seal of a holder with its code, changed by change when that is given.
func (ca *CA) Issue(t testing.TB, kind, holder, code string, change func(*x509.Certificate)) *Seal {
	t.Helper()
	ca.next++
	template := &x509.Certificate{
		SerialNumber: big.NewInt(ca.next),
		Subject: pkix.Name{CommonName: holder, Country: []string{"CN"}, ExtraNames: []pkix.AttributeTypeAndValue{
			{Type: asn1.ObjectIdentifier{2, 5, 4, 97}, Value: code},
		}},
		NotBefore: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2035, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if change != nil {
		change(template)
	}
	key := newKey(t, kind)
	return &Seal{Cert: sign(t, template, ca.Cert.ToX509(), key.Public(), ca.key), Key: key, ca: ca}
}

// Revoke makes the revocation list of the authority.
func (ca *CA) Revoke(t testing.TB, at time.Time, seals ...*Seal) []byte {
	t.Helper()
	template := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: at, NextUpdate: at.AddDate(0, 1, 0)}
	for _, s := range seals {
		template.RevokedCertificateEntries = append(template.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: s.Cert.SerialNumber, RevocationTime: at})
	}
	der, err := smx509.CreateRevocationList(rand.Reader, template, ca.Cert, ca.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// PEM is certificates as a file.
func PEM(list ...*smx509.Certificate) []byte {
	var text []byte
	for _, c := range list {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return text
}

// KeyPEM is the private key as a file.
func (s *Seal) KeyPEM(t testing.TB) []byte {
	t.Helper()
	der, err := smx509.MarshalPKCS8PrivateKey(s.Key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// SHA256 is the fingerprint of the certificate.
func (s *Seal) SHA256() string {
	sum := sha256.Sum256(s.Cert.Raw)
	return hex.EncodeToString(sum[:])
}

// Header signs records and gives the value of the header.
func (s *Seal) Header(t testing.TB, records ...string) string {
	t.Helper()
	signatory, err := seal.ReadSignatory(PEM(s.Cert, s.ca.Cert), s.KeyPEM(t))
	if err != nil {
		t.Fatal(err)
	}
	var list seal.List
	for _, r := range records {
		list.Add(r)
	}
	header, err := signatory.Header(&list)
	if err != nil {
		t.Fatal(err)
	}
	return header
}

// Files are what a keeper reads.
type Files struct {
	Roots, CRL []byte
	Seals      []string // institution,seal
	Required   []string
}

// Write writes the files and gives the configuration that names them.
func (f Files) Write(t testing.TB, dir string) seal.Config {
	t.Helper()
	cfg := seal.Config{Required: f.Required, Roots: filepath.Join(dir, "roots.pem"), Seals: filepath.Join(dir, "seals.csv")}
	texts := map[string][]byte{cfg.Roots: f.Roots, cfg.Seals: []byte("institution_id,seal\n" + strings.Join(f.Seals, "\n") + "\n")}
	if f.CRL != nil {
		cfg.CRL = filepath.Join(dir, "revoked.crl")
		texts[cfg.CRL] = f.CRL
	}
	for path, text := range texts {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cfg
}

// Keeper makes a keeper of the files.
func (f Files) Keeper(t testing.TB) *seal.Keeper {
	t.Helper()
	k, err := seal.NewKeeper(f.Write(t, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	return k
}
