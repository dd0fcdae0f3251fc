package main

import (
	"fmt"
	"os"

	"claimwatch/ingest/seal"
)

// signatory reads what --sign and --sign-key name; nil when nothing is to be signed.
func (c uploadCommand) signatory() (*seal.Signatory, error) {
	if c.Sign == "" && c.SignKey == "" {
		return nil, nil //nolint:nilnil // most uploads are not signed
	}
	if c.Sign == "" || c.SignKey == "" {
		return nil, wrongUsage("--sign and --sign-key are given together")
	}
	certificates, err := os.ReadFile(c.Sign)
	if err != nil {
		return nil, fmt.Errorf("read the certificate: %w", err)
	}
	key, err := os.ReadFile(c.SignKey)
	if err != nil {
		return nil, fmt.Errorf("read the private key: %w", err)
	}
	s, err := seal.ReadSignatory(certificates, key)
	if err != nil {
		return nil, wrongUsage("--sign, --sign-key: %w", err)
	}
	return s, nil
}

// sign signs the records of the batch as they will be sent; empty when nothing is to
// be signed.
func (u *upload) sign() (string, error) {
	if u.seal == nil {
		return "", nil
	}
	var list seal.List
	for _, s := range u.batch {
		list.Add(string(s.record))
	}
	return u.seal.Header(&list)
}
