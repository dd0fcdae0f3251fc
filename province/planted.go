package province

import (
	"claimwatch"
)

// plantToday puts what the twist of the stay adds on its planned day and, for a
// bed too many, on the day of discharge.
func (c *course) plantToday() {
	if c.today == c.discharged.Day() {
		c.plantBed()
	}
	if c.twist == inert || c.twist == inertNear {
		c.lateExecution()
	}
	for _, edge := range []claimwatch.Instant{c.silence.From, c.silence.Until} {
		if edge > 0 && edge.Day() == c.today {
			c.execution(edge)
		}
	}
	for _, edge := range []claimwatch.Instant{c.lone.From, c.lone.Until} {
		if edge > 0 && edge.Day() == c.today {
			c.face(edge, true)
		}
	}
	if c.today == c.planned() {
		c.plantFees()
		c.plantLeave()
	}
	if c.twist == mismatch || c.twist == mismatchNear {
		c.plantMismatch()
	}
}

func (c *course) execution(at claimwatch.Instant) {
	r := c.newRecord(claimwatch.CareRecord, at)
	texts(r, careSlot, 0, "execution")
	c.put(r)
}

// lateExecution keeps the gap over an inert day under 48 h.
func (c *course) lateExecution() {
	if at := c.today.Midnight() + 20*hour; !c.idle(c.today) && c.today < c.discharged.Day() {
		c.execution(at)
	}
}

// plantMismatch is a failed check on the planned day and another a day later.
func (c *course) plantMismatch() {
	at := c.plantedAt()
	switch c.today {
	case c.planned():
		c.face(at, false)
	case c.planned() + 1:
		if c.twist == mismatchNear {
			at++
		}
		c.face(at+24*hour, false)
	}
}

// plantFees are the plants that are about fee lines.
func (c *course) plantFees() {
	at := c.plantedAt()
	switch c.twist {
	case duplicate, duplicateSecond:
		a, b := c.fee(&c.catalogue.plantDrug, at, 2, ""), c.fee(&c.catalogue.plantDrug, at+400, 2, "")
		a.RecordID, b.RecordID = c.id+"-PA", c.id+"-PB"
		if c.twist == duplicateSecond {
			b.OccurredAt = at + second
		}
		c.charge(a)
		c.charge(b)
	case labTwice, labOrderedTwice:
		order := c.order("lab", &c.catalogue.plantLab, at-hour, 1)
		if c.twist == labOrderedTwice {
			number(order, orderSlot[4], 20_000)
		}
		c.put(order)
		c.charge(c.fee(&c.catalogue.plantLab, at, 1, order.RecordID))
		c.charge(c.fee(&c.catalogue.plantLab, at+4*hour, 1, order.RecordID))
	case overCap, atCap:
		r := c.fee(&c.catalogue.plantPrice, at, 3, "")
		price := c.plantedPrice(&c.catalogue.plantPrice)
		number(r, feeSlot[feePrice], price)
		number(r, feeSlot[feeAmount], int64(claimwatch.Product(30_000, price)))
		c.charge(r)
	}
}

// plantBed is a bed day on the day of discharge.
func (c *course) plantBed() {
	switch c.twist {
	case extraBed, extraBedRefunded, extraBedSelfPay:
	default:
		return
	}
	r := c.fee(&c.catalogue.bed, c.discharged-30*minute, 1, "")
	if c.twist == extraBedSelfPay {
		number(r, feeSlot[feeSelfPay], 1)
	}
	c.charge(r)
	if c.twist == extraBedRefunded {
		refund := c.refund(r, c.discharged+hour, r.Values[feeSlot[feeQuantity]].Num)
		c.put(refund)
		c.count(refund)
	}
}

// refund makes a refund of a part of a line.
func (c *course) refund(r *claimwatch.Record, at claimwatch.Instant, quantity int64) *claimwatch.Record {
	refund := c.slab.clone(r)
	refund.RecordID, refund.OccurredAt = r.RecordID+"-R", at
	number(refund, feeSlot[feeQuantity], -quantity)
	number(refund, feeSlot[feeAmount], -int64(claimwatch.Product(quantity, r.Values[feeSlot[feePrice]].Num)))
	texts(refund, feeSlot, feeReverses, r.RecordID)
	return refund
}

// plantLeave is a leave that is handed in six hours after it ended.
func (c *course) plantLeave() {
	if c.twist != leaveLate {
		return
	}
	r := c.newRecord(claimwatch.Leave, c.gone.From)
	number(r, leaveSlot[0], int64(c.gone.Until))
	texts(r, leaveSlot, 1, c.physician)
	c.send(r, c.gone.Until+6*hour)
}
