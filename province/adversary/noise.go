package adversary

import (
	"slices"

	"claimwatch"
)

// drawRecord draws a record of a stay. What rules look at most comes most often.
func (d *drawer) drawRecord() {
	s := d.stays[d.upTo(len(d.stays)-1, "stay")]
	if d.upTo(19, "of another person") == 19 { // it waits for an admission of that person
		s.person = one(d, "person", "p2", "p1")
	}
	switch d.drawKind() {
	case 0:
		d.fee(s.key, d.feeMoment(s.begun))
	case 1:
		d.again(s.key)
	case 2:
		d.refund(s.key)
	case 3:
		d.check(s.key, d.moment("check"))
	case 4:
		d.order(s.key, d.feeMoment(s.begun))
	default:
		d.drawOther(s.key)
	}
}

// feeMoment keeps the lines and orders of a world about tests on a few days, and
// those of a world about split stays in the first days of a stay.
func (d *drawer) feeMoment(begun claimwatch.Instant) claimwatch.Instant {
	switch {
	case d.theme == tests && d.often(8, "the same days"):
		return start.Midnight() + claimwatch.Instant(d.upTo(59, "hour"))*hour
	case d.theme == split && d.often(6, "the first days"):
		return begun + one(d, "since", 0, hour, day-1, day, 2*day-1, 2*day)
	default:
		return d.moment("fee")
	}
}

func (d *drawer) drawKind() int {
	switch d.theme {
	case faces:
		return one(d, "kind", 3, 3, 3, 3, 0, 4, 5)
	case tests, beds:
		return one(d, "kind", 0, 0, 0, 0, 0, 1, 2, 4, 4, 5)
	case gaps:
		return one(d, "kind", 0, 0, 0, 0, 3, 5, 5, 5)
	default:
		return one(d, "kind", 0, 0, 0, 0, 1, 2, 3, 4, 5, 5, 5)
	}
}

// drawOther draws one of the kinds that matter less often.
func (d *drawer) drawOther(k key) {
	switch like(d, gaps, "other kind", 6, 5, 5, 6, 7, 8, 9, 10) {
	case 5:
		d.care(k, d.moment("care"), one(d, "type", "execution", "vitals", "nursing", "round"))
	case 6:
		at := d.moment("leave")
		d.leave(k, at, d.after(at))
	case 7:
		at := d.moment("operation")
		d.operation(k, at, d.after(at))
	case 8:
		d.report(k, d.moment("report"), one(d, "modality", "CT", "CT", "MR", "US"))
	case 9:
		d.transfer(k, d.moment("transfer"), one(d, "ward", "W", "V"), one(d, "bed", "1", "2"))
	case 10:
		d.rare(k, d.moment("rare"))
	}
}

// after draws an end later than its start.
func (d *drawer) after(at claimwatch.Instant) claimwatch.Instant {
	until := at + max(1, shifts[d.upTo(len(shifts)-1, "length")])
	switch d.upTo(3, "end") {
	case 2:
		until = (until.Day() + 1).Midnight()
	case 3:
		until = d.moment("until")
		if until <= at {
			until = at + 1
		}
	}
	d.pool = append(d.pool, until)
	return until
}

// rare are the kinds that matter by their time alone, and second admissions and
// discharges of a stay.
func (d *drawer) rare(k key, at claimwatch.Instant) {
	switch d.upTo(4, "rare") {
	case 0:
		d.admission(k, at)
	case 1:
		d.discharge(k, at)
	case 2:
		d.frontPage(k, at)
	case 3:
		d.claim(k, at, "2026-03", 1, 1)
	case 4:
		if d.often(5, "no stay") {
			k.stay = ""
		}
		d.fitting(k, at, one(d, "device", "DEV", "DEV2"))
	}
}

// revise adds to the log what contradicts, repeats, corrects or voids a record.
func (d *drawer) revise() {
	old := d.log[d.upTo(len(d.log)-1, "of")]
	r := *old
	r.received = 0
	if d.often(3, "received late") {
		r.received = min(d.near(max(r.OccurredAt, old.received), "received"), horizon.Midnight()-lull)
	}
	r.Values = slices.Clone(old.Values)
	switch d.upTo(7, "second thought") {
	case 0: // twice
	case 1: // contradicted, or corrected when it has another revision
		d.alter(&r)
	case 2:
		r.Revision++
		r.Cancelled = true
	case 3:
		r.Revision++
		d.alter(&r)
	case 4:
		r.Revision += 2
	case 5:
		r.Revision++
		r.StayID = d.stays[d.upTo(len(d.stays)-1, "stay")].stay
	case 6:
		r.Revision++
		r.PersonID = one(d, "person", "p1", "p2")
	case 7: // corrected in money
		r.Revision++
		if r.Kind == claimwatch.Fee && r.Field("reverses").Text == "" {
			d.quantity(&r, 1)
		}
	}
	if !r.Kind.MayLieAhead() && r.received != 0 {
		r.received = max(r.received, r.OccurredAt)
	}
	at := d.upTo(len(d.log), "place")
	d.log = slices.Insert(d.log, at, &r)
}

// alter changes the time of a record, or its diagnoses.
func (d *drawer) alter(r *upload) {
	if slot := r.Kind.Slot("diagnoses"); slot >= 0 && d.often(5, "other diagnoses") {
		r.list("diagnoses", one(d, "diagnoses", "S82.1", "M17", ""))
		return
	}
	shifted := d.near(r.OccurredAt, "altered")
	for _, end := range []string{"until", "reported_at"} { // an end stays after its start
		if v := r.Field(end); v.Set && claimwatch.Instant(v.Num) <= shifted {
			return
		}
	}
	r.OccurredAt = shifted
}
