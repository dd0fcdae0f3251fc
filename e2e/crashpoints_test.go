package e2e

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch/ingest/quarantine"
	"claimwatch/ingest/sink"
	"claimwatch/province"
	"claimwatch/rules"
)

// crashPoints are the named places between the numbered steps.
func crashPoints() []string {
	points := append(sink.CrashPoints(), quarantine.CrashPoints()...)
	return append(points, rules.CrashBeforeSlice, rules.CrashAfterSlice, rules.CrashAfterRun,
		rules.CrashAfterWrite, rules.CrashAfterCommit)
}

// deaths are the points with the passage to die at: in CI the first one and a
// later one of each, otherwise one of them, in turn.
func deaths() (all []string) {
	for i, point := range crashPoints() {
		first, later := fmt.Sprintf("%s:%d", point, 1), fmt.Sprintf("%s:%d", point, 3)
		switch {
		case os.Getenv("CLAIMWATCH_TEST_CRASH") == "full":
			all = append(all, first, later)
		case i%2 == 0:
			all = append(all, first)
		default:
			all = append(all, later)
		}
	}
	return all
}

// TestCrashPoints dies at every named point, at its first passage after the
// start and at a later one, while a hospital sends: nothing is lost, nothing is
// there twice, and the digest is that of a server that never died.
func TestCrashPoints(t *testing.T) {
	t.Parallel()
	w := newWorld(12, 45)
	mess := province.Mess{Seed: 9, Duplicates: 0.03, Conflicts: 0.06, Changed: 0.02, MostAtOnce: 30}
	batches := mess.Batches(w.records)
	stored, _ := expected(logOf(batches))

	calm := start(t, newSetup(t, "event"))
	calm.prepare(t, w)
	calm.deliverAll(t, batches, 0)
	calm.settledAt(t, "undisturbed", stored)
	wanted, quarantined := calm.digest(t, ""), calm.quarantined(t)
	calm.stop(t)

	s := newSetup(t, "event")
	p := start(t, s)
	p.prepare(t, w)
	p.stop(t)
	feed := make(chan error, 1)
	go func() { feed <- p.deliverInTurn(batches) }()
	for _, death := range deaths() {
		s.env = []string{"CLAIMWATCH_CRASH=" + death}
		dying := launch(t, s)
		select {
		case <-dying.exited:
		case err := <-feed:
			t.Fatalf("everything is sent (%v) and %s was not reached", err, death)
		case <-time.After(4 * time.Minute):
			t.Fatalf("%s was not reached in 4 minutes:\n%s", death, tail(dying.output(), 3000))
		}
		if code := dying.cmd.ProcessState.ExitCode(); code != -1 {
			t.Fatalf("at %s the process ended by itself with %d:\n%s", death, code, tail(dying.output(), 3000))
		}
	}
	s.env = nil
	p = start(t, s)
	if err := <-feed; err != nil {
		t.Errorf("deliver: %v", err)
	}
	p.settledAt(t, "after dying at every point", stored)
	if got := p.digest(t, ""); got != wanted {
		t.Errorf("digest %s, undisturbed %s", got, wanted)
	}
	if diff := cmp.Diff(quarantined, p.quarantined(t)); diff != "" {
		t.Errorf("quarantine (-undisturbed, +killed):\n%s", tail(diff, 2000))
	}
}

// deliverInTurn sends one batch after the other, each until it is settled, so
// that the sink has many passages.
func (c *client) deliverInTurn(batches []province.Batch) error {
	total := &sent{}
	for _, b := range batches {
		if err := c.deliver(b, 2, total); err != nil {
			return err
		}
	}
	return nil
}
