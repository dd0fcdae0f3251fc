package province

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"claimwatch"
)

// scene is a story of persons, and sometimes of a hospital, of its own that shows
// a rule, or comes as near to it as can be without breaking it.
type scene struct {
	rule  string
	near  bool
	place place
	days  claimwatch.Day // of a scene at the end: how many before it begins; default endingDays
	tell  func(*story)
}

// place says when in the province a scene can be played.
type place uint8

const (
	anywhere place = iota
	late           // as late as there is room: it must not be old at the end
	ending         // in the last days, up to the end itself
)

// endingDays is how many days before the end a scene there begins.
const endingDays = 8

// scenes lists every scene of a round.
func scenes() []scene {
	return slices.Concat(
		agreementScenes(), identityScenes(), overlapScenes(), wardScenes(), crowdScenes(), elsewhereScenes(),
		limitScenes(), hourScenes(), nursingScenes(), outsideScenes(), orderScenes(), pairScenes(), surgeryScenes(), refundScenes(),
		supplyScenes(), refillScenes(), restrictionScenes(), courseScenes(), examScenes(),
		injuryScenes(), rehabScenes(), deviceScenes(), uploadScenes(), completeScenes(),
	)
}

// planned is a scene that has its place in the province.
type planned struct {
	*scene
	number int
	first  claimwatch.Day
	rows   map[string][]map[string]string // its rows of the reference tables
	own    []*institution                 // hospitals that are there for it alone
	needs  map[string]bool                // the special institutions that it uses
}

// stage places as many scenes as were asked for, in turn, in an order that the
// seed gives. Those for which there is no room are left out.
func (p *Province) stage(pl *planner) {
	all := scenes()
	count := len(all) * p.config.Rounds
	if p.config.Rounds == 0 {
		bent := 0
		for i := range pl.stays {
			if pl.stays[i].twist != plain {
				bent++
			}
		}
		count = bent / 2
	}
	if p.config.ViolationRate < 0 || p.config.Rounds < 0 {
		return
	}
	rng := rand.New(rand.NewPCG(p.config.Seed, ^uint64(0)))
	turns := rng.Perm(len(all))
	for number := range count {
		p.placeScene(&all[turns[number%len(all)]], number, rng, pl)
	}
}

// placeScene finds the day on which a scene begins, notes what it plants and
// keeps its rows.
func (p *Province) placeScene(of *scene, number int, rng *rand.Rand, pl *planner) {
	one := &planned{scene: of, number: number, first: p.config.From}
	room := p.lastDay() - p.rehearse(one).end()
	switch {
	case of.place == ending:
		one.first = p.config.Until.Day() - cmp.Or(of.days, endingDays)
		if one.first < p.config.From || p.config.Until != p.config.Until.Day().Midnight() {
			return
		}
	case room < 0:
		return
	case of.place == late:
		one.first += room
	default:
		one.first += claimwatch.Day(rng.Int64N(int64(room) + 1))
	}
	for tries := 0; ; tries++ {
		st := p.rehearse(one)
		fits := of.place == ending || st.end() <= p.lastDay()
		if fits && !st.crowds(pl.crowd) {
			p.accept(one, st, pl)
			return
		}
		if one.first--; one.first < p.config.From || of.place == ending || tries > 40 {
			return
		}
	}
}

// lastDay is the last day on which something of a scene may happen: two days are
// left after it.
func (p *Province) lastDay() claimwatch.Day { return p.config.Until.Day() - 3 }

func (p *Province) accept(one *planned, st *story, pl *planner) {
	one.rows, one.own, one.needs = st.rows, st.own, st.needs
	for _, s := range st.lodgers {
		pl.crowd.add(s)
		s.home.beds++ // guests take nobody's bed (ADM-019)
	}
	pl.plants = append(pl.plants, st.plants...)
	p.scenes = append(p.scenes, one)
}

// rehearse tells a scene to nobody, as if the province had no end.
func (p *Province) rehearse(one *planned) *story {
	st := p.newStory(one, &stream{
		slab: &slab{}, catalogue: p.catalogue, until: claimwatch.Latest, day: -1, later: map[claimwatch.Day][]upload{}, scratch: make([]byte, 64),
	})
	st.scene.tell(st)
	return st
}

// hospitals are the general ones, those special ones that a scene needs and
// those that scenes have to themselves.
func (p *Province) hospitals() (all []*institution) {
	for i := range p.institutions {
		all = append(all, &p.institutions[i])
	}
	for i := range p.specials {
		needed := func(of *planned) bool { return of.needs[p.specials[i].id] }
		if slices.ContainsFunc(p.scenes, needed) {
			all = append(all, &p.specials[i])
		}
	}
	for _, of := range p.scenes {
		all = append(all, of.own...)
	}
	return all
}
