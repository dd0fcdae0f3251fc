package seal

import (
	"crypto"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/emmansun/gmsm/pkcs7"
	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// Signatory signs uploads, as a hospital's system does.
type Signatory struct {
	chain []*smx509.Certificate // the seal's first
	key   crypto.Signer
}

// ReadSignatory reads the certificate of a seal, those of its CA behind it, and the
// private key; all are PEM. The key is PKCS#8, or SEC 1 or PKCS#1.
func ReadSignatory(certificates, key []byte) (*Signatory, error) {
	chain, err := readCertificates(certificates)
	if err != nil {
		return nil, err
	}
	private, err := readKey(key)
	if err != nil {
		return nil, err
	}
	public, comparable := private.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !comparable || !public.Equal(chain[0].PublicKey) {
		return nil, errors.New("the key is not that of the first certificate")
	}
	return &Signatory{chain: chain, key: private}, nil
}

func readKey(text []byte) (crypto.Signer, error) {
	for rest := text; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return nil, errors.New("the file holds no private key in PEM that is not encrypted")
		}
		var key any
		var err error
		switch block.Type {
		case "PRIVATE KEY":
			key, err = smx509.ParsePKCS8PrivateKey(block.Bytes)
		case "EC PRIVATE KEY", "SM2 PRIVATE KEY":
			key, err = smx509.ParseTypedECPrivateKey(block.Bytes)
		case "RSA PRIVATE KEY":
			key, err = smx509.ParsePKCS1PrivateKey(block.Bytes)
		default:
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read private key: %w", err)
		}
		signer, is := key.(crypto.Signer)
		if !is {
			return nil, fmt.Errorf("a key of the type %T cannot sign", key)
		}
		return signer, nil
	}
}

// Header signs a list and gives the value of the header.
func (s *Signatory) Header(list *List) (string, error) {
	der, err := s.sign(list.Text())
	if err != nil {
		return "", fmt.Errorf("sign %d records: %w", list.Len(), err)
	}
	return base64.StdEncoding.EncodeToString(der), nil
}

func (s *Signatory) sign(text []byte) ([]byte, error) {
	start := pkcs7.NewSignedData
	if sm2.IsSM2PublicKey(s.key.Public()) {
		start = pkcs7.NewSMSignedData
	}
	data, err := start(text)
	if err != nil {
		return nil, err //nolint:wrapcheck // Header says what was done
	}
	if !sm2.IsSM2PublicKey(s.key.Public()) {
		data.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	}
	if err := data.AddSigner(s.chain[0], s.key, pkcs7.SignerInfoConfig{}); err != nil {
		return nil, err //nolint:wrapcheck // Header says what was done
	}
	for _, c := range s.chain[1:] {
		data.AddCertificate(c)
	}
	data.Detach()
	return data.Finish() //nolint:wrapcheck // Header says what was done
}
