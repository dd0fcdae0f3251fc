package sink_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/ingest/sink"
	"claimwatch/store"
	"claimwatch/store/storetest"
)

// TestSinkOnTheRealStore reads drawn logs with crashes at every point and small
// batches, once into memory and once into the engine, and compares what each
// knows afterwards: identities, clocks, progress and receipts.
func TestSinkOnTheRealStore(t *testing.T) {
	for seed := range 4 {
		log := rapid.Custom(drawLog).Example(100 + seed)
		m := newMemory()
		run(t, m, &feed{log: log, batch: func() int { return len(log) }}, nil)

		db := storetest.Open(t)
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		weather := rand.New(rand.NewPCG(uint64(seed), 2))
		deaths := 8
		f := &feed{log: log, committed: map[int]int64{}, batch: func() int { return 1 + weather.IntN(6) }}
		for alive := false; !alive; {
			topics := newMemory()
			cfg := topics.config()
			cfg.Facts, cfg.Ledger, cfg.Clocks, cfg.PersonsOf, cfg.MentionedBy = db, db, db, db.PersonsOf, db.MentionedBy
			cfg.Consume = f.consume
			cfg.Now = func() time.Time { return base.Time() }
			cfg.Crash = func(point string) {
				if deaths > 0 && weather.IntN(4) == 0 {
					deaths--
					panic(crash{point})
				}
			}
			s, err := sink.New(cfg, zap.NewNop(), prometheus.NewRegistry())
			if err != nil {
				t.Fatal(err)
			}
			alive = !died(t, s)
		}

		ids := make(map[claimwatch.Identity][]claimwatch.Known)
		for _, p := range slices.SortedFunc(maps.Keys(m.rows), byPosition) {
			s := m.rows[p]
			ids[s.Record.Identity()] = append(ids[s.Record.Identity()], m.known(s))
		}
		got, err := db.LookupIdentities(t.Context(), slices.Collect(maps.Keys(ids)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got, ids); diff != "" {
			t.Errorf("log %d: identities (-got, +want):\n%s", seed, diff)
		}
		if n, err := db.CountStored(t.Context()); err != nil || n != int64(len(m.rows)) {
			t.Errorf("log %d: %d stored, error %v, want %d", seed, n, err, len(m.rows))
		}
		progress, err := db.LoadProgress(t.Context(), sink.Consumer)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(progress, m.progress[sink.Consumer]); diff != "" {
			t.Errorf("log %d: progress (-got, +want):\n%s", seed, diff)
		}
		clocks, err := db.Clocks(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if noted := conflictsOf(t, db); noted != len(m.conflicts) {
			t.Errorf("log %d: %d conflicts noted, want %d", seed, noted, len(m.conflicts))
		}
		latest := cmpopts.IgnoreFields(claimwatch.Clock{}, "Position")
		maps.DeleteFunc(clocks, func(_ string, c claimwatch.Clock) bool { return c.Latest == 0 })
		maps.DeleteFunc(m.clocks, func(_ string, c claimwatch.Clock) bool { return c.Latest == 0 })
		if diff := cmp.Diff(clocks, m.clocks, latest, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("log %d: clocks (-got, +want):\n%s", seed, diff)
		}
	}
}

// conflictsOf counts what the store knows to be contradicted, repeats once.
func conflictsOf(t *testing.T, db *store.DB) (n int) {
	t.Helper()
	var count uint64
	if err := db.QueryRow(t.Context(), "SELECT count() FROM conflicts FINAL").Scan(&count); err != nil {
		t.Fatal(err)
	}
	return int(count)
}

func byPosition(a, b claimwatch.Position) int {
	switch {
	case a == b:
		return 0
	case a.Partition != b.Partition:
		return int(a.Partition - b.Partition)
	case a.Before(b):
		return -1
	default:
		return 1
	}
}
