package sink_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/sink"
	"claimwatch/ingest/wire"
)

const partitions = 2

var base = claimwatch.InstantOf(time.Date(2026, 3, 1, 9, 0, 0, 0, claimwatch.Shanghai))

func partitionOf(key []byte) int {
	if len(key) == 0 {
		return 0
	}
	return int(key[len(key)-1]) % partitions
}

func keyOf(id claimwatch.Identity) [16]byte {
	sum := sha256.Sum256([]byte(id.InstitutionID + "|" + id.Kind.String() + "|" + id.RecordID))
	return [16]byte(sum[:16])
}

func minute(n int) claimwatch.Instant { return base + claimwatch.Instant(n)*60_000 }

// record is a care record (moves the clock), or an order when its id begins with o.
func record(institution, id string, revision int32, person string, at claimwatch.Instant) *claimwatch.Record {
	r := &claimwatch.Record{
		Kind: claimwatch.CareRecord, Revision: revision, RecordID: id, InstitutionID: institution, PersonID: person,
		StayID: "S-" + person, OccurredAt: at, Values: []claimwatch.Value{{Text: "round", Set: true}, {}},
	}
	if id[0] == 'o' {
		r.Kind = claimwatch.Order
		r.Values = make([]claimwatch.Value, len(claimwatch.Order.Fields()))
		set := func(name, text string) {
			r.Values[claimwatch.Order.Slot(name)] = claimwatch.Value{Text: text, Set: true}
		}
		set("class", "drug")
		set("item_code", "X")
		set("physician_id", "D")
	}
	return r
}

func cancelled(r *claimwatch.Record) *claimwatch.Record { r.Cancelled = true; return r }

// upload makes the messages of an upload, one for each list of records.
func upload(receipt string, at claimwatch.Instant, atomic bool, chunks ...[]*claimwatch.Record) []claimwatch.Message {
	var messages []claimwatch.Message
	index := 0
	for i, records := range chunks {
		var packed wire.Records
		for _, r := range records {
			packed.Add(index, r)
			index++
		}
		m := packed.Messages(claimwatch.Upload{
			ReceiptID: receipt, InstitutionID: records[0].InstitutionID, ReceivedAt: at, Atomic: atomic,
		})[0]
		m.Headers["chunk"] = fmt.Sprintf("%d/%d", i, len(chunks))
		messages = append(messages, m)
	}
	return messages
}

// numbered gives messages their partition, offset and time, as the log does.
func numbered(messages []claimwatch.Message) []claimwatch.Message {
	next := make(map[int]int64)
	out := make([]claimwatch.Message, len(messages))
	for i, m := range messages {
		m.Topic, m.Partition = claimwatch.TopicRecords, partitionOf(m.Key)
		m.Offset, m.Time = next[m.Partition], base.Time().Add(time.Duration(i)*time.Second)
		next[m.Partition]++
		out[i] = m
	}
	return out
}

// crash is what the process dies of.
type crash struct{ point string }

// feed drives sinks over a log as the stream does: batches in order, the same
// one again after an error, and from the smaller of commit and table with a new
// sink after a crash.
type feed struct {
	log       []claimwatch.Message
	committed map[int]int64
	batch     func() int // size of the next batch
	retries   int
}

func (f *feed) consume(ctx context.Context, s wire.Subscription) error {
	known, err := s.Start(ctx, []int{0, 1})
	for err != nil {
		if f.retries++; f.retries > 10_000 {
			return err
		}
		known, err = s.Start(ctx, []int{0, 1})
	}
	var rest []claimwatch.Message
	for _, m := range f.log {
		from, committed := f.committed[m.Partition]
		if next, ok := known[m.Partition]; ok && (!committed || next < from) {
			from = next
		}
		if m.Offset >= from {
			rest = append(rest, m)
		}
	}
	for len(rest) > 0 {
		n := min(max(f.batch(), 1), len(rest))
		err := s.Handle(ctx, rest[:n], func(_ context.Context, next map[int]int64) error {
			for p, offset := range next {
				f.committed[p] = max(f.committed[p], offset)
			}
			return nil
		})
		if err != nil {
			if f.retries++; f.retries > 10_000 {
				return err
			}
			continue
		}
		rest = rest[n:]
	}
	return nil
}

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Context() context.Context
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// run consumes the whole log; die is asked at every crash point.
func run(t tester, m *memory, f *feed, die func(point string) bool) *sink.Sink {
	t.Helper()
	if f.committed == nil {
		f.committed = make(map[int]int64)
	}
	for range 1000 {
		cfg := m.config()
		cfg.Consume = f.consume
		cfg.Now = func() time.Time { return base.Time() }
		cfg.Crash = func(point string) {
			if die != nil && die(point) {
				panic(crash{point})
			}
		}
		s, err := sink.New(cfg, zap.NewNop(), prometheus.NewRegistry())
		if err != nil {
			t.Fatal(err)
		}
		if !died(t, s) {
			return s
		}
	}
	t.Fatal("the sink dies again and again")
	return nil
}

func died(t tester, s *sink.Sink) (dead bool) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(crash); !ok {
				panic(r)
			}
			dead = true
		}
	}()
	if err := s.Run(t.Context()); err != nil {
		t.Fatalf("Run() error:\n%+v", err)
	}
	return false
}

var errStore = errors.New("store does not answer")
