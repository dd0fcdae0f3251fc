package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"claimwatch/province"
)

const (
	// pollEvery is how often a probe's finding is asked for: half of it on average
	// is counted as latency although the finding stands already.
	pollEvery = 50 * time.Millisecond
	// pollsPerSecond bounds the asking for all probes, lest the measurement become
	// the load when the server falls behind.
	pollsPerSecond = 20
)

// shower is a steady load of uploads with probes in some of them.
type shower struct {
	*bench
	server *server
	began  time.Time
	polls  *rate.Limiter

	mu      sync.Mutex
	planned []float64       // ms from when a probe's upload was due to its finding
	due     []time.Duration // of planned: when the upload was due
	sent    []float64       // the same from when it was really sent
	late    []float64       // ms that uploads were sent late
	lines   int
	acks    []float64
}

// drop is an upload with the moment at which it is due; probe is the person in
// it whose duplicate fees must become a finding, "" for none.
type drop struct {
	upload
	at    time.Duration
	probe string
}

// latency measures from upload to finding at a steady rate, from outside; when
// the aim is missed, once more under the profiler.
func (b *bench) latency(ctx context.Context) (section, error) {
	result, err := b.rain(ctx, "")
	if err != nil || result.rows[0].reached {
		return result, err
	}
	file := filepath.Join(b.dir, "latency.pprof")
	again, err := b.rain(ctx, file)
	if err != nil {
		return result, err
	}
	result.notes = append(result.notes, "Where the time goes: one more run, of which the profiler saw the second half (99th percentile "+again.rows[0].ours+"), functions by their own time:")
	result.profile, err = b.top(ctx, file)
	return result, err
}

// rain is one run, with a profile of its second half when a file is given.
func (b *bench) rain(ctx context.Context, file string) (result section, err error) {
	p := b.newProvince(b.plan.drizzle)
	drops := b.schedule(p)
	err = b.with(ctx, b.startProduct, input{province: p}, func(s *server) error {
		profiled := make(chan error, 1)
		go func() {
			if file == "" {
				profiled <- nil
				return
			}
			time.Sleep(b.plan.steady / 2)
			profiled <- s.profile(ctx, file, int(b.plan.steady.Seconds()/2))
		}()
		sh := &shower{bench: b, server: s, polls: rate.NewLimiter(pollsPerSecond, 1)}
		used := s.cpu()
		if err := sh.pour(ctx, drops); err != nil {
			return err
		}
		took := b.now().Sub(sh.began).Seconds()
		used = s.cpu() - used
		steps := s.stepTimes(ctx)
		now, most := s.memory()
		say("latency: %d probes of %d uploads, %d lines in %.1f s", len(sh.planned), len(drops), sh.lines, took)
		result = sh.report(took, used, now, most, steps)
		return <-profiled
	})
	return result, err
}

func (sh *shower) report(took, used float64, now, most int, steps string) section {
	const aim = 250
	ms := func(n float64) string { return trim(n) + " ms" }
	p99 := percentile(sh.planned, 99)
	return section{rows: []row{
		{what: "upload to finding, 99th percentile", ours: ms(p99), aim: ms(aim), reached: p99 <= aim},
		plainly("upload to finding, median", ms(median(sh.planned)), "", 0),
		plainly("upload to finding, longest", ms(percentile(sh.planned, 100)), "", 0),
		plainly("upload to acknowledgement, median, 99th percentile", ms(median(sh.acks))+", "+ms(percentile(sh.acks, 99)), "", 0),
		plainly("processors busy", trim(used/took), "", 0),
		plainly("memory after (most)", fmt.Sprintf("%d MiB (%d)", now, most), "", 0),
	}, notes: []string{
		fmt.Sprintf("One run: %s lines in %.1f s = %s lines/s, %d probes after %s of warming up. Counted from when the upload was due; uploads were sent late by %s at the 99th percentile. From the moment of sending the 99th percentile is %s.",
			thousands(int64(sh.lines)), took, trim(float64(sh.lines)/took), len(sh.planned), sh.plan.warm, ms(percentile(sh.late, 99)), ms(percentile(sh.sent, 99))),
		steps,
	}}
}

// schedule spreads the uploads of a province evenly in time, and puts a probe
// into every second one.
func (b *bench) schedule(p *province.Province) (drops []drop) {
	probes := newProbes(p)
	all, _ := render(p, b.plan.drip)
	lines := 0
	for i, u := range all {
		d := drop{upload: u, at: time.Duration(float64(lines) / float64(b.plan.rate) * float64(time.Second))}
		if d.at > b.plan.steady {
			break
		}
		if i%2 == 0 {
			d.probe = probes.add(&d.upload, i)
		}
		lines += d.lines
		drops = append(drops, d)
	}
	return drops
}

// pour sends every upload when it is due, those of a hospital one after the other.
func (sh *shower) pour(ctx context.Context, drops []drop) error {
	queues := map[string][]drop{}
	for _, d := range drops {
		queues[d.institution] = append(queues[d.institution], d)
	}
	sh.began = sh.now()
	group, ctx := errgroup.WithContext(ctx)
	for _, queue := range queues {
		group.Go(func() error {
			for i, d := range queue {
				time.Sleep(time.Until(sh.began.Add(d.at)))
				sent := sh.now()
				if err := sh.server.send(ctx, d.upload); err != nil {
					return err
				}
				sh.acknowledged(d, sent)
				if d.probe != "" && d.at >= sh.plan.warm {
					group.Go(func() error { return sh.watch(ctx, d, sent, i) })
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func (sh *shower) acknowledged(d drop, sent time.Time) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	sh.lines += d.lines
	if d.at < sh.plan.warm {
		return
	}
	sh.late = append(sh.late, milliseconds(sent.Sub(sh.began.Add(d.at))))
	sh.acks = append(sh.acks, milliseconds(sh.now().Sub(sent)))
}

// watch asks for the findings of a probe's person until its finding is there.
func (sh *shower) watch(ctx context.Context, d drop, sent time.Time, i int) error {
	path := "/v1/findings?person_id=" + d.probe
	for asked := 0; ; asked++ {
		if err := sh.polls.Wait(ctx); err != nil {
			return err
		}
		text, err := sh.server.do(ctx, http.MethodGet, path, watcherKey(i+asked), nil)
		if err != nil {
			return err
		}
		if bytes.Contains(text, []byte(`"FEE-001"`)) {
			break
		}
		if sh.now().Sub(sent) > time.Minute {
			return fmt.Errorf("no finding of %s after a minute: %s", d.probe, text)
		}
		time.Sleep(pollEvery)
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	sh.planned = append(sh.planned, milliseconds(sh.now().Sub(sh.began.Add(d.at))))
	sh.due = append(sh.due, d.at)
	sh.sent = append(sh.sent, milliseconds(sh.now().Sub(sent)))
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
