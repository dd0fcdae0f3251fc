package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar shows how far an upload has read its files.
type bar interface {
	reached(bytes int64)
	say(text string)
	finish()
}

// newBar shows progress to a person, and one line a minute to a log.
func newBar(term terminal, total int64, now func() time.Time) bar {
	if !(terminal{out: term.err}).interactive() {
		return &logBar{out: term.err, total: total, now: now, told: now()}
	}
	return liveBar{term.err, progressbar.NewOptions64(
		total,
		progressbar.OptionSetWriter(term.err), progressbar.OptionShowBytes(true), progressbar.OptionSetDescription("uploading"),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetPredictTime(true),
		progressbar.OptionOnCompletion(func() { fmt.Fprintln(term.err) }),
	)}
}

// liveBar is redrawn in place.
type liveBar struct {
	out io.Writer
	*progressbar.ProgressBar
}

func (b liveBar) reached(bytes int64) { _ = b.Set64(bytes) } // it fails for empty files only: nothing to show
func (b liveBar) finish()             { _ = b.Finish() }

func (b liveBar) say(text string) {
	_ = b.Clear()
	fmt.Fprintln(b.out, text)
}

// logBar writes lines.
type logBar struct {
	out   io.Writer
	total int64
	now   func() time.Time
	told  time.Time
}

func (b *logBar) reached(bytes int64) {
	if b.now().Sub(b.told) >= time.Minute {
		b.told = b.now()
		fmt.Fprintf(b.out, "uploading: %d of %d bytes\n", bytes, b.total)
	}
}

func (b *logBar) say(text string) { fmt.Fprintln(b.out, text) }
func (b *logBar) finish()         {} // the summary follows
