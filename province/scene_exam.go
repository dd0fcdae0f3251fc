package province

import (
	"claimwatch"
)

// examScenes are about the same picture again and again.
func examScenes() []scene {
	return []scene{
		hit("EXM-001", pictures(false, 1, 4, 7)),
		near("EXM-001", pictures(false, 1, 4, 8)),
		near("EXM-001", pictures(true, 1, 3, 5)),
		near("EXM-001", pictures(false, 1, 5)),
	}
}

// pictures are computed tomographies of the chest on days of a stay; an
// operation before the last of them begins a new series.
func pictures(operated bool, days ...int) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 10).lodge()
		i := st.good("chestCT")
		var last claimwatch.Instant
		for _, n := range days {
			last = st.at(n, 15*hour)
			order := c.orders("chestCT", last-hour, last+hour)
			c.charge(c.fee(i, last, 1, order.RecordID))
			c.report("CT", "CHEST", i, last+20*minute, order.RecordID)
		}
		if operated {
			at := last - 4*hour
			r := c.newRecord(claimwatch.Operation, at)
			number(r, operationSlot[0], int64(at+2*hour))
			texts(r, operationSlot, 1, "33.31", c.physician, "OR-2")
			c.put(r)
		}
		st.told(c, c.cost(i, 1), c.patient, "CT", "CHEST", last.Day().Month())
		c.close()
	}
}
