package province

import (
	"cmp"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"claimwatch"
)

// Province is a simulated province. It is made of plans only; every iteration
// plays them anew, so it may be iterated more than once and from several
// goroutines.
type Province struct {
	config       Config
	catalogue    *catalogue
	institutions []institution
	specials     []institution
	stays        []stay     // in the order of admission
	scenes       []*planned // in the order of their first days
	plants       []Plant
}

// New plans a province.
func New(config Config) *Province {
	config = config.withDefaults()
	p := &Province{config: config, catalogue: newCatalogue(), institutions: newInstitutions(config.Institutions, max(20, config.Persons)), specials: newSpecials()}
	pl := &planner{config: config, institutions: p.institutions, catalogue: p.catalogue, crowd: crowd{}}
	for t := plain + 1; t < twists; t++ {
		pl.queue = append(pl.queue, t)
	}
	for i := range config.Persons {
		pl.person(i)
	}
	p.stage(pl)
	p.stays, p.plants = pl.stays, pl.plants
	slices.SortStableFunc(p.scenes, func(a, b *planned) int { return cmp.Compare(a.first, b.first) })
	slices.SortFunc(p.stays, func(a, b stay) int {
		return cmp.Or(cmp.Compare(a.admitted, b.admitted), strings.Compare(a.id, b.id))
	})
	return p
}

func (p *Province) home(person int) *institution {
	return &p.institutions[person%len(p.institutions)]
}

// Until is the end of the stream: what is evaluated as of then has all of it.
func (p *Province) Until() claimwatch.Instant { return p.config.Until }

// Institutions lists the ids of the institutions.
func (p *Province) Institutions() []string {
	var ids []string
	for _, h := range p.hospitals() {
		ids = append(ids, h.id)
	}
	return ids
}

// upload is a record and the moment at which its hospital sends it.
type upload struct {
	at     claimwatch.Instant
	record *claimwatch.Record
}

// stream plays the stays of a province day by day.
type stream struct {
	*slab
	catalogue *catalogue
	until     claimwatch.Instant
	noise     float64
	day       claimwatch.Day
	uploads   []upload                    // of the day
	later     map[claimwatch.Day][]upload // of days to come
	scratch   []byte
}

// send puts a record on its way, unless the province ends before it happens or is sent.
func (s *stream) send(r *claimwatch.Record, at claimwatch.Instant) {
	if at >= s.until || r.OccurredAt >= s.until {
		return
	}
	if d := at.Day(); d > s.day {
		s.later[d] = append(s.later[d], upload{at, r})
	} else {
		s.uploads = append(s.uploads, upload{at, r})
	}
}

// days yields the uploads of each local day in the order of sending.
func (p *Province) days() iter.Seq[[]upload] {
	return func(yield func([]upload) bool) {
		s := &stream{
			slab: &slab{}, catalogue: p.catalogue, until: p.config.Until, noise: p.config.NoiseRate,
			later: map[claimwatch.Day][]upload{}, scratch: make([]byte, 64),
		}
		var open []*course
		next, scene := 0, 0
		for s.day = p.config.From; s.day.Midnight() < s.until; s.day++ {
			for next < len(p.stays) && p.stays[next].admitted.Day() == s.day {
				open = append(open, newCourse(s, &p.stays[next], p.config.Seed))
				next++
			}
			s.uploads = s.later[s.day]
			delete(s.later, s.day)
			for _, c := range open {
				c.play(s.day)
			}
			for ; scene < len(p.scenes) && p.scenes[scene].first == s.day; scene++ {
				st := p.newStory(p.scenes[scene], s)
				st.scene.tell(st)
			}
			open = slices.DeleteFunc(open, func(c *course) bool { return c.over(s.day + 1) })
			slices.SortStableFunc(s.uploads, func(a, b upload) int { return cmp.Compare(a.at, b.at) })
			if !yield(s.uploads) {
				return
			}
		}
	}
}

func newCourse(s *stream, plan *stay, seed uint64) *course {
	return &course{
		stay: plan, stream: s, patient: personID(plan.person), injury: caseID(plan.person), rng: rand.New(rand.NewPCG(seed, uint64(plan.index)<<1)),
		silence: plan.quiet(), lone: plan.alone(), gone: plan.away(),
	}
}

// Records yields every record in the order of sending, with the moment of
// sending. A record stays as it is after the iteration.
func (p *Province) Records() iter.Seq2[claimwatch.Instant, *claimwatch.Record] {
	return func(yield func(claimwatch.Instant, *claimwatch.Record) bool) {
		for uploads := range p.days() {
			for _, u := range uploads {
				if !yield(u.at, u.record) {
					return
				}
			}
		}
	}
}

// Batch is one upload of one institution.
type Batch struct {
	InstitutionID string
	At            claimwatch.Instant // when it is sent: everything in it happened before
	Records       []claimwatch.Record
}

// Batches yields uploads in the order of sending: each institution sends what it
// has at the end of every span of time, at most most records at once.
func (p *Province) Batches(every time.Duration, most int) iter.Seq[Batch] {
	return func(yield func(Batch) bool) {
		span := claimwatch.Instant(every.Milliseconds())
		waiting, institutions := map[string][]claimwatch.Record{}, p.Institutions()
		end := p.config.From.Midnight() + span
		flush := func() bool {
			for _, id := range institutions {
				for part := range slices.Chunk(waiting[id], most) {
					if !yield(Batch{InstitutionID: id, At: min(end, p.config.Until), Records: part}) {
						return false
					}
				}
				delete(waiting, id)
			}
			return true
		}
		for at, r := range p.Records() {
			for at >= end {
				if !flush() {
					return
				}
				end += span
			}
			waiting[r.InstitutionID] = append(waiting[r.InstitutionID], *r)
		}
		flush()
	}
}
