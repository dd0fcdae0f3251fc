package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"text/tabwriter"
)

type coverageCommand struct {
	clientFlags
	Institution string `help:"Of this institution."`
	Person      string `help:"Of this person, stay by stay."`
	Stay        string `help:"Of this stay."`
	Rule        string `help:"Of this rule, IDN-001 for example."`
	Result      string `help:"Stay by stay: hit, pass or not_evaluated." enum:",hit,pass,not_evaluated" default:""`
	JSON        bool   `name:"json" help:"One JSON object a line."`
}

func (coverageCommand) Help() string {
	return `Says of each rule which stays it hit, which passed and which could not be evaluated and why.
Without --stay, --person and --result it counts stays by institution and rule.

Example:
  claimwatch coverage --institution H1
  claimwatch coverage --institution H1 --stay S1
  claimwatch coverage --rule IDN-001 --result not_evaluated --json`
}

func (c coverageCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{"limit": {"1000"}}
	for name, value := range map[string]string{
		"institution_id": c.Institution, "person_id": c.Person, "stay_id": c.Stay, "rule": c.Rule, "result": c.Result,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	path, head, row := "/v1/coverage", "INSTITUTION\tPERSON\tSTAY\tRULE\tRESULT\tFINDINGS OR REASON", coverageRow
	if c.Stay == "" && c.Person == "" && c.Result == "" {
		path, head, row = "/v1/coverage/sums", "INSTITUTION\tRULE\tSTAYS\tHIT\tPASS\tNOT EVALUATED\tWHY", coverageSum
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
			return fmt.Errorf("read coverage: %w", err)
		}
		_, err = fmt.Fprintln(table, text)
		return err
	}); err != nil {
		return err
	}
	return table.Flush()
}

// coverageRow is what a rule says of a stay as a line of the table.
func coverageRow(item json.RawMessage) (string, error) {
	var row struct {
		InstitutionID string   `json:"institution_id"`
		PersonID      *string  `json:"person_id"`
		StayID        *string  `json:"stay_id"`
		Rule          string   `json:"rule"`
		Result        string   `json:"result"`
		Reason        string   `json:"reason"`
		Findings      []string `json:"findings"`
	}
	if err := json.Unmarshal(item, &row); err != nil {
		return "", err
	}
	return strings.Join([]string{
		row.InstitutionID, orDash(row.PersonID), orDash(row.StayID), row.Rule, row.Result, row.Reason + strings.Join(row.Findings, " "),
	}, "\t"), nil
}

// coverageSum counts a rule's stays as a line of the table.
func coverageSum(item json.RawMessage) (string, error) {
	var sum struct {
		InstitutionID string `json:"institution_id"`
		Rule          string `json:"rule"`
		Stays         int64  `json:"stays"`
		Hit           int64  `json:"hit"`
		Pass          int64  `json:"pass"`
		NotEvaluated  int64  `json:"not_evaluated"`
		Reasons       []struct {
			Reason string `json:"reason"`
			Stays  int64  `json:"stays"`
		} `json:"reasons"`
	}
	if err := json.Unmarshal(item, &sum); err != nil {
		return "", err
	}
	why := make([]string, len(sum.Reasons))
	for i, r := range sum.Reasons {
		why[i] = fmt.Sprintf("%s (%d)", r.Reason, r.Stays)
	}
	return fmt.Sprintf("%s\t%s\t%d\t%d\t%d\t%d\t%s", sum.InstitutionID, sum.Rule, sum.Stays, sum.Hit, sum.Pass, sum.NotEvaluated, strings.Join(why, ", ")), nil
}
