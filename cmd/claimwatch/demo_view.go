package main

import (
	"fmt"
	"sync"
	"time"

	"claimwatch"
	"claimwatch/province"
)

// view shows on the terminal what comes in and what is found: a line for each
// finding that opens, changes or goes, and one line below them that counts.
type view struct {
	term  terminal
	live  bool
	mu    sync.Mutex
	lines int
	now   claimwatch.Instant
	count map[string]string // standing findings: id -> rule
	told  time.Time
}

func newView(term terminal) *view {
	return &view{term: term, live: term.interactive(), count: map[string]string{}}
}

func (v *view) say(format string, args ...any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.line(fmt.Sprintf(format, args...))
}

// line prints above the counting line; v.mu is held.
func (v *view) line(text string) {
	if v.live {
		fmt.Fprintf(v.term.out, "\r\x1b[K%s\n", text)
		v.status()
		return
	}
	fmt.Fprintln(v.term.out, text)
}

// status redraws the counting line; v.mu is held.
func (v *view) status() {
	text := fmt.Sprintf("%s  %d records in, %d findings stand", v.now.Time().Format("2006-01-02 15:04"), v.lines, len(v.count))
	switch {
	case v.live:
		fmt.Fprintf(v.term.out, "\r\x1b[K%s", text)
	case clock().Sub(v.told) >= 10*time.Second:
		v.told = clock()
		fmt.Fprintln(v.term.out, text)
	}
}

// came counts what a hospital sent.
func (v *view) came(batch province.Batch) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.lines += len(batch.Records)
	v.now = max(v.now, batch.At)
	v.status()
}

// changed shows a finding that opened, was revised or went away.
func (v *view) changed(change claimwatch.Change, f *claimwatch.Held) {
	v.mu.Lock()
	defer v.mu.Unlock()
	mark := "+"
	switch change {
	case claimwatch.RetractedNow:
		mark = "-"
		delete(v.count, f.ID)
	case claimwatch.Revised:
		mark = "~"
		v.count[f.ID] = f.Rule
	default:
		v.count[f.ID] = f.Rule
	}
	stay := ""
	if f.StayID != nil {
		stay = *f.StayID
	}
	v.line(fmt.Sprintf("%s %s %-9s %10s yuan  %s %s  %s", mark, f.Rule, f.Severity, f.Amount, f.InstitutionID, stay, f.ID))
}

func (v *view) standing() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.count)
}
