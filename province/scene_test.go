package province

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules/oracle"
)

// Every rule is shown by a scene or by a bent stay, from both sides.
func TestEveryRuleHasBothSides(t *testing.T) {
	shown := map[bool]map[string]int{false: {}, true: {}}
	for _, s := range scenes() {
		shown[s.near][s.rule]++
	}
	for _, s := range sorts {
		shown[s.near][s.rule]++
	}
	for _, rule := range oracle.Rules() {
		if shown[false][rule] == 0 || shown[true][rule] == 0 {
			t.Errorf("%s is shown by %d violations and %d near-violations", rule, shown[false][rule], shown[true][rule])
		}
	}
}

// Rounds play every scene for which there is room, as often as was asked for; by
// default there are half as many as bent stays, and none where none are wanted.
func TestRounds(t *testing.T) {
	all := len(scenes())
	for _, test := range []struct {
		config      Config
		least, most int
	}{
		{Config{Persons: 20, Days: 400, Rounds: 1}, all, all},
		{Config{Persons: 20, Days: 400, Rounds: 3}, 3 * all, 3 * all},
		{Config{Persons: 20, Days: 60, Rounds: 1}, all - 10, all - 3}, // too short for ninety days and for a year
		{Config{Persons: 20, Days: 60, Rounds: -1, ViolationRate: 1}, 0, 0},
		{Config{Persons: 20, Days: 60, Rounds: 2, ViolationRate: -1}, 0, 0},
		{Config{Persons: 100, Days: 60, ViolationRate: 1}, 40, 120},
		{Config{Persons: 20, Days: 2, Rounds: 1}, 0, 0},
		{Config{Persons: 20, Days: 3, Rounds: 1}, 10, 30}, // visits and fittings,
	} {
		if got := len(New(test.config).scenes); got < test.least || got > test.most {
			t.Errorf("%+v plays %d scenes of %d, want %d to %d", test.config, got, all, test.least, test.most)
		}
	}
}

// A scene told twice is the same: nothing that it plants or adds to the tables
// depends on how often it was told before, and it happens on days of its own.
func TestAScenesTellingIsTheSame(t *testing.T) {
	p := New(Config{Seed: 83, Persons: 20, Days: 400, Rounds: 1})
	for _, of := range p.scenes {
		a, b := p.rehearse(of), p.rehearse(of)
		if diff := cmp.Diff(a.plants, b.plants); diff != "" {
			t.Errorf("plants of a scene of %s (-first, +second):\n%s", of.rule, diff)
		}
		if diff := cmp.Diff(a.rows, of.rows); diff != "" {
			t.Errorf("rows of a scene of %s (-told, +kept):\n%s", of.rule, diff)
		}
		if len(a.plants) == 0 {
			t.Errorf("a scene of %s plants nothing", of.rule)
		}
		for _, plant := range a.plants {
			if plant.Rule != of.rule || plant.Near != of.near || plant.Priced == of.near {
				t.Errorf("a scene of %s, near %v, plants %+v", of.rule, of.near, plant)
			}
		}
		for d := range a.later {
			if d < of.first {
				t.Errorf("a scene of %s sends something on %s, it begins on %s", of.rule, d, of.first)
			}
		}
	}
}

// What scenes charge is in the catalogue once, and what the tables say is about it.
func TestGoodsAreInTheTables(t *testing.T) {
	p := New(Config{Persons: 1})
	codes := map[string]int{}
	for _, i := range p.catalogue.all() {
		codes[i.code]++
	}
	for code, n := range codes {
		if n != 1 || code == "" {
			t.Errorf("item %q is %d times in the catalogue", code, n)
		}
	}
	reference := p.Reference()
	for table, columns := range map[string][]string{
		"item_pairs": {"item_code", "included_code"}, "swaps": {"high_code", "low_code"}, "item_limits": {"item_code"}, "appraisals": {"item_code"},
	} {
		for _, row := range reference[table] {
			for _, column := range columns {
				if codes[row[column]] != 1 {
					t.Errorf("%s: %s %q is no item", table, column, row[column])
				}
			}
		}
	}
	if row := slices.IndexFunc(reference["items"], func(row map[string]string) bool { return row["indication_prefixes"] == "J44;J45" }); row < 0 {
		t.Error("no item has the indications J44 and J45")
	}
}

// A province given at once is what it streams.
func TestLogIsTheStream(t *testing.T) {
	config := Config{Seed: 84, Persons: 10, Days: 40, ViolationRate: 0.5}
	p, all := New(config), Generate(config)
	n := 0
	for at, r := range p.Records() {
		if n >= len(all.Records) || all.ReceivedAt[n] != at || all.Records[n].ContentHash() != r.ContentHash() {
			t.Fatalf("Log() differs in record %d, %s", n, r.RecordID)
		}
		n++
	}
	if n != len(all.Records) || n != len(all.ReceivedAt) || all.Until != p.Until() {
		t.Errorf("Log() has %d records and %d moments until %s, want %d until %s", len(all.Records), len(all.ReceivedAt), all.Until, n, p.Until())
	}
	if diff := cmp.Diff(all.Plants, p.Plants()); diff != "" {
		t.Errorf("plants of Log() (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(all.Reference, p.Reference()); diff != "" {
		t.Errorf("reference of Log() (-got, +want):\n%s", diff)
	}
}

// The fifth working day is counted by the calendar, weekends left out.
func TestFifthWorkingDay(t *testing.T) {
	for admitted, want := range map[string]string{
		"2026-01-05": "2026-01-12", "2026-01-09": "2026-01-16", "2026-01-10": "2026-01-16", "2026-01-11": "2026-01-16",
	} {
		d, err := claimwatch.ParseDay(admitted)
		if err != nil {
			t.Fatal(err)
		}
		if got := fifthWorkingDay(d).String(); got != want {
			t.Errorf("fifthWorkingDay(%s) = %s, want %s", admitted, got, want)
		}
	}
}
