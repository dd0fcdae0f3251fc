package main

import (
	"strings"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/province"
)

// heldFinding is a finding of rule as the store holds it.
func heldFinding(id, rule string, stay *string) *claimwatch.Held {
	h := &claimwatch.Held{}
	h.Finding = claimwatch.Finding{ID: id, Rule: rule, Severity: claimwatch.Violation, InstitutionID: "H001", StayID: stay, Amount: 12850}
	return h
}

// TestViewCountsWhatStands: a finding that opens twice is one, one that goes is
// none, and one that goes without having come does no harm.
func TestViewCountsWhatStands(t *testing.T) {
	var out strings.Builder
	v := newView(terminal{out: &out})
	stay := "S7"
	for i, step := range []struct {
		change claimwatch.Change
		id     string
		stands int
	}{
		{claimwatch.Opened, "f_1", 1},
		{claimwatch.Opened, "f_2", 2},
		{claimwatch.Opened, "f_1", 2},
		{claimwatch.Revised, "f_3", 3},
		{claimwatch.RetractedNow, "f_2", 2},
		{claimwatch.RetractedNow, "f_9", 2},
		{claimwatch.Revised, "f_1", 2},
	} {
		v.changed(step.change, heldFinding(step.id, "FEE-001", &stay))
		if got := v.standing(); got != step.stands {
			t.Errorf("after step %d %d stand, want %d", i, got, step.stands)
		}
	}
	var marks []string
	for line := range strings.Lines(out.String()) {
		words := strings.Fields(line)
		marks = append(marks, words[0])
		same(t, "line", words[1:], []string{"FEE-001", "violation", "128.50", "yuan", "H001", "S7", words[len(words)-1]})
	}
	same(t, "marks", marks, []string{"+", "+", "+", "~", "-", "-", "~"})
}

// TestViewOnATerminal: the counting line is redrawn below every finding, in local
// time, and no escape sequence reaches a log.
func TestViewOnATerminal(t *testing.T) {
	at := claimwatch.InstantOf(time.Date(2026, 3, 1, 16, 30, 0, 0, time.UTC)) // past midnight in Shanghai
	batch := province.Batch{At: at, Records: make([]claimwatch.Record, 40)}
	var live, log strings.Builder
	v := newView(terminal{out: &live})
	v.live = true
	v.came(batch)
	v.changed(claimwatch.Opened, heldFinding("f_1", "ADM-019", nil))
	v.came(province.Batch{At: at - 1, Records: make([]claimwatch.Record, 2)}) // an hour ago does not turn the clock back
	v.say("%d hospitals", 3)
	const wipe = "\r\x1b[K"
	want := wipe + "2026-03-02 00:30  40 records in, 0 findings stand" +
		wipe + "+ ADM-019 violation     128.50 yuan  H001   f_1\n" +
		wipe + "2026-03-02 00:30  40 records in, 1 findings stand" +
		wipe + "2026-03-02 00:30  42 records in, 1 findings stand" +
		wipe + "3 hospitals\n" + wipe + "2026-03-02 00:30  42 records in, 1 findings stand"
	same(t, "terminal", live.String(), want)

	v = newView(terminal{out: &log})
	v.came(batch)
	v.came(batch) // within ten seconds of the first: not told again
	v.say("%d hospitals", 3)
	same(t, "log", log.String(), "2026-03-02 00:30  40 records in, 0 findings stand\n3 hospitals\n")
}
