package adversary

import "claimwatch"

// hushed is a stay at an institution of its own, where few records move the
// present.
func (d *drawer) hushed(class ...string) stay {
	return d.host(stay{key: key{institution: "h3", person: one(d, "patient", "p1", "p3")}, class: one(d, "class", class...)})
}

// unordered stages services that need an order and have none, or one that does
// not hold any more, or not yet (FEE-018).
func (d *drawer) unordered() {
	s := d.hushed("inpatient", "outpatient")
	d.wish("items", "TREAT", "order_required", "true")
	at := s.begun + one(d, "charged", hour, 0, day)
	if d.often(5, "ordered") {
		r := d.orderOf(s.key, at-one(d, "before", 0, hour, 2*hour, -1), "treatment", one(d, "item", "TREAT", "LAB"))
		if d.often(4, "until given") {
			r.moment("until", max(r.OccurredAt+1, d.beside(at)))
		}
		r.numberFrom0("days", one(d, "days", int64(-1), 1, 0))
	}
	for range 1 + d.upTo(1, "lines") {
		d.line(s.key, at, "TREAT").text("order_id", one(d, "order", "", "", d.drawnID(claimwatch.Order), "nothing"))
	}
	if d.often(5, "seen later") { // the present
		d.care(s.key, d.beside(at+2*day), "round")
	}
}

// billed stages lines of an order beyond its amount or its end (FEE-019,
// FEE-020).
func (d *drawer) billed() {
	s := d.host(stay{})
	o := d.orderOf(s.key, s.begun+hour, "treatment", "TREAT")
	if !d.often(2, "no amount") {
		o.number("quantity", one(d, "ordered", int64(10_000), 5_000, 3_333)).
			number("times_per_day", one(d, "times", int64(10_000), 20_000, 5_000, 0)).
			number("days", one(d, "days", int64(2), 1, 3, 0))
	}
	until := s.day(1, one(d, "until", 10*hour, 0, day-1))
	if d.often(6, "until given") {
		o.moment("until", max(o.OccurredAt+1, until))
	}
	for range 1 + d.upTo(3, "lines") {
		at := s.day(1+d.upTo(1, "day"), one(d, "hour", 11*hour, 0, day-1, 9*hour))
		r := d.line(s.key, at, one(d, "item", "TREAT", "TREAT", "TREAT", "LAB"))
		r.times(one(d, "quantity", int64(10_000), 20_000, 15_000, 3_334)).text("order_id", one(d, "on", o.RecordID, o.RecordID, o.RecordID, ""))
	}
}

// unreported stages examinations whose report is missing, or too early or late
// (FEE-021).
func (d *drawer) unreported() {
	s := d.hushed("inpatient", "outpatient")
	d.wish("items", "EXAM", "report_required", "true")
	at := s.begun + one(d, "charged", hour, 0, day)
	for range 1 + d.upTo(1, "lines") {
		d.line(s.key, at+one(d, "apart", 0, hour), "EXAM").text("order_id", one(d, "order", "", "o1", "o2"))
	}
	if d.often(5, "reported") {
		r := d.report(s.key, d.beside(at+one(d, "performed", 3*day, -day, 0)), "US")
		r.text("order_id", one(d, "order", "o1", "")).text("item_code", one(d, "item", "EXAM", "", "CT"))
	}
	if !d.often(2, "last seen") { // the present
		d.care(s.key, d.beside(at+3*day), "round")
	}
}

// oddRefunds stages refunds of nothing, of refunds, of others' lines and beyond
// their line (FEE-028).
func (d *drawer) oddRefunds() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	at := d.during(s, 0)
	if d.often(3, "about now") { // not seen to until three days have passed
		at = d.beside((horizon - 3).Midnight())
	}
	of := d.line(s.key, at, one(d, "item", "LAB", "DRUG")).times(one(d, "quantity", int64(20_000), 10_000, 15_000))
	for range 1 + d.upTo(2, "refunds") {
		k := s.key
		switch d.upTo(7, "odd") {
		case 0:
			k.person = "p3"
		case 1:
			k.stay = one(d, "stay", "s1", "s2", "other")
		}
		r := d.refundOf(of, k, at+one(d, "refunded", 0, hour, -hour, day))
		switch d.upTo(4, "refund") {
		case 0:
			r.text("reverses", one(d, "reverses", "nothing", r.RecordID))
		case 1:
			of = r // the next refunds a refund
		case 2:
			r.charge(-10_000, r.Field("unit_price").Num)
			r.number("amount", r.Field("amount").Num-one(d, "a fen more", int64(0), 1))
		}
	}
}

// swapped stages a dear item charged where a cheap one was ordered (SWP-001).
func (d *drawer) swapped() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	d.add("swaps", map[string]string{"high_code": "DRUG2", "low_code": "DRUG", "source": "test"})
	if d.often(2, "also") {
		d.add("swaps", map[string]string{"high_code": "DRUG2", "low_code": "LAB", "source": "test"})
	}
	for _, column := range []string{"price_cap_1", "price_cap_2", "price_cap_3"} {
		d.wish("items", "DRUG", column, "5", "9.99", "10", "")
	}
	at := s.begun + one(d, "ordered", hour, 0, day)
	low := d.orderOf(s.key, at, "drug", "DRUG")
	if d.often(3, "until given") {
		low.moment("until", max(at+1, one(d, "until", s.day(1, 0), s.day(1, 1), s.day(2, 0))))
	}
	low.numberFrom0("days", one(d, "days", int64(-1), -1, -1, 1, 0))
	if d.often(3, "the dear one ordered") {
		high := d.orderOf(s.key, one(d, "high", s.day(1, 0), s.day(0, day-1), s.day(2, 0)), "drug", "DRUG2")
		high.numberFrom0("days", one(d, "days", int64(1), -1))
	}
	for range 1 + d.upTo(2, "lines") {
		d.line(s.key, d.during(s, d.upTo(2, "day")), "DRUG2").times(one(d, "quantity", int64(10_000), 15_000, 3_333))
	}
}
