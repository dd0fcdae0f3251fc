package adversary

import (
	"claimwatch"
)

// items are few, so that they meet. NONE never has a row.
var items = []string{"LAB", "BED", "BED", "NURSE", "DRUG", "EXAM", "TREAT", "CONS", "NONE"}

func (d *drawer) item() string {
	switch {
	case d.theme == tests && d.often(7, "item as the theme"):
		return one(d, "item", "LAB", "LAB", "LAB", "EXAM", "TREAT")
	case (d.theme == beds || d.theme == gaps) && d.often(8, "item as the theme"):
		return "BED"
	case d.theme == split && d.often(5, "item as the theme"):
		return one(d, "item", "LAB", "EXAM", "REG")
	default:
		return items[d.upTo(len(items)-1, "item")]
	}
}

// fee draws a line. It is mostly called what it is.
func (d *drawer) fee(k key, at claimwatch.Instant) {
	r := d.newRecord(claimwatch.Fee, k, at)
	item := d.item()
	setText(r, "item_code", item)
	setText(r, "item_name", item)
	category := map[string]string{
		"LAB": "lab", "BED": "bed", "NURSE": "nursing", "DRUG": "drug", "EXAM": "exam", "TREAT": "treatment",
		"CONS": "consultation", "REG": "registration", "NONE": one(d, "of none", "lab", "bed", "drug", "registration"),
	}[item]
	if d.often(1, "miscalled") {
		category = one(d, "category", "other", "registration", "consumable", "rehab", "surgery", "bed", "lab")
	}
	setText(r, "category", category)
	d.quantity(r, 1)
	setText(r, "order_id", one(d, "order", "", "", "", "o1"))
	setText(r, "physician_id", one(d, "physician", "", "", "dr1"))
	if d.often(1, "self-pay given") {
		setNumber(r, "self_pay", one(d, "self-pay", int64(1), 1, 0))
	}
}

// quantity draws quantity, unit price and an amount within a fen of their product.
func (d *drawer) quantity(r *claimwatch.Record, sign int64) {
	quantity := one(d, "quantity", int64(10_000), 10_000, 20_000, 5_000, 30_000, 1, 3_333)
	price := one(d, "price", int64(10_000_000), 10_000_000, 10_010_000, 9_990_000, 20_000_000, 0, 1, 33_333_333)
	fen := int64(claimwatch.Product(quantity, price))
	if d.often(1, "a fen off") {
		fen += one(d, "fen", int64(1), -1)
	}
	setNumber(r, "quantity", sign*quantity)
	setNumber(r, "unit_price", price)
	setNumber(r, "amount", sign*max(0, fen))
}

// fees are the records drawn so far that a refund or a second line can name.
func (d *drawer) drawnFee(label string) (claimwatch.Record, bool) {
	var fees []claimwatch.Record
	for _, r := range d.records {
		if r.Kind == claimwatch.Fee {
			fees = append(fees, r)
		}
	}
	if len(fees) == 0 {
		return claimwatch.Record{}, false
	}
	return fees[d.upTo(len(fees)-1, label)], true
}

// again is a line drawn before, once more under another id, or nearly.
func (d *drawer) again(k key) {
	old, ok := d.drawnFee("again")
	if !ok {
		d.fee(k, d.moment("fee"))
		return
	}
	at := old.OccurredAt
	if d.often(3, "at another time") {
		at = d.near(at, "again")
	}
	r := d.newRecord(claimwatch.Fee, key{old.InstitutionID, old.PersonID, old.StayID}, at)
	copy(r.Values, old.Values)
	switch d.upTo(9, "difference") {
	case 7:
		setText(r, "physician_id", "dr2")
	case 8:
		setText(r, "order_id", "o2")
	case 9:
		if old.Field("reverses").Text == "" {
			d.quantity(r, 1)
		}
	}
}

