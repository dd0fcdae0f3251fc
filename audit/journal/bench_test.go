package journal

import (
	"fmt"
	"testing"

	"claimwatch"
)

// BenchmarkFold measures how fast a start reads the journal: decisions with the
// finding as seen.
func BenchmarkFold(b *testing.B) {
	var messages []claimwatch.Message
	for i := range 1000 {
		messages = append(messages, encode(b, decision(b, fmt.Sprint("c", i), sample(fmt.Sprint(i)), claimwatch.ActionNotify, 0, 1_772_400_000_000))...)
	}
	for b.Loop() {
		var s State
		foldAll(b, &s, messages)
	}
	b.ReportMetric(float64(b.N*len(messages))/b.Elapsed().Seconds(), "commands/s")
}

// BenchmarkTree is what the tree and the ledger cost beside the fold, for the
// same entries.
func BenchmarkTree(b *testing.B) {
	var s State
	entries := foldAll(b, &s, func() (messages []claimwatch.Message) {
		for i := range 1000 {
			messages = append(messages, encode(b, decision(b, fmt.Sprint("c", i), sample(fmt.Sprint(i)), claimwatch.ActionNotify, 0, 1_772_400_000_000))...)
		}
		return messages
	}())
	for b.Loop() {
		var l ledger
		for _, entry := range entries {
			l.add(entry, Command{FindingID: "f"}, entry.Body, nil)
		}
	}
	b.ReportMetric(float64(b.N*len(entries))/b.Elapsed().Seconds(), "commands/s")
}
