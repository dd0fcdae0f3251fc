package province

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"claimwatch"
)

// Nothing happens or is sent before the first day or from Until on, wherever
// the stream is cut, and the stream is in the order of sending.
func TestNothingLiesOutsideTheWindow(t *testing.T) {
	first := Config{}.withDefaults().From
	for _, until := range []claimwatch.Instant{
		0, first.Midnight() + 1, first.Midnight() + 10*hour, (first + 1).Midnight(), (first + 9).Midnight() + 13*hour + 17*minute + 1,
		(first + 25).Midnight() - 1, (first + 40).Midnight(), (first + 400).Midnight(),
	} {
		p := New(Config{Seed: 41, Persons: 60, Days: 40, ViolationRate: 0.3, NoiseRate: 0.3, Until: until})
		end := (first + 40).Midnight()
		if until > 0 {
			end = min(end, until)
		}
		if p.Until() != end {
			t.Errorf("Until() = %s, want %s", p.Until(), end)
		}
		last := first.Midnight()
		for at, r := range p.Records() {
			if at < last || at >= end || r.OccurredAt >= end || r.OccurredAt < first.Midnight() {
				t.Fatalf("cut at %s: %s %s happens at %s and is sent at %s, after one sent at %s", end, r.Kind, r.RecordID, r.OccurredAt, at, last)
			}
			last = at
		}
		for b := range p.Batches(time.Hour, 100) {
			if b.At > end {
				t.Fatalf("cut at %s: a batch is sent at %s", end, b.At)
			}
		}
	}
}

// A province that ends before it begins is empty, and so are its plants.
func TestAnEmptyWindow(t *testing.T) {
	from := claimwatch.Day(20_600)
	for _, until := range []claimwatch.Instant{from.Midnight(), from.Midnight() - 1, from.Midnight() - 30*day} {
		p := New(Config{From: from, Until: until, ViolationRate: 1})
		for at, r := range p.Records() {
			t.Fatalf("%s %s is sent at %s", r.Kind, r.RecordID, at)
		}
		if plants := p.Plants(); len(plants) > 0 {
			t.Errorf("Plants() = %v, want none", plants)
		}
	}
}

// The record id of an institution and kind is one record's: whatever shares it
// is a revision, a duplicate or a conflict of the same person and stay.
func TestIdentifiersAreOfOneRecord(t *testing.T) {
	p := New(Config{Seed: 42, Persons: 80, Days: 70, ViolationRate: 0.4, NoiseRate: 0.2, Institutions: 7, Rounds: 1})
	owner := map[claimwatch.Identity]*claimwatch.Record{}
	home, patient := map[string]string{}, map[string]string{}
	kind := map[string]claimwatch.Kind{}
	for _, r := range p.Records() {
		if before := owner[r.Identity()]; before != nil && (before.PersonID != r.PersonID || before.StayID != r.StayID || r.Revision > before.Revision+1) {
			t.Fatalf("%s of %s is also of %s", r.RecordID, r.StayID, before.StayID)
		}
		owner[r.Identity()] = r
		if r.Kind == claimwatch.DeviceFitting {
			continue // of no stay
		}
		for what, of := range map[string]map[string]string{r.InstitutionID: home, r.PersonID: patient} {
			if before, known := of[r.StayID]; known && before != what {
				t.Fatalf("stay %s is of %s and of %s", r.StayID, before, what)
			}
			of[r.StayID] = what
		}
		if before, known := kind[r.InstitutionID+r.RecordID]; known && before != r.Kind {
			t.Fatalf("%s is a %s and a %s", r.RecordID, before, r.Kind)
		}
		kind[r.InstitutionID+r.RecordID] = r.Kind
	}
	general := slices.DeleteFunc(p.Institutions(), func(id string) bool { return id[0] != 'H' })
	if len(home) < 80 || len(general) != 7 || len(p.Institutions()) < 15 {
		t.Errorf("%d stays at %d general hospitals of %d institutions", len(home), len(general), len(p.Institutions()))
	}
}

// Stays of a person follow each other: never two beds at once.
func TestStaysOfAPersonDoNotOverlap(t *testing.T) {
	p := New(Config{Seed: 43, Persons: 100, Days: 200, ViolationRate: 0.6})
	last := map[int]*stay{}
	for i := range p.stays {
		s := &p.stays[i] // in the order of admission
		if s.discharged < s.admitted || (s.visit() != (s.discharged == s.admitted)) {
			t.Errorf("stay %s lasts from %s to %s", s.id, s.admitted, s.discharged)
		}
		if before := last[s.person]; before != nil && before.discharged >= s.admitted {
			t.Errorf("stay %s begins at %s, before %s ends at %s", s.id, s.admitted, before.id, before.discharged)
		}
		last[s.person] = s
	}
	if len(p.stays) < 300 || len(last) < 95 {
		t.Errorf("%d stays of %d persons", len(p.stays), len(last))
	}
}

// A wide or a narrow province has as many institutions and persons as were asked for.
func TestSizesAreThoseOfTheConfig(t *testing.T) {
	for _, c := range []Config{{Institutions: 1, Persons: 1, ViolationRate: -1}, {Institutions: 13, Persons: 40, ViolationRate: -1}, {ViolationRate: -1}} {
		p, want := New(c), c.withDefaults()
		t.Run(fmt.Sprint(want.Institutions), func(t *testing.T) {
			reference := p.Reference()
			if len(p.Institutions()) != want.Institutions || len(reference["institutions"]) != want.Institutions || len(reference["persons"]) != want.Persons {
				t.Errorf("%d institutions, %d rows of institutions, %d of persons; want %d and %d", len(p.Institutions()),
					len(reference["institutions"]), len(reference["persons"]), want.Institutions, want.Persons)
			}
			seen := map[string]bool{}
			for i := range p.stays {
				seen[p.stays[i].home.id] = true
			}
			if len(seen) != min(want.Institutions, want.Persons) {
				t.Errorf("%d institutions have stays, want %d", len(seen), min(want.Institutions, want.Persons))
			}
		})
	}
}
