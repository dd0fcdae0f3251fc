package adversary

import "claimwatch"

// courses stages items used more often in some days than a row allows, or again
// too soon (RX-009, REH-002).
func (d *drawer) courses() {
	a := d.host(stay{class: one(d, "class", "inpatient", "outpatient", "rehab")})
	b := a
	if d.often(3, "another stay") {
		b = d.host(stay{key: key{one(d, "host", "h1", "h3"), a.person, ""}, class: "outpatient", begun: a.begun + day})
	}
	item := one(d, "item", "REHAB", "LAB", "DRUG")
	days := one(d, "days", 3, 2, 7, 1)
	for range 1 + d.upTo(1, "limits") {
		d.limit(item, days, a.begun.Day())
	}
	at := a.begun.Day()
	if d.often(2, "around a month's turn") {
		at = claimwatch.Day(20_543) // 2026-03-31
	}
	for range 2 + d.upTo(3, "lines") {
		at += claimwatch.Day(one(d, "days later", 0, 1, days-1, days, days+1))
		r := d.line(one(d, "whose", a, a, b).key, at.Midnight()+one(d, "hour", 9*hour, 0, day-1), item)
		r.times(one(d, "quantity", int64(10_000), 10_000, 20_000, 15_000))
		if item == "DRUG" {
			r.numberFrom0("days_supply", one(d, "supply", int64(1), 2, 3, -1))
		}
	}
	if d.often(2, "refunded") {
		d.refund(a.key)
	}
}

func (d *drawer) limit(item string, days int, on claimwatch.Day) {
	row := map[string]string{
		"limit_id": "limit" + itoa(len(d.rows["item_limits"])), "item_code": item, "kind": one(d, "kind", "course", "interval", "course"),
		"days": itoa(one(d, "days", days, days, days+1)), "source": "test",
		"max":        one(d, "max", "2", "1", "2.5", "0", ""),
		"valid_from": one(d, "from", "2020-01-01", "2020-01-01", (on + 1).String()),
	}
	if d.often(2, "ends") {
		row["valid_until"] = (on + 2 + claimwatch.Day(d.upTo(2, "valid"))).String()
	}
	d.add("item_limits", row)
}

// imaging stages one picture of one part after the other (EXM-001).
func (d *drawer) imaging() {
	a := d.host(stay{class: one(d, "class", "inpatient", "outpatient")})
	b := a
	if d.often(3, "another stay") {
		b = d.host(stay{key: key{one(d, "host", "h1", "h2"), a.person, ""}, begun: a.begun + day})
	}
	modality := one(d, "modality", "CT", "MR", "CT", "US")
	at := a.begun.Day()
	for n := range 3 + d.upTo(2, "reports") {
		s := one(d, "whose", a, a, b)
		performed := at.Midnight() + one(d, "hour", 10*hour, 0, day-1)
		r := d.report(s.key, performed, one(d, "as", modality, modality, modality, modality, modality, modality, modality, "MR")).text("body_part", one(d, "part", "HEAD", "HEAD", "HEAD", "HEAD", "HEAD", "HEAD", "HEAD", "LEG"))
		r.text("order_id", one(d, "order", "o"+itoa(n), "", "o1")).text("item_code", one(d, "item", "CT", "CT", ""))
		for range d.upTo(2, "lines") {
			d.line(s.key, performed+one(d, "charged", 0, -hour, day), one(d, "item", "CT", "CT", "CTE")).text("order_id", one(d, "line's order", "o"+itoa(n), "", "o1"))
		}
		if d.often(2, "operation") {
			begun := d.beside(performed + one(d, "operated", 0, hour))
			d.operation(s.key, begun, begun+hour)
		}
		at += claimwatch.Day(one(d, "days later", 1, 0, 2, 3, 6, 7))
	}
}
