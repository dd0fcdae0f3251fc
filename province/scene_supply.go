package province

import (
	"claimwatch"
)

// supplyScenes are about how many days of a drug are handed out at once.
func supplyScenes() []scene {
	return []scene{
		hit("RX-001", supplied("tablet", "elective", 7, 5, 3)),
		hit("RX-001", supplied("tablet", "emergency", 3, 4)),
		hit("RX-001", supplied("monthly", "elective", 30, 31)),
		near("RX-001", supplied("tablet", "elective", 7, 4, 3)),
		near("RX-001", supplied("tablet", "emergency", 3, 3)),
		near("RX-001", supplied("monthly", "elective", 30, 30)),
		near("RX-001", suppliedAndTakenBack),
		hit("RX-002", takenHome("tablet", 7, 8)),
		hit("RX-002", takenHome("homeTablet", 14, 15)),
		near("RX-002", takenHome("tablet", 7, 7)),
		near("RX-002", takenHome("homeTablet", 14, 14)),
		hit("RX-005", prescribedTwice([]int64{2, 2}, []int64{2, 2})),
		near("RX-005", prescribedTwice([]int64{2, 2}, []int64{2, 1})),
		near("RX-005", prescribedByTwo),
	}
}

// supply charges so many days of a drug, a unit for each day.
func (c *course) supply(i *item, at claimwatch.Instant, days int64, prescription string) *claimwatch.Record {
	r := c.fee(i, at, days, "")
	number(r, feeSlot[feeSupply], days)
	texts(r, feeSlot, feePrescription, prescription)
	c.charge(r)
	return r
}

// supplied is a visit with a prescription in several lines.
func supplied(word, route string, limit int64, days ...int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.visit(st.patient(h), h, st.at(0, 9*hour))
		c.route = route
		c.attend()
		if route == "emergency" {
			c.check(c.admitted + 2*minute)
		}
		i, sum, prescription := st.good(word), int64(0), c.id+"-RX"
		for n, d := range days {
			c.supply(i, c.admitted+claimwatch.Instant(20+n)*minute, d, prescription)
			sum += d
		}
		st.found(c, c.cost(i, max(0, sum-limit)), i.code, prescription)
	}
}

// suppliedAndTakenBack gives eight days and takes one of them back.
func suppliedAndTakenBack(st *story) {
	h := st.general()
	c := st.visit(st.patient(h), h, st.at(0, 9*hour)).attend()
	i, prescription := st.good("tablet"), c.id+"-RX"
	c.takeBack(c.supply(i, c.admitted+20*minute, 8, prescription), c.admitted+3*hour, 1)
	st.found(c, 0, i.code, prescription)
}

// takenHome are drugs handed out at the discharge.
func takenHome(word string, limit, days int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		i := st.good(word)
		r := c.fee(i, c.discharged-10*minute, days, "")
		number(r, feeSlot[feeSupply], days)
		texts(r, feeSlot, feeUsage, "discharge")
		c.charge(r)
		st.found(c, c.cost(i, max(0, days-limit)), i.code, r.RecordID)
		c.close()
	}
}

// prescribedTwice are two prescriptions of one physician in lines of some days: a
// line of three would be a refill.
func prescribedTwice(prescriptions ...[]int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.visit(st.patient(h), h, st.at(0, 9*hour)).attend()
		i, sum := st.good("tablet"), int64(0)
		for n, lines := range prescriptions {
			for k, days := range lines {
				c.supply(i, c.admitted+claimwatch.Instant(20+10*n+k)*minute, days, c.id+"-RX"+string(rune('A'+n)))
				sum += days
			}
		}
		st.told(c, c.cost(i, max(0, sum-7)), c.patient, c.physician, i.code, c.admitted.Day().String())
	}
}

// prescribedByTwo is as much, of two physicians.
func prescribedByTwo(st *story) {
	h := st.general()
	c := st.visit(st.patient(h), h, st.at(0, 9*hour)).attend()
	first, i := c.physician, st.good("tablet")
	for n, doctor := range h.physicians[:2] {
		c.physician = doctor
		for k := range 2 {
			c.supply(i, c.admitted+claimwatch.Instant(20+10*n+k)*minute, 2, c.id+"-RX"+doctor)
		}
	}
	st.told(c, 0, c.patient, first, i.code, c.admitted.Day().String())
}
