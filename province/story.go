package province

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"claimwatch"
)

// story is a scene while it is told: when the province is planned for what it
// plants and for its reference rows, when the province is played for its records.
type story struct {
	*stream
	p      *Province
	scene  *scene
	number int
	first  claimwatch.Day
	rng    *rand.Rand

	persons, stays int
	plants         []Plant
	rows           map[string][]map[string]string
	own            []*institution
	needs          map[string]bool
	lodgers        []*stay
	due            claimwatch.Instant // the end of the province must be later
}

func (p *Province) newStory(one *planned, s *stream) *story {
	return &story{
		stream: s, p: p, scene: one.scene, number: one.number, first: one.first,
		rng:  rand.New(rand.NewPCG(p.config.Seed, 1<<63|uint64(one.number))),
		rows: map[string][]map[string]string{}, needs: map[string]bool{},
	}
}

// end is the last day on which something of a rehearsed scene is sent or due.
func (st *story) end() claimwatch.Day {
	end := st.due.Day()
	for d := range st.later {
		end = max(end, d)
	}
	return end
}

// crowds says whether the scene would bring together too many at one hospital.
func (st *story) crowds(c crowd) bool {
	return slices.ContainsFunc(st.lodgers, func(s *stay) bool { return c.full(passOf(s)) })
}

// at is a moment of the n-th day of the scene.
func (st *story) at(n int, time claimwatch.Instant) claimwatch.Instant {
	return (st.first + claimwatch.Day(n)).Midnight() + time
}

// good is what scenes charge.
func (st *story) good(word string) *item { return st.catalogue.goods[word] }

// general is one of the general hospitals with face checks, in turn.
func (st *story) general() *institution {
	var fit []*institution
	for i := range st.p.institutions {
		if h := &st.p.institutions[i]; h.kind == "medical" && h.faces {
			fit = append(fit, h)
		}
	}
	return fit[st.number%len(fit)]
}

// first hospital of the capital: what happens at two hospitals happens there and
// at a special one, which are all in the capital.
func (st *story) central() *institution { return &st.p.institutions[0] }

// clinic has neither face checks nor capabilities.
func (st *story) clinic() *institution { return st.special(0) }

// centre gives rehabilitation.
func (st *story) centre() *institution { return st.special(1) }

// fitter fits devices.
func (st *story) fitter() *institution { return st.special(2) }

func (st *story) special(i int) *institution {
	h := &st.p.specials[i]
	st.needs[h.id] = true
	return h
}

// hospital makes a hospital for this scene alone, with the agreements given.
func (st *story) hospital(agreements ...agreement) *institution {
	h := &institution{
		id: fmt.Sprintf("X%04d-%d", st.number, len(st.own)+1), name: fmt.Sprintf("第%d医院", st.number), kind: "medical", city: capital,
		level: 2, beds: 40, faces: true, capabilities: allCapabilities, agreements: agreements, departments: []string{"骨科", "外科"},
	}
	h.employ()
	st.own = append(st.own, h)
	return h
}

// row adds a row to a reference table, given as names and values in turn.
func (st *story) row(table string, columns ...string) {
	st.rows[table] = append(st.rows[table], columnsOf(map[string]string{}, columns))
}

func columnsOf(row map[string]string, columns []string) map[string]string {
	for i := 0; i+1 < len(columns); i += 2 {
		row[columns[i]] = columns[i+1]
	}
	return row
}

// patient is a person of a scene with the row of an injury case.
type patient struct {
	id, injury  string
	row, caseOf map[string]string
}

// patient makes a person who is insured where a hospital is; further columns of
// the row of persons come as names and values in turn.
func (st *story) patient(h *institution, columns ...string) *patient {
	st.persons++
	who := &patient{id: fmt.Sprintf("Q%05d-%02d", st.number+1, st.persons)}
	who.injury = "IC-" + who.id
	who.row = columnsOf(map[string]string{
		"person_id": who.id, "name_masked": "某**", "sex": "M", "born": "1980-05-17", "insured_city": h.city,
	}, columns)
	injured := st.first - 60
	who.caseOf = map[string]string{
		"injury_case_id": who.injury, "person_id": who.id, "injured_on": injured.String(), "recognised_on": (injured + 30).String(),
		"diagnosis_prefixes": "S;T;M;Z", "trauma": "true", "stop_work_until": (st.first + 1000).String(),
	}
	st.rows["persons"] = append(st.rows["persons"], who.row)
	st.rows["injury_cases"] = append(st.rows["injury_cases"], who.caseOf)
	return who
}
