package province

import (
	"fmt"
	"slices"

	"claimwatch"
)

// inpatient is a stay of a scene: from nine on its n-th day to eleven some days
// later. Nothing of it is sent yet.
func (st *story) inpatient(who *patient, h *institution, n, days int) *course {
	st.stays++
	s := &stay{
		index: 1, home: h, id: fmt.Sprintf("T%05d-%02d", st.number+1, st.stays), class: "inpatient", route: "elective",
		admitted: st.at(n, 9*hour), discharged: st.at(n+days, 11*hour), department: h.departments[0],
		physician: h.physicians[st.number%len(h.physicians)], diagnosis: illnesses[st.number%len(illnesses)],
	}
	if h.rehab() {
		s.class = "rehab"
	}
	s.ward, s.bed = s.department+"一病区", "+"+s.id // nobody else's
	if len(st.own) == 0 {
		st.lodgers = append(st.lodgers, s)
	}
	return &course{stay: s, stream: st.stream, patient: who.id, injury: who.injury, rng: st.rng}
}

// visit is a visit of a scene at a moment, with its registration.
func (st *story) visit(who *patient, h *institution, at claimwatch.Instant) *course {
	st.stays++
	s := &stay{
		index: 1, home: h, id: fmt.Sprintf("V%05d-%02d", st.number+1, st.stays), class: "outpatient", route: "elective",
		admitted: at, discharged: at, department: h.departments[0], physician: h.physicians[st.number%len(h.physicians)],
		diagnosis: illnesses[st.number%len(illnesses)],
	}
	return &course{stay: s, stream: st.stream, patient: who.id, injury: who.injury, rng: st.rng}
}

// attend sends the admission of a visit and its registration fee.
func (c *course) attend() *course {
	c.send(c.admission(), c.admitted+5*second)
	c.charge(c.fee(&c.catalogue.registration, c.admitted+minute, 1, ""))
	return c
}

func (c *course) admission() *claimwatch.Record {
	r := c.newRecord(claimwatch.Admission, c.admitted)
	c.register(r)
	return r
}

// omission is what the routine leaves out on which days of the stay.
type omission struct {
	what string // admission, checks, vitals, nursing, consultation
	days []int  // of the stay, from 0; none: all
}

func without(what string, days ...int) omission { return omission{what, days} }

// lodge sends the routine of a stay: all that a rule asks of one, and no more.
func (c *course) lodge(omitted ...omission) *course {
	for d := c.admitted.Day(); d <= c.discharged.Day(); d++ {
		c.today = d
		n := int(d - c.admitted.Day())
		left := func(what string) bool {
			return slices.ContainsFunc(omitted, func(o omission) bool {
				return o.what == what && (len(o.days) == 0 || slices.Contains(o.days, n))
			})
		}
		if n == 0 {
			c.enter(left)
		}
		c.routine(left)
	}
	return c
}

func (c *course) enter(left func(string) bool) {
	if !left("admission") {
		c.send(c.admission(), c.admitted+5*second)
	}
	if !left("checks") {
		c.check(c.admitted + 3*minute)
	}
	order := c.order("nursing", &c.catalogue.nursing[c.nursingLevel()], c.admitted+10*minute, int64(c.discharged.Day()-c.admitted.Day()+1))
	number(order, orderSlot[5], int64(c.nursingLevel()))
	c.put(order)
}

// routine is a day: checks morning and evening, vitals, the day's fees and a treatment.
func (c *course) routine(left func(string) bool) {
	midnight, last := c.today.Midnight(), c.today == c.discharged.Day()
	for _, at := range []claimwatch.Instant{midnight + 8*hour, midnight + 18*hour + 30*minute} {
		if at > c.admitted && at < c.discharged && !left("checks") {
			c.check(at)
		}
	}
	if last && c.today > c.admitted.Day() {
		return
	}
	if at := max(midnight+8*hour+30*minute, c.admitted+20*minute); !left("vitals") {
		r := c.newRecord(claimwatch.CareRecord, at)
		texts(r, careSlot, 0, "vitals")
		c.put(r)
	}
	at := max(midnight+10*hour, c.admitted+30*minute)
	c.charge(c.fee(&c.catalogue.bed, at, 1, ""))
	if !left("nursing") {
		c.charge(c.fee(&c.catalogue.nursing[c.nursingLevel()], at+second, 1, ""))
	}
	if !left("consultation") {
		c.charge(c.fee(&c.catalogue.consultation, at+2*second, 1, ""))
	}
	c.charge(c.fee(c.treatment(), at+30*minute, 1, ""))
}

// treatment is what the routine gives every day.
func (c *course) treatment() *item {
	if c.class == "rehab" {
		return &c.catalogue.rehab[2]
	}
	return &c.catalogue.treatments[3]
}

// dayRate is what bed, nursing and consultation cost a day.
func (c *course) dayRate() claimwatch.Fen {
	return c.cost(&c.catalogue.bed, 1) + c.cost(&c.catalogue.nursing[c.nursingLevel()], 1) + c.cost(&c.catalogue.consultation, 1)
}

// dayTotal is what a day of the routine costs.
func (c *course) dayTotal() claimwatch.Fen { return c.dayRate() + c.cost(c.treatment(), 1) }

func (c *course) cost(i *item, units int64) claimwatch.Fen {
	return claimwatch.Product(units*10_000, i.price(c.home))
}

// total is what the stay has charged so far.
func (c *course) total() claimwatch.Fen {
	total := int64(0)
	for _, m := range c.months {
		total += m.amount
	}
	return claimwatch.Fen(total)
}

// check is a successful check, of the face where the hospital can.
func (c *course) check(at claimwatch.Instant) {
	if c.home.faces {
		c.face(at, true)
		return
	}
	c.card(at)
}

func (c *course) card(at claimwatch.Instant) {
	r := c.newRecord(claimwatch.IdentityCheck, at)
	texts(r, checkSlot, 0, "card")
	texts(r, checkSlot, 3, "match", "CARD-1", c.ward)
	c.put(r)
}

// close sends discharge, front page and claims. Nothing is charged after it.
func (c *course) close() {
	c.release("improved")
	c.declare()
}

// declare sends the claims.
func (c *course) declare() {
	c.today = c.discharged.Day() + 1
	c.claims()
}

// give charges a line of an item at a moment and returns it.
func (c *course) give(i *item, at claimwatch.Instant, units int64) *claimwatch.Record {
	r := c.fee(i, at, units, "")
	c.charge(r)
	return r
}