// refund is a refund of a line drawn before, mostly a proper one.
func (d *drawer) refund(k key) {
	of, ok := d.drawnFee("refund")
	if !ok {
		return
	}
	at := of.OccurredAt
	if d.often(5, "refunded later") {
		at = d.near(at, "refund")
	}
	if d.often(8, "of its own stay") {
		k = key{of.InstitutionID, of.PersonID, of.StayID}
	}
	r := d.newRecord(claimwatch.Fee, k, at)
	for _, field := range []string{"item_code", "item_name", "category", "quantity", "unit_price", "amount"} {
		r.Values[r.Kind.Slot(field)] = of.Field(field)
	}
	setText(r, "reverses", of.RecordID)
	quantity, amount := of.Field("quantity").Num, of.Field("amount").Num
	switch d.upTo(4, "refunded") {
	case 0, 1:
		setNumber(r, "quantity", -max(quantity, -quantity))
		setNumber(r, "amount", -max(amount, -amount))
	case 2:
		half := max(1, max(quantity, -quantity)/2)
		setNumber(r, "quantity", -half)
		setNumber(r, "amount", -int64(claimwatch.Product(half, of.Field("unit_price").Num)))
	default:
		d.quantity(r, -1)
	}
	if d.often(2, "self-pay given") {
		setNumber(r, "self_pay", one(d, "self-pay", int64(1), 0))
	}
	if d.often(1, "odd") {
		setText(r, "reverses", one(d, "reverses", "nothing", r.RecordID))
	}
}

func (d *drawer) check(k key, at claimwatch.Instant) {
	r := d.newRecord(claimwatch.IdentityCheck, k, at)
	setText(r, "method", like(d, faces, "method", "face", "face", "face", "card"))
	setText(r, "result", one(d, "result", "match", "match", "mismatch", "mismatch", "unavailable"))
	if score := one(d, "score", int64(-1), -1, 6_000, 5_999, 10_000, 0); score >= 0 {
		setNumber(r, "score", score)
	}
	if alive := one(d, "liveness", int64(-1), -1, 1, 0); alive >= 0 {
		setNumber(r, "liveness", alive)
	}
	setText(r, "device_id", "d1")
}

func (d *drawer) order(k key, at claimwatch.Instant) {
	r := d.newRecord(claimwatch.Order, k, at)
	setText(r, "class", one(d, "class", "lab", "drug", "nursing", "nursing", "diet", "other", "exam", "surgery"))
	setText(r, "item_code", d.item())
	setText(r, "physician_id", "dr1")
	if d.often(3, "until given") {
		setNumber(r, "until", int64(d.after(at)))
	}
	if days := one(d, "days", int64(-1), -1, 1, 2, 0, claimwatch.MaxCount); days >= 0 {
		setNumber(r, "days", days)
	}
	if times := one(d, "times", int64(-1), 20_000, 10_000, 5_000, 0, 15_000); times >= 0 {
		setNumber(r, "times_per_day", times)
	}
	if level := one(d, "level", int64(-1), 0, 0, 1); level >= 0 {
		setNumber(r, "nursing_level", level)
	}
}

func (d *drawer) operation(k key, at claimwatch.Instant) {
	r := d.newRecord(claimwatch.Operation, k, at)
	setNumber(r, "until", int64(d.after(at)))
	setText(r, "procedure_code", "81.1")
	setText(r, "surgeon_id", "dr1")
}

func (d *drawer) report(k key, at claimwatch.Instant) {
	r := d.newRecord(claimwatch.ExamReport, k, at)
	setNumber(r, "reported_at", int64(at+hour))
	setText(r, "modality", "CT")
	setText(r, "body_part", "HEAD")
}

func (d *drawer) transfer(k key, at claimwatch.Instant) {
	r := d.newRecord(claimwatch.Transfer, k, at)
	setText(r, "department", one(d, "department", "D1", "D2"))
	setText(r, "ward", "W")
	setText(r, "bed", "1")
}

// rare are the kinds that matter by their time alone, and second admissions and
// discharges of a stay.
func (d *drawer) rare(k key, at claimwatch.Instant) {
	switch d.upTo(4, "rare") {
	case 0:
		d.admission(k, at)
	case 1:
		r := d.newRecord(claimwatch.Discharge, k, at)
		setText(r, "disposition", one(d, "disposition", "improved", "died"))
		setList(r, "diagnoses", one(d, "diagnoses", "", "M17"))
	case 2:
		r := d.newRecord(claimwatch.FrontPage, k, at)
		setNumber(r, "length_of_stay", 1)
		setNumber(r, "total_amount", 1)
		setList(r, "diagnoses", "")
		setList(r, "procedures", "")
	case 3:
		r := d.newRecord(claimwatch.Claim, k, at)
		setText(r, "month", "2026-03")
		setNumber(r, "declared_amount", 1)
		setNumber(r, "line_count", 1)
	case 4:
		if d.often(5, "no stay") {
			k.stay = ""
		}
		r := d.newRecord(claimwatch.DeviceFitting, k, at)
		setText(r, "item_code", "DEV")
		setNumber(r, "amount", 100)
	}
}
