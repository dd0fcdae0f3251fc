package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"
	"time"

	"claimwatch/alerts"
)

// alertsCommand looks after who is told what.
type alertsCommand struct {
	List    alertsListCommand    `cmd:"" help:"List what somebody was told and is still the case."`
	Inbox   alertsInboxCommand   `cmd:"" help:"List what the key's inbox holds."`
	Test    alertsTestCommand    `cmd:"" help:"Send a test message to each receiver and say what it answered."`
	Routes  alertsRoutesCommand  `cmd:"" help:"Look at the routes."`
	Silence alertsSilenceCommand `cmd:"" help:"Mute alerts for a time, list silences, end one."`
}

// Help shows how it is used.
func (alertsCommand) Help() string { return "Example:\n  claimwatch alerts list" }

type alertsListCommand struct {
	clientFlags
	Name        string `help:"Finding, Deadline or Silence."`
	Institution string `help:"Of this institution."`
	JSON        bool   `name:"json" help:"One JSON object a line."`
}

func (alertsListCommand) Help() string {
	return `Example:
  claimwatch alerts list --name Deadline --institution H001`
}

func (c alertsListCommand) Run(ctx context.Context, term terminal) error {
	query := url.Values{"limit": {"1000"}}
	for name, value := range map[string]string{"institution_id": c.Institution, "alertname": c.Name} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return listed(ctx, term, c.clientFlags, c.JSON, "/v1/alerts", query, "ALERT\tOF\tINSTITUTION\tCITY\tFOR\tDUE\tYUAN\tMUTED", func(f alerts.Firing) string {
		return strings.Join([]string{
			f.Labels["alertname"], f.Labels["finding_id"] + f.Labels["of"], f.Labels["institution_id"], f.Labels["city"], f.Labels["escalation"],
			f.Annotations["due_on"], f.Annotations["amount_yuan"], fmt.Sprint(f.Muted),
		}, "\t")
	})
}

// listed prints a list as a table or as lines of JSON.
func listed[T any](ctx context.Context, term terminal, flags clientFlags, asJSON bool, path string, query url.Values, head string, row func(T) string) error {
	server, err := flags.client()
	if err != nil {
		return err
	}
	if asJSON {
		return server.each(ctx, path, query, func(item json.RawMessage) error {
			_, err := fmt.Fprintf(term.out, "%s\n", item)
			return err
		})
	}
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, head)
	if err := server.each(ctx, path, query, func(item json.RawMessage) error {
		var one T
		if err := json.Unmarshal(item, &one); err != nil {
			return fmt.Errorf("read answer: %w", err)
		}
		_, err := fmt.Fprintln(table, row(one))
		return err
	}); err != nil {
		return err
	}
	return table.Flush()
}

type alertsInboxCommand struct {
	clientFlags
	Unread bool `help:"Only what is not marked as read."`
	JSON   bool `name:"json" help:"One JSON object a line."`
}

func (alertsInboxCommand) Help() string {
	return `Example:
  claimwatch alerts inbox --unread --key "$OFFICER_KEY"`
}

func (c alertsInboxCommand) Run(ctx context.Context, term terminal) error {
	query := url.Values{"limit": {"1000"}}
	if c.Unread {
		query.Set("unread", "true")
	}
	return listed(ctx, term, c.clientFlags, c.JSON, "/v1/inbox", query, "AT\tSTATUS\tALERTS\tABOUT\tREAD\tID", func(i alerts.InboxItem) string {
		return strings.Join([]string{
			i.DecidedAt.Time().Format(time.DateTime), i.Status, fmt.Sprint(len(i.Alerts)), i.Alerts[0].Annotations["title_en"], fmt.Sprint(i.Read), i.ID,
		}, "\t")
	})
}

type alertsTestCommand struct {
	clientFlags
	JSON bool `name:"json" help:"One JSON object a line."`
}

func (alertsTestCommand) Help() string {
	return `Past the routes, so that each receiver is tried. The exit code is 1 when one of them did not take it.

Example:
  claimwatch alerts test`
}

