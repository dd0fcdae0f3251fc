package sink_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/sink"
	"claimwatch/ingest/wire"
)

func all(n int) func() int { return func() int { return n } }

func concat(lists ...[]claimwatch.Message) []claimwatch.Message { return slices.Concat(lists...) }

func TestPresentThatGoesBackTouchesEverybody(t *testing.T) {
	m := newMemory()
	f := &feed{batch: all(1)}
	f.log = numbered(concat(
		upload("r1", minute(0), false, []*claimwatch.Record{record("H1", "a", 1, "P1", minute(-10))}),
		upload("r2", minute(1), false, []*claimwatch.Record{record("H1", "b", 1, "P2", minute(-5))}),
		upload("r3", minute(2), false, []*claimwatch.Record{record("H1", "o1", 1, "P3", minute(-1))}),
	))
	run(t, m, f, nil)
	if got := m.clocks["H1"].Latest; got != minute(-5) {
		t.Fatalf("the clock stands at %s, want %s: orders do not move it", got, minute(-5))
	}
	before := m.touched["P1"]
	f.log = numbered(concat(f.log, upload("r4", minute(3), false,
		[]*claimwatch.Record{cancelled(record("H1", "b", 2, "P2", minute(-5)))})))
	run(t, m, f, nil)
	if got := m.clocks["H1"].Latest; got != minute(-10) {
		t.Errorf("the clock stands at %s, want %s after the record that held it was cancelled", got, minute(-10))
	}
	for _, person := range []claimwatch.Scope{"P1", "P3"} {
		if m.touched[person] <= before {
			t.Errorf("%s is not touched when the present goes back", person)
		}
	}
}

// TestPresentThatGoesBackSurvivesACrash dies after the clock went back and
// before the persons were published: the second reading must still touch them.
func TestPresentThatGoesBackSurvivesACrash(t *testing.T) {
	m := newMemory()
	f := &feed{batch: all(1)}
	f.log = numbered(concat(
		upload("r1", minute(0), false, []*claimwatch.Record{record("H1", "a", 1, "P1", minute(-10))}),
		upload("r2", minute(1), false, []*claimwatch.Record{record("H1", "b", 1, "P2", minute(-5))}),
	))
	run(t, m, f, nil)
	clear(m.touched)
	f.log = numbered(concat(f.log, upload("r4", minute(3), false,
		[]*claimwatch.Record{cancelled(record("H1", "b", 2, "P2", minute(-5)))})))
	died := false
	run(t, m, f, func(point string) bool {
		if point == "sink.inserted" && !died {
			died = true
			return true
		}
		return false
	})
	if !died || m.touched["P1"] != 1 || m.clocks["H1"].Latest != minute(-10) {
		t.Errorf("died %v, P1 touched %d times, clock %s", died, m.touched["P1"], m.clocks["H1"].Latest)
	}
}

// TestPresentThatGoesBackLeavesManyForLater: they are left once the clock says
// where it stands, again after a crash, and only those of the upload are live.
func TestPresentThatGoesBackLeavesManyForLater(t *testing.T) {
	m := newMemory()
	m.most = 2
	f := &feed{batch: all(1)}
	f.log = numbered(concat(
		upload("r1", minute(0), false, []*claimwatch.Record{
			record("H1", "a", 1, "P1", minute(-10)), record("H1", "b", 1, "P2", minute(-5)), record("H1", "c", 1, "P3", minute(-10)),
		}),
		upload("r2", minute(0), false, []*claimwatch.Record{record("H2", "a", 1, "P1", minute(-10)), record("H2", "b", 1, "P4", minute(-5))}),
	))
	run(t, m, f, nil)
	clear(m.touched)
	f.log = numbered(concat(
		f.log,
		upload("r3", minute(3), false, []*claimwatch.Record{cancelled(record("H1", "b", 2, "P2", minute(-5)))}),
		upload("r4", minute(3), false, []*claimwatch.Record{cancelled(record("H2", "b", 2, "P4", minute(-5)))}),
	))
	died := false
	run(t, m, f, func(point string) bool {
		dies := point == "sink.inserted" && !died
		died = died || dies
		return dies
	})
	want := left{[]claimwatch.Scope{"P1", "P2", "P3"}, minute(-10)}
	if diff := cmp.Diff(m.later, []left{want, want}, cmp.AllowUnexported(left{})); diff != "" {
		t.Errorf("left for later (-got, +want):\n%s", diff)
	}
	// The two of H2 are few.
	if diff := cmp.Diff(m.touched, map[claimwatch.Scope]int{"inst:H1": 1, "P2": 1, "inst:H2": 1, "P1": 1, "P4": 1}); diff != "" {
		t.Errorf("touched live (-got, +want):\n%s", diff)
	}

	m.fail = func(operation string, after bool) error {
		if operation == "later" && !after && len(m.later) == 2 {
			return errStore
		}
		return nil
	}
	clear(m.touched)
	f.log = numbered(concat(f.log, upload("r5", minute(4), false, []*claimwatch.Record{cancelled(record("H1", "a", 2, "P1", minute(-10)))})))
	cfg := m.config()
	cfg.Now = func() time.Time { return base.Time() }
	cfg.Consume = f.consume
	s, err := sink.New(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context()); !errors.Is(err, errStore) || len(m.touched) != 0 {
		t.Errorf("touched %v although those for later are lost; Run() error:\n%+v", m.touched, err)
	}
}

