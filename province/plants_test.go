package province

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules/oracle"
)

// A plant names a stay that there is, of the person and at the institution that
// it says, and the finding that its rule gives about it.
func TestPlantsNameWhatTheyAreAbout(t *testing.T) {
	p := New(Config{Seed: 71, Persons: 150, Days: 120, ViolationRate: 0.6})
	stays := map[string]*stay{}
	for i := range p.stays {
		stays[p.stays[i].id] = &p.stays[i]
	}
	seen := map[string]bool{}
	for _, plant := range p.Plants() {
		s := stays[plant.StayID]
		if s == nil || s.home.id != plant.InstitutionID || personID(s.person) != plant.PersonID {
			t.Errorf("%s is about a stay that is not there: %+v", plant.Rule, plant)
			continue
		}
		if !strings.HasPrefix(plant.Subject, claimwatch.Subject(plant.InstitutionID, plant.PersonID, plant.StayID)) {
			t.Errorf("%s has the subject %s", plant.Rule, plant.Subject)
		}
		if plant.FindingID != claimwatch.FindingID(plant.Rule, plant.Subject) || seen[plant.FindingID] {
			t.Errorf("%s about %s has the finding %s, twice: %v", plant.Rule, plant.Subject, plant.FindingID, seen[plant.FindingID])
		}
		seen[plant.FindingID] = true
		if s.discharged+2*day > p.Until() {
			t.Errorf("%s is planted in a stay that ends at %s", plant.Rule, s.discharged)
		}
		if !slices.Contains(oracle.Rules(), plant.Rule) {
			t.Errorf("%s is no rule", plant.Rule)
		}
	}
	if len(seen) < 150 {
		t.Errorf("only %d plants", len(seen))
	}
}

// Every kind of plant there is gets planted, each as often as the others, and
// those about faces only where faces are asked for.
func TestEveryTwistIsPlanted(t *testing.T) {
	p := New(Config{Seed: 72, Persons: 200, Days: 150, ViolationRate: 1})
	planted := map[twist]int{}
	for i := range p.stays {
		s := &p.stays[i]
		planted[s.twist]++
		if sorts[s.twist].faces && !s.home.faces {
			t.Errorf("stay %s has a plant about faces at %s", s.id, s.home.id)
		}
		if length := int(s.discharged.Day() - s.admitted.Day()); length < sorts[s.twist].days {
			t.Errorf("stay %s has %d days, its plant needs %d", s.id, length, sorts[s.twist].days)
		}
	}
	least, most := 1<<30, 0
	for kind := plain + 1; kind < twists; kind++ {
		least, most = min(least, planted[kind]), max(most, planted[kind])
	}
	if least == 0 || most > 3*least {
		t.Errorf("plants of a kind: %d to %d: %v", least, most, planted)
	}
}

// Each plant by itself: the rules find in the records of its person what it
// names, or for one that is only near nothing of its rule about its stay.
func TestEachPlantByItself(t *testing.T) {
	p := New(Config{Seed: 73, Persons: 120, Days: 90, ViolationRate: 1, NoiseRate: 0.1, Institutions: 4})
	records := map[string][]claimwatch.Record{}
	for _, r := range p.Records() {
		records[r.PersonID] = append(records[r.PersonID], *r)
	}
	reference, found := p.Reference(), map[string]map[string]bool{}
	checked := map[string]bool{} // one plant of each rule and kind is enough here
	for _, plant := range p.Plants() {
		kind := plant.Rule
		if plant.Near {
			kind += " near"
		}
		if checked[kind] {
			continue
		}
		checked[kind] = true
		if found[plant.PersonID] == nil {
			found[plant.PersonID] = map[string]bool{}
			for _, f := range oracle.Evaluate(oracle.OnTime(records[plant.PersonID]), reference, p.Until(), true).Findings {
				found[plant.PersonID][f.ID] = true
			}
		}
		if found[plant.PersonID][plant.FindingID] == plant.Near {
			t.Errorf("%s, near %v, about %s: found %v", plant.Rule, plant.Near, plant.Subject, !plant.Near)
		}
	}
	if len(checked) != 2*len(oracle.Rules()) {
		t.Errorf("%d kinds of plants were checked, want %d: %v", len(checked), 2*len(oracle.Rules()), checked)
	}
}

// The reference tables know everybody and everything that the records name, on
// the days on which they name it, and no two rows of an item hold at once.
func TestReferenceKnowsWhatTheRecordsName(t *testing.T) {
	p := New(Config{Seed: 74, Persons: 60, Days: 60, ViolationRate: 0.5, NoiseRate: 0.2})
	known := map[string]bool{}
	reference := p.Reference()
	for table, column := range map[string]string{
		"institutions": "institution_id", "persons": "person_id", "injury_cases": "injury_case_id", "items": "item_code", "physicians": "physician_id",
	} {
		for _, row := range reference[table] {
			known[column+" "+row[column]] = true
		}
	}
	for _, r := range p.Records() {
		names := map[string]string{"institution_id": r.InstitutionID, "person_id": r.PersonID}
		for _, field := range []string{"injury_case_id", "physician_id", "item_code"} {
			names[field] = r.Field(field).Text
		}
		for column, name := range names {
			if name != "" && !known[column+" "+name] {
				t.Fatalf("%s %s names %s %s, which is in no table", r.Kind, r.RecordID, column, name)
			}
		}
	}
	spans := map[string][][2]string{}
	for _, row := range reference["items"] {
		key := row["item_code"] + "|" + row["region"]
		until := row["valid_until"]
		if until == "" {
			until = "9999-12-31"
		}
		for _, other := range spans[key] {
			if row["valid_from"] < other[1] && other[0] < until {
				t.Errorf("two rows of %s hold at once: %s to %s, %s to %s", key, row["valid_from"], until, other[0], other[1])
			}
		}
		spans[key] = append(spans[key], [2]string{row["valid_from"], until})
	}
}

// The calendar covers the stream and a year beyond, each day once, and works
// from Monday to Friday.
func TestTheCalendarIsThatOfTheWeek(t *testing.T) {
	p := New(Config{Persons: 1, From: 20_500, Days: 10})
	want := []string{}
	for d := claimwatch.Day(20_493); d < 20_910; d++ {
		working := "true"
		if weekday := d.Date().Weekday().String(); weekday == "Saturday" || weekday == "Sunday" {
			working = "false"
		}
		want = append(want, d.String()+" "+working)
	}
	got := []string{}
	for _, row := range p.Reference()["calendar"] {
		got = append(got, row["day"]+" "+row["working"])
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("calendar (-got, +want):\n%s", diff)
	}
}
