package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"
	"time"

	"claimwatch/audit/duty"
)

// journalCommand asks about the journal.
type journalCommand struct {
	People peopleCommand `cmd:"" help:"Show who did what, and who checked whom."`
}

func (journalCommand) Help() string { return "Example:\n  claimwatch journal people" }

type peopleCommand struct {
	clientFlags
	From  string `help:"A time with an offset, or a day that stands for its midnight; from the beginning without it."`
	Until string `help:"Likewise; before it."`
	JSON  bool   `name:"json" help:"The whole report as one JSON object."`
}

func (peopleCommand) Help() string {
	return `For whoever looks after the separation of duties: a supervisor or director of the province.

Example:
  claimwatch journal people --from 2026-01-01 --until 2027-01-01`
}

func (c peopleCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{}
	for name, value := range map[string]string{"from": c.From, "until": c.Until} {
		if value != "" {
			query.Set(name, value)
		}
	}
	var report duty.PeopleReport
	if err := server.get(ctx, "/v1/journal/people", query, &report); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(term.out).Encode(report)
	}
	return printPeople(term.out, &report)
}

// printPeople writes keys, with what each did indented, and then pairs.
func printPeople(out io.Writer, report *duty.PeopleReport) error {
	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "KEY\tROLES\tENTRIES\tREJECTED\tGIVEN BACK\tRELEASED\tMAKER\tCHECKER\tDECIDED\tAFTER")
	for _, k := range report.Keys {
		after := "-"
		if k.Median != nil {
			after = (time.Duration(*k.Median) * time.Second).String()
		}
		roles := make([]string, len(k.Roles))
		for i, role := range k.Roles {
			roles[i] = string(role)
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\t%s\t%s\t%d\t%d\t%d\t%s\n", k.Key, cmp.Or(strings.Join(roles, ","), "-"), k.Entries, k.Rejected, k.GivenBack, k.Released,
			k.Maker, k.Checker, k.Decided, after)
		for _, count := range k.Counts {
			fmt.Fprintf(table, "  %d %s\n", count.N, strings.TrimSpace(count.Type+" "+count.What))
		}
	}
	if len(report.Pairs) > 0 {
		fmt.Fprintln(table, "\nMAKER\tCHECKER\tCONFIRMED\tDECLINED\tOF MAKER\tOF CHECKER\tREJECTED\tMUTUAL")
	}
	for _, p := range report.Pairs {
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\t%d\t%s\t%v\n", p.Maker, p.Checker, p.Confirmed, p.Declined, p.OfMaker, p.OfChecker, p.Rejected, p.Mutual)
	}
	return table.Flush()
}
