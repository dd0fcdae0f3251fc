package quarantine_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/quarantine"
	"claimwatch/ingest/wire"
)

var at = claimwatch.InstantOf(time.Date(2026, 3, 1, 9, 0, 0, 0, claimwatch.Shanghai))

// shelf notes what is stored, and fails when told to.
type shelf struct {
	items    map[string]claimwatch.Quarantined
	uploads  map[string]claimwatch.Upload
	progress map[int]claimwatch.Progress
	fail     error
	steps    []string
}

func (s *shelf) InsertQuarantined(_ context.Context, items []claimwatch.Quarantined, uploads map[string]claimwatch.Upload) error {
	s.steps = append(s.steps, "insert")
	for _, item := range items {
		s.items[item.ID] = item
	}
	for id, u := range uploads {
		s.uploads[id] = u
	}
	return s.fail
}

func (s *shelf) SaveProgress(_ context.Context, consumer string, progress map[int]claimwatch.Progress) error {
	s.steps = append(s.steps, "progress of "+consumer)
	s.progress = progress
	return nil
}

func (s *shelf) LoadProgress(context.Context, string) (map[int]claimwatch.Progress, error) {
	return s.progress, nil
}

func newShelf() *shelf {
	return &shelf{items: make(map[string]claimwatch.Quarantined), uploads: make(map[string]claimwatch.Upload)}
}

func refused(t *testing.T) claimwatch.Message {
	t.Helper()
	var packed wire.Quarantine
	err := packed.Add(claimwatch.Quarantined{
		ID: wire.DoorID("r1", 3), Raw: []byte("{"), Refusal: claimwatch.Refusal{Index: 3, Code: claimwatch.CodeSyntax, Message: "m"},
	})
	if err != nil {
		t.Fatal(err)
	}
	m := packed.Messages(claimwatch.Upload{ReceiptID: "r1", InstitutionID: "H1", ReceivedAt: at, Chunks: 2, Refused: 1})[0]
	m.Partition, m.Offset, m.Time = 1, 7, at.Time()
	return m
}

// serve runs one batch through a consumer.
func serve(t *testing.T, s *shelf, registry *prometheus.Registry, msgs ...claimwatch.Message) (*quarantine.Quarantine, map[int]int64, error) {
	t.Helper()
	var start map[int]int64
	var failed error
	q, err := quarantine.New(quarantine.Config{
		Store: s, Now: func() time.Time { return at.Time() },
		Consume: func(ctx context.Context, sub wire.Subscription) error {
			var err error
			if start, err = sub.Start(ctx, []int{1}); err != nil {
				return err
			}
			failed = sub.Handle(ctx, msgs, func(_ context.Context, next map[int]int64) error {
				s.steps = append(s.steps, "commit")
				return nil
			})
			return nil
		},
	}, zap.NewNop(), registry)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return q, start, failed
}

func TestItemsReachTheStore(t *testing.T) {
	s, registry := newShelf(), prometheus.NewRegistry()
	m := refused(t)
	q, _, err := serve(t, s, registry, m)
	if err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	want := map[string]claimwatch.Quarantined{"q_r1_3": {
		ID: "q_r1_3", InstitutionID: "H1", ReceivedAt: at, ReceiptID: "r1", Raw: []byte("{"),
		Refusal: claimwatch.Refusal{Index: 3, Code: claimwatch.CodeSyntax, Message: "m"},
	}}
	if diff := cmp.Diff(s.items, want); diff != "" {
		t.Errorf("items (-got, +want):\n%s", diff)
	}
	upload := claimwatch.Upload{ReceiptID: "r1", InstitutionID: "H1", ReceivedAt: at, Chunks: 2, Refused: 1}
	if diff := cmp.Diff(s.uploads, map[string]claimwatch.Upload{"r1": upload}); diff != "" {
		t.Errorf("uploads (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(s.steps, []string{"insert", "progress of quarantine", "commit"}); diff != "" {
		t.Errorf("steps (-got, +want):\n%s", diff)
	}
	if got := q.Handled()[1]; got != 8 {
		t.Errorf("handled up to %d, want 8", got)
	}
	if n, err := testutil.GatherAndCount(registry, "claimwatch_quarantine_items_total"); n != 1 || err != nil {
		t.Errorf("%d counters, error %v, want 1", n, err)
	}
	_, start, err := serve(t, s, prometheus.NewRegistry(), m)
	if err != nil || start[1] != 8 || len(s.items) != 1 {
		t.Errorf("second time: begins at %d, %d items, error %v, want 8, 1", start[1], len(s.items), err)
	}
}

func TestPoisonIsQuarantinedItself(t *testing.T) {
	good := refused(t)
	noVersion, tombstone, torn, foreign := good, good, good, good
	noVersion.Headers, noVersion.Offset = nil, 8
	tombstone.Value, tombstone.Offset = nil, 9
	torn.Value, torn.Offset = append(append([]byte{}, good.Value...), "{torn"...), 10
	foreign.Key, foreign.Offset = []byte("\x00"), 11
	s := newShelf()
	if _, _, err := serve(t, s, prometheus.NewRegistry(), noVersion, tombstone, torn, foreign); err != nil {
		t.Fatalf("Handle() error:\n%+v", err)
	}
	codes := make(map[string]claimwatch.Code)
	for id, item := range s.items {
		codes[id] = item.Refusal.Code
	}
	want := map[string]claimwatch.Code{
		"q_q1_8": claimwatch.CodeFormat, "q_q1_9": claimwatch.CodeEmpty, "q_q1_10": claimwatch.CodeSyntax, "q_r1_3": claimwatch.CodeSyntax,
	}
	if diff := cmp.Diff(codes, want); diff != "" {
		t.Errorf("items (-got, +want):\n%s", diff)
	}
}

func TestStoreThatFailsStopsTheLine(t *testing.T) {
	s := newShelf()
	s.fail = errors.New("down")
	q, _, err := serve(t, s, prometheus.NewRegistry(), refused(t))
	if !errors.Is(err, s.fail) {
		t.Errorf("Handle() error:\n%+v\nwant it passed up", err)
	}
	if diff := cmp.Diff(s.steps, []string{"insert"}); diff != "" {
		t.Errorf("steps (-got, +want):\n%s", diff)
	}
	if got := q.Handled()[1]; got != 0 {
		t.Errorf("handled up to %d, want 0", got)
	}
}
