package province

import (
	"claimwatch"
)

// orderScenes are about what was ordered, and what was charged for it.
func orderScenes() []scene {
	return []scene{
		hit("FEE-018", notOrdered(nil)),
		hit("FEE-018", notOrdered(func(c *course, r *claimwatch.Record) { c.orders("biopsy", r.OccurredAt-day, r.OccurredAt) })),
		near("FEE-018", notOrdered(func(c *course, r *claimwatch.Record) { c.orders("biopsy", r.OccurredAt-day, r.OccurredAt+1) })),
		near("FEE-018", notOrdered(func(c *course, r *claimwatch.Record) {
			texts(r, feeSlot, feeOrder, c.orders("biopsy", r.OccurredAt-day, r.OccurredAt-hour).RecordID)
		})),
		hit("FEE-019", overOrder(4, 3)),
		near("FEE-019", overOrder(4, 2)),
		hit("FEE-020", afterStop(2)),
		near("FEE-020", afterStop(1)),
		hit("FEE-021", unreported(72*hour+1)),
		hit("FEE-021", unreported(0)),
		near("FEE-021", unreported(72*hour)),
		near("FEE-021", unreported(-24*hour)),
		hit("SWP-001", swapped(false, 30*hour)),
		near("SWP-001", swapped(true, 30*hour)),
		near("SWP-001", swapped(false, 2*hour)), // the cheaper one was stopped the day before
	}
}

// orders sends an order of a good that is active from one moment until another.
func (c *course) orders(word string, from, until claimwatch.Instant) *claimwatch.Record {
	i := c.catalogue.goods[word]
	class := i.category
	if class == "consumable" {
		class = "other"
	}
	r := c.order(class, i, from, 0)
	number(r, claimwatch.Order.Slot("until"), int64(until))
	c.put(r)
	return r
}

// notOrdered charges what needs an order; give may order it after all.
func notOrdered(order func(*course, *claimwatch.Record)) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 5).lodge()
		i := st.good("biopsy")
		r := c.fee(i, st.at(1, 15*hour), 1, "")
		if order != nil {
			order(c, r)
		}
		c.charge(r)
		st.found(c, amountOf(r), i.code)
		c.close()
	}
}

// overOrder bills an order of six bags on two days.
func overOrder(first, second int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		i := st.good("infusion")
		r := c.order("drug", i, st.at(1, 8*hour), 3)
		number(r, orderSlot[4], 20_000) // twice a day
		number(r, claimwatch.Order.Slot("quantity"), 10_000)
		c.put(r)
		c.charge(c.fee(i, st.at(1, 9*hour), first, r.RecordID))
		c.charge(c.fee(i, st.at(2, 9*hour), second, r.RecordID))
		st.told(c, c.cost(i, max(0, first+second-6)), c.recordText(r))
		c.close()
	}
}

// afterStop bills an order that ends on the second day on the n-th.
func afterStop(n int) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		order := c.orders("infusion", st.at(0, 12*hour), st.at(1, 9*hour))
		r := c.fee(st.good("infusion"), st.at(n, 22*hour), 2, order.RecordID)
		c.charge(r)
		st.told(c, amountOf(r), c.recordText(order))
		c.close()
	}
}

// unreported is an examination that is reported so long after it was charged; 0: never.
func unreported(after claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 7).lodge()
		i, at := st.good("chestCT"), st.at(2, 9*hour)
		order := c.orders("chestCT", at-hour, at+hour)
		r := c.fee(i, at, 1, order.RecordID)
		c.charge(r)
		if after != 0 {
			c.report("CT", "CHEST", i, at+after, order.RecordID)
		}
		st.found(c, amountOf(r), i.code, at.Day().String())
		c.close()
	}
}

func (c *course) report(modality, part string, i *item, at claimwatch.Instant, order string) {
	r := c.newRecord(claimwatch.ExamReport, at)
	number(r, reportSlot[0], int64(at+hour))
	texts(r, reportSlot, 1, modality, part, i.code, order)
	c.put(r)
}

// swapped charges the dear one of two while the cheap one is ordered, for so long.
func swapped(both bool, length claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		high, low := st.good("imported"), st.good("domestic")
		c.orders("domestic", st.at(1, 12*hour), st.at(1, 12*hour+length))
		if both {
			c.orders("imported", st.at(2, 9*hour), st.at(2, 10*hour))
		}
		c.give(high, st.at(2, 11*hour), 2)
		st.found(c, c.cost(high, 2)-c.cost(low, 2), high.code, low.code, st.at(2, 0).Day().String())
		c.close()
	}
}
