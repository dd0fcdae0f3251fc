package province

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules/oracle"
)

// received is a province as its log, every record received when it was sent.
func received(p *Province) (log []oracle.Received) {
	all := p.Log()
	for i := range all.Records {
		log = append(log, oracle.Received{Record: all.Records[i], ReceivedAt: all.ReceivedAt[i]})
	}
	return log
}

// TestEveryRuleFindsWhatIsPlanted holds a province of a year, in which every
// scene is played, against the second opinion: all that was planted is found,
// none of what is only near, and nothing in the wards.
func TestEveryRuleFindsWhatIsPlanted(t *testing.T) {
	p := New(Config{Seed: 17, Persons: 14, Days: 400, ViolationRate: 0.5, Rounds: 1})
	planted, near := map[string]Plant{}, map[string]Plant{}
	for _, plant := range p.Plants() {
		if plant.Near {
			near[plant.FindingID] = plant
		} else {
			planted[plant.FindingID] = plant
		}
	}
	type count struct{ planted, found, near, wrong int }
	counts := map[string]*count{}
	for _, rule := range oracle.Rules() {
		counts[rule] = &count{}
	}
	for _, plant := range p.Plants() {
		if plant.Near {
			counts[plant.Rule].near++
		} else {
			counts[plant.Rule].planted++
		}
	}
	for _, f := range oracle.Evaluate(received(p), p.Reference(), p.Until(), true).Findings {
		plant, wanted := planted[f.ID]
		if !wanted {
			counts[f.Rule].wrong++
			t.Errorf("%s is found about %s: near %q; %s", f.Rule, f.Subject, near[f.ID].Rule, f.Amount)
			continue
		}
		counts[f.Rule].found++
		if plant.Priced && plant.Amount != f.Amount {
			t.Errorf("%s about %s asks back %s, want %s", f.Rule, f.Subject, f.Amount, plant.Amount)
		}
		delete(planted, f.ID)
	}
	for _, plant := range planted {
		t.Errorf("%s is not found about %s", plant.Rule, plant.Subject)
	}
	for _, rule := range slices.Sorted(maps.Keys(counts)) {
		c := counts[rule]
		t.Logf("%s: %d planted, %d found, %d near, %d wrongly found", rule, c.planted, c.found, c.near, c.wrong)
		if c.planted == 0 || c.near == 0 {
			t.Errorf("%s: %d planted, %d near, want some of both", rule, c.planted, c.near)
		}
	}
	if len(counts) != 69 {
		t.Errorf("%d rules were asked, want 69", len(counts))
	}
}

// With the clock of events, which stands at the last record, the plants are found
// all the same, but for those that need the moments of reception.
func TestPlantsAreFoundWithTheClockOfEvents(t *testing.T) {
	p := New(Config{Seed: 18, Persons: 25, Days: 110, ViolationRate: 0.4, Rounds: 1})
	log, last := received(p), claimwatch.Instant(0)
	for i := range log {
		if log[i].Kind.MovesClock() {
			last = max(last, log[i].OccurredAt)
		}
	}
	var want []string
	for _, plant := range p.Plants() {
		if !plant.Near && !plant.Wall {
			want = append(want, plant.Rule+" "+plant.Subject)
		}
	}
	slices.Sort(want)
	got := told(oracle.Evaluate(log, p.Reference(), last, false).Findings)
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("findings and plants (-got, +want):\n%s", diff)
	}
}
