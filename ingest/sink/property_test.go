package sink_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/ingest/wire"
)

// drawLog makes a log with everything that may stand in one: revisions in any
// order, duplicates, conflicts, changed persons, cancellations, atomic uploads
// with other uploads between their chunks, unfinished ones, copies of messages
// and poison.
func drawLog(t *rapid.T) []claimwatch.Message {
	queues := make(map[string][][]claimwatch.Message)
	institutions := []string{"H1", "H2", "H3"}
	at := 0
	for i := range rapid.IntRange(1, 14).Draw(t, "uploads") {
		institution := rapid.SampledFrom(institutions).Draw(t, "institution")
		at += rapid.IntRange(-1, 3).Draw(t, "minutes")
		atomic := rapid.Bool().Draw(t, "atomic")
		chunks := make([][]*claimwatch.Record, rapid.IntRange(1, 3).Draw(t, "chunks"))
		for c := range chunks {
			for range rapid.IntRange(1, 4).Draw(t, "records") {
				chunks[c] = append(chunks[c], drawRecord(t, institution))
			}
		}
		messages := upload(fmt.Sprintf("r%d", i), minute(at), atomic, chunks...)
		if rapid.IntRange(0, 5).Draw(t, "unfinished") == 0 {
			messages = messages[:len(messages)-1]
		}
		if rapid.IntRange(0, 7).Draw(t, "poisoned") == 0 && len(messages) > 0 {
			messages[0] = spoil(t, messages[0])
		}
		if rapid.IntRange(0, 5).Draw(t, "copied") == 0 {
			messages = append(messages, messages...)
		}
		queues[institution] = append(queues[institution], messages)
	}
	var log []claimwatch.Message
	for _, institution := range institutions { // each as a braid of its uploads
		for len(queues[institution]) > 0 {
			n := rapid.IntRange(0, min(1, len(queues[institution])-1)).Draw(t, "which")
			q := queues[institution][n]
			if len(q) == 0 {
				queues[institution] = slices.Delete(queues[institution], n, n+1)
				continue
			}
			log = append(log, q[0])
			queues[institution][n] = q[1:]
		}
	}
	return numbered(log)
}

func drawRecord(t *rapid.T, institution string) *claimwatch.Record {
	r := record(institution, rapid.SampledFrom([]string{"a", "b", "c", "o"}).Draw(t, "id"),
		int32(rapid.IntRange(1, 3).Draw(t, "revision")), rapid.SampledFrom([]string{"P1", "P1", "P1", "P2"}).Draw(t, "person"),
		minute(rapid.IntRange(-3, 0).Draw(t, "at")))
	r.Cancelled = rapid.IntRange(0, 3).Draw(t, "cancelled") == 0
	return r
}

func spoil(t *rapid.T, m claimwatch.Message) claimwatch.Message {
	m.Headers = maps.Clone(m.Headers)
	switch rapid.IntRange(0, 4).Draw(t, "how") {
	case 0:
		m.Value = nil
	case 1:
		m.Headers["v"] = "9"
	case 2:
		m.Value = append([]byte("7\tnonsense\nno number\n"), m.Value...)
	case 3:
		m.Key = []byte("not an institution")
	case 4:
		m.Key = append(slices.Clone(m.Key), 'x') // every record names another
	}
	return m
}

// outcome is what must be the same whatever happens on the way.
type outcome struct {
	Rows        map[claimwatch.Position]claimwatch.Stored
	Parts       map[string]claimwatch.ReceiptPart
	Clocks      map[string]claimwatch.Instant
	Touched     []claimwatch.Scope
	Quarantined map[string]claimwatch.Quarantined
	Conflicts   map[claimwatch.Position]claimwatch.Conflict
	Progress    map[int]claimwatch.Progress
}

func outcomeOf(m *memory) outcome {
	o := outcome{
		Rows: m.rows, Parts: m.parts, Clocks: make(map[string]claimwatch.Instant), Touched: slices.Sorted(maps.Keys(m.touched)),
		Quarantined: m.quarantined, Conflicts: m.conflicts, Progress: m.progress["records"],
	}
	for institution, clock := range m.clocks {
		if clock.Latest != 0 {
			o.Clocks[institution] = clock.Latest
		}
	}
	return o
}