func TestAtomicUploadIsVisibleWithItsLastChunk(t *testing.T) {
	m := newMemory()
	f := &feed{batch: all(1)}
	atomic := upload("r1", minute(0), true,
		[]*claimwatch.Record{record("H1", "a", 1, "P1", minute(-3))}, []*claimwatch.Record{record("H1", "b", 1, "P1", minute(-2))})
	between := upload("r2", minute(0), false, []*claimwatch.Record{record("H1", "a", 1, "P1", minute(-9))})
	f.log = numbered(atomic[:1])
	s := run(t, m, f, nil)
	if len(m.rows) != 0 || f.committed[1] != 0 || m.progress["records"][1].Next != 0 {
		t.Errorf("%d rows, committed %d, progress %d before the last chunk", len(m.rows), f.committed[1], m.progress["records"][1].Next)
	}
	if got := s.Handled()[1]; got != 1 {
		t.Errorf("handled up to %d, want 1: nobody was told that the chunk is accepted", got)
	}
	f.log = numbered(concat(atomic[:1], between, atomic[1:]))
	run(t, m, f, nil)
	// What came between the chunks was visible first, so it stays and the whole
	// atomic upload is refused.
	if len(m.rows) != 1 || m.rows[claimwatch.Position{Partition: 1, Offset: 1}].Record == nil {
		t.Errorf("rows %v, want only the one between the chunks", m.rows)
	}
	want := []claimwatch.Refusal{{Index: 0, RecordID: "a", Code: claimwatch.CodeConflict}, {Index: 1, RecordID: "b", Code: claimwatch.CodeConflict}}
	var got []claimwatch.Refusal
	for chunk := range 2 {
		for _, r := range m.parts[fmt.Sprint("r1 ", chunk)].Refused {
			r.Message = ""
			got = append(got, r)
		}
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("refused (-got, +want):\n%s", diff)
	}
	if len(m.quarantined) != 1 || f.committed[1] != 3 {
		t.Errorf("%d in quarantine, committed %d, want the faulty record alone, 3", len(m.quarantined), f.committed[1])
	}
}

func TestUnfinishedAtomicUploadIsGivenUp(t *testing.T) {
	for minutes, want := range map[int]int64{5: 0, 6: 2} {
		m := newMemory()
		f := &feed{batch: all(1)}
		f.log = numbered(concat(
			upload("r1", minute(0), true, []*claimwatch.Record{record("H1", "a", 1, "P1", minute(-3))}, []*claimwatch.Record{record("H1", "b", 1, "P1", minute(-2))})[:1],
			upload("r2", minute(minutes), false, []*claimwatch.Record{record("H1", "c", 1, "P1", minute(-3))}),
		))
		run(t, m, f, nil)
		if got := m.progress["records"][1].Next; got != want || len(m.rows) != 1 {
			t.Errorf("after %d minutes progress %d, %d rows, want %d, 1", minutes, got, len(m.rows), want)
		}
	}
}

