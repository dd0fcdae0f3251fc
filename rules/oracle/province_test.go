package oracle_test

import (
	"maps"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/province"
	"claimwatch/rules"
	"claimwatch/rules/oracle"
)

// TestProductFindsWhatTheProvincePlants holds the library on the store against a
// province of a year in which every scene is played: all that was planted is
// found, with its amount, none of what is only near, and nothing in the clean
// background. The text finds the same (province.TestEveryRuleFindsWhatIsPlanted).
func TestProductFindsWhatTheProvincePlants(t *testing.T) {
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	all := province.Generate(province.Config{Seed: 19, Persons: 12, Days: 400, ViolationRate: 0.5, Rounds: 1})
	log := make([]oracle.Received, 0, len(all.Records))
	for i, r := range all.Records {
		log = append(log, oracle.Received{Record: r, ReceivedAt: all.ReceivedAt[i]})
	}
	result, err := newProduct(t).evaluate(t.Context(), log, all.Reference, all.Until, true)
	if err != nil {
		t.Fatalf("evaluate error:\n%+v", err)
	}
	c := newCensus(library, all.Plants)
	for i := range result.Findings {
		c.meet(t, &result.Findings[i])
	}
	c.tell(t)
}

// census counts for each rule of the library what was planted and what of it is
// found.
type census struct {
	plants map[string]province.Plant // by finding
	met    map[string]bool
	rules  map[string]*tally
}

type tally struct{ planted, found, near, wrong int }

func newCensus(library *rules.Library, plants []province.Plant) *census {
	c := &census{plants: map[string]province.Plant{}, met: map[string]bool{}, rules: map[string]*tally{}}
	for _, rule := range library.Active() {
		c.rules[rule.Code] = &tally{}
	}
	for _, plant := range plants {
		if of := c.rules[plant.Rule]; of != nil {
			c.plants[plant.FindingID] = plant
			if plant.Near {
				of.near++
			} else {
				of.planted++
			}
		}
	}
	return c
}

// meet counts a finding.
func (c *census) meet(t *testing.T, f *claimwatch.Finding) {
	t.Helper()
	plant, known := c.plants[f.ID]
	switch {
	case !known || plant.Near:
		c.rules[f.Rule].wrong++
		t.Errorf("%s is found about %s, near: %v; %s", f.Rule, f.Subject, known, f.Amount)
	case plant.Priced && plant.Amount != f.Amount:
		c.rules[f.Rule].wrong++
		t.Errorf("%s about %s asks back %s, want %s", f.Rule, f.Subject, f.Amount, plant.Amount)
	default:
		c.rules[f.Rule].found++
	}
	c.met[f.ID] = true
}

// tell prints the table and what was missed.
func (c *census) tell(t *testing.T) {
	t.Helper()
	for id, plant := range c.plants {
		if !plant.Near && !c.met[id] {
			t.Errorf("%s is not found about %s", plant.Rule, plant.Subject)
		}
	}
	t.Log("rule     planted found near wrongly found")
	for _, code := range slices.Sorted(maps.Keys(c.rules)) {
		of := c.rules[code]
		t.Logf("%s %8d %5d %4d %13d", code, of.planted, of.found, of.near, of.wrong)
		if of.planted == 0 || of.near == 0 {
			t.Errorf("%s: %d planted, %d near, want some of both", code, of.planted, of.near)
		}
	}
}
