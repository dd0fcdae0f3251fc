package province

import (
	"claimwatch"
)

// checks are the face checks of the day, in the morning and in the evening.
func (c *course) checks() {
	for _, h := range []claimwatch.Instant{7*hour + 30*minute, 18*hour + 30*minute} {
		at := c.today.Midnight() + h + claimwatch.Instant(c.rng.Int64N(3000))*second
		if at <= c.admitted || at >= c.discharged {
			continue
		}
		if c.lone.Contains(at) && at != c.lone.From {
			continue
		}
		c.face(at, true)
	}
}

// face is one face check.
func (c *course) face(at claimwatch.Instant, match bool) {
	r := c.newRecord(claimwatch.IdentityCheck, at)
	texts(r, checkSlot, 0, "face")
	texts(r, checkSlot, 3, "match", "CAM-1", c.ward)
	number(r, checkSlot[1], 8_000+c.rng.Int64N(2_000))
	number(r, checkSlot[2], 1)
	if !match {
		texts(r, checkSlot, 3, "mismatch")
		number(r, checkSlot[1], c.rng.Int64N(5_000))
	}
	c.put(r)
}

// leaveHospital discharges the patient with drugs for a week.
func (c *course) leaveHospital() {
	supply := c.fee(&c.catalogue.drugs[c.drug(0)], c.discharged-5*minute, 7, "")
	number(supply, feeSlot[feeSupply], 7)
	texts(supply, feeSlot, feeUsage, "discharge")
	c.charge(supply)
	c.release("improved")
}

// release is the discharge and the front page.
func (c *course) release(disposition string) {
	r := c.newRecord(claimwatch.Discharge, c.discharged)
	texts(r, dischargeSlot, 0, disposition)
	list(r, dischargeSlot[1], c.diagnosis)
	c.put(r)

	page := c.newRecord(claimwatch.FrontPage, c.discharged)
	c.fillPage(page)
	c.send(page, c.discharged+2*hour)
}

// fillPage says on a front page how long the stay was and what it cost.
func (c *course) fillPage(page *claimwatch.Record) {
	number(page, pageSlot[0], int64(max(1, c.discharged.Day()-c.admitted.Day())))
	total := int64(0)
	for _, m := range c.months {
		total += m.amount
	}
	number(page, pageSlot[1], total)
	list(page, pageSlot[2], c.diagnosis)
	list(page, pageSlot[3], "")
}

// claims are the settlement lists, one for each month, on the day after the discharge.
func (c *course) claims() {
	for n, m := range c.months {
		r := c.newRecord(claimwatch.Claim, c.today.Midnight()+22*hour+claimwatch.Instant(n)*second)
		texts(r, claimSlot, 0, m.month)
		number(r, claimSlot[1], m.amount)
		number(r, claimSlot[2], m.lines)
		c.put(r)
	}
}

// playVisit is a visit of an outpatient: registration, a test, drugs for three days.
func (c *course) playVisit() {
	c.put(c.admission())
	c.charge(c.fee(&c.catalogue.registration, c.admitted+minute, 1, ""))
	lab := c.order("lab", &c.catalogue.labs[c.index%4], c.admitted+8*minute, 1)
	c.put(lab)
	c.charge(c.fee(&c.catalogue.labs[c.index%4], c.admitted+10*minute, 1, lab.RecordID))
	for n := range 1 + c.index%2 {
		drug := c.fee(&c.catalogue.drugs[c.drug(n)], c.admitted+claimwatch.Instant(30+n)*minute, 3, "")
		number(drug, feeSlot[feeSupply], 3)
		texts(drug, feeSlot, feePrescription, c.id+"-RX")
		c.charge(drug)
	}
}
