package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"text/tabwriter"

	"claimwatch/audit/journal"
)

type deadlinesCommand struct {
	clientFlags
	Institution string `help:"Of this institution."`
	Kind        string `help:"Of this kind: statement, renewal_asked, settlement, …, or the name of a register."`
	Until       string `help:"First day that is not listed; 31 days from today without it."`
	Overdue     bool   `help:"Only what has passed."`
	JSON        bool   `name:"json" help:"One JSON object a line."`
}

func (deadlinesCommand) Help() string {
	return `What is coming due, by day, and what has passed and nobody has done.

Example:
  claimwatch deadlines --until 2026-04-01
  claimwatch deadlines --institution H001 --overdue`
}

func (c deadlinesCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{"limit": {"1000"}}
	for name, value := range map[string]string{"institution_id": c.Institution, "kind": c.Kind, "until": c.Until} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if c.Overdue {
		query.Set("overdue", "true")
	}
	if c.JSON {
		return server.each(ctx, "/v1/deadlines", query, func(item json.RawMessage) error {
			_, err := fmt.Fprintf(term.out, "%s\n", item)
			return err
		})
	}
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "DUE\tINSTITUTION\tKIND\tOF\tWHAT")
	if err := server.each(ctx, "/v1/deadlines", query, func(item json.RawMessage) error {
		text, err := deadlineRow(item)
		if err != nil {
			return fmt.Errorf("read deadlines: %w", err)
		}
		_, err = fmt.Fprintln(table, text)
		return err
	}); err != nil {
		return err
	}
	return table.Flush()
}

// deadlineRow is a deadline as a line of the table.
func deadlineRow(item json.RawMessage) (string, error) {
	var d journal.Deadline
	if err := json.Unmarshal(item, &d); err != nil {
		return "", err
	}
	due, of := d.On.String(), d.Of
	if d.Provisional {
		due += " (provisional)"
	}
	if d.Overdue {
		due += " (over)"
	}
	if d.Number != "" {
		of = d.Number
	}
	return strings.Join([]string{due, d.InstitutionID, d.Kind, of, d.What}, "\t"), nil
}
