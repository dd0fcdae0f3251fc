package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"claimwatch"
	"claimwatch/alerts"
	"claimwatch/audit"
	"claimwatch/audit/journal"
	"claimwatch/audit/live"
	"claimwatch/stream"
)

// alertSettings say what is told, and to whom.
type alertSettings struct {
	// Routes is a file of routes and receivers; without one everything comes to the inbox.
	Routes string `koanf:"routes"`
	// Console is the address that links begin with.
	Console string `koanf:"console"`
	// Floor is the least amount of a finding that is told, yuan.
	Floor      string                `koanf:"floor"`
	Severities []claimwatch.Severity `koanf:"severities"`
	// OfficerDays and ReviewerDays are working days before a deadline.
	OfficerDays  int `koanf:"officer_days"`
	ReviewerDays int `koanf:"reviewer_days"`
	// QuietAfter is how long a hospital may send nothing; 0: for ever.
	QuietAfter time.Duration `koanf:"quiet_after"`
}

func defaultAlerts() alertSettings {
	d := alerts.Default()
	return alertSettings{Floor: d.Floor.String(), Severities: d.Severities, OfficerDays: d.OfficerDays, ReviewerDays: d.ReviewerDays, QuietAfter: d.QuietAfter}
}

// config is what the stage is told; the error is one of usage.
func (s alertSettings) config(listen string) (alerts.Config, error) {
	cfg := alerts.Default()
	if err := cfg.Floor.UnmarshalText([]byte(s.Floor)); err != nil || cfg.Floor < 0 {
		return cfg, wrongUsage("alerts: floor is an amount in yuan, 0 or more, not %q", s.Floor)
	}
	for _, severity := range s.Severities {
		if severity != claimwatch.Violation && severity != claimwatch.Suspicion && severity != claimwatch.Reminder {
			return cfg, wrongUsage("alerts: severities are violation, suspicion and reminder, not %q", severity)
		}
	}
	if s.OfficerDays < s.ReviewerDays || s.ReviewerDays < 0 || s.QuietAfter < 0 {
		return cfg, wrongUsage("alerts: officer_days is not below reviewer_days, and nothing is below 0")
	}
	cfg.Severities, cfg.OfficerDays, cfg.ReviewerDays, cfg.QuietAfter = s.Severities, s.OfficerDays, s.ReviewerDays, s.QuietAfter
	if cfg.Console = strings.TrimRight(s.Console, "/"); cfg.Console == "" {
		cfg.Console = "http://" + listen
	}
	return cfg, nil
}

// alertsGroup elects the process that sends.
const alertsGroup = "claimwatch-alerts"

// alertsLog is the topic of alerts.
type alertsLog struct {
	client *stream.Client
	sends  bool
}

func (l alertsLog) Write(ctx context.Context, messages ...claimwatch.Message) error {
	return l.client.Writer(claimwatch.TopicAlerts).Write(ctx, messages...)
}

// everything is more messages than a topic has: what is still there is read whole.
const everything = 1 << 50

func (l alertsLog) Tail(ctx context.Context, handle func([]claimwatch.Message), caughtUp func()) error {
	return l.client.Tail(ctx, stream.TailConfig{
		Topic: claimwatch.TopicAlerts, Name: "alerts", Last: everything, CaughtUp: caughtUp,
		Handle: func(_ context.Context, messages []claimwatch.Message) error { handle(messages); return nil },
	})
}

// Lead is elected with the only partition of the topic. The term ends with that of the
// group, of which the first message tells: whoever is elected writes one.
func (l alertsLog) Lead(ctx context.Context, elected func(context.Context)) error {
	if !l.sends {
		<-ctx.Done()
		return nil
	}
	var terms sync.WaitGroup
	defer terms.Wait()
	end, watched := context.CancelFunc(func() {}), false
	defer func() { end() }()
	return l.client.Consume(ctx, stream.ConsumerConfig{
		Topic: claimwatch.TopicAlerts, Group: alertsGroup,
		OnAssign: func(_ int, partitions []int) {
			end()
			terms.Wait()
			if len(partitions) == 0 {
				return
			}
			watched = false
			var term context.Context
			term, end = context.WithCancel(ctx)
			terms.Go(func() { elected(term) })
		},
		Handle: func(ctx context.Context, b *stream.Batch) error {
			if !watched {
				watched = true
				context.AfterFunc(ctx, end)
			}
			return b.Commit(ctx, nil)
		},
	})
}

// wireAlerts makes what tells people.
func (n *node) wireAlerts(context.Context) error {
	cfg, err := n.settings.Alerts.config(n.settings.Listen)
	if err != nil {
		return err
	}
	n.stages.alerts, err = alerts.New(cfg, alerts.Deps{
		Log: alertsLog{n.stream, n.settings.does("alerts")}, Routes: func() (*alerts.Routes, error) { return alerts.ReadRoutes(n.settings.Alerts.Routes) },
		Facts: alerts.Facts{
			All: n.alertFindings, Named: n.alertsNamed, Deadlines: n.alertDeadlines, Quiet: n.quietHospitals, Ready: n.stages.journal.CaughtUp(),
		},
		Now: clock, Notices: n.legalNotices, Prove: n.proveDelivery,
	}, n.log, n.registry)
	if err != nil {
		return fmt.Errorf("make the alerts: %w", err)
	}
	n.stages.alerts.Register(n.stages.server.API())
	return nil
}

