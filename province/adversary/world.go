package adversary

import (
	"slices"

	"pgregory.net/rapid"

	"claimwatch"
)

// World draws a world: records in the order of the log, reference rows as
// uploaded by table (a table that is absent was never loaded), and as_of.
func World(t *rapid.T) (records []claimwatch.Record, reference map[string][]map[string]string, asOf claimwatch.Instant) {
	d := &drawer{t: t, pool: []claimwatch.Instant{start.Midnight() + 8*hour}}
	d.theme = one(d, "theme", anything, split, faces, tests, beds, gaps)
	d.illness = one(d, "illness", [2]string{"S82.1", "S82.9"}, [2]string{"骨折病", "骨折痛1"}, [2]string{"S82.1", ""}, [2]string{"S8", "S82"})
	d.drawStays()
	for range d.upTo(30, "records") {
		d.drawRecord()
	}
	if len(d.records) > 0 {
		for range d.upTo(4, "second thoughts") {
			d.revise()
		}
	}
	if d.often(3, "shuffle") {
		d.records = rapid.Permutation(d.records).Draw(t, "log")
	}
	asOf = (start + 60).Midnight()
	if d.often(3, "early") {
		asOf = d.moment("as_of")
	}
	return d.records, d.drawReference(), asOf
}

// drawStays draws admissions and discharges, one stay after the other.
func (d *drawer) drawStays() {
	at := d.pool[0]
	count := 1 + d.upTo(3, "stays")
	if d.theme == split {
		count = max(2, count)
	}
	for n := range count {
		k := key{
			like(d, split, "institution", "h1", "h1", "h1", "h2", "h3"),
			like(d, split, "person", "p1", "p1", "p1", "p2", "p3"), "s" + itoa(n+1),
		}
		if n > 0 && d.often(1, "same number") {
			k.stay = "s1"
		}
		at = d.begin(n, at)
		d.stays, d.begun = append(d.stays, k), append(d.begun, at)
		if !d.often(1, "no admission") {
			d.admission(k, at)
		}
		if d.often(8, "discharged") {
			at = d.end(at)
			r := d.newRecord(claimwatch.Discharge, k, at)
			setText(r, "disposition", like(d, split, "disposition", "improved", "improved", "cured", "died", "other"))
			setList(r, "diagnoses", like(d, split, "diagnoses", "", "", "S82.1", "M17"))
		}
	}
}

// begin draws when the n-th stay begins, after what came before.
func (d *drawer) begin(n int, before claimwatch.Instant) claimwatch.Instant {
	at := before
	if d.theme == split && n > 0 {
		at += one(d, "pause", 2*hour, day-1, day, 7*day, 8*day, 10*day, 15*day, 16*day)
	}
	if exact := d.theme == split || (d.theme == tests && n == 0); exact && !d.often(3, "beside") {
		d.pool = append(d.pool, at)
		return at
	}
	return d.near(at, "admitted")
}

// end draws when a stay ends: that of a world about tests often at a midnight
// close to its lines, that of a world about split stays some days later.
func (d *drawer) end(begun claimwatch.Instant) claimwatch.Instant {
	at := begun + claimwatch.Instant(d.upTo(9, "days"))*day
	switch {
	case d.theme == split && d.often(7, "in order"):
		at += hour
	case d.theme == tests && d.often(5, "at midnight"):
		at = (begun.Day() + 1 + claimwatch.Day(d.upTo(1, "midnight"))).Midnight()
	default:
		return d.near(at, "ended")
	}
	d.pool = append(d.pool, at)
	return at
}

func (d *drawer) admission(k key, at claimwatch.Instant) {
	r := d.newRecord(claimwatch.Admission, k, at)
	setText(r, "class", like(d, split, "class", "inpatient", "inpatient", "inpatient", "rehab", "outpatient"))
	setText(r, "route", like(d, split, "route", "elective", "elective", "elective", "transfer", "emergency"))
	setText(r, "department", one(d, "department", "D1", "D1", "D2"))
	setText(r, "ward", one(d, "ward", "", "W", "V"))
	setText(r, "bed", one(d, "bed", "", "1", "2"))
	setText(r, "physician_id", one(d, "physician", "", "dr1", "dr2"))
	setList(r, "diagnoses", like(d, split, "diagnoses", one(d, "illness", d.illness[:]...), "S82.1", "S82.9", "S82.1"+claimwatch.ListSeparator+"M17", "M17", "", "骨折病", "骨折痛1", "S8"))
	setText(r, "injury_case_id", one(d, "case", "c1", "c1", "", "c2"))
	setText(r, "series_id", one(d, "series", "", "", "", "x", "y"))
}

// drawRecord draws a record of a stay. What rules look at most comes most often.
func (d *drawer) drawRecord() {
	n := d.upTo(len(d.stays)-1, "stay")
	k := d.stays[n]
	switch d.drawKind() {
	case 0:
		d.fee(k, d.feeMoment(d.begun[n]))
	case 1:
		d.again(k)
	case 2:
		d.refund(k)
	case 3:
		d.check(k, d.moment("check"))
	case 4:
		d.order(k, d.feeMoment(d.begun[n]))
	default:
		d.drawOther(k)
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
		r := d.newRecord(claimwatch.CareRecord, k, d.moment("care"))
		setText(r, "type", one(d, "type", "execution", "vitals", "nursing", "round"))
	case 6:
		at := d.moment("leave")
		r := d.newRecord(claimwatch.Leave, k, at)
		setNumber(r, "until", int64(d.after(at)))
		setText(r, "approved_by", "X")
	case 7:
		d.operation(k, d.moment("operation"))
	case 8:
		d.report(k, d.moment("report"))
	case 9:
		d.transfer(k, d.moment("transfer"))
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

// revise adds to the log what contradicts, repeats, corrects or voids a record.
func (d *drawer) revise() {
	old := d.records[d.upTo(len(d.records)-1, "of")]
	r := old
	r.Values = slices.Clone(old.Values)
	switch d.upTo(6, "second thought") {
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
	}
	at := d.upTo(len(d.records), "place")
	d.records = slices.Insert(d.records, at, r)
}

// alter changes the time of a record, or its diagnoses.
func (d *drawer) alter(r *claimwatch.Record) {
	if slot := r.Kind.Slot("diagnoses"); slot >= 0 && d.often(5, "other diagnoses") {
		setList(r, "diagnoses", one(d, "diagnoses", "S82.1", "M17", ""))
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
