package adversary

import (
	"claimwatch"
)

// care draws a care record.
func (d *drawer) care(k key, at claimwatch.Instant, kind string) *upload {
	return d.newRecord(claimwatch.CareRecord, k, at).text("type", kind)
}

func (d *drawer) leave(k key, at, until claimwatch.Instant) {
	d.newRecord(claimwatch.Leave, k, at).moment("until", max(at+1, until)).text("approved_by", "X")
}

func (d *drawer) check(k key, at claimwatch.Instant) *upload {
	r := d.newRecord(claimwatch.IdentityCheck, k, at).text("device_id", "d1")
	r.text("method", like(d, faces, "method", "face", "face", "face", "card"))
	r.text("result", one(d, "result", "match", "match", "mismatch", "mismatch", "unavailable"))
	r.numberFrom0("score", one(d, "score", int64(-1), -1, 6_000, 5_999, 10_000, 0))
	return r.numberFrom0("liveness", one(d, "liveness", int64(-1), -1, 1, 0))
}

// order draws an order of any kind.
func (d *drawer) order(k key, at claimwatch.Instant) *upload {
	class := one(d, "class", "lab", "drug", "nursing", "nursing", "diet", "other", "exam", "surgery")
	r := d.orderOf(k, at, class, d.item())
	if d.often(3, "until given") {
		r.moment("until", d.after(at))
	}
	r.numberFrom0("days", one(d, "days", int64(-1), -1, 1, 2, 0, claimwatch.MaxCount))
	r.numberFrom0("times_per_day", one(d, "times", int64(-1), 20_000, 10_000, 5_000, 0, 15_000))
	return r.numberFrom0("nursing_level", one(d, "level", int64(-1), 0, 0, 1))
}

// orderOf is an order with nothing but what every order has.
func (d *drawer) orderOf(k key, at claimwatch.Instant, class, item string) *upload {
	return d.newRecord(claimwatch.Order, k, at).text("class", class).text("item_code", item).
		text("physician_id", one(d, "ordered by", "dr1", "dr1", "dr2")).
		text("prescription_id", one(d, "ordered on", "", "", "", "rx1"))
}

func (d *drawer) operation(k key, at, until claimwatch.Instant) {
	d.newRecord(claimwatch.Operation, k, at).moment("until", until).text("procedure_code", "81.1").text("surgeon_id", "dr1")
}

func (d *drawer) report(k key, at claimwatch.Instant, modality string) *upload {
	return d.newRecord(claimwatch.ExamReport, k, at).moment("reported_at", at+hour).
		text("modality", modality).text("body_part", one(d, "part", "HEAD", "HEAD", "HEAD", "LEG"))
}

func (d *drawer) transfer(k key, at claimwatch.Instant, ward, bed string) {
	d.newRecord(claimwatch.Transfer, k, at).text("department", one(d, "department", "D1", "D2")).
		text("ward", ward).text("bed", bed)
}

func (d *drawer) frontPage(k key, at claimwatch.Instant) {
	d.newRecord(claimwatch.FrontPage, k, at).number("length_of_stay", 1).number("total_amount", 1).
		list("diagnoses", "").list("procedures", "")
}

// claim is a settlement list of a month, with its total in fen and its lines.
func (d *drawer) claim(k key, at claimwatch.Instant, month string, total, lines int64) *upload {
	return d.newRecord(claimwatch.Claim, k, at).text("month", month).number("declared_amount", total).number("line_count", lines)
}

// fitting draws a device that was fitted, with all formalities or not.
func (d *drawer) fitting(k key, at claimwatch.Instant, item string) *upload {
	r := d.newRecord(claimwatch.DeviceFitting, k, at).text("item_code", item)
	r.number("amount", one(d, "device amount", int64(100_000), 100_000, 100_001, 0, -100, 1))
	r.text("body_part", one(d, "limb", "L", "L", "", "R"))
	r.text("laser_mark", one(d, "mark", "X1", "X1", "X1", ""))
	return r.text("photo_sha256", one(d, "photo", photo(d.serial), photo(d.serial), photo(d.serial), photo(0), photo(0), ""))
}

// photo is the hash of a photograph.
func photo(n int) string {
	const digits = "0000000000000000000000000000000000000000000000000000000000000000"
	tail := itoa(n)
	return digits[len(tail):] + tail
}
