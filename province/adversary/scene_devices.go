package adversary

import (
	"time"

	"claimwatch"
)

// devices stages devices fitted again before their life is over (DEV-001).
func (d *drawer) devices() {
	k := key{one(d, "host", "h1", "h2"), one(d, "patient", "p1", "p2"), one(d, "stay", "", "", "", "", "", "", "", "s1")}
	item := one(d, "item", "DEV", "DEV2")
	d.wish("items", item, "life_years", "2", "2", "2", "3", "3", "1", "0", "")
	again := one(d, "again", time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC))
	first := again.AddDate(-2, 0, 0)
	if d.often(4, "on a leap day") {
		first = time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	}
	for _, on := range []time.Time{first, again, again.AddDate(0, 0, 1)} {
		if d.often(1, "not fitted") {
			continue
		}
		at := d.around(dayOf(on)).Midnight() + one(d, "hour", 9*hour, 0, day-1)
		r := d.fitting(k, at, one(d, "device", item, item, item, item, item, "DEV"))
		r.text("body_part", one(d, "limb", "L", "L", "L", "L", "L", "R"))
		if d.often(8, "dear") {
			r.number("amount", 100_000)
		}
		k.institution = one(d, "next host", k.institution, "h2")
	}
	if d.often(5, "appraised") {
		d.appraisal(k.person, item, start)
	}
}

func dayOf(date time.Time) claimwatch.Day { return claimwatch.Day(date.Unix() / (24 * 60 * 60)) }

func (d *drawer) appraisal(person, item string, on claimwatch.Day) {
	d.add("appraisals", map[string]string{
		"appraisal_id": "app" + itoa(len(d.rows["appraisals"])), "person_id": person, "item_code": item, "approved_on": on.String(),
	})
}

// formalities stages devices without appraisal, photograph or mark, with the
// photograph of another, or too dear (DEV-003).
func (d *drawer) formalities() {
	for _, column := range []string{"price_cap_1", "price_cap_2", "price_cap_3"} {
		d.wish("items", "DEV", column, "1000", "1000", "999.99", "1000.01", "")
	}
	for n := range 1 + d.upTo(2, "fittings") {
		k := key{one(d, "host", "h1", "h2"), one(d, "patient", "p1", "p2"), one(d, "stay", "", "", "s1")}
		if d.often(7, "appraised") {
			d.appraisal(k.person, one(d, "item", "DEV", "DEV", "DEV2"), start+claimwatch.Day(n))
		}
		r := d.fitting(k, start.Midnight()+claimwatch.Instant(n)*day+one(d, "hour", 9*hour, 0), "DEV")
		if d.often(4, "like the other") {
			r.text("photo_sha256", photo(0))
		}
	}
}
