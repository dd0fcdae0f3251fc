package main

import (
	"context"
	"fmt"

	"claimwatch"
	"claimwatch/audit/notary"
	"claimwatch/stream"
)

// wireNotary makes what signs heads of the journal. It reads its key when it signs
// the first.
func (n *node) wireNotary() error {
	deps := notary.Deps{
		Journal: n.stages.journal, CaughtUp: n.stages.journal.CaughtUp(), Signer: n.settings.signingKey,
		Book: notary.Files{Dir: n.settings.Data}, Now: clock,
	}
	if to := n.settings.Journal.Publish; to != "" {
		deps.Publish = func(checkpoint []byte) error { return notary.Append(to, checkpoint) }
	}
	var err error
	n.stages.notary, err = notary.New(notary.Config{Every: n.settings.Journal.Every}, deps, n.log, n.registry)
	if err != nil {
		return fmt.Errorf("make the notary: %w", err)
	}
	return nil
}

// journalTopic reads the journal's topic whole, once, or until handle gives an error.
func (n *node) journalTopic(ctx context.Context, handle func([]claimwatch.Message) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	err := n.stream.ReadAll(ctx, stream.TailConfig{
		Topic: claimwatch.TopicJournal, Name: "journal-export",
		Handle: func(_ context.Context, messages []claimwatch.Message) error {
			if failed == nil { // an error would come again and again: the reader insists
				if failed = handle(messages); failed != nil {
					cancel()
				}
			}
			return nil
		},
	})
	if failed != nil {
		return failed
	}
	return err
}
