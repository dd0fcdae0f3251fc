package figures

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"claimwatch"
)

// TestKeeper: figures are read once while they are fresh, and once more behind the
// back of whoever asks afterwards.
func TestKeeper(t *testing.T) {
	w := newWorld(t, time.Minute)
	w.fails = errors.New("down")
	if code := w.get(supervisor, "/v1/institutions", nil); code == 200 {
		t.Fatal("figures that could not be read were answered")
	}
	w.fails = nil
	for range 3 {
		w.get(supervisor, "/v1/institutions", nil)
	}
	if w.reads != 2 {
		t.Fatalf("%d reads, want the one that failed and one", w.reads)
	}
	reads := make(chan bool)
	k := &keeper{fresh: time.Minute, now: func() time.Time { return w.now }, turn: make(chan struct{}, 1), take: func(context.Context) (*snapshot, error) {
		defer func() { reads <- true }()
		return &snapshot{at: claimwatch.Instant(w.now.Unix())}, nil
	}}
	ask := func() claimwatch.Instant {
		s, err := k.get(t.Context())
		if err != nil {
			t.Fatalf("get() error:\n%+v", err)
		}
		return s.at
	}
	go func() { <-reads }()
	first := ask()
	w.now = w.now.Add(time.Minute)
	if stale := ask(); stale != first {
		t.Errorf("the first to ask after a minute waits: %v, want %v", stale, first)
	}
	<-reads
	for k.kept.Load().at == first {
		time.Sleep(time.Millisecond)
	}
	if at := ask(); at != first+60 {
		t.Errorf("the next one reads %v, want %v", at, first+60)
	}
}

// TestQuantiles: those of a model with fractions, in order, and within the values.
func TestQuantiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Number { return Number(rapid.Int64Range(-1e9, 1e9).Draw(t, "v")) }), 1, 30).Draw(t, "values")
		slices.Sort(values)
		before := values[0]
		for q := range int64(5) {
			got := quantile(values, q)
			at := float64(q) * float64(len(values)-1) / 4
			low, high := values[int(at)], values[min(int(at)+1, len(values)-1)]
			want := float64(low) + (at-float64(int(at)))*float64(high-low)
			if d := float64(got) - want; d > 1 || d < -1 || got < before {
				t.Fatalf("quarter %d of %v = %d, want %v, not below %d", q, values, got, want, before)
			}
			before = got
		}
	})
}
