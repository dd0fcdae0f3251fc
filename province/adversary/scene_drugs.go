package adversary

import "claimwatch"

// drug is a line of a drug for some days.
func (d *drawer) drug(k key, at claimwatch.Instant, item string, days int64) *upload {
	return d.line(k, at, item).number("days_supply", days)
}

// supply stages drugs for more days than allowed (RX-001, RX-002).
func (d *drawer) supply() {
	s := d.host(stay{class: one(d, "class", "outpatient", "outpatient", "inpatient"), route: one(d, "route", "elective", "elective", "emergency")})
	d.wish("items", "DRUG", "max_days_supply", "", "7", "14", "3", "0")
	d.wish("items", "DRUG", "discharge_max_days", "", "7", "14", "0")
	usage := one(d, "usage", "", "discharge", "emergency", "normal")
	prescription := one(d, "prescription", "rx1", "rx1", "")
	for range 1 + d.upTo(2, "lines") {
		r := d.drug(s.key, s.begun+one(d, "given", hour, 0, day), "DRUG", one(d, "days", int64(4), 3, 7, 8, 14, 15))
		r.times(one(d, "quantity", int64(10_000), 30_000, 70_000))
		r.text("usage", usage).text("prescription_id", prescription)
		if d.often(2, "another usage") {
			r.text("usage", one(d, "usage", "discharge", "emergency"))
		}
	}
	if d.often(3, "refunded in part") {
		of := d.drawn(claimwatch.Fee)
		k := key{of.InstitutionID, of.PersonID, of.StayID}
		if back := d.refundOf(of, k, of.OccurredAt); d.often(6, "a part") {
			back.times(-one(d, "back", int64(10_000), 3_333, 5_000))
		}
	}
}

// prescriptions stages one supply in several prescriptions of a day (RX-005).
func (d *drawer) prescriptions() {
	a := d.host(stay{class: "outpatient"})
	b := a
	if d.often(4, "two visits") {
		k := key{one(d, "host", a.institution, "h3"), a.person, ""}
		b = d.host(stay{key: k, class: "outpatient", begun: a.begun + hour})
	}
	d.wish("items", "DRUG", "max_days_supply", "", "7", "", "3")
	for n := range 2 + d.upTo(1, "lines") {
		r := d.drug(one(d, "whose", a, b).key, a.begun+one(d, "given", hour, hour, 2*hour, 2*hour, 3*hour, day), "DRUG", one(d, "days", int64(4), 7, 3, 4, 8, 1))
		r.text("prescription_id", "rx"+itoa(n)).text("physician_id", "dr1").text("usage", one(d, "usage", "", "", "normal", "emergency"))
		switch d.upTo(15, "otherwise") {
		case 13:
			r.text("prescription_id", "rx0")
		case 14:
			r.Values[r.Kind.Slot(one(d, "without", "prescription_id", "physician_id"))] = claimwatch.Value{}
		case 15:
			r.text("physician_id", "dr2").text("usage", one(d, "usage", "discharge", "normal"))
		}
	}
}

// refills stages drugs given again before the last supply is used up (RX-003).
func (d *drawer) refills() {
	a := d.host(stay{class: one(d, "class", "outpatient", "outpatient", "inpatient")})
	days := one(d, "days", int64(7), 7, 14, 3, 2)
	at := a.begun + hour
	d.refill(a, at, days)
	for range 1 + d.upTo(1, "refills") {
		next := d.beside(at + claimwatch.Instant(days)*day - one(d, "early", 3*day, 4*day, 3*day, 5*day, 2*day))
		k := key{one(d, "host", "h1", "h2", a.institution), a.person, ""}
		b := d.host(stay{key: k, class: one(d, "class", "outpatient", "outpatient", "rehab"), begun: next - one(d, "since", 0, hour)})
		days = one(d, "days", int64(7), 3, 14, 2)
		d.refill(b, next, days)
	}
}

