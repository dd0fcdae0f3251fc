package province

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"claimwatch"
)

// stay is one planned stay or visit; the stream plays it day by day.
type stay struct {
	index                int
	person               int
	home                 *institution
	id                   string
	class, route         string
	admitted, discharged claimwatch.Instant // a visit has no discharge: both are equal
	department           string
	ward, bed            string
	physician            string
	diagnosis            string
	series               string
	intensity            int // services a day
	twist                twist
}

func (s *stay) visit() bool { return s.class == "outpatient" }

// planned is the local day in the middle of a stay on which plants happen; every
// stay in bed has it.
func (s *stay) planned() claimwatch.Day { return s.admitted.Day() + 2 }

// quiet is the span without substantive events of a noCare plant; care is given
// at both its ends.
func (s *stay) quiet() claimwatch.Interval {
	from := s.planned().Midnight() + 20*hour
	switch s.twist {
	case noCare:
		return claimwatch.Interval{From: from, Until: from + 48*hour + 1}
	case noCareNear:
		return claimwatch.Interval{From: from, Until: from + 48*hour}
	default:
		return claimwatch.Interval{}
	}
}

// alone is the span without successful checks of an unchecked plant; there is
// one at both its ends.
func (s *stay) alone() claimwatch.Interval {
	from := s.planned().Midnight() + 7*hour + 30*minute
	switch s.twist {
	case unchecked:
		return claimwatch.Interval{From: from, Until: from + 24*hour + 1}
	case uncheckedNear:
		return claimwatch.Interval{From: from, Until: from + 24*hour}
	default:
		return claimwatch.Interval{}
	}
}

// away is the leave of the stay, empty for most.
func (s *stay) away() claimwatch.Interval {
	if s.twist != leaveLate {
		return claimwatch.Interval{}
	}
	from := s.planned().Midnight() + 8*hour + 40*minute
	return claimwatch.Interval{From: from, Until: from + 33*hour}
}

// idle says whether nothing but bed and board is given on a day.
func (s *stay) idle(d claimwatch.Day) bool {
	return (s.twist == inert || s.twist == inertNear) && (d-s.admitted.Day())%2 == 1 && d < s.discharged.Day()
}

// illnesses are first diagnoses of different groups.
var illnesses = [...]string{"S82.101", "S72.001", "S52.501", "S06.001", "T31.101", "M51.202", "S22.301", "S83.201"}

// planner lays out the stays of a person.
type planner struct {
	config       Config
	institutions []institution
	stays        []stay
	plants       []Plant
	catalogue    *catalogue
	queue        []twist // the kinds of plants in the order of their turns
	crowd        crowd
}

func (pl *planner) person(i int) {
	rng := rand.New(rand.NewPCG(pl.config.Seed, uint64(i)<<1|1))
	d := pl.config.From + claimwatch.Day(rng.IntN(30)) - 1
	for n := 0; ; n++ {
		if n%3 == 2 {
			pl.add(pl.newVisit(rng, i, d))
			d += claimwatch.Day(1 + rng.IntN(3))
		}
		s := pl.newStay(rng, i, d+1)
		if s.admitted >= pl.config.Until {
			return
		}
		pl.disperse(&s)
		if s.admitted >= pl.config.Until {
			return
		}
		if rng.Float64() < pl.config.ViolationRate {
			pl.bend(&s)
		}
		pl.add(s)
		if sorts[s.twist].follows {
			s = pl.follow(rng, &s)
			pl.add(s)
		}
		d = s.discharged.Day() + 20 + claimwatch.Day(rng.IntN(40))
	}
}

func (pl *planner) add(s stay) {
	s.index = len(pl.stays)
	s.id = fmt.Sprintf("S%07d", s.index+1)
	pl.stays = append(pl.stays, s)
	if !s.visit() {
		pl.crowd.add(&s)
	}
	if s.twist != plain && !sorts[s.twist].follows {
		pl.plant(&pl.stays[s.index])
	}
}

