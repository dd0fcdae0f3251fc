package adversary

import "claimwatch"

// apart are the distances at which two lines are charged together or no longer,
// by scope.
var apart = map[string][]claimwatch.Instant{
	"hour": {0, hour - 1, hour, -hour + 1, -hour, 30 * minute, 2 * hour},
	"6h":   {0, 6*hour - 1, 6 * hour, -6*hour + 1, -6 * hour, hour},
	"day":  {0, 6 * hour, -6 * hour, 12 * hour, day - 1, day},
	"stay": {0, day, 2 * day, -day, 30 * day},
}

// pair adds a row of item_pairs, seldom one that is not valid on the day.
func (d *drawer) pair(main, included, scope string, on claimwatch.Day) map[string]string {
	row := map[string]string{
		"pair_id": "pair" + itoa(len(d.rows["item_pairs"])), "item_code": main, "included_code": included, "scope": scope,
		"absolute": one(d, "absolute", "true", "false"), "source": "test",
		"valid_from": one(d, "from", "2020-01-01", "2020-01-01", "2020-01-01", on.String(), (on + 1).String()),
	}
	if until := one(d, "until", 0, 0, 0, on+1, on+2); until > 0 && until.String() > row["valid_from"] {
		row["valid_until"] = until.String()
	}
	d.add("item_pairs", row)
	return row
}

// pairs stages items that may not be charged together (FEE-004, EXM-003).
func (d *drawer) pairs() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	main, included := "LAB", "LAB2"
	scope := one(d, "scope", "hour", "6h", "day", "stay")
	switch d.upTo(3, "pair of") {
	case 0:
		main, included = "TREAT", "LAB"
	case 1, 2:
		main, included, scope = "CT", "CTE", one(d, "scope of pictures", "hour", "hour", "day")
	}
	at := d.during(s, d.upTo(1, "day"))
	d.pair(main, included, scope, at.Day())
	if d.often(3, "another scope") {
		d.pair(main, included, one(d, "scope", "day", "stay", "hour"), at.Day())
	}
	other := s
	if d.often(3, "elsewhere") { // another stay, institution or person
		k := key{one(d, "host", s.institution, s.institution, "h3"), one(d, "patient", s.person, s.person, "p2"), ""}
		other = d.host(stay{key: k, class: one(d, "class", "outpatient", "inpatient"), begun: s.begun})
	}
	d.line(s.key, at, main)
	for range 1 + d.upTo(2, "lines") {
		d.line(one(d, "whose", s, other).key, at+one(d, "apart", apart[scope]...), one(d, "item", included, included, included, included, included, main))
	}
}

// secondary stages two operations of one day (FEE-023).
func (d *drawer) secondary() {
	s := d.host(stay{})
	at := d.during(s, d.upTo(1, "day"))
	d.pair("OP1", "OP2", "secondary", at.Day())["factor"] = one(d, "factor", "0.5", "0.5", "0.5", "0.7", "0.3333", "0.25", "1", "")
	if d.often(4, "both directions") {
		d.pair("OP2", "OP1", "secondary", at.Day())["factor"] = one(d, "factor", "0.5", "0.6")
	}
	for _, item := range []string{"OP1", "OP2"} {
		for _, column := range []string{"price_cap_1", "price_cap_2", "price_cap_3"} {
			d.wish("items", item, column, "10", "10", "10", "20", "33.333333", "")
		}
	}
	for _, item := range []string{"OP1", "OP2", one(d, "third", "", "OP2", "OP1")} {
		if item == "" {
			continue
		}
		price := one(d, "price", int64(10_000_000), 10_000_000, 5_000_000, 5_000_001, 10_000_000, 16_670_000, 3_330_000)
		d.line(s.key, at+one(d, "apart", 0, hour, 6*hour, -hour), item).charge(one(d, "quantity", int64(10_000), 10_000, 15_000), price)
	}
}

// addOn stages additions charged more often than what they add to (FEE-024).
func (d *drawer) addOn() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	at := d.during(s, d.upTo(1, "day"))
	d.pair("TREAT", "LAB3", "add_on", at.Day())
	if d.often(5, "two mains") {
		d.pair("OP1", "LAB3", "add_on", at.Day())
	}
	for range 1 + d.upTo(1, "mains") {
		d.line(s.key, at, one(d, "item", "TREAT", "TREAT", "OP1", "LAB")).times(one(d, "quantity", int64(10_000), 20_000, 15_000))
	}
	for range 1 + d.upTo(2, "additions") {
		d.line(s.key, at+one(d, "apart", 0, hour, day, -1), "LAB3").times(one(d, "quantity", int64(10_000), 20_000, 30_000, 5_001))
	}
}

// packages stages components charged instead of the package (FEE-005).
func (d *drawer) packages() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	at := d.during(s, d.upTo(1, "day"))
	components := []string{"LAB", "LAB2"}
	if d.often(3, "three components") {
		components = append(components, "LAB3")
	}
	price := one(d, "price of package", "15", "20", "19.99", "20.01", "30", "0")
	d.pack(components, price, "2020-01-01", one(d, "until", "", "", at.Day().String(), (at.Day()+1).String()))
	if d.often(3, "next edition") {
		d.pack(components[:2], one(d, "price of package", "18.5", "12"), at.Day().String(), "")
	}
	for range 1 + d.upTo(1, "rounds") {
		for _, component := range components {
			if !d.often(1, "left out") {
				d.line(s.key, at+one(d, "apart", 0, hour, 2*hour), component).times(one(d, "quantity", int64(10_000), 10_000, 20_000, 25_000, 9_999))
			}
		}
	}
}

func (d *drawer) pack(components []string, price, from, until string) {
	list := components[0]
	for _, component := range components[1:] {
		list += ";" + component
	}
	if until == "" || until > from {
		d.add("item_packages", map[string]string{"package_code": "PKG", "valid_from": from, "valid_until": until, "component_codes": list, "price": price})
	}
}

// limits stages items charged more often than a day or a stay allows (FEE-008,
// FEE-009, REH-002).
func (d *drawer) limits() {
	s := d.host(stay{class: one(d, "class", "inpatient", "outpatient", "rehab")})
	item := one(d, "item", "LAB", "REHAB", "TREAT")
	d.wish("items", item, "max_per_day", "1", "2", "2.5", "0", "")
	d.wish("items", item, "max_per_stay", "2", "3", "0", "")
	other := s
	if d.often(3, "another stay") {
		k := key{one(d, "host", s.institution, "h3"), s.person, ""}
		other = d.host(stay{key: k, class: "outpatient", begun: s.begun})
	}
	at := d.during(s, 0)
	for range 2 + d.upTo(3, "lines") {
		r := d.line(one(d, "whose", s, s, other).key, at+one(d, "apart", 0, hour, day, -1, 1), item)
		r.times(one(d, "quantity", int64(10_000), 10_000, 5_000, 20_000, 1))
	}
	if d.often(3, "refunded") {
		d.refund(s.key)
	}
}
