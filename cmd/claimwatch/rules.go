package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/rules/handbook"
	"claimwatch/store"
)

type rulesCommand struct {
	List       rulesListCommand       `cmd:"" help:"List the rules."`
	Show       rulesShowCommand       `cmd:"" help:"Show a rule: its page of the handbook, query, cases."`
	Check      rulesCheckCommand      `cmd:"" help:"Check every file of the library and name every fault."`
	Test       rulesTestCommand       `cmd:"" help:"Run the cases of rules on the engine."`
	Parameters rulesParametersCommand `cmd:"" help:"Publish values of parameters for a city and time, and take them back."`
	Lock       rulesLockCommand       `cmd:"" help:"Write the lock of a library: what each version says."`
}

func (rulesCommand) Help() string { return "Example:\n  claimwatch rules show FEE-001" }

// libraryFlags say which library. What the other commands take to find a server is
// taken here too, so that a script may give it to all; no server is asked.
type libraryFlags struct {
	Rules  string `help:"A directory with rules; otherwise those of the binary." type:"existingdir"`
	Server string `hidden:""`
	Key    string `hidden:""`
	Data   string `hidden:""`
}

func (f libraryFlags) open() (*rules.Library, error) { return rules.Config{Library: f.Rules}.Open() }

type rulesListCommand struct {
	libraryFlags
	JSON bool `name:"json" help:"One JSON object a line."`
}

func (rulesListCommand) Help() string { return "Example:\n  claimwatch rules list" }

func (c rulesListCommand) Run(term terminal) error {
	library, err := c.open()
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(term.out)
		for _, r := range library.Rules() {
			if err := encoder.Encode(r); err != nil {
				return fmt.Errorf("write rule: %w", err)
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "RULE\tVERSION\tSTATE\tSEVERITY\tCASES\tNAME")
	for _, r := range library.Rules() {
		cases := 0
		for _, file := range r.Cases {
			cases += len(file.Cases)
		}
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%d\t%s %s\n", r.Code, r.Version, r.State, r.Severity, cases, r.Name.Chinese, r.Name.English)
	}
	return table.Flush()
}

type rulesShowCommand struct {
	libraryFlags
	Code string `arg:"" help:"The rule, FEE-001 for example."`
}

func (rulesShowCommand) Help() string { return "Example:\n  claimwatch rules show FEE-001" }

func (c rulesShowCommand) Run(term terminal) error {
	library, err := c.open()
	if err != nil {
		return err
	}
	r, ok := library.Rule(strings.ToUpper(c.Code))
	if !ok {
		return fmt.Errorf("there is no rule %s: claimwatch rules list names them", c.Code)
	}
	fmt.Fprintf(term.out, "%s  %s  %s\nversion %d, %s, %s\n\n", r.Code, r.Name.Chinese, r.Name.English, r.Version, r.State, r.Severity)
	for _, article := range r.Basis {
		fmt.Fprintf(term.out, "law         %s, article %s\n", article.Law, article.Article)
	}
	fmt.Fprintf(term.out, "looks back  %s\ntime        %s\n", r.LookBack.English, r.Time.English)
	parameters, err := library.Defaults(r)
	if err != nil {
		return err
	}
	for _, p := range parameters {
		fmt.Fprintf(term.out, "parameter   %s = %s\n", p.Name, p.Default)
	}
	book, err := handbook.New(library)
	if err != nil {
		return err
	}
	page, err := book.Body(r)
	if err != nil {
		return err
	}
	fmt.Fprintf(term.out, "\n%s\n%s\n", page, strings.TrimSpace(r.Query))
	for _, file := range r.Cases {
		for _, one := range file.Cases {
			fmt.Fprintf(term.out, "\ncase        %s: %s", file.File, one.Name)
		}
	}
	_, err = fmt.Fprintln(term.out)
	return err
}

// engineFlags say where the engine is, for commands that need one of their own.
type engineFlags struct {
	Engine string `help:"The ClickHouse engine library." type:"path"`
}

// throwaway opens an empty store that is gone when the command ends.
func (f engineFlags) throwaway(ctx context.Context) (*caseStore, func(), error) {
	dir, err := os.MkdirTemp("", "claimwatch-rules-")
	if err != nil {
		return nil, nil, fmt.Errorf("make a directory: %w", err)
	}
	remove := func() { _ = os.RemoveAll(dir) }
	s := defaultSettings()
	s.Engine, s.store = f.Engine, dir
	db, err := store.Open(ctx, s.storeConfig(dir), zap.NewNop())
	if err != nil {
		remove()
		return nil, nil, err
	}
	clean := func() { _ = db.Close(); remove() }
	if err := db.Migrate(ctx); err != nil {
		clean()
		return nil, nil, err
	}
	slice, err := db.NewSlice(ctx, "cases")
	if err != nil {
		clean()
		return nil, nil, err
	}
	return &caseStore{Slice: slice, db: db}, clean, nil
}

// caseStore is the store on which cases run.
type caseStore struct {
	*store.Slice
	db    *store.DB
	loads uint64
}

func (s *caseStore) InsertRecords(ctx context.Context, records []claimwatch.Stored) error {
	return s.db.InsertRecords(ctx, records)
}

func (s *caseStore) InsertConflicts(ctx context.Context, conflicts []claimwatch.Conflict) error {
	return s.db.InsertConflicts(ctx, conflicts)
}

func (s *caseStore) LoadReference(ctx context.Context, table string, rows [][]claimwatch.Value) error {
	s.loads++
	load := store.ReferenceLoad{Table: table, Seq: s.loads, Actor: "cases"}
	for _, values := range rows {
		load.Rows = append(load.Rows, store.ReferenceRow{Values: values})
	}
	return s.db.SaveReference(ctx, load)
}

type rulesCheckCommand struct {
	libraryFlags
	engineFlags
}

func (rulesCheckCommand) Help() string {
	return "All faults of all files at once, with their lines.\n\nExample:\n  claimwatch rules check --rules rules/library"
}

func (c rulesCheckCommand) Run(ctx context.Context, term terminal) error {
	on, clean, err := c.throwaway(ctx)
	if err != nil {
		return err
	}
	defer clean()
	faults, err := rules.Check(ctx, c.Rules, on)
	if err != nil {
		return err
	}
	for _, fault := range faults {
		fmt.Fprintln(term.out, fault)
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d faults", len(faults))
	}
	_, err = fmt.Fprintln(term.out, "every rule is good")
	return err
}

type rulesTestCommand struct {
	libraryFlags
	engineFlags
	Codes []string `arg:"" optional:"" help:"Only these rules."`
}

func (rulesTestCommand) Help() string { return "Example:\n  claimwatch rules test FEE-001 ADM-009" }

func (c rulesTestCommand) Run(ctx context.Context, term terminal) error {
	library, err := c.open()
	if err != nil {
		return err
	}
	on, clean, err := c.throwaway(ctx)
	if err != nil {
		return err
	}
	defer clean()
	outcomes, err := rules.Test(ctx, library, on, c.Codes...)
	if err != nil {
		return err
	}
	failed := 0
	for _, outcome := range outcomes {
		if len(outcome.Problems) == 0 {
			continue
		}
		failed++
		fmt.Fprintf(term.out, "FAIL %s %s: %s\n  %s\n", outcome.Rule, outcome.File, outcome.Case, strings.Join(outcome.Problems, "\n  "))
	}
	fmt.Fprintf(term.out, "%d cases, %d failed\n", len(outcomes), failed)
	if failed > 0 {
		return fmt.Errorf("%d cases failed", failed)
	}
	return nil
}