func (d *drawer) refill(s stay, at claimwatch.Instant, days int64) {
	r := d.drug(s.key, at, one(d, "item", "DRUG", "DRUG", "DRUG", "DRUG", "DRUG", "DRUG2"), days).times(one(d, "quantity", int64(10_000), 30_000))
	r.text("usage", one(d, "usage", "", "discharge", "discharge")).text("prescription_id", one(d, "prescription", "", "rx1", "rx2"))
	if d.often(1, "refunded in part") {
		d.refundOf(r, s.key, at).times(-one(d, "back", int64(3_333), 5_000))
	}
}

// sameClass stages two drugs of one class ordered for overlapping times
// (RX-004).
func (d *drawer) sameClass() {
	a := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	b := a
	if d.often(3, "another stay") {
		b = d.host(stay{key: key{one(d, "host", "h1", "h2"), a.person, ""}, class: "outpatient", begun: a.begun})
	}
	d.wish("items", "DRUG", "atc", "N02BE01", "N02BE01", "N02BE01", "N02BE01", "N02BE01", "N02BE01", "N02B", "")
	d.wish("items", "DRUG2", "atc", "N02BE51", "N02BE51", "N02BE51", "N02BE51", "N02BE51", "N02BE51", "N02BA01", "N02B", "")
	first := d.orderOf(a.key, a.begun, "drug", "DRUG")
	second := d.orderOf(b.key, a.begun+one(d, "later", 0, day, 2*day), one(d, "class", "drug", "drug", "drug", "drug", "drug", "other"), one(d, "item", "DRUG2", "DRUG2", "DRUG2", "DRUG2", "DRUG2", "DRUG"))
	until := d.beside(second.OccurredAt + one(d, "together", 3*day, 3*day, 4*day, 2*day))
	for _, r := range []*upload{first, second} {
		switch d.upTo(5, "until") {
		case 0, 1:
			r.moment("until", max(r.OccurredAt+1, until))
		case 2:
			r.number("days", one(d, "days", int64(5), 3, 4))
		case 3, 4:
			r.moment("until", until+5*day)
		}
	}
}

// catalogue stages items given to the wrong sex or age, at the wrong level or
// kind of visit (RX-007).
func (d *drawer) catalogue() {
	s := stay{class: one(d, "class", "inpatient", "outpatient", "rehab")}
	if d.often(4, "on a leap day's turn") {
		s.begun = one(d, "leap", start-2, start-1, start-3).Midnight() + 8*hour // 28 February, 1 March, 27 February
	}
	s = d.host(s)
	item := one(d, "item", "DRUG", "LAB")
	born := s.begun.Day().Date().AddDate(-18, 0, one(d, "birthday", 0, 1, -1)).Format("2006-01-02")
	d.wish("persons", s.person, "born", born, born, "2008-02-29", "2007-03-01")
	switch d.upTo(3, "restriction") {
	case 0:
		d.wish("items", item, "sex", "F", "M")
	case 1:
		d.wish("items", item, one(d, "bound", "age_min", "age_max"), "18", "17", "19")
	case 2:
		d.wish("items", item, "min_level", "2", "3")
	case 3:
		d.wish("items", item, "visit", "inpatient", "outpatient")
	}
	for range 1 + d.upTo(2, "lines") {
		d.line(s.key, s.begun+one(d, "given", hour, 0, day, -day), item)
	}
}

// indication stages items given for another illness (RX-010).
func (d *drawer) indication() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	d.wish("items", "DRUG", "indication_prefixes", "M17", "S82.1", "S82;M17", "S82.19", "骨折")
	for range 1 + d.upTo(2, "lines") {
		d.line(s.key, d.during(s, 0), "DRUG")
	}
	if d.often(2, "discharged with another") {
		d.discharge(s.key, s.begun).list("diagnoses", one(d, "diagnoses", "M17.9", "S82.1", ""))
	}
}

// scope stages items that the fund does not know or does not pay (RX-008).
func (d *drawer) scope() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	d.wish("items", "DRUG2", "in_scope", "false", "false", "true")
	for range 1 + d.upTo(2, "lines") {
		r := d.line(s.key, d.during(s, 0), one(d, "item", "DRUG2", "DRUG2", "NONE"))
		r.numberFrom0("self_pay", one(d, "self-pay", int64(-1), 1, 1, 0)).text("consent_id", one(d, "consent", "", "", "agreed"))
	}
}
