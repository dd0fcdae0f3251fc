package main

import (
	"context"
	"encoding/json"
	"fmt"
)

type statusCommand struct {
	clientFlags
	JSON bool `name:"json" help:"The server's answer as JSON."`
}

func (statusCommand) Help() string {
	return `idle: everything acknowledged so far is stored and evaluated as of as_of.

Example:
  claimwatch status --json`
}

func (c statusCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	var answer json.RawMessage
	if err := server.get(ctx, "/v1/status", nil, &answer); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term, answer, true)
	}
	var s struct {
		Clock   string  `json:"clock"`
		AsOf    *string `json:"as_of"`
		Idle    bool    `json:"idle"`
		Records struct {
			Stored int64 `json:"stored"`
			Behind int64 `json:"behind"`
		} `json:"records"`
		Touched struct {
			Behind int64 `json:"behind"`
		} `json:"touched"`
		DueNext    *string `json:"due_next"`
		Background []struct {
			What string `json:"what"`
			Done int64  `json:"done"`
			Of   int64  `json:"of"`
		} `json:"background"`
	}
	if err := json.Unmarshal(answer, &s); err != nil {
		return fmt.Errorf("read status: %w", err)
	}
	_, err = fmt.Fprintf(term.out, "clock    %s\nas of    %s\nidle     %t\nrecords  %d stored, %d messages behind\ntouched  %d messages behind\nnext due %s\n",
		s.Clock, orDash(s.AsOf), s.Idle, s.Records.Stored, s.Records.Behind, s.Touched.Behind, orDash(s.DueNext))
	for _, work := range s.Background {
		if err == nil {
			_, err = fmt.Fprintf(term.out, "working on %s: %d of %d\n", work.What, work.Done, work.Of)
		}
	}
	return err
}

func orDash(text *string) string {
	if text == nil {
		return "-"
	}
	return *text
}
