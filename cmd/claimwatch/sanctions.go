package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"text/tabwriter"

	"claimwatch/audit"
	"claimwatch/audit/sanction"
)

type sanctionsCommand struct {
	clientFlags
	Institution string `help:"Of this institution."`
	Recommended bool   `help:"What the data would support, with what speaks against it; otherwise the register."`
	State       string `help:"Of the register: only those in this state."`
	JSON        bool   `name:"json" help:"One JSON object a line."`
}

func (sanctionsCommand) Help() string {
	return `The program recommends by stated rules, people decide: one proposes, a second person confirms.

Example:
  claimwatch sanctions --recommended --institution H001
  claimwatch sanctions --state in_force`
}

func (c sanctionsCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{}
	if c.Institution != "" {
		query.Set("institution_id", c.Institution)
	}
	path, head, row := "/v1/sanctions", "NUMBER\tINSTITUTION\tMEASURE\tSTATE\tDUE\tWAITS\tID", sanctionRow
	switch {
	case c.Recommended && c.State != "":
		return wrongUsage("--state goes with the register, not with --recommended")
	case c.Recommended:
		path, head, row = "/v1/sanctions/recommendations", "INSTITUTION\tMEASURE\tMONTHS\tGROUNDS\tAMOUNT\tFOR\tAGAINST", recommendedRows
	case c.State != "":
		query.Set("state", c.State)
	}
	if c.JSON {
		return server.each(ctx, path, query, func(item json.RawMessage) error {
			_, err := fmt.Fprintf(term.out, "%s\n", item)
			return err
		})
	}
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, head)
	if err := server.each(ctx, path, query, func(item json.RawMessage) error {
		text, err := row(item)
		if err != nil {
			return fmt.Errorf("read sanctions: %w", err)
		}
		_, err = fmt.Fprintln(table, text)
		return err
	}); err != nil {
		return err
	}
	return table.Flush()
}

// sanctionRow is an entry of the register as a line of the table.
func sanctionRow(item json.RawMessage) (string, error) {
	var m audit.MatterView
	if err := json.Unmarshal(item, &m); err != nil {
		return "", err
	}
	due, waits := "-", "-"
	if m.Due != nil {
		due = m.Due.On.String()
		if m.Overdue {
			due += " (over)"
		}
	}
	if m.Proposal != nil {
		waits = string(m.Proposal.Action)
	}
	return strings.Join([]string{m.Number, m.InstitutionID, m.Fields["measure"], string(m.State), due, waits, m.ID}, "\t"), nil
}

// recommendedRows is what the data of an institution support, a line a measure;
// what speaks for and against it follows indented.
func recommendedRows(item json.RawMessage) (string, error) {
	var r struct {
		InstitutionID   string                    `json:"institution_id"`
		Recommendations []sanction.Recommendation `json:"recommendations"`
	}
	if err := json.Unmarshal(item, &r); err != nil {
		return "", err
	}
	var lines []string
	for _, one := range r.Recommendations {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%d\t%s\t%s\t%d\t%d", r.InstitutionID, one.Measure, one.Months, strings.Join(one.Grounds, " "), one.Amount, len(one.For), len(one.Against)))
		for _, p := range one.For {
			lines = append(lines, "  + "+p.Says)
		}
		for _, p := range one.Against {
			lines = append(lines, "  - "+p.Says)
		}
	}
	return strings.Join(lines, "\n"), nil
}
