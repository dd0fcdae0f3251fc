package province

import (
	"math/rand/v2"
	"strconv"

	"claimwatch"
)

// course is a stay while it is played.
type course struct {
	*stay
	*stream
	patient, injury     string
	silence, lone, gone claimwatch.Interval // of the stay's plant

	rng    *rand.Rand
	today  claimwatch.Day
	serial int
	drugs  []string // ids of the orders of its drugs, by their place in the day's round
	months []monthSum
}

// monthSum is what the stay's claim of a local month declares.
type monthSum struct {
	month  string
	amount int64
	lines  int64
}

func (c *course) over(d claimwatch.Day) bool { return d > c.discharged.Day()+1 }

// play gives the records of one local day.
func (c *course) play(d claimwatch.Day) {
	c.today = d
	switch {
	case c.visit():
		if d == c.admitted.Day() {
			c.playVisit()
		}
		return
	case d > c.discharged.Day():
		c.claims()
		return
	case d == c.admitted.Day():
		c.admit()
	}
	c.care()
	c.checks()
	c.plantToday()
	if d == c.discharged.Day() {
		c.leaveHospital()
	}
}

// newRecord starts a record of the stay.
func (c *course) newRecord(kind claimwatch.Kind, at claimwatch.Instant) *claimwatch.Record {
	r := c.slab.record(kind)
	c.serial++
	id := append(append(c.scratch[:0], c.id...), '-')
	r.RecordID = string(strconv.AppendInt(id, int64(c.serial), 10))
	r.InstitutionID, r.PersonID, r.StayID, r.OccurredAt = c.home.id, c.patient, c.id, at
	return r
}

// window is when services are given today; empty when the day has no room.
func (c *course) window() claimwatch.Interval {
	v := claimwatch.Interval{From: c.today.Midnight() + 7*hour, Until: c.today.Midnight() + 21*hour}
	if c.today == c.admitted.Day() {
		v.From = c.admitted + 40*minute
	}
	if c.today == c.discharged.Day() {
		v.Until = c.discharged - 10*minute
	}
	return v
}

// during is a moment of the interval, in whole seconds.
func (c *course) during(v claimwatch.Interval) claimwatch.Instant {
	return v.From + claimwatch.Instant(c.rng.Int64N(int64((v.Until-v.From)/second)))*second
}

// put sends a record on its way some seconds after it happened, a report after
// it was written, unless the patient was away.
func (c *course) put(r *claimwatch.Record) {
	if c.gone.Contains(r.OccurredAt) {
		return
	}
	written := r.OccurredAt
	if r.Kind == claimwatch.ExamReport {
		written = claimwatch.Instant(r.Values[reportSlot[0]].Num)
	}
	c.send(r, written+second+claimwatch.Instant(c.rng.Int64N(40_000)))
}

// allows says whether the plant of the stay, or a leave, lets there be care at a moment.
func (c *course) allows(at claimwatch.Instant) bool {
	silent := c.silence.Contains(at) && at != c.silence.From
	return !silent && !c.idle(at.Day()) && !c.gone.Contains(at)
}

// substantive puts a record that proves care, unless the plant of the stay
// forbids it.
func (c *course) substantive(r *claimwatch.Record) bool {
	if !c.allows(r.OccurredAt) {
		return false
	}
	c.put(r)
	return true
}

// fee makes a fee line of one item.
func (c *course) fee(i *item, at claimwatch.Instant, units int64, order string) *claimwatch.Record {
	r := c.newRecord(claimwatch.Fee, at)
	price := i.price(c.home)
	texts(r, feeSlot, feeItem, i.code, i.name, i.category)
	number(r, feeSlot[feeQuantity], units*10_000)
	number(r, feeSlot[feePrice], price)
	number(r, feeSlot[feeAmount], int64(claimwatch.Product(units*10_000, price)))
	texts(r, feeSlot, feeOrder, order, c.physician, c.department)
	return r
}

// charge puts a fee line and counts it for the claim of its month.
func (c *course) charge(r *claimwatch.Record) {
	if c.gone.Contains(r.OccurredAt) {
		return
	}
	c.put(r)
	c.count(r)
}

// count adds a line to what the claims declare; self-pay is none of the fund's.
func (c *course) count(r *claimwatch.Record) {
	if r.OccurredAt >= c.until || r.Values[feeSlot[feeSelfPay]].Set {
		return
	}
	c.add(r.OccurredAt, r.Values[feeSlot[feeAmount]].Num, 1)
}

func (c *course) add(at claimwatch.Instant, amount, lines int64) {
	d := at.Day()
	last := len(c.months) - 1
	if last < 0 || d.Month() != c.months[last].month {
		for i := range c.months {
			if c.months[i].month == d.Month() {
				c.months[i].amount += amount
				c.months[i].lines += lines
				return
			}
		}
		c.months = append(c.months, monthSum{month: d.Month()})
		last++
	}
	c.months[last].amount += amount
	c.months[last].lines += lines
}

// order makes an order; class tells what it proves.
func (c *course) order(class string, i *item, at claimwatch.Instant, days int64) *claimwatch.Record {
	r := c.newRecord(claimwatch.Order, at)
	texts(r, orderSlot, 0, class, i.code, c.physician)
	if days > 0 {
		number(r, orderSlot[3], days)
	}
	texts(r, orderSlot, 6, c.department)
	return r
}
