package province

import (
	"claimwatch"
)

// crowd counts the stays of each hospital by their days of admission and
// discharge: eight persons who come and go together are a finding of ADM-017.
type crowd map[pass]int

type pass struct {
	institutionID        string
	admitted, discharged claimwatch.Day
}

// mostTogether is how many may come within two local days and go within two: 24 h
// touch no more than two.
const mostTogether = 5

func (c crowd) add(s *stay) { c[passOf(s)]++ }

func passOf(s *stay) pass { return pass{s.home.id, s.admitted.Day(), s.discharged.Day()} }

// full says whether one more would be too many.
func (c crowd) full(p pass) bool {
	for a := p.admitted - 1; a <= p.admitted; a++ {
		for d := p.discharged - 1; d <= p.discharged; d++ {
			together := 0
			for _, day := range []pass{{p.institutionID, a, d}, {p.institutionID, a + 1, d}, {p.institutionID, a, d + 1}, {p.institutionID, a + 1, d + 1}} {
				together += c[day]
			}
			if together >= mostTogether {
				return true
			}
		}
	}
	return false
}

// disperse moves the discharge of a stay, and when that does not help all of it,
// to days on which not too many come and go.
func (pl *planner) disperse(s *stay) {
	for ; ; s.admitted, s.discharged = s.admitted+day, s.discharged+day {
		p := passOf(s)
		for _, longer := range []claimwatch.Day{0, 1, -1, 2, -2, 3, -3, 4, -4, 5} {
			length := p.discharged - p.admitted + longer
			if moved := (pass{p.institutionID, p.admitted, p.discharged + longer}); length >= 5 && length <= 20 && !pl.crowd.full(moved) {
				s.discharged += claimwatch.Instant(longer) * day
				return
			}
		}
	}
}