func TestReceptionNeverGoesBack(t *testing.T) {
	m := newMemory()
	f := &feed{batch: all(1)}
	var uploads []claimwatch.Message
	for i, at := range []int{10, 3, 12, 11} { // the door's host clock jumped
		uploads = append(uploads, upload(fmt.Sprint("r", i), minute(at), false,
			[]*claimwatch.Record{record("H1", fmt.Sprint("a", i), 1, "P1", minute(0))})...)
	}
	f.log = numbered(uploads)
	run(t, m, f, nil)
	for offset, want := range []int{10, 10, 12, 12} {
		if got := m.rows[claimwatch.Position{Partition: 1, Offset: int64(offset)}].ReceivedAt; got != minute(want) {
			t.Errorf("record %d was received at %s, want %s", offset, got, minute(want))
		}
	}
}

func TestPoisonNeverStopsTheLine(t *testing.T) {
	good := upload("r1", minute(0), false, []*claimwatch.Record{record("H1", "a", 1, "P1", minute(-3))})[0]
	with := func(change func(m *claimwatch.Message)) claimwatch.Message {
		bad := good
		bad.Headers = map[string]string{}
		for k, v := range good.Headers {
			bad.Headers[k] = v
		}
		change(&bad)
		return bad
	}
	poison := []claimwatch.Message{
		with(func(m *claimwatch.Message) { m.Value = nil }),
		with(func(m *claimwatch.Message) { m.Value = []byte{} }),
		with(func(m *claimwatch.Message) { m.Headers = nil }),
		with(func(m *claimwatch.Message) { m.Key = nil }),
		with(func(m *claimwatch.Message) { m.Value = make([]byte, 900_000) }),
		with(func(m *claimwatch.Message) { m.Value = []byte("0\t{\"kind\":\"fee\"}\n1\tnull\n\xff\xfe\n") }),
		with(func(m *claimwatch.Message) { m.Key = []byte("X1") }),
	}
	m := newMemory()
	f := &feed{batch: all(100)}
	f.log = numbered(append(poison, good))
	wrong := with(func(m *claimwatch.Message) { m.Headers["receipt"] = "r9" })
	wrong.Topic, wrong.Partition, wrong.Offset, wrong.Time = claimwatch.TopicRecords, 0, 100, base.Time()
	f.log = append(f.log, wrong) // H1 belongs to partition 1
	s := run(t, m, f, nil)
	if len(m.rows) != 1 {
		t.Errorf("%d rows, want the good record", len(m.rows))
	}
	codes := make(map[claimwatch.Code]int)
	for _, q := range m.quarantined {
		codes[q.Refusal.Code]++
	}
	want := map[claimwatch.Code]int{
		claimwatch.CodeEmpty: 2, claimwatch.CodeFormat: 1, claimwatch.CodeSyntax: 2, claimwatch.CodeMissing: 1, claimwatch.CodeType: 1,
		claimwatch.CodeInstitutionMismatch: 3, // no key, another key, another partition
	}
	if diff := cmp.Diff(codes, want); diff != "" {
		t.Errorf("quarantined by code (-got, +want):\n%s", diff)
	}
	if got := s.Handled()[0]; got != 101 {
		t.Errorf("handled up to %d, want 101", got)
	}
}

func TestNewIdentitiesAreNotLookedUp(t *testing.T) {
	m := newMemory()
	var records []*claimwatch.Record
	for i := range 1000 {
		records = append(records, record("H1", fmt.Sprint("n", i), 1, "P1", minute(-1)))
	}
	f := &feed{batch: all(1), log: numbered(upload("r1", minute(0), false, records))}
	run(t, m, f, nil)
	if m.lookedUp > 5 {
		t.Errorf("%d of 1000 new identities were looked up", m.lookedUp)
	}
	f.log = numbered(concat(f.log, upload("r2", minute(1), false, records)))
	run(t, m, f, nil)
	if m.lookedUp < 1000 || m.parts["r2 0"].Duplicate != 1000 || len(m.rows) != 1000 {
		t.Errorf("%d looked up, %+v, %d rows, want 1000 duplicates", m.lookedUp, m.parts["r2 0"], len(m.rows))
	}
}

