package province

// refundScenes are about refunds of what was not charged.
func refundScenes() []scene {
	return []scene{
		hit("FEE-028", refundOfNothing),
		hit("FEE-028", refundOfARefund),
		hit("FEE-028", refundElsewhere),
		hit("FEE-028", refundedTwice(2, 1, 2)),
		near("FEE-028", refundedTwice(2, 1, 1)),
	}
}

// refundOfNothing names a line that was never sent.
func refundOfNothing(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	r := c.fee(st.good("infusion"), st.at(1, 9*hour), 1, "")
	refund := c.takeBack(r, st.at(2, 9*hour), 1)
	st.due = refund.OccurredAt + 72*hour
	st.told(c, 0, h.id, r.RecordID)
	c.close()
}

func refundOfARefund(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	refund := c.takeBack(c.give(st.good("infusion"), st.at(1, 9*hour), 2), st.at(1, 10*hour), 1)
	again := c.refund(refund, st.at(2, 9*hour), 10_000)
	c.charge(again)
	st.due = again.OccurredAt + 72*hour
	st.told(c, 0, h.id, refund.RecordID)
	c.close()
}

// refundElsewhere takes back in a second stay what the first charged.
func refundElsewhere(st *story) {
	h := st.general()
	who := st.patient(h)
	a, b := st.inpatient(who, h, 0, 2), st.inpatient(who, h, 3, 2)
	a.diagnosis, b.diagnosis = illnesses[1], illnesses[4]
	r := a.lodge().give(st.good("infusion"), st.at(1, 15*hour), 2)
	a.close()
	b.lodge().takeBack(r, st.at(4, 9*hour), 1)
	st.told(b, 0, h.id, r.RecordID)
	b.close()
}

// refundedTwice takes back units of a line in two parts.
func refundedTwice(units, first, second int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		r := c.give(st.good("infusion"), st.at(1, 9*hour), units)
		c.takeBack(r, st.at(1, 15*hour), first)
		other := c.refund(r, st.at(2, 9*hour), second*10_000)
		other.RecordID = r.RecordID + "-R2"
		c.charge(other)
		st.told(c, 0, h.id, r.RecordID)
		c.close()
	}
}
