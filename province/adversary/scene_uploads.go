package adversary

import (
	"slices"

	"claimwatch"
)

// lateUploads stages admissions and fees received after two days or just in
// time, and corrected later or received corrected first (DAT-001).
func (d *drawer) lateUploads() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	late := []*upload{d.drawnOf(s, claimwatch.Admission)}
	for range 1 + d.upTo(2, "lines") {
		late = append(late, d.line(s.key, d.during(s, 0), d.item()))
	}
	for _, r := range late {
		if d.often(7, "late") {
			r.received = d.beside(r.OccurredAt + 2*day)
		}
		if d.often(2, "corrected") {
			d.correct(r, r.OccurredAt+one(d, "corrected", 3*day, hour, 2*day), one(d, "shift", claimwatch.Instant(0), hour, -hour))
		}
	}
}

// correct adds a revision of a record that happens at another time.
func (d *drawer) correct(of *upload, received, shift claimwatch.Instant) *upload {
	r := *of
	r.Values = slices.Clone(of.Values)
	r.Revision, r.received, r.OccurredAt = of.Revision+1, max(received, of.OccurredAt+max(0, shift)), of.OccurredAt+shift
	d.log = append(d.log, &r)
	return &r
}

// silence stages an institution that was last heard of six hours ago, or nearly
// (DAT-003).
func (d *drawer) silence() {
	s := d.open(stay{key: key{institution: one(d, "host", "h4", "h5")}, class: one(d, "class", "inpatient", "rehab", "inpatient", "outpatient")})
	if d.often(2, "another, discharged") {
		d.host(stay{key: s.key})
	}
	r := d.care(s.key, s.begun+day, "round")
	r.received = d.beside(horizon.Midnight() - one(d, "silent for", 6*hour, 6*hour, 6*hour+minute, 5*hour))
}

// changed stages fees that are revised or cancelled after the claim of their
// month, and contradictions (DAT-004).
func (d *drawer) changed() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	at := d.during(s, 0)
	if d.often(2, "another month") {
		at = start.Midnight() - one(d, "in February", 2*day, day+1, day) // 28 February, 28 February, 1 March
	}
	claimed := d.during(s, 2)
	c := d.claim(s.key, claimed, at.Day().Month(), 1_000, 1)
	c.received = claimed + hour
	for range 1 + d.upTo(2, "lines") {
		r := d.line(s.key, at, d.item())
		r.received = max(at, min(at+hour, c.received-1))
		late := d.correct(r, d.beside(c.received), one(d, "shift", claimwatch.Instant(0), 0, -30*day))
		switch d.upTo(3, "change") {
		case 0:
			late.Cancelled = true
		case 1:
			late.Revision = 1 // a contradiction
			late.times(30_000)
		default:
			late.times(one(d, "quantity", int64(20_000), 10_000, 5_000))
		}
	}
	if d.often(3, "claimed again") {
		again := d.claim(s.key, claimed+day, at.Day().Month(), 2_000, 1)
		again.received = max(again.OccurredAt, c.received+one(d, "later", day, 2*day))
	}
}

// claims stages settlement lists whose totals agree with the lines of their
// month, or nearly (DAT-002).
func (d *drawer) claims() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient", "rehab")})
	at := d.during(s, 0)
	for range 1 + d.upTo(2, "lines") {
		r := d.line(s.key, at+one(d, "later", 0, day), d.item()).times(one(d, "quantity", int64(10_000), 20_000))
		r.numberFrom0("self_pay", one(d, "self-pay", int64(-1), -1, -1, 1, 0))
		if d.often(2, "refunded") {
			d.refundOf(r, s.key, r.OccurredAt+one(d, "refunded", hour, 31*day))
		}
	}
	d.later = append(d.later, func() {
		month := one(d, "month", at.Day().Month(), at.Day().Month(), at.Day().Month(), "2026-04")
		total, lines := d.charged(s.key, month)
		total += one(d, "wrong by", int64(0), 0, 1, -1)
		d.claim(s.key, d.beside(s.ended+day), month, total, max(0, lines+one(d, "lines", int64(0), 0, 0, 1, -1)))
		if d.often(3, "claimed again") {
			d.claim(s.key, s.ended+day+one(d, "again", hour, 0, -hour), month, total, lines)
		}
		if !d.often(3, "no front page") {
			d.frontPage(s.key, s.ended)
		}
	})
}

// charged sums up the lines of a stay in a month as drawn so far: in fen, and
// how many.
func (d *drawer) charged(k key, month string) (total, lines int64) {
	for _, r := range d.log {
		of := key{r.InstitutionID, r.PersonID, r.StayID}
		if r.Kind == claimwatch.Fee && of == k && r.OccurredAt.Day().Month() == month && r.Field("self_pay").Num == 0 {
			total += r.Field("amount").Num
			lines++
		}
	}
	return total, lines
}

// unfinished stages discharges without front page and fees without admission,
// three days ago or nearly (DAT-002).
func (d *drawer) unfinished() {
	at := horizon.Midnight() - one(d, "since", 3*day, 3*day, 3*day, 10*day)
	if d.often(4, "no admission") {
		k := key{one(d, "host", "h1", "h2"), one(d, "patient", "p1", "p2"), "x1"}
		for range 1 + d.upTo(1, "lines") {
			d.line(k, d.beside(at), d.item())
		}
		return
	}
	ended := d.beside(at)
	s := d.host(stay{begun: ended - 2*day, ended: ended, class: one(d, "class", "inpatient", "rehab", "inpatient", "outpatient")})
	if d.often(1, "front page") {
		d.frontPage(s.key, ended)
	}
}
