package province

import (
	"claimwatch"
)

// limitScenes are about how much of an item may be charged.
func limitScenes() []scene {
	return []scene{
		hit("FEE-008", overTheDay(2, 2)),
		near("FEE-008", overTheDay(2, 1)),
		near("FEE-008", overTheDayRefunded),
		hit("FEE-009", overTheStay(2, 2, 1)),
		near("FEE-009", overTheStay(2, 2)),
		hit("FEE-014", extraDay("nursing", 1)),
		hit("FEE-014", extraDay("consultation", 1)),
		near("FEE-014", extraDay("nursing", 0)),
		near("FEE-014", extraDayRefunded),
	}
}

// overTheDay gives so many dressings at ten and so many at four.
func overTheDay(first, second int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		i := st.good("dressing")
		c.give(i, st.at(1, 10*hour), first)
		c.give(i, st.at(1, 16*hour), second)
		st.told(c, c.cost(i, max(0, first+second-3)), h.id, c.patient, i.code, st.at(1, 0).Day().String())
		c.close()
	}
}

func overTheDayRefunded(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	i := st.good("dressing")
	c.give(i, st.at(1, 10*hour), 2)
	c.takeBack(c.give(i, st.at(1, 16*hour), 2), st.at(2, 9*hour), 1)
	st.told(c, 0, h.id, c.patient, i.code, st.at(1, 0).Day().String())
	c.close()
}

// takeBack refunds some units of a line.
func (c *course) takeBack(r *claimwatch.Record, at claimwatch.Instant, units int64) *claimwatch.Record {
	refund := c.refund(r, at, units*10_000)
	refund.PersonID, refund.StayID = c.patient, c.id
	c.charge(refund)
	return refund
}

// overTheStay gives splints on consecutive days.
func overTheStay(units ...int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		i, sum := st.good("splint"), int64(0)
		for n, u := range units {
			c.give(i, st.at(n, 15*hour), u)
			sum += u
		}
		st.found(c, c.cost(i, max(0, sum-4)), i.code)
		c.close()
	}
}

// extraDay charges nursing or consultation on the day of discharge too.
func extraDay(category string, units int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		i := &st.catalogue.consultation
		if category == "nursing" {
			i = &st.catalogue.nursing[c.nursingLevel()]
		}
		if units > 0 {
			c.give(i, st.at(3, 9*hour), units)
		}
		st.found(c, c.cost(i, units), category)
		c.close()
	}
}

func extraDayRefunded(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	c.takeBack(c.give(&st.catalogue.consultation, st.at(3, 9*hour), 1), st.at(3, 10*hour), 1)
	st.found(c, 0, "consultation")
	c.close()
}
