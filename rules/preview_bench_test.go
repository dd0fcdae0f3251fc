package rules_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"claimwatch"
	"claimwatch/province"
	"claimwatch/rules/preview"
)

// BenchmarkForesee asks about a line of a stay of 200 lines that is stored, in a
// simulated province, and about the whole stay before any of it is stored.
func BenchmarkForesee(b *testing.B) {
	p := simulate(b, province.Config{Seed: 9, Persons: 200, Days: 60})
	insert(b, p.testStore, p.records)
	asOf := p.log.Until
	stay := make([]*claimwatch.Record, 0, 201)
	for _, s := range p.records { // whatever one person of the province has, again under names of its own
		if r := *s.Record; r.PersonID == p.records[0].Record.PersonID || len(stay) > 0 {
			r.PersonID, r.StayID, r.InstitutionID = "bench", "bench", p.records[0].Record.InstitutionID
			r.RecordID = fmt.Sprint("bench-", len(stay))
			if stay = append(stay, &r); len(stay) == 201 {
				break
			}
		}
	}
	foresight := previewOf(b, p.testStore, &asOf)
	ask := func(b *testing.B, records []*claimwatch.Record) {
		var took []time.Duration
		q := preview.Question{InstitutionID: stay[0].InstitutionID, Records: records, ReceivedAt: asOf}
		for range 4 { // both slices open, and know the items
			if _, err := foresight.Foresee(b.Context(), q); err != nil {
				b.Fatalf("Foresee() error:\n%+v", err)
			}
		}
		before := cpu(b)
		defer func() { b.ReportMetric(float64((cpu(b)-before).Microseconds())/1000/float64(b.N), "cpu-ms/op") }()
		for b.Loop() {
			began := time.Now()
			if _, err := foresight.Foresee(b.Context(), q); err != nil {
				b.Fatalf("Foresee() error:\n%+v", err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	}
	b.Run("whole", func(b *testing.B) { ask(b, stay[:200]) })
	var stored []claimwatch.Stored
	for i, r := range stay[:200] {
		stored = append(stored, claimwatch.Stored{Record: r, Hash: r.ContentHash(), Position: claimwatch.Position{Offset: int64(10_000_000 + i)}, ReceivedAt: asOf})
	}
	insert(b, p.testStore, stored)
	b.Run("line", func(b *testing.B) { ask(b, stay[200:]) })
}

// cpu is what this process has used, the engine included.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		b.Fatalf("Getrusage() error:\n%+v", err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
