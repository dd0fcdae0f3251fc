package province

import (
	"claimwatch"
)

// spoil does to a drug line what happens to lines in hospitals: refunds, also
// before the line, corrections in either order, cancellations and sending twice
// (contradicting oneself is a finding of DAT-004). What counts in the end is as clean as the line was. It is
// called after the line was sent and counted.
func (c *course) spoil(r *claimwatch.Record) {
	if c.twist != plain || c.rng.Float64() >= c.noise {
		return
	}
	quantity, amount := r.Values[feeSlot[feeQuantity]].Num, r.Values[feeSlot[feeAmount]].Num
	later := r.OccurredAt + hour + claimwatch.Instant(c.rng.Int64N(10))*hour
	if later+hour >= c.until || later+hour >= c.discharged {
		return // the end of the stream must not cut it in half, nor the claim come before
	}
	switch c.rng.IntN(6) {
	case 0: // taken back
		refund := c.refund(r, later, quantity)
		c.put(refund)
		c.count(refund)
	case 1: // half of it, and the refund comes before its line
		refund := c.refund(r, r.OccurredAt, quantity/2)
		c.send(refund, r.OccurredAt)
		c.count(refund)
	case 2: // corrected to one unit, some hours later
		c.send(c.corrected(r), later)
		c.add(r.OccurredAt, c.unitAmount(r)-amount, 0)
	case 3: // the correction comes first
		c.send(c.corrected(r), r.OccurredAt)
		c.add(r.OccurredAt, c.unitAmount(r)-amount, 0)
	case 4: // cancelled
		void := c.slab.clone(r)
		void.Revision, void.Cancelled = 2, true
		c.send(void, later)
		c.add(r.OccurredAt, -amount, -1)
	case 5: // sent twice
		c.send(c.slab.clone(r), later)
	}
}

// corrected is the line's second revision, of one unit.
func (c *course) corrected(r *claimwatch.Record) *claimwatch.Record {
	revised := c.slab.clone(r)
	revised.Revision = 2
	number(revised, feeSlot[feeQuantity], 10_000)
	number(revised, feeSlot[feeAmount], c.unitAmount(r))
	return revised
}

func (c *course) unitAmount(r *claimwatch.Record) int64 {
	return int64(claimwatch.Product(10_000, r.Values[feeSlot[feePrice]].Num))
}
