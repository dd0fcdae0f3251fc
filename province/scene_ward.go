package province

import (
	"claimwatch"
)

// wardScenes are about beds that nobody seems to lie in, or too long.
func wardScenes() []scene {
	return []scene{
		hit("ADM-011", noVitals(1, 2)),
		hit("ADM-011", noVitalsAroundALeave),
		near("ADM-011", noVitals(1)),
		near("ADM-011", noVitals(1, 3)),
		near("ADM-011", noVitalsWhereNobodyMust),
		hit("ADM-015", staysLong(groupShort, 7)),
		near("ADM-015", staysLong(groupShort, 6)), // above p95, not above median + 3 mad
		near("ADM-015", staysLong(groupRare, 9)),  // of 29 stays nothing is said
	}
}

// noVitals is a stay whose vitals are missing on some days.
func noVitals(days ...int) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 5).lodge(without("vitals", days...))
		st.found(c, 0)
		c.close()
	}
}

// noVitalsAroundALeave has no vitals on the days before and after a day away.
func noVitalsAroundALeave(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 5)
	c.leave(st.at(1, 12*hour), st.at(3, 7*hour))
	c.lodge(without("vitals", 1, 3))
	st.found(c, 0)
	c.close()
}

func noVitalsWhereNobodyMust(st *story) {
	c := st.inpatient(st.patient(st.clinic()), st.clinic(), 0, 4).lodge(without("vitals"))
	st.found(c, 0)
	c.close()
}

// leave sends a leave. From then on what the routine does in it is left out.
func (c *course) leave(from, until claimwatch.Instant) *claimwatch.Record {
	r := c.newRecord(claimwatch.Leave, from)
	number(r, leaveSlot[0], int64(until))
	texts(r, leaveSlot, 1, c.physician)
	c.put(r)
	c.gone = claimwatch.Interval{From: from, Until: until}
	return r
}

// staysLong is a stay of so many days for an illness of a group.
func staysLong(group string, days int) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, days)
		c.diagnosis = group + ".001"
		c.lodge()
		st.found(c, 0)
		c.close()
	}
}
