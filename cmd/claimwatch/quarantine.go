package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"text/tabwriter"
)

type quarantineCommand struct {
	clientFlags
	Institution string `help:"Of this institution."`
	Code        string `help:"Refused with this code."`
	Receipt     string `help:"Of this upload."`
	JSON        bool   `name:"json" help:"One JSON object a line, with the raw record."`
}

func (quarantineCommand) Help() string {
	return `Example:
  claimwatch quarantine --code conflict
  claimwatch quarantine --receipt r_… --json`
}

func (c quarantineCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{"limit": {"1000"}}
	for name, value := range map[string]string{"institution_id": c.Institution, "code": c.Code, "receipt_id": c.Receipt} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if c.JSON {
		return server.each(ctx, "/v1/quarantine", query, func(item json.RawMessage) error {
			_, err := fmt.Fprintf(term.out, "%s\n", item)
			return err
		})
	}
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "RECEIVED\tINSTITUTION\tRECEIPT\tINDEX\tCODE\tFIELD\tMESSAGE")
	err = server.each(ctx, "/v1/quarantine", query, func(item json.RawMessage) error {
		var q struct {
			ReceivedAt    string `json:"received_at"`
			InstitutionID string `json:"institution_id"`
			ReceiptID     string `json:"receipt_id"`
			Index         int    `json:"index"`
			Code          string `json:"code"`
			Field         string `json:"field"`
			Message       string `json:"message"`
		}
		if err := json.Unmarshal(item, &q); err != nil {
			return fmt.Errorf("read quarantine item: %w", err)
		}
		_, err := fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\t%s\n", q.ReceivedAt, q.InstitutionID, q.ReceiptID, q.Index, q.Code, q.Field, q.Message)
		return err
	})
	if err != nil {
		return err
	}
	return table.Flush()
}