func (c alertsTestCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	var answer struct {
		Items []alerts.Tested `json:"items"`
	}
	if err := server.post(ctx, "/v1/alerts/test", nil, &answer); err != nil {
		return err
	}
	failed := 0
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	if !c.JSON {
		fmt.Fprintln(table, "RECEIVER\tOUTCOME\tANSWER")
	}
	for _, t := range answer.Items {
		if t.Outcome != alerts.OutcomeDelivered {
			failed++
		}
		if c.JSON {
			if err := json.NewEncoder(term.out).Encode(t); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", t.Integration, t.Outcome, t.Answer)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d receivers did not take the test", failed, len(answer.Items))
	}
	return nil
}

type alertsRoutesCommand struct {
	Show alertsShowCommand `cmd:"" help:"Print the tree, and where labels come to."`
}

// Help shows how it is used.
func (alertsRoutesCommand) Help() string {
	return "Example:\n  claimwatch alerts routes show"
}

type alertsShowCommand struct {
	clientFlags
	Labels string `help:"name=value,name=value: mark the routes that these come to."`
	JSON   bool   `name:"json" help:"One JSON object a line."`
}

func (alertsShowCommand) Help() string {
	return `Example:
  claimwatch alerts routes show
  claimwatch alerts routes show --labels alertname=Deadline,escalation=director`
}

func (c alertsShowCommand) Run(ctx context.Context, term terminal) error {
	query := url.Values{}
	if c.Labels != "" {
		query.Set("labels", c.Labels)
	}
	return listed(ctx, term, c.clientFlags, c.JSON, "/v1/alerts/routes", query, "MEETS\tROUTE\tRECEIVER\tGROUP BY\tWAIT\tINTERVAL\tREPEAT", func(v alerts.RouteView) string {
		mark := map[bool]string{true: "=>"}[v.Matched]
		route := strings.Repeat("  ", v.Depth) + v.Matchers
		if v.Continue {
			route += " (and on)"
		}
		return strings.Join([]string{mark, route, v.Receiver, strings.Join(v.GroupBy, ","), v.GroupWait, v.GroupInterval, v.RepeatInterval}, "\t")
	})
}

type alertsSilenceCommand struct {
	Add  silenceAddCommand  `cmd:"" help:"Mute alerts for a time."`
	List silenceListCommand `cmd:"" help:"List silences, those that are over with them."`
	End  silenceEndCommand  `cmd:"" help:"End a silence before its time."`
}

// Help shows how it is used.
func (alertsSilenceCommand) Help() string {
	return "Example:\n  claimwatch alerts silence list"
}

type silenceAddCommand struct {
	clientFlags
	Matchers []string `arg:"" help:"name=\"value\", name!=\"value\", name=~\"expression\" or name!~\"expression\"; all of them hold."`
	For      string   `required:"" help:"How long: 30m, 8h."`
	Reason   string   `required:"" help:"Why."`
}

func (silenceAddCommand) Help() string {
	return `Mutes what is told, also in the inbox; deadlines go on running. The key is a reviewer's, a director's or an administrator's.

Example:
  claimwatch alerts silence add 'institution_id="H001"' 'alertname="Silence"' --for 8h --reason "announced maintenance"`
}

func (c silenceAddCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	var s alerts.Silence
	if err := server.post(ctx, "/v1/alerts/silences", map[string]any{"matchers": c.Matchers, "for": c.For, "reason": c.Reason}, &s); err != nil {
		return err
	}
	_, err = fmt.Fprintf(term.out, "%s until %s\n", s.ID, s.Until)
	return err
}

type silenceListCommand struct {
	clientFlags
	JSON bool `name:"json" help:"One JSON object a line."`
}

func (silenceListCommand) Help() string {
	return `Example:
  claimwatch alerts silence list`
}

func (c silenceListCommand) Run(ctx context.Context, term terminal) error {
	return listed(ctx, term, c.clientFlags, c.JSON, "/v1/alerts/silences", nil, "ID\tUNTIL\tBY\tMATCHERS\tREASON", func(s alerts.Silence) string {
		return strings.Join([]string{s.ID, s.Until.String(), s.By, strings.Join(s.Matchers, " "), s.Reason}, "\t")
	})
}

type silenceEndCommand struct {
	clientFlags
	ID string `arg:"" help:"Of the silence."`
}

func (silenceEndCommand) Help() string {
	return `Example:
  claimwatch alerts silence end s_ABC`
}

func (c silenceEndCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	answer, err := server.do(ctx, request{method: http.MethodDelete, path: "/v1/alerts/silences/" + url.PathEscape(c.ID)})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = fmt.Fprintln(term.out, "ended")
	return err
}
