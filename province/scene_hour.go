package province

import (
	"claimwatch"
)

// hourScenes are about what is charged by the hour.
func hourScenes() []scene {
	return []scene{
		hit("FEE-010", monitored(1, 1, [3]int{0, 24, 24}, [3]int{22, 23, 1})),
		hit("FEE-010", monitored(2, 1, [3]int{20, 34, 14}, [3]int{24, 39, 15})), // ten of the fourteen fall into the next day
		near("FEE-010", monitored(1, 0, [3]int{0, 14, 14}, [3]int{14, 24, 10})),
		near("FEE-010", monitored(1, 0, [3]int{20, 34, 14}, [3]int{0, 20, 20})),
		hit("FEE-011", specialCare(2, 1)),
		near("FEE-011", specialCare(24, 0)),
		near("FEE-011", specialCareHalf),
	}
}

// monitored is a stay with lines by the hour: from and until in hours after the
// second day began, and the hours charged. On a day they are so many too many.
func monitored(day int, excess int64, lines ...[3]int) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		i := st.good("monitor")
		for _, l := range lines {
			c.byTheHour(i, st.at(1, claimwatch.Instant(l[0])*hour), st.at(1, claimwatch.Instant(l[1])*hour), int64(l[2]))
		}
		st.told(c, c.cost(i, excess), c.patient, i.code, st.at(day, 0).Day().String())
		c.close()
	}
}

// byTheHour charges hours from one moment until another.
func (c *course) byTheHour(i *item, from, until claimwatch.Instant, hours int64) {
	r := c.fee(i, from, hours, "")
	number(r, feeSlot[feeFrom], int64(from))
	number(r, feeSlot[feeUntil], int64(until))
	c.charge(r)
}

// specialCare is special nursing for some hours of the second day, beside so many
// units of nursing by the day.
func specialCare(hours, units int64) func(*story) {
	return func(st *story) {
		c := st.watched(hours)
		i := &st.catalogue.nursing[c.nursingLevel()]
		if units > 0 {
			c.give(i, st.at(1, 9*hour), units)
		}
		excess := claimwatch.Fen(max(0, hours+24*units-24))
		st.found(c, (c.cost(i, units)*excess*2+24)/48, st.at(1, 0).Day().String()) // whole hours of a line of a day, rounded half up
		c.close()
	}
}

// specialCareHalf is special nursing for twelve hours and half a day of the other.
func specialCareHalf(st *story) {
	c := st.watched(12)
	half := c.fee(&st.catalogue.nursing[c.nursingLevel()], st.at(1, 20*hour), 1, "")
	number(half, feeSlot[feeQuantity], 5_000)
	number(half, feeSlot[feeAmount], int64(claimwatch.Product(5_000, half.Values[feeSlot[feePrice]].Num)))
	c.charge(half)
	st.found(c, 0, st.at(1, 0).Day().String())
	c.close()
}

// watched is a stay with an order for special nursing for some hours of its
// second day, on which no other nursing is charged.
func (st *story) watched(hours int64) *course {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 4).lodge(without("nursing", 1))
	i, from := &st.catalogue.nursing[0], st.at(1, 0)
	until := from + claimwatch.Instant(hours)*hour
	if hours < 24 {
		from, until = from+10*hour, until+10*hour
	}
	r := c.order("nursing", i, from-minute, 0)
	number(r, orderSlot[5], 0)
	number(r, claimwatch.Order.Slot("until"), int64(until))
	c.put(r)
	c.byTheHour(i, from, until, hours)
	return c
}
