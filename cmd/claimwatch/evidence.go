package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
)

type evidenceCommand struct {
	clientFlags
	ID  string `arg:"" help:"The id of a finding (f_…) or of a sanction (m_…)."`
	Out string `type:"path" help:"The file; ID.zip by default, - for standard output."`
}

func (evidenceCommand) Help() string {
	return `One signed archive with the records, receipts, rule, law, correspondence and the journal's entries about a finding;
of a sanction with its dossier, notice and the packs of its findings. claimwatch verify checks it offline.

Example:
  claimwatch evidence f_0123456789abcdef --out case.zip`
}

func (c evidenceCommand) Run(ctx context.Context, term terminal) (err error) {
	server, err := c.client()
	if err != nil {
		return err
	}
	kind := "findings"
	if strings.HasPrefix(c.ID, "m_") {
		kind = "sanctions"
	}
	answer, err := server.do(ctx, request{method: http.MethodGet, path: "/v1/" + kind + "/" + url.PathEscape(c.ID) + "/evidence"})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if c.Out == "-" {
		_, err = io.Copy(term.out, answer.Body)
		return err
	}
	name := c.Out
	if name == "" {
		name = c.ID + ".zip"
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("read the pack: %w", err)
	}
	if err := os.WriteFile(name, body, 0o600); err != nil {
		return fmt.Errorf("keep the pack: %w", err)
	}
	_, err = fmt.Fprintln(term.out, name)
	return err
}
