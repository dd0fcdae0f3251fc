package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

// bench is one run: where things are and how large the measurements shall be.
type bench struct {
	root   string // the repository
	binary string // built for this run
	dir    string // scratch, removed at the end
	plan   plan
	now    func() time.Time
	many   *multitude // made when a measurement wants it
	where  string     // machine, versions and commit, noted before the page changes
}

// measurement is one section of docs/benchmarks.md.
type measurement struct {
	name    string
	measure func(*bench, context.Context) (section, error)
}

var measurements = []measurement{
	{"decode", (*bench).decode},
	{"log", (*bench).log},
	{"insert", (*bench).insert},
	{"path", (*bench).path},
	{"latency", (*bench).latency},
	{"history", (*bench).history},
	{"backtest", (*bench).backtest},
	{"check", (*bench).check},
	{"startup", (*bench).startup},
	{"reference", (*bench).reference},
	{"wakeups", (*bench).wakeups},
	{"settlement", (*bench).settlement},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	all := flags.Bool("all", false, "measure everything")
	only := flags.String("only", "", "measure these, separated by commas: "+strings.Join(names(), " "))
	quick := flags.Bool("quick", false, "tiny sizes, to see that everything works; nothing is written to the page")
	page := flags.String("page", filepath.Join("docs", "benchmarks.md"), "the page to write the figures into")
	binary := flags.String("binary", "", "the binary to measure; the default is to build it now, for an old one in bin/ would be measured unnoticed")
	runs := flags.Int("runs", 0, "instead of the usual number of runs")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(*all, *only)
	if err != nil {
		return err
	}
	b, err := newBench(ctx, *binary, *quick)
	if err != nil {
		return err
	}
	defer func() { b.many.close(); _ = os.RemoveAll(b.dir) }()
	if *runs > 0 {
		b.plan.runs, b.plan.peerRuns = *runs, *runs
	}
	for _, m := range chosen {
		if err := b.one(ctx, m, *page, *quick); err != nil {
			return fmt.Errorf("measure %s: %w", m.name, err)
		}
	}
	return nil
}

func newBench(ctx context.Context, binary string, quick bool) (*bench, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("find the repository: %w", err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		return nil, errors.New("run bench in the root of the repository")
	}
	dir, err := os.MkdirTemp("", "claimwatch-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a directory: %w", err)
	}
	if binary == "" {
		binary = filepath.Join(dir, "claimwatch")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", binary, "./cmd/claimwatch")
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build the binary: %w\n%s", err, out)
		}
	} else if binary, err = filepath.Abs(binary); err != nil {
		return nil, fmt.Errorf("find the binary: %w", err)
	}
	b := &bench{root: root, binary: binary, dir: dir, plan: usual, now: time.Now, where: machine(root)}
	if quick {
		b.plan = tiny
	}
	return b, nil
}

// one runs a measurement and writes its section.
func (b *bench) one(ctx context.Context, m measurement, page string, quick bool) error {
	before, began := load(), b.now()
	say("== %s (load %s)", m.name, before)
	s, err := m.measure(b, ctx)
	if err != nil {
		return err
	}
	s.name, s.command = m.name, "go run ./bench -only "+m.name
	s.measured = fmt.Sprintf("%s, %s; load before %s, took %.0f s", began.Format("2006-01-02"), b.where, before, b.now().Sub(began).Seconds())
	text := s.markdown()
	if _, err := os.Stdout.WriteString(text); err != nil || quick {
		return err
	}
	return writePage(page, m.name, text)
}

func names() (names []string) {
	for _, m := range measurements {
		names = append(names, m.name)
	}
	return names
}

// choose reads the flags that say what to measure.
func choose(all bool, only string) (chosen []measurement, err error) {
	if all == (only != "") {
		return nil, errors.New("say -all or -only NAME")
	}
	wanted := strings.Split(only, ",")
	if all {
		wanted = names()
	}
	for _, name := range wanted {
		found := false
		for _, m := range measurements {
			if m.name == strings.TrimSpace(name) {
				chosen, found = append(chosen, m), true
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no measurement %q, only %s", name, strings.Join(names(), " "))
		}
	}
	return chosen, nil
}

// say tells the progress.
func say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}
