package main

import (
	"context"
	"encoding/json"
	"fmt"
)

type baselinesCommand struct {
	Build baselinesBuildCommand `cmd:"" help:"Compute the baselines of a month and load them."`
}

func (baselinesCommand) Help() string {
	return "Example:\n  claimwatch baselines build --month 2026-11"
}

type baselinesBuildCommand struct {
	clientFlags
	Month string `required:"" help:"The month of discharge (YYYY-MM) for which the baselines are to hold."`
	JSON  bool   `name:"json" help:"One JSON object."`
}

func (baselinesBuildCommand) Help() string {
	return `Counts the inpatient and rehab stays that were discharged in the 24 calendar months before the month, and loads number, 95th percentile,
median and median distance for each diagnosis group and level of institution into los_baselines: what ADM-015 compares with. Building a
month again replaces its rows.

Example:
  claimwatch baselines build --month 2026-11`
}

// baselinesAnswer is the server's answer.
type baselinesAnswer struct {
	Month     string `json:"month"`
	From      string `json:"from"`
	Until     string `json:"until"`
	Stays     int    `json:"stays"`
	NoGroup   int    `json:"no_group"`
	NoLevel   int    `json:"no_level"`
	Rows      int    `json:"rows"`
	Withdrawn int    `json:"withdrawn"`
	Changed   int    `json:"changed"`
	Unchanged int    `json:"unchanged"`
	Version   uint64 `json:"version"`
}

func (c baselinesBuildCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	var document json.RawMessage
	if err := server.post(ctx, "/v1/baselines", map[string]string{"month": c.Month}, &document); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term, document, true)
	}
	var a baselinesAnswer
	if err := json.Unmarshal(document, &a); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	_, err = fmt.Fprintf(term.out, "%s: %d stays discharged from %s to before %s\n"+
		"%d baselines, %d rows changed, %d unchanged, %d withdrawn, journal entry %d\n"+
		"left aside: %d stays without a diagnosis, %d at institutions without a row\n",
		a.Month, a.Stays, a.From, a.Until, a.Rows, a.Changed, a.Unchanged, a.Withdrawn, a.Version, a.NoGroup, a.NoLevel)
	return err
}
