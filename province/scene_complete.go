package province

import (
	"claimwatch"
)

// completeScenes are about what is missing of a stay, and claims that do not fit.
func completeScenes() []scene {
	return []scene{
		hit("DAT-002", noFrontPage),
		hit("DAT-002", noAdmission),
		hit("DAT-002", claimedWrongly(1, 0)),
		hit("DAT-002", claimedWrongly(0, 1)),
		near("DAT-002", claimedAnew),
		near("DAT-002", lateFrontPage),
	}
}

func noFrontPage(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	r := c.newRecord(claimwatch.Discharge, c.discharged)
	texts(r, dischargeSlot, 0, "cured")
	list(r, dischargeSlot[1], c.diagnosis)
	c.put(r)
	c.declare()
	st.due = c.discharged + 72*hour
	st.found(c, 0)
}

// lateFrontPage comes on the third day after the discharge.
func lateFrontPage(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	for _, r := range []*claimwatch.Record{c.newRecord(claimwatch.Discharge, c.discharged), c.newRecord(claimwatch.FrontPage, c.discharged)} {
		if r.Kind == claimwatch.Discharge {
			texts(r, dischargeSlot, 0, "cured")
			list(r, dischargeSlot[1], c.diagnosis)
			c.put(r)
			continue
		}
		c.fillPage(r)
		c.send(r, c.discharged+71*hour)
	}
	c.declare()
	st.found(c, 0)
}

// noAdmission has fees of a stay that nobody registered.
func noAdmission(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 1).lodge(without("admission"))
	st.due = c.admitted + 75*hour
	st.found(c, 0)
}

// claimedWrongly declares so many fen and lines too much.
func claimedWrongly(amount, lines int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		c.release("improved")
		c.months[0].amount += amount
		c.months[0].lines += lines
		c.declare()
		st.found(c, 0)
	}
}

// claimedAnew declares a fen too much, and a day later what is right.
func claimedAnew(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	c.release("improved")
	c.months[0].amount++
	c.declare()
	c.months[0].amount--
	c.today++
	c.claims()
	st.found(c, 0)
}
