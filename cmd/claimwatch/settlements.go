package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"text/tabwriter"

	"claimwatch/audit/settlement"
)

type settlementsCommand struct {
	clientFlags
	Institution string `required:"" help:"The institution."`
	Month       string `required:"" help:"The month, YYYY-MM."`
	JSON        bool   `name:"json" help:"The whole settlement as one JSON object, a closed one byte for byte."`
	CSV         bool   `name:"csv" help:"Stays and adjustments as CSV."`
}

func (settlementsCommand) Help() string {
	return `An open month is worked out now; a closed one never changes.

Example:
  claimwatch settlements --institution H001 --month 2026-10
  claimwatch settlements --institution H001 --month 2026-10 --csv > october.csv`
}

func (c settlementsCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{"institution_id": {c.Institution}, "month": {c.Month}, "format": {"json"}}
	if c.CSV {
		query.Set("format", "csv")
	}
	answer, err := server.do(ctx, request{method: http.MethodGet, path: "/v1/settlements", query: query})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if c.JSON || c.CSV {
		if _, err := io.Copy(term.out, answer.Body); err != nil {
			return fmt.Errorf("copy settlement: %w", err)
		}
		return nil
	}
	var doc settlement.Settlement
	if err := json.NewDecoder(answer.Body).Decode(&doc); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return printSettlement(term, &doc)
}

// printSettlement writes the sums of a settlement for people.
func printSettlement(term terminal, doc *settlement.Settlement) error {
	state := string(doc.Stage)
	if doc.Number != nil {
		state += ", number " + *doc.Number
	}
	if !doc.Complete {
		state += ", the month is not over"
	}
	fmt.Fprintf(term.out, "%s %s: %s\n", doc.InstitutionID, doc.Month, state)
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "YUAN\tCLAIMED\tREJECTED\tNOT PAYABLE\tON HOLD\tAPPROVED\t")
	for _, row := range []struct {
		name string
		settlement.Parts
	}{{"of the month", doc.OfMonth}, {"adjustments", doc.OfAdjustments}, {"together", doc.Parts}} {
		p := row.Parts
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t\n", row.name, p.Claimed, p.Rejected, p.NotPayable, p.OnHold, p.Approved)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write settlement: %w", err)
	}
	fmt.Fprintf(term.out, "payable %s by %s, bond %s (10 %% of what was %s; by the other reading of Art. 33 payable %s, bond %s)\n",
		doc.Payable, doc.PayBy, doc.Retained, map[settlement.Base]string{settlement.BaseApproved: "approved", settlement.BaseTotal: "claimed"}[doc.BondBase],
		other(doc).Payable, other(doc).Retained)
	return nil
}

// other is the reading that does not count.
func other(doc *settlement.Settlement) settlement.Split {
	if doc.BondBase == settlement.BaseTotal {
		return doc.Readings.Approved
	}
	return doc.Readings.Total
}

type closeCommand struct {
	clientFlags
	Institution string `required:"" help:"The institution."`
	Month       string `required:"" help:"The month, YYYY-MM."`
	Action      string `help:"propose, confirm or withdraw; otherwise confirm when a proposal stands, else propose." enum:",propose,confirm,withdraw" default:""`
	Proposal    uint64 `help:"Journal entry of the proposal that you have seen."`
	Reason      string `help:"Why."`
	JSON        bool   `name:"json" help:"The whole settlement as one JSON object."`
}

func (closeCommand) Help() string {
	return `Closing takes two persons: a settlement clerk proposes, another one with the role clerk, reviewer or director confirms.
The rejected-fee list of the month is sealed with it. What becomes known later goes to the next month.

Example:
  claimwatch close --institution H001 --month 2026-10`
}

// closing is the body of a step of a close.
type closing struct {
	Action   string `json:"action,omitempty"`
	Proposal uint64 `json:"proposal,omitempty"`
	Reason   string `json:"reason,omitempty"`
}

func (c closeCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	var answer json.RawMessage
	path := "/v1/settlements/" + url.PathEscape(c.Institution) + "/" + url.PathEscape(c.Month) + "/close"
	if err := server.post(ctx, path, closing{c.Action, c.Proposal, c.Reason}, &answer); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term, answer, true)
	}
	var doc settlement.Settlement
	if err := json.Unmarshal(answer, &doc); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	if err := printSettlement(term, &doc); err != nil {
		return err
	}
	if doc.Stage == settlement.StageProposed {
		fmt.Fprintf(term.out, "proposed as entry %d: a second person closes it with the same command\n", doc.Proposed.Seq)
	}
	return nil
}
