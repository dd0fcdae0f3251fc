package main

import (
	"context"

	"claimwatch/ingest/seal"
)

// signatureSettings say which signatures of uploads are verified (docs/signatures.md).
type signatureSettings struct {
	Roots    string   `koanf:"roots"` // PEM of accepted CAs; empty: no signature is verified
	CRL      string   `koanf:"crl"`   // their revocation lists
	Seals    string   `koanf:"seals"` // CSV institution_id,seal
	Required []string `koanf:"required"`
}

func (s signatureSettings) config() seal.Config {
	return seal.Config{Roots: s.Roots, CRL: s.CRL, Seals: s.Seals, Required: s.Required}
}

// reloadSeals reads CAs, revocation lists and seals anew at every SIGHUP until ctx
// ends. A file with faults changes nothing.
func (n *node) reloadSeals(ctx context.Context) error {
	return n.atHangup(ctx, "certificates and seals", func(context.Context) error {
		err := n.stages.seals.Reload()
		if err == nil {
			n.log.Info("certificates and seals replaced")
		}
		return err
	})
}
