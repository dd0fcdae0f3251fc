package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"go.uber.org/zap"

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
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	defer signal.Stop(asked)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-asked:
			if err := n.stages.seals.Reload(); err != nil {
				n.log.Error("reload certificates and seals", zap.Error(err))
				continue
			}
			n.log.Info("certificates and seals replaced")
		}
	}
}