func (pl *planner) newStay(rng *rand.Rand, person int, d claimwatch.Day) stay {
	h := &pl.institutions[person%len(pl.institutions)]
	s := stay{
		person: person, home: h, class: "inpatient", route: "elective",
		admitted:   d.Midnight() + 9*hour + claimwatch.Instant(rng.IntN(6*3600))*second,
		department: h.departments[rng.IntN(len(h.departments))],
		physician:  h.physicians[rng.IntN(len(h.physicians))],
		diagnosis:  illnesses[rng.IntN(len(illnesses))],
		intensity:  8 + rng.IntN(34),
	}
	if h.rehab() {
		s.class = "rehab"
	} else if rng.IntN(4) == 0 {
		s.route = "emergency"
	}
	s.ward, s.bed = s.department+"一病区", fmt.Sprint(1+person/len(pl.institutions)) // nobody else's
	length := claimwatch.Day(5 + rng.IntN(16))
	s.discharged = (d + length).Midnight() + 10*hour + claimwatch.Instant(rng.IntN(5*3600))*second
	return s
}

func (pl *planner) newVisit(rng *rand.Rand, person int, d claimwatch.Day) stay {
	s := pl.newStay(rng, person, d)
	s.class, s.route, s.ward, s.bed = "outpatient", "elective", "", ""
	s.discharged = s.admitted
	return s
}

// bend gives a stay the first twist in the queue that fits it: at an institution
// that needs face checks where the twist is about them, and early enough, for
// what is planted must be over two days before the end.
func (pl *planner) bend(s *stay) {
	for i, t := range pl.queue {
		kind := sorts[t]
		discharged := s.discharged + claimwatch.Instant(longer(s, t))*day
		over := discharged + 2*day
		if kind.follows {
			over += 24 * day
		}
		if over >= pl.config.Until || (kind.faces && !s.home.faces) {
			continue
		}
		if pl.crowd.full(pass{s.home.id, s.admitted.Day(), discharged.Day()}) {
			continue
		}
		s.twist, s.discharged = t, discharged
		pl.queue = append(slices.Delete(pl.queue, i, i+1), t)
		return
	}
}

// longer is how many days a stay must be made longer for a twist.
func longer(s *stay, t twist) claimwatch.Day {
	length, least := s.discharged.Day()-s.admitted.Day(), claimwatch.Day(sorts[t].days)
	if least == 0 {
		return 0
	}
	longer := max(0, least-length)
	if (t == inert || t == inertNear) && (length+longer-least)%2 == 1 {
		longer++ // an even number of days, or an odd one
	}
	return longer
}

// follow makes the next stay of a plant that is about two stays.
func (pl *planner) follow(rng *rand.Rand, a *stay) stay {
	gap := map[twist]claimwatch.Day{
		splitCore: 7, splitEmergency: 3, splitIllness: 0, splitSeries: 5,
		splitBuffer: 8, splitBufferLong: 15, splitFar: 16,
	}[a.twist]
	b := pl.newStay(rng, a.person, a.discharged.Day()+gap)
	length := claimwatch.Day(5 + rng.IntN(4))
	b.diagnosis, b.department, b.physician, b.route = a.diagnosis, a.department, a.physician, "elective"
	switch a.twist {
	case splitEmergency:
		b.route = "emergency"
	case splitSeries:
		a.series, b.series = "SE1", "SE1"
		pl.stays[len(pl.stays)-1].series = "SE1"
	case splitIllness:
		b.diagnosis = "Z47.001"
		b.admitted, b.department = a.discharged+2*hour, otherDepartment(a)
	case reregister:
		b.admitted, b.department = a.discharged+2*hour, otherDepartment(a)
	case reregisterNextAt:
		b.admitted, b.department = a.discharged+24*hour, otherDepartment(a)
	}
	b.discharged = (b.admitted.Day() + length).Midnight() + 11*hour
	for pl.crowd.full(passOf(&b)) {
		b.discharged += day
	}
	b.index, b.id = len(pl.stays), fmt.Sprintf("S%07d", len(pl.stays)+1)
	pl.note(sorts[a.twist].rule, sorts[a.twist].near, &b)
	if a.twist == reregisterNextAt {
		pl.note("ADM-003", true, &b)
	}
	return b
}

func otherDepartment(s *stay) string {
	if s.department == s.home.departments[0] {
		return s.home.departments[1]
	}
	return s.home.departments[0]
}
