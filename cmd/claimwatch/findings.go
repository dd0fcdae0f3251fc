package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"text/tabwriter"
)

type findingsCommand struct {
	clientFlags
	ID          string `arg:"" optional:"" help:"One finding with its lines and history."`
	Institution string `help:"Of this institution."`
	Person      string `help:"Of this person."`
	Stay        string `help:"Of this stay."`
	Rule        string `help:"Of this rule, FEE-001 for example."`
	State       string `help:"In this state: open, notified, explained, lapsed, rejected, released, retracted."`
	Severity    string `help:"violation, suspicion or reminder."`
	From        string `help:"Beginning at or after this time or day."`
	Until       string `help:"Beginning before this time or day."`
	MinAmount   string `help:"Of at least this many yuan."`
	Suppressed  string `help:"true: those that a whitelist row suppresses; false: the others." enum:",true,false" default:""`
	JSON        bool   `name:"json" help:"One JSON object a line."`
}

func (findingsCommand) Help() string {
	return `Example:
  claimwatch findings --rule FEE-001 --min-amount 100
  claimwatch findings f_0123456789abcdef0123456789abcdef
  claimwatch findings --json | jq .subject`
}

// findingView is what the table shows of a finding.
type findingView struct {
	FindingID   string `json:"finding_id"`
	Revision    int    `json:"revision"`
	FactsSHA256 string `json:"facts_sha256"`
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	State       string `json:"state"`
	Institution string `json:"institution_id"`
	Subject     string `json:"subject"`
	Amount      string `json:"amount"`
	Attributed  string `json:"attributed"`
	DueOn       string `json:"due_on"`
	Suppressed  string `json:"suppressed_by"`
	Lines       []any  `json:"lines"`
}

func (c findingsCommand) query() url.Values {
	query := url.Values{}
	for name, value := range map[string]string{
		"institution_id": c.Institution, "person_id": c.Person, "stay_id": c.Stay, "rule": c.Rule, "state": c.State,
		"severity": c.Severity, "from": c.From, "until": c.Until, "min_amount": c.MinAmount, "suppressed": c.Suppressed,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	query.Set("limit", "1000")
	return query
}

func (c findingsCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	if c.ID != "" {
		return c.one(ctx, server, term)
	}
	if c.JSON {
		return server.each(ctx, "/v1/findings", c.query(), func(item json.RawMessage) error {
			_, err := fmt.Fprintf(term.out, "%s\n", item)
			return err
		})
	}
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "FINDING\tRULE\tSEVERITY\tSTATE\tWHITELIST\tYUAN\tATTRIBUTED\tLINES\tSUBJECT")
	count := 0
	err = server.each(ctx, "/v1/findings", c.query(), func(item json.RawMessage) error {
		var f findingView
		if err := json.Unmarshal(item, &f); err != nil {
			return fmt.Errorf("read finding: %w", err)
		}
		count++
		_, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", f.FindingID, f.Rule, f.Severity, f.State, cmp.Or(f.Suppressed, "-"), f.Amount, cmp.Or(f.Attributed, "-"), len(f.Lines), f.Subject)
		return err
	})
	if err != nil {
		return err
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	_, err = fmt.Fprintf(term.out, "%d findings\n", count)
	return err
}

func (c findingsCommand) one(ctx context.Context, server *client, term terminal) error {
	var finding json.RawMessage
	if err := server.get(ctx, "/v1/findings/"+url.PathEscape(c.ID), nil, &finding); err != nil {
		return err
	}
	return printJSON(term, finding, c.JSON)
}

// printJSON prints a document for a person, or as one line for a machine.
func printJSON(term terminal, document json.RawMessage, line bool) error {
	if !line {
		indented, err := json.MarshalIndent(document, "", "  ")
		if err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
		document = indented
	}
	_, err := fmt.Fprintf(term.out, "%s\n", document)
	return err
}
