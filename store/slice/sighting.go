package slice

import (
	"slices"

	"claimwatch"
)

// Sighting are two face checks that recognised one person at two institutions
// shortly after each other, in the order of records (IDN-004). What score is
// good enough, the rule says.
type Sighting struct{ First, Second Seen }

// Seen is a check with its stay.
type Seen struct {
	*Check
	Stay *Stay
}

// Day is the local day of the earlier check.
func (s *Sighting) Day() claimwatch.Day { return s.First.At.Day() }

// Apart is the time between the two in milliseconds.
func (s *Sighting) Apart() int64 { return int64(s.Second.At - s.First.At) }

// Institutions are the two, sorted.
func (s *Sighting) Institutions() (smaller, greater string) {
	first, second := s.First.InstitutionID, s.Second.InstitutionID
	return min(first, second), max(first, second)
}

// farthestApart bounds the pairs, and so what the rule's parameter may be set to.
const farthestApart = 4 * 60 * 60 * 1000

// sightings are the pairs of all persons; stays stand person by person.
func sightings(stays []*Stay) []*Sighting {
	var pairs []*Sighting
	for len(stays) > 0 {
		n := 1
		for n < len(stays) && stays[n].PersonID == stays[0].PersonID {
			n++
		}
		pairs = append(pairs, sightingsOf(stays[:n])...)
		stays = stays[n:]
	}
	return pairs
}

// sightingsOf are those of one person.
func sightingsOf(stays []*Stay) []*Sighting {
	if !slices.ContainsFunc(stays, func(s *Stay) bool { return s.InstitutionID != stays[0].InstitutionID }) {
		return nil // nearly everybody
	}
	var checks []Seen
	for _, s := range stays {
		for _, c := range s.Checks {
			if c.Method == "face" && c.Result == "match" && (c.Liveness == nil || *c.Liveness) {
				checks = append(checks, Seen{c, s})
			}
		}
	}
	slices.SortFunc(checks, func(a, b Seen) int { return compareRecords(&a.Head, &b.Head) })
	var pairs []*Sighting
	for i, first := range checks {
		for _, second := range checks[i+1:] {
			if second.At-first.At > farthestApart {
				break
			}
			if second.InstitutionID != first.InstitutionID {
				pairs = append(pairs, &Sighting{first, second})
			}
		}
	}
	return pairs
}
