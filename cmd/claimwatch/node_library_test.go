package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// relocked writes the lock of a library anew.
func relocked(t *testing.T, dir string) {
	t.Helper()
	if code, _, errs := execute0(t, "rules", "lock", "--rules", dir); code != exitDone {
		t.Fatalf("rules lock: exit %d, %s", code, errs)
	}
}

// noteNobody notes the library of a node without touching anybody.
func noteNobody(t *testing.T, n *node) {
	t.Helper()
	change, err := n.noteLibrary(t.Context())
	must(t, err)
	must(t, n.touchByLibrary(t.Context(), change))
}

// killed is a start on a data directory that ends once it has noted its library.
func killed(t *testing.T, data, library string) {
	t.Helper()
	s := defaultSettings()
	s.Data, s.Listen, s.OpsListen, s.Rules = data, "", "", library
	n, err := openNode(t.Context(), s, zap.NewNop())
	must(t, err)
	defer n.close()
	change, err := n.noteLibrary(t.Context())
	if err != nil || change == nil {
		t.Fatalf("noteLibrary() = %v, error:\n%+v", change, err)
	}
}

// restarted runs a node with small portions on a data directory and a library
// until it is idle, and gives what it was told to evaluate in the background, how
// many messages were touched, and who has findings then.
func restarted(t *testing.T, data, library string, first func(*node)) (works map[string]int64, touched int64, found []claimwatch.Scope) {
	t.Helper()
	s := defaultSettings()
	s.Data, s.Listen, s.OpsListen, s.Rules = data, "", "", library
	s.pace = rules.Config{Portion: 5, Poll: time.Millisecond}
	n, err := openNode(t.Context(), s, zap.NewNop())
	must(t, err)
	defer n.close()
	ends := func(ctx context.Context) (sum int64) {
		t.Helper()
		offsets, err := n.stream.EndOffsets(ctx, claimwatch.TopicTouched)
		must(t, err)
		for _, offset := range offsets {
			sum += offset
		}
		return sum
	}
	before := ends(t.Context())
	if first != nil {
		first(n)
	}
	works = map[string]int64{}
	must(t, n.run(t.Context(), func(ctx context.Context) error {
		eventually(t, "idle", func() bool {
			status, err := n.status(ctx)
			must(t, err)
			for _, work := range status.Background {
				works[work.What] = work.Of
			}
			return status.Idle
		})
		return errStop
	}))
	found, err = n.db.ScopesWithFindings(t.Context())
	must(t, err)
	return works, ends(t.Context()) - before, found
}

// A start with another library has everybody evaluated again about whom it says
// something else, one with the same library nobody; and what a start has evaluated
// that was killed before everybody was touched the next one makes good, whatever
// its library.
func TestAStartWithAnotherLibraryEvaluatesAgain(t *testing.T) {
	dir, data := copied(t, "FEE-001"), t.TempDir()
	relocked(t, dir)
	records, crowd := crowdOf("P", 12)
	all := map[string]int64{"rule library, FEE-001": 12}
	killed(t, data, dir)
	works, touched, found := restarted(t, data, dir, func(n *node) { must(t, n.db.InsertRecords(t.Context(), records)) })
	same(t, "of a store that was never evaluated", works, all)
	same(t, "found", found, crowd)
	if touched == 0 {
		t.Error("nobody was touched")
	}

	works, touched, found = restarted(t, data, dir, nil)
	same(t, "with the same library", works, map[string]int64{})
	same(t, "touched", touched, int64(0))
	same(t, "found", found, crowd)

	file := filepath.Join(dir, "FEE-001", "query.sql")
	spoil(t, file, "WHERE copies > 1", "WHERE copies > 2")
	spoil(t, filepath.Join(dir, "FEE-001", "rule.yaml"), "version: 1", "version: 2")
	relocked(t, dir)
	killed(t, data, dir)
	works, _, found = restarted(t, data, dir, nil)
	same(t, "with another query", works, all)
	same(t, "findings that are left", len(found), 0)

	// Back to what was there once: not the work of then.
	spoil(t, file, "WHERE copies > 2", "WHERE copies > 1")
	spoil(t, filepath.Join(dir, "FEE-001", "rule.yaml"), "version: 2", "version: 1")
	_, _, found = restarted(t, data, dir, nil)
	same(t, "found with the library of before", found, crowd)

	// What is new for a moment only: rolled back before anybody was touched.
	next := copied(t, "FEE-001")
	spoil(t, filepath.Join(next, "FEE-001", "rule.yaml"), "version: 1", "version: 2")
	killed(t, data, next)
	works, _, found = restarted(t, data, dir, nil)
	same(t, "rolled back", works, all)
	same(t, "found", found, crowd)
	works, touched, _ = restarted(t, data, dir, nil)
	same(t, "and again", []any{works, touched}, []any{map[string]int64{}, int64(0)})
}

// The work of a library is one of its own for each change, and the same when it is
// repeated.
func TestLibraryWork(t *testing.T) {
	seen := map[uint64]bool{}
	for _, seq := range []uint64{librarySeq(1, []byte("a")), librarySeq(1, []byte("b")), librarySeq(2, []byte("a")), librarySeq(3, []byte("a"))} {
		if seen[seq] || seq < 1<<63 {
			t.Errorf("number %d: known already, or among those of the journal", seq)
		}
		seen[seq] = true
	}
	same(t, "a repeat", librarySeq(2, []byte("a")), librarySeq(2, []byte("a")))
	same(t, "few", libraryWork([]string{"ADM-001", "FEE-001"}), "rule library, ADM-001, FEE-001")
	same(t, "many", libraryWork(make([]string, 69)), "rule library, 69 rules")
}
