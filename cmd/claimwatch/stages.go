package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"claimwatch"
	"claimwatch/api"
	"claimwatch/audit"
	"claimwatch/audit/console"
	"claimwatch/audit/journal"
	"claimwatch/audit/notary"
	"claimwatch/audit/session"
	"claimwatch/ingest/door"
	"claimwatch/ingest/quarantine"
	"claimwatch/ingest/seal"
	"claimwatch/ingest/sink"
	"claimwatch/knowledge/icd"
	"claimwatch/rules"
	"claimwatch/rules/backtest"
	"claimwatch/store"
)

// stages are the parts of the flow, made and wired, not running.
type stages struct {
	door        *door.Door
	seals       *seal.Keeper // nil where no signatures are verified
	sink        *sink.Sink
	quarantine  *quarantine.Quarantine
	shelf       *rules.Shelf
	evaluations []*evaluation
	timer       *rules.Timer
	background  *rules.Background
	backtests   *backtest.Runner // nil where no rules are evaluated
	journal     *journal.Journal
	notary      *notary.Notary
	audit       *audit.Audit
	live        *audit.Live
	server      *api.Server
	changes     []func(claimwatch.Change, *claimwatch.Held)
}

// wire makes the stages in the order of the flow.
func (n *node) wire(ctx context.Context) error {
	n.stages = &stages{}
	for _, make := range []func(context.Context) error{n.wireServer, n.wireIngest, n.wireRules, n.wireCheck, n.wireBacktests, n.wireAudit, n.wireOperations} {
		if err := make(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (n *node) wireServer(context.Context) error {
	cfg := api.DefaultConfig()
	cfg.Version = version
	n.stages.server = api.New(cfg, n.log, n.registry, clock)
	return nil
}

func (n *node) wireIngest(context.Context) error {
	cfg := door.Default()
	cfg.WriteRecords = n.stream.Writer(claimwatch.TopicRecords).Write
	cfg.WriteQuarantine = n.stream.Writer(claimwatch.TopicQuarantine).Write
	cfg.Receipt = n.db.Receipt
	cfg.Quarantine = func(ctx context.Context, q door.QuarantineQuery) ([]claimwatch.Quarantined, string, error) {
		return n.db.Quarantine(ctx, store.QuarantineQuery(q))
	}
	cfg.Problem, cfg.Now, cfg.Random = api.Write, clock, rand.Reader
	var err error
	if n.stages.seals, err = seal.NewKeeper(n.settings.Signatures.config()); err != nil {
		return fmt.Errorf("set up the verification of signatures: %w", err)
	}
	cfg.Seals = n.stages.seals
	if n.stages.door, err = door.New(cfg, n.log, n.registry); err != nil {
		return fmt.Errorf("make the door: %w", err)
	}
	n.stages.sink, err = sink.New(sink.Config{
		Consume: n.consume, Facts: n.db, Ledger: n.db, Clocks: n.db, PersonsOf: n.db.PersonsOf, MentionedBy: n.db.MentionedBy, Later: n.presentWentBack,
		WriteTouched:    n.stream.Writer(claimwatch.TopicTouched).Write,
		WriteQuarantine: n.stream.Writer(claimwatch.TopicQuarantine).Write,
		PartitionOf:     n.stream.PartitionOf, Now: clock, Settled: n.settled, Crash: crashPoint,
	}, n.log, n.registry)
	if err != nil {
		return fmt.Errorf("make the sink: %w", err)
	}
	n.stages.quarantine, err = quarantine.New(
		quarantine.Config{Consume: n.consume, Store: n.db, Now: clock, Crash: crashPoint}, n.log, n.registry)
	if err != nil {
		return fmt.Errorf("make the quarantine: %w", err)
	}
	if n.settings.does("door") {
		n.stages.server.Handle("POST /v1/records", n.stages.door)
		n.stages.door.Register(n.stages.server.API())
	}
	return nil
}

// settled passes on how the sink settled a part of an upload, and wakes the
// timer: the clocks of institutions may have advanced.
func (n *node) settled(part claimwatch.ReceiptPart) {
	n.stages.door.Settled(part)
	n.stages.timer.Wake()
}

func (n *node) wireRules(ctx context.Context) error {
	library, err := rules.Config{Library: n.settings.Rules}.Open()
	if err != nil {
		return fmt.Errorf("load the rule library: %w", err)
	}
	n.stages.shelf = rules.NewShelf(library)
	metrics := rules.NewMetrics(n.registry)
	wall := n.settings.Clock == "wall"
	if err := n.wireEvaluator(ctx, personsGroup, rules.Config{Wall: wall}, metrics); err != nil {
		return err
	}
	// Nobody waits for what is said about an institution: it rests as long as it worked.
	across := rules.Config{Wall: wall, Across: true, MaxPersons: 20, Brisk: time.Millisecond, MaxRest: time.Second}
	if err := n.wireEvaluator(ctx, institutionsGroup, across, metrics); err != nil {
		return err
	}
	pace := rules.NewPace(n.settings.pace, rules.PaceDeps{
		Ends: func(ctx context.Context) (map[int]int64, error) {
			return n.stream.EndOffsets(ctx, claimwatch.TopicTouched)
		},
		Answered: n.answeredOfPersons,
	})
	n.stages.timer = rules.NewTimer(n.settings.pace, rules.TimerDeps{
		AsOf: n.asOf, Presents: n.presents, DueScopes: n.db.DueScopes, Publish: n.publishTouched, Pace: pace, Crash: crashPoint, Now: clock,
	}, metrics, n.log)
	n.stages.background = rules.NewBackground(n.settings.pace, n.backgroundDeps(pace), metrics, n.log)
	return nil
}

// wireEvaluator makes one of the evaluators, with a slice of its own.
func (n *node) wireEvaluator(ctx context.Context, group string, cfg rules.Config, metrics *rules.Metrics) error {
	name := n.workerName()
	if cfg.Across {
		name += "_across"
	}
	slice, err := n.db.NewSlice(ctx, name)
	if err != nil {
		return fmt.Errorf("make the slice of %s: %w", group, err)
	}
	engine := rules.NewFollower(n.stages.shelf, rules.NewEngine(n.stages.shelf.Library(), slice, metrics, n.log))
	e := &evaluation{group: group, evaluated: newPositions()}
	e.evaluator = rules.New(cfg, engine, rules.EvaluatorDeps{
		AsOf: n.asOf, Save: n.saveEvaluations, Refuse: n.refuseTouched, Now: clock, Source: n.touched(e), Crash: crashPoint,
		PartitionOf: func(key []byte) int { return n.stream.PartitionOf(claimwatch.TopicTouched, key) },
	})
	n.stages.evaluations = append(n.stages.evaluations, e)
	return nil
}

func (n *node) wireAudit(context.Context) error {
	laws, err := rules.Laws()
	if err != nil {
		return err
	}
	n.stages.live = audit.NewLive()
	n.stages.journal, err = journal.New(journal.DefaultConfig(), journal.Deps{
		Log: journalLog{n.stream}, Rows: journalRows{n.db}, Touch: n.touchByLoad, Now: clock, Folded: n.stages.live.Folded,
	}, n.log, n.registry)
	if err != nil {
		return fmt.Errorf("make the journal: %w", err)
	}
	if err := n.wireNotary(); err != nil {
		return err
	}
	n.stages.audit, err = audit.New(audit.DefaultConfig(), audit.Deps{
		Journal: n.stages.journal, Findings: auditFindings{n.db}, Places: n.findingPlaces, Lines: n.auditLines, Tables: auditTables{n.db},
		Entries: n.auditEntries, Clock: n.productClock, StayLengths: n.stayLengths, ChargedTotal: n.db.ChargedTotal,
		Coverage: auditCoverage{n.db}, Stays: auditStays{n.db}, TreatedAs: n.db.TreatedAs, MayAsk: n.mayAsk(), Concentration: n.concentration, Figures: n.figureReaders(), Charges: charges{n.db}, Ledger: ledger{n.db}, Settled: n.recordsCaughtUp,
		Rules: n.coveredRules, Book: ruleBook{n.stages.shelf, laws},
		Articles: func(a audit.RuleArticle) audit.ArticleView {
			return ruleBook{n.stages.shelf, laws}.article(rules.Article(a))
		},
		Heads: n.stages.notary, Topic: n.journalTopic, Originals: originals{n.db, n.stream},
		Diagnosis: icd.DiagnosisName, Procedure: icd.ProcedureName,
		Order: func() []string { return n.stages.shelf.Library().Order() }, Files: n.db.Attachment,
		Live: n.stages.live, Now: clock, Sessions: session.New(session.Default(), sessionRows{n.db}, clock, rand.Reader),
	}, n.log, n.registry)
	if err != nil {
		return fmt.Errorf("make the audit stage: %w", err)
	}
	n.stages.audit.Register(n.stages.server.API())
	n.stages.server.SignIn(n.stages.audit.SignedIn)
	pages, err := console.New(rand.Reader)
	if err != nil {
		return err
	}
	n.stages.server.Show(pages)
	return nil
}

// wireOperations adds what operators look at.
func (n *node) wireOperations(context.Context) error {
	server := n.stages.server
	api.RegisterStatus(server.API(), n.status)
	api.RegisterEvaluate(server.API(), n.evaluate, digestOf)
	if n.settings.OpsListen == "" {
		n.operations(server.Handle)
		server.DescribeOperations()
	}
	server.Complete()
	return nil
}

// operations registers the paths that need no key.
func (n *node) operations(handle func(string, http.Handler)) {
	handle("GET /metrics", promhttp.HandlerFor(n.registry, promhttp.HandlerOpts{Registry: n.registry}))
	handle("GET /livez", http.HandlerFunc(n.livez))
	handle("GET /readyz", http.HandlerFunc(n.readyz))
}

// onChange tells a listener of every finding that opens, changes or goes away.
// It is called before run.
func (n *node) onChange(fn func(claimwatch.Change, *claimwatch.Held)) {
	n.stages.changes = append(n.stages.changes, fn)
}
