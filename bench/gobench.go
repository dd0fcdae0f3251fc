package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// goTool runs the go command in the repository.
func (b *bench) goTool(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Stderr = b.root, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("run go %s: %w", args[0], err)
	}
	return nil
}

// goBench runs the Go benchmarks of a package that match a pattern as often as
// the plan says, all of them in every run, and gathers name and unit of each figure.
func (b *bench) goBench(ctx context.Context, pkg, pattern string) (series, error) {
	program := filepath.Join(b.dir, filepath.Base(pkg)+".test")
	if err := b.goTool(ctx, "test", "-c", "-o", program, "./"+pkg); err != nil {
		return nil, err
	}
	figures := series{}
	for i := range b.plan.runs {
		say("%s: run %d of %d", pattern, i+1, b.plan.runs)
		cmd := exec.CommandContext(ctx, program, "-test.run", "^$", "-test.bench", pattern, "-test.benchtime", b.plan.benchTime)
		cmd.Dir, cmd.Stderr = filepath.Join(b.root, pkg), os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("run benchmarks of %s: %w\n%s", pkg, err, out)
		}
		parseBench(out, figures)
	}
	return figures, nil
}

var benchLine = regexp.MustCompile(`^Benchmark(\S+?)(-\d+)?\s+\d+\s+(.*)$`)

// parseBench adds the figures of `go test -bench` under "Name unit".
func parseBench(out []byte, figures series) {
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		found := benchLine.FindStringSubmatch(lines.Text())
		if found == nil {
			continue
		}
		fields := strings.Fields(found[3])
		for i := 0; i+1 < len(fields); i += 2 {
			if n, err := strconv.ParseFloat(fields[i], 64); err == nil {
				figures.add(found[1]+" "+fields[i+1], n)
			}
		}
	}
}

// decode compares the decoder with encoding/json and the same checks.
func (b *bench) decode(ctx context.Context) (section, error) {
	f, err := b.goBench(ctx, "ingest/decode", "BenchmarkDecode/(claimwatch|encoding-json|encoding-json-without-key-checks|jsontext)$")
	if err != nil {
		return section{}, err
	}
	ours, peer := f.median("Decode/claimwatch ns/op"), f.median("Decode/encoding-json ns/op")
	lax, library := f.median("Decode/encoding-json-without-key-checks ns/op"), f.median("Decode/jsontext ns/op")
	line := func(n float64) string { return trim(n) + " ns a line" }
	return section{rows: []row{
		atLeast("decode a fee line with every check", line(ours), line(peer), peer/ours, 5),
		plainly("the same, the peer without looking for repeated keys", line(ours), line(lax), lax/ours),
		plainly("the same, against the library that is the decoder's reference", line(ours), line(library), library/ours),
	}, notes: []string{b.often()}}, nil
}

// insert compares the sink's insert with JSONEachRow.
func (b *bench) insert(ctx context.Context) (section, error) {
	f, err := b.goBench(ctx, "store", "Benchmark(InsertRecords|InsertFactsOnly|InsertJSONEachRow)$")
	if err != nil {
		return section{}, err
	}
	const unit = " rows/cpu-s"
	whole, facts, peer := f.median("InsertRecords"+unit), f.median("InsertFactsOnly"+unit), f.median("InsertJSONEachRow"+unit)
	rate := func(n float64) string { return trim(n) + " rows a CPU s" }
	return section{rows: []row{
		atLeast("insert fee lines into the same table", rate(facts), rate(peer), facts/peer, 10),
		atLeast("the sink's whole insert (event clock, facts, identities)", rate(whole), rate(peer), whole/peer, 10),
	}, notes: []string{b.often()}}, nil
}

// settlement compares closing a month with adding it up: in the engine with one
// statement, in memory with a plain loop.
func (b *bench) settlement(ctx context.Context) (section, error) {
	few := *b
	few.plan.runs = b.plan.peerRuns // each makes a store of its own
	read, err := few.goBench(ctx, "store", "BenchmarkCharged$")
	if err != nil {
		return section{}, err
	}
	closed, err := few.goBench(ctx, "audit/settlement", "BenchmarkClose$")
	if err != nil {
		return section{}, err
	}
	used := func(f series, name string) float64 { return f.median(name + " cpu-s") }
	ours, sums := used(read, "Charged/claimwatch"), used(read, "Charged/sums-only")
	whole, loop := used(closed, "Close/claimwatch"), used(closed, "Close/plain-loop")
	beside := func(what string, ours, peer float64) row {
		return plainly(what, trim(ours)+" CPU s", trim(peer)+" CPU s", ours/peer)
	}
	return section{rows: []row{
		beside("close a month of 1,000,000 lines, against its sums in one statement", ours+whole, sums),
		beside("of this, read every line net of refunds, and what of it is settled", ours, sums),
		beside("of this, sheet, proposal, second look, postings, against a plain loop with a map", whole, loop),
	}, notes: []string{few.often()}}, nil
}

func (b *bench) often() string {
	if b.plan.runs == 1 {
		return "One run."
	}
	return fmt.Sprintf("Median of %d runs, in each of which all were measured.", b.plan.runs)
}
