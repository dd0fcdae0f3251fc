package province

import (
	"claimwatch"
)

// uploadScenes are about when records come in. Their rules are evaluated with the
// clock of the wall only: what counts is the moment of sending.
func uploadScenes() []scene {
	return []scene{
		hit("DAT-001", sentLate(48*hour+1)),
		near("DAT-001", sentLate(48*hour)),
		near("DAT-001", revisedLate),
		{rule: "DAT-003", place: ending, tell: silentAt(40 * hour)},
		{rule: "DAT-003", place: ending, tell: silentAt(6*hour + 1)},
		{rule: "DAT-003", near: true, place: ending, tell: silentAt(6 * hour)},
		{rule: "DAT-003", near: true, place: ending, tell: emptySince},
		hit("DAT-004", contradictedLine),
		hit("DAT-004", changedAfter(minute)), // a claim takes up to forty seconds
		hit("DAT-004", cancelledAfterClaim),
		near("DAT-004", changedAfter(-second)),
		near("DAT-004", orderChangedAfterClaim),
	}
}

// sentLate sends a line so long after it happened.
func sentLate(after claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 5).lodge()
		r := c.fee(st.good("infusion"), st.at(1, 15*hour), 2, "")
		c.send(r, r.OccurredAt+after)
		c.count(r)
		st.found(c, 0)
		c.close()
	}
}

// revisedLate corrects a line that came in time three days later.
func revisedLate(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 5).lodge()
	r := c.give(st.good("infusion"), st.at(1, 15*hour), 2)
	c.send(c.renamed(r), r.OccurredAt+72*hour)
	st.found(c, 0)
	c.close()
}

// renamed is the second revision of a line: the same but for a word of its name.
func (c *course) renamed(r *claimwatch.Record) *claimwatch.Record {
	revised := c.slab.clone(r)
	revised.Revision = 2
	revised.Values[feeSlot[feeName]].Text += "(更正)"
	return revised
}

// silentAt is a hospital with a patient whose last record comes so long before
// the end of the province.
func silentAt(before claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.hospital(standing("medical")...)
		c := st.inpatient(st.patient(h), h, 0, endingDays+2)
		last := st.p.config.Until - before
		end := st.stream.until
		st.stream.until = min(end, last)
		c.lodge()
		st.stream.until = end
		r := c.newRecord(claimwatch.CareRecord, last-minute)
		texts(r, careSlot, 0, "nursing")
		c.send(r, last)
		st.told(c, 0, h.id, last.Day().String())
	}
}

// emptySince is a hospital that is silent because its only patient has left.
func emptySince(st *story) {
	h := st.hospital(standing("medical")...)
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	c.close()
	st.told(c, 0, h.id, (c.discharged.Day() + 1).String())
}

// contradictedLine sends a line again with another content: the first stays.
func contradictedLine(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	r := c.give(st.good("infusion"), st.at(1, 15*hour), 2)
	other := c.renamed(r)
	other.Revision = 1
	c.send(other, r.OccurredAt+3*hour)
	st.found(c, 0)
	c.close()
}

// claimed is when the claim of a stay is sent, to the minute.
func (c *course) claimed() claimwatch.Instant { return (c.discharged.Day() + 1).Midnight() + 22*hour }

// changedAfter corrects a line some time after the claim of its month is sent, or before.
func changedAfter(after claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		r := c.give(st.good("infusion"), st.at(1, 15*hour), 2)
		c.send(c.renamed(r), c.claimed()+after)
		st.found(c, 0)
		c.close()
	}
}

// cancelledAfterClaim takes a line out and declares the stay anew.
func cancelledAfterClaim(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	r := c.give(st.good("infusion"), st.at(1, 15*hour), 2)
	c.close()
	void := c.slab.clone(r)
	void.Revision, void.Cancelled = 2, true
	c.send(void, c.claimed()+hour)
	c.add(r.OccurredAt, -int64(amountOf(r)), -1)
	c.today++
	c.claims()
	st.found(c, 0)
}

func orderChangedAfterClaim(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge()
	order := c.orders("infusion", st.at(1, 9*hour), st.at(1, 20*hour))
	c.close()
	revised := c.slab.clone(order)
	revised.Revision = 2
	number(revised, claimwatch.Order.Slot("until"), int64(st.at(1, 21*hour)))
	c.send(revised, c.claimed()+hour)
	st.found(c, 0)
}
