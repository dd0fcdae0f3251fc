package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"claimwatch/province"
	"claimwatch/rules"
)

// TestPermutation sends the same records in random orders, batch sizes and
// duplications: the findings are the same, byte for byte.
func TestPermutation(t *testing.T) {
	w := newWorld(25, 45)
	orders := []province.Mess{
		{Seed: 1, MostAtOnce: 1000},
		{Seed: 2, Shuffle: true, MostAtOnce: 37},
		{Seed: 3, Shuffle: true, MostAtOnce: 900, Duplicates: 0.2},
		{Seed: 4, Shuffle: true, MostAtOnce: 5000, Duplicates: 0.05},
		{Seed: 5, Shuffle: true, MostAtOnce: 211, Duplicates: 0.5},
	}
	var wanted string
	for i, mess := range orders {
		p := start(t, newSetup(t, "event"))
		p.prepare(t, w)
		p.deliverAll(t, mess.Batches(w.records), 0)
		p.waitIdle(t)
		got := p.facts(t)
		if i == 0 {
			wanted = got
			w.checkPlants(t, p.findings(t, ""))
		}
		if got != wanted {
			t.Errorf("order %d gives other findings:\n%s\nwant\n%s", i, tail(got, 2000), tail(wanted, 2000))
		}
		p.stop(t)
	}
}

// facts are the findings without what tells of when they were noticed.
func (c *client) facts(t testing.TB) string {
	t.Helper()
	all := ""
	for _, f := range c.findings(t, "") {
		all += fmt.Sprintf("%+v\n", f)
	}
	return all
}

// judged are the plants that the library has a rule for, with the clock of events.
func (w *world) judged(t testing.TB) []province.Plant {
	t.Helper()
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	return slices.DeleteFunc(slices.Clone(w.plants), func(plant province.Plant) bool {
		_, known := library.Rule(plant.Rule)
		return !known || plant.Wall
	})
}

// checkPlants holds what was found against what the province planted.
func (w *world) checkPlants(t testing.TB, found []finding) {
	t.Helper()
	ids := map[string]bool{}
	for _, f := range found {
		ids[f.FindingID] = true
	}
	planted := 0
	for _, plant := range w.judged(t) {
		if plant.Near {
			if ids[plant.FindingID] {
				t.Errorf("%s accuses a near-violation: %s", plant.Rule, plant.Subject)
			}
			continue
		}
		planted++
		if !ids[plant.FindingID] {
			t.Errorf("%s misses a planted violation: %s", plant.Rule, plant.Subject)
		}
	}
	if planted == 0 || len(found) != planted {
		t.Errorf("%d findings, %d were planted", len(found), planted)
	}
}

// TestLiveEqualsSweep: what the live system has found at a moment is what
// evaluate --as-of that moment finds.
func TestLiveEqualsSweep(t *testing.T) {
	w := newWorld(25, 45)
	p := start(t, newSetup(t, "event"))
	p.prepare(t, w)
	batches := province.Mess{Seed: 1, MostAtOnce: 300}.Batches(w.records)
	for _, share := range []int{3, 2, 1} {
		n := len(batches) / share
		p.deliverAll(t, batches[:n], 0)
		batches = batches[n:]
		s := p.waitIdle(t)
		live := p.digest(t, "?findings=true")
		var swept struct{ Digest string }
		p.do(t, http.MethodGet, "/v1/evaluate?digest=true&as_of="+queryEscape(*s.AsOf), "", nil).into(t, &swept)
		if swept.Digest != live {
			t.Errorf("as of %s the live findings (%d) differ from the sweep: %s, %s", *s.AsOf, len(p.findings(t, "")), live, swept.Digest)
		}
		out, code := run(t, "evaluate", "--as-of", *s.AsOf, "--digest", "--server", p.url, "--data", p.data)
		if code != 0 || out != live+"\n" {
			t.Errorf("claimwatch evaluate --digest: %q (exit %d), want %s", out, code, live)
		}
	}
}

// replay rebuilds the store of a stopped server from its log and gives what it
// prints.
func (s setup) replay(t testing.TB) (out string, code int) {
	t.Helper()
	if s.kafka != nil {
		return run(t, "replay", "--from-log", "--clock", "event", "--config", s.configFile())
	}
	return run(t, "replay", "--from-log", "--clock", "event", "--data", s.data)
}

// TestReplay rebuilds the store from the log into an empty one.
func TestReplay(t *testing.T) {
	w := newWorld(25, 45)
	s := newSetup(t, "event")
	p := start(t, s)
	p.prepare(t, w)
	p.deliverAll(t, province.Mess{Seed: 1, Conflicts: 0.01, Changed: 0.01, MostAtOnce: 500}.Batches(w.records), 0)
	p.waitIdle(t)
	for _, f := range p.findings(t, "rule=FEE-001") {
		wantStatus(t, "notify", p.decide(t, f, "notify"), http.StatusOK, "")
	}
	stored := p.waitIdle(t).Records.Stored
	wanted := p.digest(t, "")
	p.stop(t)
	out, code := s.replay(t)
	if code != 0 || out != wanted+"\n" {
		t.Errorf("replay printed %q (exit %d), want %s", out, code, wanted)
	}
	p = start(t, s)
	if got := p.waitIdle(t).Records.Stored; got != stored {
		t.Errorf("stored %d after replay, want %d", got, stored)
	}
	if got := p.digest(t, ""); got != wanted {
		t.Errorf("digest after replay %s, want %s", got, wanted)
	}
}
