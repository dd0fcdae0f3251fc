package adversary

import "claimwatch"

// hourly is a line of hours, with or without the time for which it is charged.
func (d *drawer) hourly(s stay, at claimwatch.Instant, item string) {
	r := d.line(s.key, at, item).times(one(d, "hours", int64(240_000), 130_000, 120_000, 240_001, 110_000, 480_000, 10_000))
	if !d.often(6, "from and until") {
		return
	}
	from := at + one(d, "from", 0, -hour, -day, 12*hour, 1)
	r.moment("from", from).moment("until", from+one(d, "long", day, 13*hour, 12*hour, 2*day, day+1, 7*hour+1, 1))
	if d.often(1, "half given") { // charged by time only with both
		r.Values[r.Kind.Slot(one(d, "missing", "from", "until"))] = claimwatch.Value{}
		if until := r.Field("until"); until.Set && claimwatch.Instant(until.Num) <= at {
			r.Values[r.Kind.Slot("until")] = claimwatch.Value{}
		}
	}
}

// hours stages more hours than a day has (FEE-010).
func (d *drawer) hours() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	d.wish("items", "HOUR", "hour_unit", "true", "true", "true", "false")
	other := s
	if d.often(3, "another stay") {
		other = d.host(stay{key: key{one(d, "host", s.institution, "h3"), s.person, ""}, begun: s.begun})
	}
	for range 1 + d.upTo(3, "lines") {
		d.hourly(one(d, "whose", s, s, other), s.day(d.upTo(1, "day"), one(d, "hour", 9*hour, 0, 12*hour, day-1)), "HOUR")
	}
}

// exclusiveHours stages special care and graded care of one day (FEE-011).
func (d *drawer) exclusiveHours() {
	s := d.host(stay{class: one(d, "class", "inpatient", "rehab")})
	d.grade("HSPEC", "0")
	d.wish("items", "HSPEC", "hour_unit", "true")
	d.grade("SPEC", "0")
	d.grade("NURSE", "1", "1", "2")
	for n := range 1 + d.upTo(1, "days") {
		for range 1 + d.upTo(1, "special") {
			if d.often(3, "by the day") {
				d.line(s.key, d.during(s, n), "SPEC").times(one(d, "quantity", int64(10_000), 5_000, 1))
				continue
			}
			d.hourly(s, d.during(s, n), "HSPEC")
		}
		d.line(s.key, d.during(s, n), "NURSE").times(one(d, "quantity", int64(10_000), 5_000, 20_000, 3_333))
	}
}

// grade makes an item of nursing.
func (d *drawer) grade(item string, levels ...string) {
	d.wish("items", item, "nursing_level", levels...)
	d.wish("items", item, "category", "nursing")
	d.wish("items", item, "unit", "日")
}

// nursing stages care of a level other than the one ordered (FEE-015).
func (d *drawer) nursing() {
	s := d.host(stay{})
	d.grade("NURSE", "1", "1", "1", "0", "2")
	d.grade("NURSE2", "2", "2", "2", "2", "3")
	d.grade("HSPEC", "0", "1")
	d.wish("items", "HSPEC", "hour_unit", "true")
	for _, item := range []string{"NURSE", "NURSE2"} {
		for _, column := range []string{"price_cap_1", "price_cap_2", "price_cap_3"} {
			d.wish("items", item, column, "5", "10", "9.99", "5", "3.333333", "")
		}
	}
	for range 1 + d.upTo(1, "orders") {
		r := d.orderOf(s.key, s.begun+one(d, "ordered", 0, 0, 0, hour, day), "nursing", "NURSE2")
		r.numberFrom0("nursing_level", one(d, "level", int64(2), 2, 2, 2, 2, 2, 3, 1, -1))
		if d.often(2, "until given") {
			r.moment("until", r.OccurredAt+one(d, "long", day, 2*day, hour))
		}
	}
	d.line(s.key, d.during(s, 1), "NURSE2")
	for range 2 + d.upTo(1, "lines") {
		at := s.begun + one(d, "charged", day, 2*hour, day+hour, 0, -1, day-1, day+1)
		r := d.line(s.key, at, one(d, "item", "NURSE", "NURSE", "NURSE", "HSPEC", "NURSE2"))
		r.charge(one(d, "quantity", int64(10_000), 10_000, 20_000, 5_000), one(d, "price", int64(10_000_000), 20_000_000, 416_667))
	}
}

// nursingDays stages more days of nursing, consultation or bed than the stay has
// (FEE-013, FEE-014).
func (d *drawer) nursingDays() {
	s := d.host(stay{})
	d.grade("NURSE", "1", "2", "3", "0", "")
	d.wish("items", "CONS", "unit", "日", "day", "次")
	days := max(1, int(s.ended.Day()-s.begun.Day()))
	item := one(d, "item", "NURSE", "CONS", "BED")
	for n := range days + 1 {
		d.line(s.key, d.during(s, n), item).times(one(d, "quantity", int64(10_000), 10_000, 10_000, 15_000, 20_000, 10_001))
	}
}

// outside stages fees before and after the stay (FEE-016).
func (d *drawer) outside() {
	s := d.host(stay{})
	for range 1 + d.upTo(2, "lines") {
		edge := one(d, "edge", s.ended+hour, s.ended+day, s.begun-day, s.ended)
		d.line(s.key, d.beside(edge), one(d, "item", "BED", "LAB", "CONS", "DRUG"))
	}
}

// onLeave stages bed days within leaves that touch, overlap or nearly (FEE-017).
func (d *drawer) onLeave() {
	s := d.host(stay{})
	left := s.day(1, one(d, "left", 0, 0, -hour, 1))
	back := s.day(2, one(d, "back", 0, 0, hour, -1))
	d.leave(s.key, left, back)
	if d.often(5, "another leave") {
		next := d.beside(back)
		d.leave(s.key, next, next+one(d, "long", day, day-1, 2*day))
	}
	for range 1 + d.upTo(2, "lines") {
		d.line(s.key, d.during(s, 1+d.upTo(2, "day")), one(d, "item", "BED", "BED", "NURSE", "CONS", "LAB"))
	}
}
