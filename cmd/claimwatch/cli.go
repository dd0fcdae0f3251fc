package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"claimwatch"
)

// The exit codes of the contract, section 5.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// terminal is where a command reads and writes.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// interactive says whether a person watches the output.
func (t terminal) interactive() bool {
	file, ok := t.out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// cli lists the subcommands, one file each.
type cli struct {
	Run        runCommand        `cmd:"" help:"Start everything in one process: embedded log, embedded store."`
	Demo       demoCommand       `cmd:"" help:"Run with a simulated province that streams in, and show live what is found."`
	Serve      serveCommand      `cmd:"" help:"Start the same components against real Kafka and ClickHouse."`
	Upload     uploadCommand     `cmd:"" help:"Send record files (NDJSON, or CSV with a mapping) to a running server."`
	Backtest   backtestCommand   `cmd:"" help:"Ask what a rule would have found with other parameters, or with what was known then."`
	Check      checkCommand      `cmd:"" help:"Ask what records would cause, before they are sent; nothing is stored."`
	Findings   findingsCommand   `cmd:"" help:"List findings."`
	Coverage   coverageCommand   `cmd:"" help:"Show what each rule says of stays: hit, pass, not evaluated and why."`
	Decide     decideCommand     `cmd:"" help:"Notify, reject or release a finding."`
	Rejections rejectionsCommand `cmd:"" help:"Print the rejected-fee list of an institution and month."`

	Settlements settlementsCommand `cmd:"" help:"Show the settlement of an institution and month."`
	Close       closeCommand       `cmd:"" help:"Close the settlement of a month; it takes two persons."`

	Report     reportCommand     `cmd:"" help:"Reports of supervision."`
	Sanctions  sanctionsCommand  `cmd:"" help:"List sanctions, and what the data would support."`
	Inspection inspectionCommand `cmd:"" help:"Verify a double-random draw offline."`
	Deadlines  deadlinesCommand  `cmd:"" help:"List what is coming due, and what has passed."`
	Journal    journalCommand    `cmd:"" help:"Look after who did what."`
	Quarantine quarantineCommand `cmd:"" help:"List refused records."`
	Reference  referenceCommand  `cmd:"" help:"Load reference tables."`
	Baselines  baselinesCommand  `cmd:"" help:"Compute how long stays usually last."`
	Rules      rulesCommand      `cmd:"" help:"Look at the rule library, check it, run its cases."`
	Evaluate   evaluateCommand   `cmd:"" help:"Evaluate everything as of a time and print it; nothing is stored."`
	Digest     digestCommand     `cmd:"" help:"Print one SHA-256 over findings, decisions and lists."`
	Replay     replayCommand     `cmd:"" help:"Rebuild the store of a stopped server from its log."`
	Evidence   evidenceCommand   `cmd:"" help:"Fetch the evidence pack of a finding."`
	Verify     verifyCommand     `cmd:"" help:"Check a copy of the journal or an evidence pack offline."`
	Migrate    migrateCommand    `cmd:"" help:"Bring the store's schema up to date."`
	Key        keyCommand        `cmd:"" help:"Make keys."`
	User       userCommand       `cmd:"" help:"Look after the accounts of people who sign in."`
	Status     statusCommand     `cmd:"" help:"Show how far the server has come."`
	Version    kong.VersionFlag  `help:"Print the version."`
}

// execute parses the arguments, runs the command and gives the exit code.
func execute(ctx context.Context, args []string, term terminal) int {
	exited := -1
	var commands cli
	parser, err := kong.New(&commands,
		kong.Name("claimwatch"),
		kong.Description("Watches what agreement hospitals charge the work-injury insurance fund."),
		kong.Vars{"version": version},
		kong.Writers(term.out, term.err),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, Summary: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(term),
	)
	if err != nil {
		fmt.Fprintln(term.err, "claimwatch:", err)
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help or --version has answered
		return exited
	}
	if err != nil {
		fmt.Fprintf(term.err, "claimwatch: %v\nTry claimwatch --help.\n", err)
		return exitUsage
	}
	return report(parsed.Run(), term)
}

// report tells a failure once and gives the exit code. Work that Ctrl-C broke off
// is not done; a server that it ended is, and gives no error (serveUntil).
func report(err error, term terminal) int {
	var usage usageError
	var refused *problem
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage), errors.As(err, &refused) && refused.Code == string(claimwatch.CodeBadQuery):
		// a query is made of the arguments
		fmt.Fprintln(term.err, "claimwatch:", err)
		return exitUsage
	default:
		fmt.Fprintln(term.err, "claimwatch:", err)
		return exitFailed
	}
}

// usageError is a fault of the command line that the parser cannot see.
type usageError struct{ error }

func wrongUsage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// clock is the wall clock; everything below cmd is handed one.
func clock() time.Time { return time.Now() }
