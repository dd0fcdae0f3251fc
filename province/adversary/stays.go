package adversary

import (
	"claimwatch"
)

// drawStays draws admissions and discharges, one stay after the other; where
// scenes follow, which have stays of their own, one at most.
func (d *drawer) drawStays(scenes bool) {
	at := d.pool[0]
	count := 1 + d.upTo(3, "stays")
	switch {
	case scenes:
		count = 1
	case d.theme == split:
		count = max(2, count)
	}
	for n := range count {
		s := stay{key: key{
			like(d, split, "institution", "h1", "h1", "h1", "h2", "h3"),
			like(d, split, "person", "p1", "p1", "p1", "p2", "p3"), "s" + itoa(n+1),
		}}
		if n > 0 && d.often(1, "same number") {
			s.stay = "s1"
		}
		at = d.begin(n, at)
		s.begun = at
		if !d.often(1, "no admission") {
			d.admission(s.key, at)
		}
		if d.often(8, "discharged") {
			at = d.end(at)
			s.ended = at
			d.discharge(s.key, at)
		}
		d.stays = append(d.stays, s)
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

// host draws a stay on which a scene plays. What is given of it is taken; without
// an end it lasts some days, one that begins with its end is open.
func (d *drawer) host(s stay) stay {
	if s.institution == "" {
		s.institution = one(d, "host", "h1", "h1", "h1", "h2")
	}
	if s.person == "" {
		s.person = one(d, "patient", "p1", "p1", "p1", "p2")
	}
	s.stay = "s" + itoa(len(d.stays)+1)
	if s.class == "" {
		s.class = one(d, "host class", "inpatient", "inpatient", "inpatient", "inpatient", "rehab")
	}
	if s.begun == 0 {
		s.begun = start.Midnight() + claimwatch.Instant(d.upTo(12, "host day"))*day +
			one(d, "host hour", 8*hour, 0, day-hour, day-1, 10*hour)
	}
	if s.route == "" {
		s.route = one(d, "route", "elective", "elective", "elective", "elective", "transfer", "emergency")
	}
	r := d.admission(s.key, s.begun)
	r.text("class", s.class).text("route", s.route)
	switch {
	case s.ended == 0:
		s.ended = s.begun + claimwatch.Instant(1+d.upTo(5, "host days"))*day + one(d, "ended", hour, 0, 1, -1, -hour)
		fallthrough
	case s.ended > s.begun:
		d.discharge(s.key, s.ended)
	default:
		s.ended = 0
	}
	d.stays, d.pool = append(d.stays, s), append(d.pool, s.begun)
	d.routine(s)
	return s
}

// routine draws what a proper stay has, in half of them: an order on admission
// and a front page.
func (d *drawer) routine(s stay) {
	if d.often(5, "ordered on admission") {
		d.orderOf(s.key, s.begun+one(d, "ordered", hour, 0, day-1, day), one(d, "class", "diet", "lab", "nursing"), "LAB3")
	}
	if s.ended != 0 && s.class != "outpatient" && d.often(5, "front page") {
		d.frontPage(s.key, s.ended)
	}
}

// open is a stay without discharge.
func (d *drawer) open(s stay) stay {
	s.begun = start.Midnight() + claimwatch.Instant(d.upTo(12, "host day"))*day + 8*hour
	s.ended = s.begun
	return d.host(s)
}

func (d *drawer) admission(k key, at claimwatch.Instant) *upload {
	r := d.newRecord(claimwatch.Admission, k, at)
	r.text("class", like(d, split, "class", "inpatient", "inpatient", "inpatient", "rehab", "outpatient"))
	r.text("route", like(d, split, "route", "elective", "elective", "elective", "transfer", "emergency"))
	r.text("department", one(d, "department", "D1", "D1", "D2"))
	r.text("ward", one(d, "ward", "", "W", "V"))
	r.text("bed", one(d, "bed", "", "1", "2"))
	r.text("physician_id", one(d, "physician", "", "dr1", "dr2"))
	r.list("diagnoses", like(d, split, "diagnoses", one(d, "illness", d.illness[:]...), "S82.1", "S82.9", "S82.1"+claimwatch.ListSeparator+"M17", "M17", "", "骨折病", "骨折痛1", "S8"))
	r.text("injury_case_id", one(d, "case", "c1", "c1", "", "c2"))
	r.text("series_id", one(d, "series", "", "", "", "x", "y"))
	return r
}

func (d *drawer) discharge(k key, at claimwatch.Instant) *upload {
	r := d.newRecord(claimwatch.Discharge, k, at)
	r.text("disposition", like(d, split, "disposition", "improved", "improved", "cured", "died", "other"))
	return r.list("diagnoses", like(d, split, "diagnoses", "", "", "S82.1", "M17"))
}