// TestOrderOfSteps has each step fail: nothing of a later one may have happened.
func TestOrderOfSteps(t *testing.T) {
	want := []string{"keys", "records", "conflicts", "parts", "clocks", "quarantine", "touched", "progress", "commit", "settled"}
	for failing := 1; failing < len(want)-1; failing++ {
		m := newMemory()
		var seen []string
		m.fail = func(operation string, after bool) error {
			if operation == "load" || operation == "lookup" {
				return nil
			}
			if !after && operation == want[failing] {
				return errStore
			}
			if after {
				seen = append(seen, operation)
			}
			return nil
		}
		cfg := m.config()
		cfg.Now = func() time.Time { return base.Time() }
		cfg.Settled = func(claimwatch.ReceiptPart) { seen = append(seen, "settled") }
		log := numbered(upload("r1", minute(0), false, []*claimwatch.Record{
			record("H1", "a", 1, "P1", minute(-3)), record("H1", "a", 1, "P1", minute(-4)),
		}))
		cfg.Consume = func(ctx context.Context, s wire.Subscription) error {
			if _, err := s.Start(ctx, []int{0, 1}); err != nil {
				return err
			}
			return s.Handle(ctx, log, func(context.Context, map[int]int64) error {
				if want[failing] == "commit" {
					return errStore
				}
				seen = append(seen, "commit")
				return nil
			})
		}
		s, err := sink.New(cfg, zap.NewNop(), prometheus.NewRegistry())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(t.Context()); !errors.Is(err, errStore) {
			t.Errorf("%s fails: error %v, want it passed up", want[failing], err)
		}
		if diff := cmp.Diff(seen, want[:failing]); diff != "" {
			t.Errorf("%s fails: steps (-got, +want):\n%s", want[failing], diff)
		}
	}
}

func TestMetricsAddUp(t *testing.T) {
	m := newMemory()
	registry := prometheus.NewRegistry()
	cfg := m.config()
	cfg.Now = func() time.Time { return minute(1).Time() }
	f := &feed{batch: all(100), committed: map[int]int64{}}
	f.log = numbered(concat(
		upload("r1", minute(0), false, []*claimwatch.Record{
			record("H1", "a", 1, "P1", minute(-3)), record("H1", "a", 1, "P1", minute(-3)), record("H1", "a", 1, "P1", minute(-4)),
			record("H1", "a", 2, "P2", minute(-3)), record("H1", "o", 1, "P1", minute(-3)),
		}),
		upload("r2", minute(0), true, []*claimwatch.Record{record("H1", "a", 1, "P1", minute(-4)), record("H1", "b", 1, "P1", minute(-4))}),
	))
	cfg.Consume = f.consume
	s, err := sink.New(cfg, zap.NewNop(), registry)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{
		"care_record accepted": 1, "care_record duplicate": 1, "care_record conflict": 2, "care_record identity_changed": 1,
		"care_record withheld": 1, "order accepted": 1,
	}
	got, atomics := make(map[string]float64), 0
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			switch family.GetName() {
			case "claimwatch_sink_records_total":
				got[metric.GetLabel()[0].GetValue()+" "+metric.GetLabel()[1].GetValue()] = metric.GetCounter().GetValue()
			case "claimwatch_sink_atomic_uploads_total":
				if metric.GetLabel()[0].GetValue() == "refused" && metric.GetCounter().GetValue() != 1 {
					t.Errorf("%v atomic uploads refused, want 1", metric.GetCounter().GetValue())
				}
				atomics++
			case "claimwatch_sink_received_to_stored_seconds":
				if h := metric.GetHistogram(); h.GetSampleCount() != 2 || h.GetSampleSum() != 120 {
					t.Errorf("%d delays of %v s together, want 2 of 120", h.GetSampleCount(), h.GetSampleSum())
				}
			}
		}
	}
	if atomics == 0 {
		t.Error("atomic uploads are not counted")
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("records by kind and outcome (-got, +want):\n%s", diff)
	}
}

func TestNewRefusesAnIncompleteConfiguration(t *testing.T) {
	if _, err := sink.New(sink.Config{}, zap.NewNop(), prometheus.NewRegistry()); err == nil {
		t.Error("New() takes an empty configuration")
	}
}
