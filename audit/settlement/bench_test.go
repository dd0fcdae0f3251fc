package settlement

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"claimwatch"
	"claimwatch/audit/term"
)

// million is a month of an institution as the store gives it: 40,000 stays of 25
// lines, of which some are rejected in part and some wait for a decision.
func million(b *testing.B) ([]Line, *Circumstances) {
	b.Helper()
	m := month(b, "2026-03")
	c := &Circumstances{
		Month: m, On: (m + 1).First(), Rejected: map[LineID]claimwatch.Fen{}, Listed: map[LineID]term.Month{}, Undecided: map[LineID]claimwatch.Fen{},
		Agreements: Agreements{{Kind: "medical", Status: "active", From: day(b, "2026-01-01")}, {Kind: "medical", Status: "suspended", From: m.Last()}},
	}
	lines := make([]Line, 1_000_000)
	for i := range lines {
		stay := i % 40_000
		lines[i] = Line{
			LineID: LineID{claimwatch.Fee, fmt.Sprintf("H001-2026-%07d", i)}, PersonID: fmt.Sprintf("P%06d", stay), StayID: fmt.Sprintf("S2026-%06d", stay),
			OccurredAt: (m.First() + claimwatch.Day(i%31)).Midnight(), Class: "inpatient", Net: claimwatch.Fen(100 + i%9_000),
		}
		switch i % 33 {
		case 0:
			c.Rejected[lines[i].LineID], c.Listed[lines[i].LineID] = 90, m
		case 1:
			c.Undecided[lines[i].LineID] = 5_000
		}
	}
	return lines, c
}

// plain adds up a month with nothing but a map of the stays: no paper, no proposal, no
// second look at any sum.
func plain(lines []Line, c *Circumstances) (total Parts) {
	suspended := c.Agreements[1].From
	stays := make(map[string]Parts, 40_000)
	for i := range lines {
		l := &lines[i]
		p := stays[l.StayID]
		rest := l.Net
		p.Claimed += rest
		taken := min(rest, c.Rejected[l.LineID])
		p.Rejected += taken
		rest -= taken
		if l.OccurredAt.Day() >= suspended {
			p.NotPayable += rest
		} else {
			held := min(rest, c.Undecided[l.LineID])
			p.OnHold += held
			p.Approved += rest - held
		}
		stays[l.StayID] = p
	}
	for _, p := range stays {
		total = total.Plus(p)
	}
	return total
}

// spent notes the processor time of a run, garbage collector included.
func spent(b *testing.B) (end func()) {
	now := func() time.Duration {
		var usage unix.Rusage
		if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
			b.Fatalf("Getrusage() error:\n%+v", err)
		}
		return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	before := now()
	return func() { b.ReportMetric((now()-before).Seconds()/float64(b.N), "cpu-s") }
}

// BenchmarkClose closes a month of a million lines: worked out, written, and what the
// fold does with the bytes: read, held against themselves, proposed, closed, posted.
func BenchmarkClose(b *testing.B) {
	lines, c := million(b)
	want := plain(lines, c)
	b.Run("claimwatch", func(b *testing.B) {
		defer spent(b)()
		for b.Loop() {
			sheet := NewSheet(c, lines, nil)
			data, err := sheet.Encode()
			if err != nil {
				b.Fatalf("Encode() error:\n%+v", err)
			}
			read, err := ReadSheet(c.Month, data)
			if err != nil {
				b.Fatalf("ReadSheet() error:\n%+v", err)
			}
			var s State
			lists := Lists{Total: want.Rejected}
			wish := Wish{InstitutionID: house, At: c.On.Midnight(), By: "clerk", Seq: 1}
			if _, err = s.Propose(wish, Proposal{Month: c.Month, Total: sheet.Total()}, &read, "hash", Terms{BaseApproved, c.On}, lists); err != nil {
				b.Fatalf("Propose() error:\n%+v", err)
			}
			wish.By = "boss"
			if err := s.CheckClose(wish, c.Month, 1, lists); err != nil {
				b.Fatalf("CheckClose() error:\n%+v", err)
			}
			if doc := s.Close(wish, "2026-0001").Settlement; doc.Parts != want || len(doc.Claims) != 40_000 {
				b.Fatalf("closed %+v, want %+v", doc.Parts, want)
			}
		}
	})
	b.Run("plain-loop", func(b *testing.B) {
		defer spent(b)()
		for b.Loop() {
			if got := plain(lines, c); got != want {
				b.Fatalf("a plain loop gives %+v, want %+v", got, want)
			}
		}
	})
}
