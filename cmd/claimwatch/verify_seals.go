package main

import (
	"fmt"
	"os"

	"claimwatch"
	"claimwatch/audit/verify"
	"claimwatch/ingest/decode"
	"claimwatch/ingest/seal"
)

// seals lets verify check who signed the records of a pack.
func (c verifyCommand) seals(opts *verify.Options) error {
	opts.Seal = func(signature, text []byte) (claimwatch.Signer, error) {
		signed, err := seal.Parse(signature)
		if err != nil {
			return claimwatch.Signer{}, err
		}
		return signed.Signer(), signed.Over(text)
	}
	opts.Canonical = func(sent []byte, institution string) ([]byte, error) {
		record, fault := decode.Decode(sent, decode.Options{InstitutionID: institution, FromLog: true})
		if fault != nil {
			return nil, fault
		}
		return claimwatch.AppendCanonical(nil, &record), nil
	}
	if c.CA == "" {
		return nil
	}
	text, err := os.ReadFile(c.CA)
	if err != nil {
		return fmt.Errorf("read the certificates of the CAs: %w", err)
	}
	authorities, err := seal.ReadAuthorities(text, nil)
	if err != nil {
		return wrongUsage("--ca: %w", err)
	}
	opts.Trust = func(signature []byte, at claimwatch.Instant) error {
		signed, err := seal.Parse(signature)
		if err != nil {
			return err
		}
		return authorities.Trust(signed, at.Time())
	}
	return nil
}
