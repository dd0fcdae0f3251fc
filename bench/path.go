package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"claimwatch/province"
)

// passage is how some uploads went through.
type passage struct {
	lines        int
	seconds      float64 // from the first upload until the last finding is written
	acknowledged float64 // until the last upload is acknowledged
	cpu          float64 // of the server
	memory, peak int     // MiB resident at the end and at most
	busy         int     // answers that asked to come back later
}

func (r passage) rate() float64 { return float64(r.lines) / r.seconds }

func (r passage) String() string {
	return fmt.Sprintf("%s lines in %.1f s (acknowledged after %.1f s) = %s lines/s, %.1f CPU s, %d MiB (most %d), asked to wait %d times",
		thousands(int64(r.lines)), r.seconds, r.acknowledged, trim(r.rate()), r.cpu, r.memory, r.peak, r.busy)
}

// through sends uploads, hospitals side by side and each in order, and waits
// until every finding is written.
func (b *bench) through(ctx context.Context, s *server, uploads []upload) (r passage, err error) {
	r.lines = linesOf(uploads)
	began, used := b.now(), s.cpu()
	if err := s.sendAll(ctx, uploads); err != nil {
		return r, err
	}
	r.acknowledged = b.now().Sub(began).Seconds()
	if err := s.idle(ctx); err != nil {
		return r, err
	}
	r.seconds, r.cpu, r.busy = b.now().Sub(began).Seconds(), s.cpu()-used, int(s.busy.Load())
	r.memory, r.peak = s.memory()
	return r, nil
}

// input is what goes through product and naive sink alike.
type input struct {
	province          *province.Province
	first, head, tail []upload
}

func (b *bench) newInput() input {
	in := input{province: b.newProvince(b.plan.persons)}
	all, _ := render(in.province, b.plan.uploadLines)
	in.first, in.head, in.tail = split(all, b.plan.tailLines)
	return in
}

// starter starts a server over an empty directory.
type starter func(ctx context.Context, data string) (*server, error)

// with prepares a server for an input, lets it be measured and ends it.
func (b *bench) with(ctx context.Context, start starter, in input, measure func(*server) error) error {
	data, err := os.MkdirTemp(b.dir, "data-")
	if err != nil {
		return fmt.Errorf("make a directory: %w", err)
	}
	defer func() { _ = os.RemoveAll(data) }()
	s, err := start(ctx, data)
	if err != nil {
		return err
	}
	defer s.stop()
	if err := s.prepare(ctx, in.province); err != nil {
		return err
	}
	if _, err := b.through(ctx, s, in.first); err != nil {
		return err
	}
	return measure(s)
}

// product measures the product: the whole input from an empty store, and its
// tail apart, when nearly everything is stored.
func (b *bench) product(ctx context.Context, in input, figures series) error {
	return b.with(ctx, b.startProduct, in, func(s *server) error {
		head, err := b.through(ctx, s, in.head)
		if err != nil {
			return err
		}
		say("the product: %s", head)
		figures.passage("head", head)
		tail, err := b.through(ctx, s, in.tail)
		say("the product, tail: %s", tail)
		figures.passage("tail", tail)
		return err
	})
}

// naive stores the head without evaluating, which would take hours, and measures
// the tail.
func (b *bench) naive(ctx context.Context, in input, figures series) error {
	return b.with(ctx, b.startNaive, in, func(s *server) error {
		if _, err := s.do(ctx, http.MethodPost, "/pause", "", nil); err != nil {
			return err
		}
		if _, err := b.through(ctx, s, in.head); err != nil {
			return err
		}
		if _, err := s.do(ctx, http.MethodPost, "/resume", "", nil); err != nil {
			return err
		}
		tail, err := b.through(ctx, s, in.tail)
		say("the naive sink, tail: %s", tail)
		figures.passage("naive", tail)
		return err
	})
}

func (s series) passage(name string, r passage) {
	s.add(name+" rate", r.rate())
	s.add(name+" cpu", r.cpu/float64(r.lines)*1e6)
	s.add(name+" memory", float64(r.memory))
	s.add(name+" peak", float64(r.peak))
}

// path measures the whole path: alone, and beside the naive sink at one size.
func (b *bench) path(ctx context.Context) (section, error) {
	in, figures := b.newInput(), series{}
	for i := range b.plan.runs {
		say("path, run %d of %d", i+1, b.plan.runs)
		if err := b.product(ctx, in, figures); err != nil {
			return section{}, err
		}
		if i >= b.plan.peerRuns {
			continue
		}
		if err := b.naive(ctx, in, figures); err != nil {
			return section{}, err
		}
	}
	result := b.pathSection(in, figures)
	if !result.rows[0].reached {
		return result, b.explain(ctx, in, &result)
	}
	return result, nil
}

func (b *bench) pathSection(in input, f series) section {
	const aim = 60_000
	rate := func(name string) string { return trim(f.median(name+" rate")) + " lines/s" }
	cpu := func(name string) string { return trim(f.median(name+" cpu")) + " CPU s a million lines" }
	memory := func(name string) string {
		return fmt.Sprintf("%s MiB (%s)", trim(f.median(name+" memory")), trim(f.median(name+" peak")))
	}
	head, tail := thousands(int64(linesOf(in.head))), thousands(int64(linesOf(in.tail)))
	alone := row{
		what: "whole path, " + head + " lines into an empty store", ours: rate("head"),
		aim: thousands(aim) + " lines/s", reached: f.median("head rate") >= aim,
	}
	return section{rows: []row{
		alone,
		plainly("processor time of that", cpu("head"), "", 0),
		atLeast("whole path, "+tail+" lines more", rate("tail"), rate("naive"), f.median("tail rate")/f.median("naive rate"), 25),
		plainly("processor time of that", cpu("tail"), cpu("naive"), f.median("naive cpu")/f.median("tail cpu")),
		plainly("memory in the end (most)", memory("tail"), memory("naive"), 0),
	}, notes: []string{fmt.Sprintf(
		"%s The naive sink was measured %d times. It stored the first %s lines without evaluating them. Uploads of at most %s lines; the sender shares the machine, its processor time counts in lines a second only.",
		b.often(), min(b.plan.runs, b.plan.peerRuns), head, thousands(int64(b.plan.uploadLines)))}}
}

// explain adds where the time goes: a profile in the middle of one more run.
func (b *bench) explain(ctx context.Context, in input, result *section) error {
	file := filepath.Join(b.dir, "cpu.pprof")
	return b.with(ctx, b.startProduct, in, func(s *server) error {
		profiled := make(chan error, 1)
		go func() { profiled <- s.profile(ctx, file, profileSeconds(linesOf(in.head))) }()
		r, err := b.through(ctx, s, in.head)
		if err == nil {
			err = <-profiled
		}
		if err != nil {
			return err
		}
		if result.profile, err = b.top(ctx, file); err != nil {
			return err
		}
		result.notes = append(result.notes, "Where the time goes: one more run under the profiler, "+r.String()+". "+s.stepTimes(ctx)+
			" Functions by their own time; `libchdb.so` and `runtime.cgocall` are the engine, of whose own threads the profiler sees a part:")
		return nil
	})
}

// profileSeconds is less than a passage takes.
func profileSeconds(lines int) int { return max(2, min(20, lines/60_000)) }
