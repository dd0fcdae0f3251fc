package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"text/tabwriter"
)

type evaluateCommand struct {
	clientFlags
	AsOf   string `required:"" help:"The time, RFC 3339 with an offset."`
	Clock  string `default:"" enum:",wall,event" help:"wall or event; otherwise the server's."`
	JSON   bool   `name:"json" xor:"form" help:"One finding a line."`
	Digest bool   `xor:"form" help:"Only the SHA-256 over the findings."`
}

func (evaluateCommand) Help() string {
	return `Evaluates every person as of a time with what is stored now. Nothing is stored.

Example:
  claimwatch evaluate --as-of 2026-11-01T00:00:00+08:00 --digest`
}

func (c evaluateCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{"as_of": {c.AsOf}}
	if c.Clock != "" {
		query.Set("clock", c.Clock)
	}
	if c.Digest {
		query.Set("digest", "true")
		var answer digestAnswer
		if err := server.get(ctx, "/v1/evaluate", query, &answer); err != nil {
			return err
		}
		_, err = fmt.Fprintln(term.out, answer.Digest)
		return err
	}
	answer, err := server.do(ctx, request{method: http.MethodGet, path: "/v1/evaluate", query: query})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if c.JSON {
		_, err = io.Copy(term.out, answer.Body)
		return err
	}
	return findingTable(term.out, answer.Body)
}

// findingTable prints findings, one JSON object a line, as a table.
func findingTable(out io.Writer, lines io.Reader) error {
	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "FINDING\tRULE\tSEVERITY\tYUAN\tLINES\tSUBJECT")
	decoder := json.NewDecoder(bufio.NewReader(lines))
	for {
		var f findingView
		err := decoder.Decode(&f)
		if errors.Is(err, io.EOF) {
			return table.Flush()
		}
		if err != nil { // the server has cut its answer: half a table would pass for a whole one
			return fmt.Errorf("read finding: %w", err)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%s\n", f.FindingID, f.Rule, f.Severity, f.Amount, len(f.Lines), f.Subject)
	}
}
