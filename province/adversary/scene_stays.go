package adversary

import "claimwatch"

// overlap stages two stays of a person that overlap by six hours, by nothing or
// nearly (ADM-005, ADM-006).
func (d *drawer) overlap() {
	a := d.host(stay{key: key{institution: one(d, "host", "h1", "h2")}})
	if d.often(3, "forgotten discharge") {
		a = d.forgotten(a)
	}
	b := stay{key: key{institution: one(d, "second", "h1", "h2", "h3"), person: a.person}}
	b.begun = d.beside(a.last() - one(d, "overlap", 6*hour, 6*hour, 0, day))
	if d.often(2, "within") {
		b.ended = b.begun + one(d, "length", 6*hour, 6*hour-1, hour)
	}
	b.route = one(d, "route", "transfer", "elective", "transfer")
	b = d.host(b)
	if d.often(4, "referred") {
		from, to := a.institution, b.institution
		if d.often(2, "the other way") {
			from, to = to, from
		}
		d.referral(a.person, from, to, d.around(b.begun.Day()))
	}
	for range 2 + d.upTo(2, "lines") {
		s := one(d, "whose", b, b, a)
		d.line(s.key, d.around(b.begun.Day()).Midnight()+one(d, "hour", 0, 9*hour, day-1), one(d, "item", "BED", "BED", "CONS", "LAB"))
	}
}

// last is when the stay ends, or when it would be seen to.
func (s stay) last() claimwatch.Instant {
	if s.ended != 0 {
		return s.ended
	}
	return s.begun + 2*day
}

// forgotten is another stay of the person without a discharge, whose records end
// two days after it began.
func (d *drawer) forgotten(of stay) stay {
	s := d.open(stay{key: key{institution: of.institution, person: of.person}})
	at := s.begun + 2*day
	switch d.upTo(4, "last seen") {
	case 0:
		d.line(s.key, at, "BED").numberFrom0("self_pay", one(d, "self-pay", int64(-1), 1))
	case 1:
		d.orderOf(s.key, at, "lab", "LAB")
	case 2:
		d.face(s.key, at)
	case 3:
		d.care(s.key, at, "round")
	case 4:
		d.transfer(s.key, at, "W", "1")
	}
	return s
}

// visits stages an outpatient visit during a stay, at the same institution or
// another, on its first or last day, in a leave or referred (ADM-007, ADM-014).
func (d *drawer) visits() {
	a := d.host(stay{class: one(d, "class", "inpatient", "inpatient", "rehab")})
	last := int(a.ended.Day() - a.begun.Day())
	n := one(d, "visited on", min(1, last), last/2, max(0, last-1), last, 0)
	at := a.day(n, one(d, "visited", 10*hour, 0, day-1))
	b := d.host(stay{
		key: key{institution: one(d, "visited at", a.institution, "h2", "h3"), person: a.person}, class: "outpatient",
		begun: at, ended: one(d, "visit ends", at+hour, at, at+day),
	})
	switch d.upTo(4, "excused") {
	case 0:
		d.leave(a.key, at-one(d, "left", hour, 0, -1), at+one(d, "back", hour, 1))
	case 1:
		d.leave(a.key, at-hour, d.beside(at))
	case 2:
		d.referral(a.person, one(d, "from", a.institution, "h9"), b.institution, d.around(at.Day()))
	}
	for range 1 + d.upTo(2, "lines") {
		d.line(a.key, d.during(a, n), one(d, "item", "BED", "NURSE", "LAB"))
		d.line(b.key, at+one(d, "since", minute, 0, day), one(d, "item", "LAB", "DRUG"))
	}
}

// sharedBed stages two persons in one bed for two hours or nearly, in one piece
// or two (ADM-012).
func (d *drawer) sharedBed() {
	const ward = "W"
	a := d.host(stay{key: key{institution: "h1", person: "p1"}})
	b := d.host(stay{key: key{institution: one(d, "host", "h1", "h1", "h1", "h1", "h1", "h2"), person: one(d, "neighbor", "p2", "p2", "p2", "p1")}, begun: a.begun + one(d, "after", hour, 0, hour, day)})
	at := b.begun + one(d, "moved", 0, 3*hour, 0, day)
	d.transfer(a.key, at, ward, "9")
	d.transfer(b.key, at+one(d, "also", 0, hour, -hour), ward, one(d, "bed", "9", "9", "9", "9", "9", "8"))
	if d.often(7, "moves on") {
		away := d.beside(at + one(d, "shared", 2*hour, 2*hour, 3*hour, hour))
		d.transfer(one(d, "who", a, b).key, away, "V", "7")
		if d.often(3, "comes back") {
			d.transfer(one(d, "who", a, b).key, away+hour, ward, "9")
		}
	}
	for range 1 + d.upTo(2, "lines") {
		d.line(one(d, "whose", b, a).key, at.Day().Midnight()+one(d, "hour", 0, 12*hour, day-1, day), "BED")
	}
}

