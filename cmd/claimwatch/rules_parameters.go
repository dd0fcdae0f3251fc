package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"
)

type rulesParametersCommand struct {
	List     parametersListCommand     `cmd:"" help:"List what was published for a rule."`
	Set      parametersSetCommand      `cmd:"" help:"Publish values of a rule's parameters."`
	Withdraw parametersWithdrawCommand `cmd:"" help:"Take a publication back."`
}

func (rulesParametersCommand) Help() string {
	return "Example:\n  claimwatch rules parameters list ADM-001"
}

func parametersPath(code string) string {
	return "/v1/rules/" + url.PathEscape(strings.ToUpper(code)) + "/parameters"
}

type parametersListCommand struct {
	clientFlags
	Code string `arg:"" help:"The rule, ADM-001 for example."`
	JSON bool   `name:"json" help:"One JSON object a line."`
}

func (parametersListCommand) Help() string {
	return "Example:\n  claimwatch rules parameters list ADM-001"
}

func (c parametersListCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	var rule struct {
		Published []json.RawMessage `json:"published"`
	}
	if err := server.get(ctx, strings.TrimSuffix(parametersPath(c.Code), "/parameters"), nil, &rule); err != nil {
		return err
	}
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	if !c.JSON {
		fmt.Fprintln(table, "ID\tVALUE\tCITY\tFROM\tUNTIL\tSTANDS\tBY\tREASON")
	}
	for _, item := range rule.Published {
		if c.JSON {
			fmt.Fprintf(table, "%s\n", item)
			continue
		}
		var p struct {
			ID, Name, Value, City, From, Until, By, Reason, Withdrawal string
			WithdrawnAt                                                *string `json:"withdrawn_at"`
		}
		if err := json.Unmarshal(item, &p); err != nil {
			return fmt.Errorf("read publication: %w", err)
		}
		stands, reason := "yes", p.Reason
		if p.WithdrawnAt != nil {
			stands, reason = "withdrawn", p.Withdrawal
		}
		fmt.Fprintf(table, "%s\t%s=%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, p.Name, p.Value, p.City, p.From, p.Until, stands, p.By, reason)
	}
	return table.Flush()
}

type parametersSetCommand struct {
	clientFlags
	Code   string            `arg:"" help:"The rule, ADM-001 for example."`
	Set    map[string]string `arg:"" help:"Values: days=10."`
	City   string            `help:"Only for institutions of this city."`
	From   string            `required:"" help:"First service date, YYYY-MM-DD."`
	Until  string            `help:"First day that is no longer covered."`
	Reason string            `required:"" help:"Why; it stands in the journal."`
}

func (parametersSetCommand) Help() string {
	return "Whoever it concerns is evaluated again in the background.\n\n" +
		"Example:\n  claimwatch rules parameters set ADM-001 days=10 --city Taiyuan --from 2026-07-01 --reason 'office letter 12'"
}

func (c parametersSetCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	body := map[string]any{"set": c.Set, "city": c.City, "from": c.From, "reason": c.Reason}
	if c.Until != "" {
		body["until"] = c.Until
	}
	var done published
	if err := server.post(ctx, parametersPath(c.Code), body, &done); err != nil {
		return err
	}
	_, err = fmt.Fprintf(term.out, "published for %s, journal entry %d: %s\n", done.Rule, done.Version, done.ID)
	return err
}

// published is the answer to a publication and to its withdrawal.
type published struct {
	ID, Rule string
	Version  uint64
}

type parametersWithdrawCommand struct {
	clientFlags
	Code   string `arg:"" help:"The rule, ADM-001 for example."`
	ID     string `arg:"" help:"What set printed as its last word."`
	Reason string `required:"" help:"Why; it stands in the journal."`
}

func (parametersWithdrawCommand) Help() string {
	return "Example:\n  claimwatch rules parameters withdraw ADM-001 v_0123456789abcdef --reason 'a mistake'"
}

func (c parametersWithdrawCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	var done published
	err = server.call(ctx, request{
		method: http.MethodDelete, path: parametersPath(c.Code) + "/" + url.PathEscape(c.ID), query: url.Values{"reason": {c.Reason}},
	}, &done)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(term.out, "withdrawn for %s, journal entry %d\n", done.Rule, done.Version)
	return err
}