// TestSinkIsAFunctionOfTheLog compares the sink with the model, and every way
// of reading a log with reading it at once: batch borders, stores that fail
// before and after doing what they were asked, and crashes at every point.
func TestSinkIsAFunctionOfTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := drawLog(t)
		calm := newMemory()
		run(t, calm, &feed{log: log, batch: func() int { return len(log) }}, nil)
		if diff := cmp.Diff(outcomeOf(calm), modelOf(log), cmpopts.IgnoreFields(claimwatch.Refusal{}, "Message"), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("sink and model (-got, +want):\n%s", diff)
		}
		weather := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "weather"), 1))
		faults, deaths := 20, 10
		stormy := newMemory()
		stormy.fail = func(operation string, _ bool) error {
			if faults == 0 || weather.IntN(8) > 0 {
				return nil
			}
			faults--
			return fmt.Errorf("%s: %w", operation, errStore)
		}
		die := func(string) bool {
			if deaths == 0 || weather.IntN(6) > 0 {
				return false
			}
			deaths--
			return true
		}
		run(t, stormy, &feed{log: log, batch: func() int { return 1 + weather.IntN(6) }}, die)
		if len(stormy.differing) > 0 {
			t.Fatalf("rows came again with other content:\n%v", stormy.differing)
		}
		if diff := cmp.Diff(outcomeOf(stormy), outcomeOf(calm), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("disturbed and undisturbed (-got, +want):\n%s", diff)
		}
	})
}

// modelOf reads a log record by record with nothing but lists and loops.
func modelOf(log []claimwatch.Message) outcome {
	m := model{
		outcome: outcome{
			Rows: make(map[claimwatch.Position]claimwatch.Stored), Parts: make(map[string]claimwatch.ReceiptPart),
			Clocks: make(map[string]claimwatch.Instant), Quarantined: make(map[string]claimwatch.Quarantined),
			Conflicts: make(map[claimwatch.Position]claimwatch.Conflict),
			Progress:  make(map[int]claimwatch.Progress),
		},
		touched: make(map[claimwatch.Scope]bool),
	}
	for p := range partitions {
		m.partition(p, log)
	}
	m.Touched = slices.Sorted(maps.Keys(m.touched))
	if len(m.Parts) == 0 {
		m.Parts = make(map[string]claimwatch.ReceiptPart)
	}
	return m.outcome
}

type model struct {
	outcome
	touched map[claimwatch.Scope]bool
}

type open struct {
	first  claimwatch.Progress // where reading would begin again
	at     claimwatch.Instant
	name   string
	chunks map[int]claimwatch.Message
}

func (m *model) partition(number int, log []claimwatch.Message) {
	var floor claimwatch.Instant
	var next int64 = -1
	var opens []*open
	for _, msg := range log {
		if msg.Partition != number {
			continue
		}
		next = msg.Offset + 1
		u, err := wire.ReadUpload(msg)
		if err != nil {
			m.quarantine(u, claimwatch.Position{Partition: int32(number), Offset: msg.Offset}, claimwatch.Refusal{Code: claimwatch.CodeOf(err)}, msg.Value, err)
			continue
		}
		before := floor
		floor = max(floor, u.ReceivedAt)
		opens = slices.DeleteFunc(opens, func(o *open) bool { return u.ReceivedAt-o.at > 5*60_000 })
		if !u.Atomic || u.Chunks == 1 {
			m.unit([]claimwatch.Message{msg}, floor)
			continue
		}
		name := u.InstitutionID + " " + u.ReceiptID
		i := slices.IndexFunc(opens, func(o *open) bool { return o.name == name })
		if i < 0 {
			i = len(opens)
			opens = append(opens, &open{
				first: claimwatch.Progress{Next: msg.Offset, ReceivedAt: before}, at: u.ReceivedAt, name: name,
				chunks: make(map[int]claimwatch.Message),
			})
		}
		o := opens[i]
		if _, copied := o.chunks[u.Chunk]; copied {
			continue
		}
		o.chunks[u.Chunk] = msg
		if u.Chunk == u.Chunks-1 {
			opens = slices.Delete(opens, i, i+1)
			if len(o.chunks) == u.Chunks {
				var whole []claimwatch.Message
				for c := range u.Chunks {
					whole = append(whole, o.chunks[c])
				}
				m.unit(whole, floor)
			}
		}
	}
	if next >= 0 {
		m.Progress[number] = claimwatch.Progress{Next: next, ReceivedAt: floor}
		if len(opens) > 0 {
			m.Progress[number] = opens[0].first
		}
	}
}
