package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
)

type evidenceCommand struct {
	clientFlags
	Finding string `arg:"" help:"The finding's id."`
	Out     string `type:"path" help:"The file; FINDING.zip by default, - for standard output."`
}

func (evidenceCommand) Help() string {
	return `One signed archive with the records, receipts, rule, law, correspondence and the journal's entries about a finding.
claimwatch verify checks it offline.

Example:
  claimwatch evidence f_0123456789abcdef --out case.zip`
}

func (c evidenceCommand) Run(ctx context.Context, term terminal) (err error) {
	server, err := c.client()
	if err != nil {
		return err
	}
	answer, err := server.do(ctx, request{method: http.MethodGet, path: "/v1/findings/" + url.PathEscape(c.Finding) + "/evidence"})
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
		name = c.Finding + ".zip"
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
