package adversary

import (
	"time"

	"claimwatch"
)

// face is a check of a face that succeeds, mostly.
func (d *drawer) face(k key, at claimwatch.Instant) {
	r := d.newRecord(claimwatch.IdentityCheck, k, at).text("device_id", "d1").text("method", "face")
	r.text("result", "match").numberFrom0("score", one(d, "score", int64(-1), 9_000, 6_000)).numberFrom0("liveness", one(d, "liveness", int64(-1), 1))
	switch d.upTo(19, "fails") {
	case 17:
		r.text("result", one(d, "result", "mismatch", "unavailable"))
	case 18:
		r.number("score", 5_999)
	case 19:
		r.number("liveness", 0)
	}
}

// mismatches stages checks that fail within a day of each other, or nearly
// (IDN-001).
func (d *drawer) mismatches() {
	s := d.host(stay{})
	d.wish("institutions", s.institution, "face_required", "true")
	at := d.during(s, 0)
	for range 2 + d.upTo(2, "checks") {
		r := d.newRecord(claimwatch.IdentityCheck, s.key, at).text("device_id", "d1").text("method", one(d, "method", "face", "face", "face", "card"))
		switch d.upTo(4, "fails") {
		case 0, 1:
			r.text("result", "mismatch")
		case 2:
			r.text("result", "match").number("score", one(d, "score", int64(5_999), 6_000))
		case 3:
			r.text("result", "match").number("liveness", 0)
		case 4:
			r.text("result", one(d, "result", "unavailable", "match")).number("score", 0)
		}
		at = d.beside(at + one(d, "next", day, day, 12*hour, 0))
	}
	d.line(s.key, d.during(s, d.upTo(1, "day")), d.item())
}

// twoPlaces stages checks of one person at two institutions within half an hour
// (IDN-004).
func (d *drawer) twoPlaces() {
	a := d.host(stay{key: key{institution: "h1"}, class: one(d, "class", "inpatient", "outpatient")})
	b := d.host(stay{key: key{institution: one(d, "host", "h2", "h3", "h1"), person: a.person}, begun: a.begun + hour})
	at := a.begun + one(d, "checked", 2*hour, day, 0)
	if d.often(3, "around midnight") {
		at = a.day(1, -10*minute)
	}
	for range 1 + d.upTo(1, "pairs") {
		d.face(a.key, at)
		d.face(b.key, d.beside(at+one(d, "apart", 30*minute, 30*minute, -30*minute, 5*minute, 0)))
		at += one(d, "later", day, 20*minute)
	}
}

// emergency stages an emergency admission whose formalities are completed in
// time, late or never (IDN-005).
func (d *drawer) emergency() {
	begun := start.Midnight() + claimwatch.Instant(d.upTo(6, "host day"))*day + one(d, "host hour", 8*hour, 0, day-1)
	if d.often(3, "about now") { // the fifth working day ends about when the world is looked at
		begun = (horizon - claimwatch.Day(7+d.upTo(2, "before"))).Midnight() + 8*hour
	}
	s := d.host(stay{begun: begun, route: "emergency"})
	end := fifthWorkingDay(s.begun.Day())
	if !d.often(4, "never") {
		r := d.check(s.key, d.beside((d.around(end) + 1).Midnight()))
		r.text("result", one(d, "result", "match", "match", "match", "mismatch"))
	}
	d.line(s.key, d.during(s, 0), d.item())
}

// fifthWorkingDay is the fifth day after a day that is no weekend.
func fifthWorkingDay(on claimwatch.Day) claimwatch.Day {
	for n := 0; n < 5; {
		on++
		if !weekend(on) {
			n++
		}
	}
	return on
}

func weekend(on claimwatch.Day) bool {
	weekday := on.Date().Weekday()
	return weekday == time.Saturday || weekday == time.Sunday
}

// afterDeath stages a visit and fees around the day of death (ADM-020).
func (d *drawer) afterDeath() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient", "rehab")})
	died := s.begun.Day() + claimwatch.Day(d.upTo(3, "died")) - 1
	d.wish("persons", s.person, "died", died.String())
	for range 1 + d.upTo(3, "lines") {
		r := d.line(s.key, d.beside((d.around(died) + 1).Midnight()), d.item())
		if d.often(2, "self-pay") {
			r.number("self_pay", 1)
		}
	}
}
