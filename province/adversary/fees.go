package adversary

import (
	"claimwatch"
)

// categories are what items are. NONE is none of them: it never has a row.
var categories = map[string]string{
	"LAB": "lab", "LAB2": "lab", "LAB3": "lab", "BED": "bed", "DRUG": "drug", "DRUG2": "drug",
	"EXAM": "exam", "CT": "exam", "CTE": "exam", "TREAT": "treatment", "OP1": "surgery", "OP2": "surgery",
	"CONS": "consultation", "REG": "registration", "REHAB": "rehab", "HOUR": "treatment",
	"NURSE": "nursing", "NURSE2": "nursing", "SPEC": "nursing", "HSPEC": "nursing",
	"DEV": "device", "DEV2": "device",
}

// items are few, so that they meet.
var items = []string{"LAB", "BED", "BED", "NURSE", "DRUG", "EXAM", "TREAT", "CONS", "REHAB", "LAB2", "NONE"}

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

// line is a line of one unit with nothing but what every line has.
func (d *drawer) line(k key, at claimwatch.Instant, item string) *upload {
	category := categories[item]
	if category == "" {
		category = one(d, "of none", "lab", "bed", "drug", "registration")
	}
	r := d.newRecord(claimwatch.Fee, k, at).text("item_code", item).text("item_name", item).text("category", category)
	return r.charge(10_000, one(d, "unit price", int64(10_000_000), 10_000_000, 10_000_000, 12_345_678))
}

// charge sets quantity, unit price and the amount that they give.
func (r *upload) charge(quantity, price int64) *upload {
	return r.number("quantity", quantity).number("unit_price", price).number("amount", int64(claimwatch.Product(quantity, price)))
}

// times sets the quantity of a line and the amount that it gives.
func (r *upload) times(quantity int64) *upload {
	return r.charge(quantity, r.Field("unit_price").Num)
}

// fee draws a line. It is mostly called what it is.
func (d *drawer) fee(k key, at claimwatch.Instant) {
	r := d.line(k, at, d.item())
	if d.often(1, "miscalled") {
		r.text("category", one(d, "category", "other", "registration", "consumable", "rehab", "surgery", "bed", "lab"))
	}
	d.quantity(r, 1)
	r.text("order_id", one(d, "order", "", "", "", "o1", d.drawnID(claimwatch.Order)))
	r.text("physician_id", one(d, "physician", "", "", "dr1"))
	if d.often(1, "self-pay given") {
		r.number("self_pay", one(d, "self-pay", int64(1), 1, 0))
		r.text("consent_id", one(d, "consent", "", "agreed"))
	}
	if d.often(1, "supply given") {
		r.number("days_supply", one(d, "supply", int64(3), 7, 8, 1))
		r.text("usage", one(d, "usage", "", "discharge", "emergency", "normal"))
	}
}

// quantity draws quantity, unit price and an amount within a fen of their product.
func (d *drawer) quantity(r *upload, sign int64) {
	quantity := one(d, "quantity", int64(10_000), 10_000, 20_000, 5_000, 30_000, 1, 3_333)
	price := one(d, "price", int64(10_000_000), 10_000_000, 10_010_000, 9_990_000, 20_000_000, 0, 1, 33_333_333)
	fen := int64(claimwatch.Product(quantity, price))
	if d.often(1, "a fen off") {
		fen += one(d, "fen", int64(1), -1)
	}
	r.number("quantity", sign*quantity).number("unit_price", price).number("amount", sign*max(0, fen))
}

// drawn is a record of a kind drawn so far, nil when there is none.
func (d *drawer) drawn(kind claimwatch.Kind) *upload {
	var of []*upload
	for _, r := range d.log {
		if r.Kind == kind {
			of = append(of, r)
		}
	}
	if len(of) == 0 {
		return nil
	}
	return of[d.upTo(len(of)-1, "which "+kind.String())]
}

// drawnID is the record_id of a record of a kind, "" when there is none.
func (d *drawer) drawnID(kind claimwatch.Kind) string {
	if r := d.drawn(kind); r != nil {
		return r.RecordID
	}
	return ""
}

// again is a line drawn before, once more under another id, or nearly.
func (d *drawer) again(k key) {
	old := d.drawn(claimwatch.Fee)
	if old == nil {
		d.fee(k, d.moment("fee"))
		return
	}
	at := old.OccurredAt
	if d.often(3, "at another time") {
		at = d.near(at, "again")
	}
	r := d.newRecord(claimwatch.Fee, key{old.InstitutionID, old.PersonID, old.StayID}, at)
	copy(r.Values, old.Values)
	if until := r.Field("until"); until.Set && claimwatch.Instant(until.Num) <= at { // an end stays after its start
		r.Values[r.Kind.Slot("until")] = claimwatch.Value{}
	}
	switch d.upTo(9, "difference") {
	case 7:
		r.text("physician_id", "dr2")
	case 8:
		r.text("order_id", "o2")
	case 9:
		if old.Field("reverses").Text == "" {
			d.quantity(r, 1)
		}
	}
}

// refund is a refund of a line drawn before, mostly a proper one.
func (d *drawer) refund(k key) {
	of := d.drawn(claimwatch.Fee)
	if of == nil {
		return
	}
	at := of.OccurredAt
	if d.often(5, "refunded later") {
		at = d.near(at, "refund")
	}
	if d.often(8, "of its own stay") {
		k = key{of.InstitutionID, of.PersonID, of.StayID}
	}
	r := d.refundOf(of, k, at)
	switch d.upTo(4, "refunded") {
	case 0, 1:
	case 2:
		quantity := of.Field("quantity").Num
		half := max(1, max(quantity, -quantity)/2)
		r.number("quantity", -half).number("amount", -int64(claimwatch.Product(half, of.Field("unit_price").Num)))
	default:
		d.quantity(r, -1)
	}
	if d.often(2, "self-pay given") {
		r.number("self_pay", one(d, "self-pay", int64(1), 0))
	}
	if d.often(1, "odd") {
		r.text("reverses", one(d, "reverses", "nothing", r.RecordID))
	}
}

// refundOf is a refund of all of a line.
func (d *drawer) refundOf(of *upload, k key, at claimwatch.Instant) *upload {
	r := d.newRecord(claimwatch.Fee, k, at)
	for _, field := range []string{"item_code", "item_name", "category", "unit_price"} {
		r.Values[r.Kind.Slot(field)] = of.Field(field)
	}
	quantity, amount := of.Field("quantity").Num, of.Field("amount").Num
	return r.text("reverses", of.RecordID).number("quantity", -max(quantity, -quantity)).number("amount", -max(amount, -amount))
}
