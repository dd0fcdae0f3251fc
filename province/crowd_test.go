package province

import (
	"slices"
	"testing"

	"claimwatch"
)

// However many persons a province has, no eight of them come to one hospital
// within two days and leave it within two, and no two share a bed.
func TestNobodyComesAndGoesInACrowd(t *testing.T) {
	for _, persons := range []int{40, 3000, 9000} {
		p := New(Config{Seed: 81, Persons: persons, ViolationRate: 0.5, Rounds: 1})
		together := map[pass]int{}
		note := func(s *stay) {
			for a := s.admitted.Day() - 1; a <= s.admitted.Day(); a++ {
				for d := s.discharged.Day() - 1; d <= s.discharged.Day(); d++ {
					together[pass{s.home.id, a, d}]++
				}
			}
		}
		beds := map[string]int{}
		for i := range p.stays {
			s := &p.stays[i]
			if s.visit() {
				continue
			}
			note(s)
			place := s.home.id + s.ward + s.bed
			if owner, taken := beds[place]; taken && owner != s.person {
				t.Fatalf("%d persons: bed %s is of two of them", persons, place)
			}
			beds[place] = s.person
		}
		for _, of := range p.scenes {
			for _, s := range p.rehearse(of).lodgers {
				note(s)
			}
		}
		most := 0
		for _, n := range together {
			most = max(most, n)
		}
		if most > 7 || (persons > 1000 && most < 3) {
			t.Errorf("%d persons: up to %d come and go together", persons, most)
		}
	}
}

// A full crowd takes nobody more on any of the days that could be one with it.
func TestACrowdIsFull(t *testing.T) {
	c := crowd{}
	stayOf := func(id string, admitted, discharged claimwatch.Day) *stay {
		return &stay{home: &institution{id: id}, admitted: admitted.Midnight(), discharged: discharged.Midnight()}
	}
	for range mostTogether {
		if c.full(pass{"H01", 100, 110}) {
			t.Fatal("full() before there are so many")
		}
		c.add(stayOf("H01", 100, 110))
	}
	for _, test := range []struct {
		pass pass
		full bool
	}{
		{pass{"H01", 100, 110}, true},
		{pass{"H01", 99, 109}, true},
		{pass{"H01", 101, 111}, true},
		{pass{"H01", 99, 111}, true},
		{pass{"H01", 98, 110}, false},
		{pass{"H01", 102, 110}, false},
		{pass{"H01", 100, 108}, false},
		{pass{"H01", 100, 112}, false},
		{pass{"H02", 100, 110}, false},
	} {
		if got := c.full(test.pass); got != test.full {
			t.Errorf("full(%+v) = %v, want %v", test.pass, got, test.full)
		}
	}
}

// A hospital has beds for all that ever lie in it, guests too.
func TestThereAreBedsEnough(t *testing.T) {
	p := New(Config{Seed: 82, Persons: 30, Days: 90, Institutions: 1, Rounds: 2})
	events := map[*institution][]claimwatch.Instant{}
	for i := range p.stays {
		if s := &p.stays[i]; !s.visit() {
			events[s.home] = append(events[s.home], s.admitted)
		}
	}
	for h, admitted := range events {
		if h.beds < 30 || !slices.ContainsFunc(p.Reference()["institutions"], func(row map[string]string) bool {
			return row["institution_id"] == h.id && row["beds"] == decimal(int64(h.beds), 0)
		}) {
			t.Errorf("%s has %d beds for %d stays", h.id, h.beds, len(admitted))
		}
	}
	if len(events) != 1 {
		t.Errorf("stays at %d hospitals, want 1", len(events))
	}
}
