package adversary

import "claimwatch"

// crowd stages many persons who come and go together, at an institution with too
// few beds or just enough (ADM-017, ADM-019).
func (d *drawer) crowd() {
	institution := one(d, "host", "h1", "h4")
	begun := start.Midnight() + claimwatch.Instant(d.upTo(5, "host day"))*day + one(d, "host hour", 8*hour, 0, 12*hour)
	ended := begun + claimwatch.Instant(1+d.upTo(3, "host days"))*day
	size := one(d, "crowd", 8, 9, 9, 10, 11, 7)
	d.wish("institutions", institution, "beds", "7", "7", "8", "10", "0", "")
	for n := range size {
		k := key{institution, "p" + itoa(n+1), "c" + itoa(n+1)}
		if n > 0 && d.upTo(19, "twice") == 19 {
			k.person = "p1"
		}
		at, until := begun+d.together(n, size), ended+d.together(n, size)
		d.newRecord(claimwatch.Admission, k, at).text("class", d.crowdClass()).
			text("route", "elective").text("department", "D1").list("diagnoses", "S82.1")
		if until <= at {
			until = at + hour
		}
		s := stay{key: k, class: "inpatient", route: "elective", begun: at}
		if d.upTo(19, "open") < 19 {
			d.newRecord(claimwatch.Discharge, k, until).text("disposition", "improved").list("diagnoses", "")
			s.ended = until
		}
		d.stays = append(d.stays, s)
	}
}

func (d *drawer) crowdClass() string {
	if d.upTo(19, "class") < 18 {
		return "inpatient"
	}
	return one(d, "class", "rehab", "outpatient")
}

// together is how long after the first the n-th of a crowd comes or goes: the
// last a day later, or nearly, seldom one before the first.
func (d *drawer) together(n, size int) claimwatch.Instant {
	switch {
	case n == 0:
		return 0
	case n == size-1:
		return one(d, "last", day, day, day-1, day+1, 0)
	default:
		return one(d, "with", 0, hour, 4*hour, 12*hour, 16*hour, -hour)
	}
}