// alertFindings yields what stands, a page at a time.
func (n *node) alertFindings(ctx context.Context, yield func([]alerts.Finding) error) error {
	for cursor := ""; ; {
		page, next, err := auditFindings{n.db}.Findings(ctx, audit.FindingQuery{Limit: 1000, Cursor: cursor})
		if err == nil {
			var found []alerts.Finding
			if found, err = n.alertFacts(ctx, page); err == nil {
				err = yield(found)
			}
		}
		if err != nil || next == "" {
			return err
		}
		cursor = next
	}
}

func (n *node) alertsNamed(ctx context.Context, ids []string) ([]alerts.Finding, error) {
	held, _, err := auditFindings{n.db}.Findings(ctx, audit.FindingQuery{IDs: ids, Retracted: audit.WithRetracted, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	return n.alertFacts(ctx, held)
}

// alertFacts adds what the journal and the library say of findings.
func (n *node) alertFacts(ctx context.Context, held []claimwatch.Held) ([]alerts.Finding, error) {
	at, err := n.productClock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	library := n.stages.shelf.Library()
	out := make([]alerts.Finding, len(held))
	for i := range held {
		standing := n.stages.journal.Standing(held[i].ID, at)
		f := alerts.Finding{Held: held[i], State: standing.State, Trial: library.OnTrial(held[i].Rule)}
		if held[i].Retracted != nil && standing.Retractable() {
			f.State = claimwatch.StateRetracted
		}
		institution, _ := n.stages.journal.Institution(held[i].InstitutionID)
		f.City = institution.City
		if rule, known := library.Rule(held[i].Rule); known {
			f.Title = [2]string{rule.Name.Chinese, rule.Name.English}
		}
		out[i] = f
	}
	return out, nil
}

// deadlinesNear is how many days ahead deadlines are looked at: more than any number of
// working days that is asked for spans.
const deadlinesNear = 31

func (n *node) alertDeadlines(ctx context.Context) ([]alerts.Deadline, error) {
	at, err := n.productClock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	var out []alerts.Deadline
	for _, d := range n.stages.journal.Deadlines("", at, at.Day()+deadlinesNear) {
		if d.Kind == journal.DeadlineLease { // a claim that runs out costs nobody anything
			continue
		}
		out = append(out, alerts.Deadline{
			Kind: d.Kind, On: d.On, InstitutionID: d.InstitutionID, City: d.City, Of: d.Of, Law: d.Law, Overdue: d.Overdue, Told: d.Told,
			Left: n.stages.journal.WorkingDays(at.Day(), d.On),
		})
	}
	return out, nil
}

// quietHospitals are those with an agreement whose latest record is older than after.
func (n *node) quietHospitals(ctx context.Context, after time.Duration) ([]alerts.Quiet, error) {
	at, err := n.productClock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	clocks, err := n.db.Clocks(ctx)
	if err != nil {
		return nil, err
	}
	var out []alerts.Quiet
	for _, id := range sortedKeys(clocks) {
		if at.Time().Sub(clocks[id].Latest.Time()) <= after || len(n.stages.journal.Agreements(id, at.Day())) == 0 {
			continue
		}
		institution, _ := n.stages.journal.Institution(id)
		out = append(out, alerts.Quiet{InstitutionID: id, City: institution.City, Since: clocks[id].Latest})
	}
	return out, nil
}

// noticesBack is how many days back notices are looked at: an address that is registered
// later is sent what is younger.
const noticesBack = 14

func (n *node) legalNotices(ctx context.Context) ([]alerts.Notice, error) {
	at, err := n.productClock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	library := n.stages.shelf.Library()
	var out []alerts.Notice
	for _, batch := range n.stages.journal.Notices("", at.Day()-noticesBack, at.Day()+1) {
		institution, _ := n.stages.journal.Institution(batch.InstitutionID)
		one := alerts.Notice{ID: batch.ID, Number: batch.Number, InstitutionID: batch.InstitutionID, City: institution.City, Day: batch.Day}
		for _, item := range batch.Items {
			told := alerts.NoticeItem{FindingID: item.FindingID, Rule: item.Finding.Rule, Amount: item.Amount, At: item.At, DueOn: item.DueOn}
			if rule, known := library.Rule(told.Rule); known {
				told.Title = [2]string{rule.Name.Chinese, rule.Name.English}
			}
			one.Items = append(one.Items, told)
		}
		out = append(out, one)
	}
	return out, nil
}

func (n *node) proveDelivery(ctx context.Context, p alerts.Proof) error {
	return n.stages.audit.NoticeDelivered(ctx, journal.NoticeDelivery{
		NoticeID: p.NoticeID, Message: p.Message, Channel: p.Channel, Findings: p.Findings, AnswerSHA256: p.AnswerSHA256, DeliveredAt: p.At,
	})
}

// hearChanges tells the alerts of findings that evaluations changed.
func (n *node) hearChanges(messages []claimwatch.Message) {
	for _, m := range messages {
		events, _ := live.Read(m)
		ids := make([]string, len(events))
		for i := range events {
			ids[i] = events[i].FindingID
		}
		n.stages.alerts.Changed(ids...)
	}
}

// hearFolded tells the alerts and the listeners of what people did.
func (n *node) hearFolded(a *journal.Accepted) {
	n.stages.live.Folded(a)
	if a.Review != nil && n.stages.alerts != nil {
		n.stages.alerts.Changed(a.Review.FindingID)
	}
}

// reloadAlerts reads the routes anew at every SIGHUP until ctx ends.
func (n *node) reloadAlerts(ctx context.Context) error {
	return n.atHangup(ctx, "routes of alerts", func(context.Context) error {
		err := n.stages.alerts.Reload()
		if err == nil {
			n.log.Info("routes of alerts replaced")
		}
		return err
	})
}