// vitals stages days without vital signs (ADM-011).
func (d *drawer) vitals() {
	s := stay{key: key{institution: "h1"}}
	if d.often(3, "open") {
		s = d.open(s)
	} else {
		s = d.host(s)
	}
	d.wish("institutions", s.institution, "capabilities", "vitals", "vitals", "nursing;vitals", "nursing")
	if d.often(4, "leave") {
		at := s.day(1, one(d, "left", 0, 1, -hour))
		d.leave(s.key, at, s.day(1+d.upTo(2, "leave days"), one(d, "back", day, day-1, day+hour)))
	}
	for n := range 6 {
		if d.often(4, "measured") {
			d.care(s.key, d.during(s, n), one(d, "type", "vitals", "vitals", "vitals", "round"))
		}
	}
}

// inert stages days with a bed and nothing else, and with what counts as care at
// the very ends of the stay (ADM-009, ADM-010).
func (d *drawer) inert() {
	s := d.host(stay{})
	for n := range 4 {
		d.line(s.key, d.during(s, n), "BED")
		if !d.often(4, "cared for") {
			continue
		}
		at := one(d, "care", d.during(s, n), s.begun, s.ended, s.begun-1, s.ended+1)
		if d.often(5, "executed") {
			d.care(s.key, at, one(d, "type", "execution", "execution", "vitals"))
		} else {
			d.line(s.key, at, one(d, "item", "LAB", "DRUG", "CONS"))
		}
	}
}

// longStay stages a discharged stay about as long as baselines allow (ADM-015).
func (d *drawer) longStay() {
	begun := start.Midnight() + claimwatch.Instant(d.upTo(28, "host day"))*day + 8*hour
	s := d.host(stay{begun: begun, ended: begun + claimwatch.Instant(one(d, "days", 5, 6, 4, 7, 8))*day})
	if d.often(3, "other diagnoses") {
		d.discharge(s.key, s.ended-1).list("diagnoses", one(d, "diagnoses", "M17.1", "S82.1", "", "X"))
	}
}

// readmission stages a stay that follows another of the person at the same
// institution for the same illness (ADM-001, ADM-002, ADM-003).
func (d *drawer) readmission() {
	a := d.host(stay{class: one(d, "class", "inpatient", "inpatient", "rehab")})
	begun, transferred := a.ended, d.often(4, "transferred")
	switch {
	case transferred: // ADM-003
		begun += one(d, "pause", 2*hour, 0, 12*hour, day-1, day)
	case d.often(5, "after a week"): // ADM-002
		begun += one(d, "pause", 8*day, 10*day, 15*day, 8*day, 16*day, 7*day)
	default:
		begun += one(d, "pause", 2*hour, day, 7*day, 8*day, 0)
	}
	b := d.host(stay{key: key{institution: a.institution, person: a.person}, class: a.class, begun: begun, route: one(d, "route", "elective", "elective", "elective", "elective", "elective", "transfer", "emergency")})
	first, second := d.drawnOf(a, claimwatch.Admission), d.drawnOf(b, claimwatch.Admission)
	illness := one(d, "illness", "S82.1", "M17", "S82.1", "")
	first.list("diagnoses", illness)
	second.list("diagnoses", one(d, "diagnoses", illness, illness, illness, "S82.9", ""))
	d.drawnOf(a, claimwatch.Discharge).list("diagnoses", one(d, "discharged with", "", "", illness, illness, "M17"))
	if !d.often(2, "otherwise") {
		copyText(second, first, "injury_case_id")
	}
	if d.often(7, "the same bed or physician") {
		first.text("physician_id", "dr1").text("ward", "W").text("bed", "1")
		for _, field := range []string{"ward", "bed", "physician_id"} {
			if !d.often(3, "another "+field) {
				copyText(second, first, field)
			}
		}
	}
	if transferred && d.often(8, "another department") {
		second.text("department", "D3")
	}
	for _, item := range []string{"LAB", "LAB2", "EXAM", "REG"}[:1+d.upTo(3, "items")] {
		d.line(a.key, a.begun+one(d, "first", hour, 0, 3*day), item)
		d.line(b.key, b.begun+one(d, "again", hour, 0, 2*day-1, 2*day, day-1, day), item)
	}
}

// copyText gives a record the text of a field of another.
func copyText(to, from *upload, field string) {
	to.Values[to.Kind.Slot(field)] = from.Field(field)
}
