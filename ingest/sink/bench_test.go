package sink_test

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/sink"
	"claimwatch/ingest/wire"
)

// void takes everything and knows nothing: what is measured is the sink alone.
type void struct{ *memory }

func (void) InsertRecords(context.Context, []claimwatch.Stored) error           { return nil }
func (void) InsertReceiptParts(context.Context, []claimwatch.ReceiptPart) error { return nil }
func (void) writeNothing(context.Context, ...claimwatch.Message) error          { return nil }
func (void) SaveClocks(context.Context, []claimwatch.Clock, int64) error        { return nil }
func (void) LookupIdentities(_ context.Context, ids []claimwatch.Identity) (map[claimwatch.Identity][]claimwatch.Known, error) {
	return nil, nil
}

// feeLine is a fee as hospitals send it, with half of the optional fields.
func feeLine(institution string, n int) *claimwatch.Record {
	r := &claimwatch.Record{
		Kind: claimwatch.Fee, Revision: 1, RecordID: fmt.Sprintf("F20260301-%08d", n), InstitutionID: institution,
		PersonID: fmt.Sprintf("P%07d", n%20_000), StayID: fmt.Sprintf("ZY2026%06d", n%20_000),
		OccurredAt: base - claimwatch.Instant(n%86_400_000),
		Values:     make([]claimwatch.Value, len(claimwatch.Fee.Fields())),
	}
	text := func(name, value string) {
		r.Values[claimwatch.Fee.Slot(name)] = claimwatch.Value{Text: value, Set: true}
	}
	number := func(name string, value int64) {
		r.Values[claimwatch.Fee.Slot(name)] = claimwatch.Value{Num: value, Set: true}
	}
	text("item_code", "330100005")
	text("item_name", "注射用头孢曲松钠")
	text("category", "drug")
	number("quantity", 20_000)
	number("unit_price", 12_800_000)
	number("amount", 2560)
	text("order_id", fmt.Sprintf("YZ%08d", n/3))
	text("physician_id", "D00017")
	text("department", "骨科一病区")
	return r
}

// cpuTime is what the process has used, the collector included: on a machine
// that others use too it says more than the clock.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkSink measures records a second through the sink without the store:
// new records, each in one message of 900 KB.
func BenchmarkSink(b *testing.B) {
	const perBatch = 20_000
	cfg := newMemory().config()
	nothing := void{newMemory()}
	cfg.Facts, cfg.Ledger, cfg.Clocks = nothing, nothing, nothing
	cfg.WriteTouched, cfg.WriteQuarantine = nothing.writeNothing, nothing.writeNothing
	cfg.Now = time.Now
	var handle func(context.Context, []claimwatch.Message, wire.Commit) error
	cfg.Consume = func(ctx context.Context, s wire.Subscription) error {
		handle = s.Handle
		_, err := s.Start(ctx, []int{0, 1})
		return err
	}
	s, err := sink.New(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Run(b.Context()); err != nil {
		b.Fatal(err)
	}
	bytes, n := 0, 0
	var cpu time.Duration
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		var packed wire.Records
		for i := range perBatch {
			packed.Add(i, feeLine("H1", n))
			n++
		}
		messages := numbered(packed.Messages(claimwatch.Upload{ReceiptID: "r", InstitutionID: "H1", ReceivedAt: base}))
		for i := range messages {
			messages[i].Offset = int64(n + i)
			bytes += len(messages[i].Value)
		}
		b.StartTimer()
		began := cpuTime(b)
		if err := handle(b.Context(), messages, func(context.Context, map[int]int64) error { return nil }); err != nil {
			b.Fatal(err)
		}
		cpu += cpuTime(b) - began
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(n)/cpu.Seconds(), "records/cpu-s")
	b.ReportMetric(float64(bytes)/float64(n), "B/record")
}
