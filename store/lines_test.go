package store_test

import (
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// set gives a record another value in one field.
func set(r *claimwatch.Record, field string, value claimwatch.Value) *claimwatch.Record {
	value.Set = value != claimwatch.Value{}
	r.Values[r.Kind.Slot(field)] = value
	return r
}

func fee(id string, amount int64) *claimwatch.Record {
	r := record(claimwatch.Fee, "H1", "p1", id, clock("2026-01-02T03:04"))
	for _, field := range []string{"reverses", "self_pay"} {
		set(r, field, claimwatch.Value{})
	}
	set(r, "item_code", claimwatch.Value{Text: "I1"})
	set(r, "item_name", claimwatch.Value{Text: "bed"})
	return set(r, "amount", claimwatch.Value{Num: amount})
}

func refundOf(id, line string, amount int64) *claimwatch.Record {
	return set(fee(id, amount), "reverses", claimwatch.Value{Text: line})
}

func TestLinesAreNetOfRefundsThatHaveAnEffect(t *testing.T) {
	db := open(t)
	at := clock("2026-01-02T03:04")
	otherStay := refundOf("r3", "f1", -500)
	otherStay.StayID = "s-other"
	later := refundOf("r4", "f1", -700)
	later.OccurredAt = at + 3_600_000
	newer := fee("f2", 9_000)
	newer.Revision = 2
	gone := fee("f3", 100)
	cancelled := fee("f3", 100)
	cancelled.Revision, cancelled.Cancelled = 2, true
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		fee("f1", 10_000), refundOf("r1", "f1", -2_500), refundOf("r2", "f1", -500),
		set(refundOf("r5", "f1", -1), "self_pay", claimwatch.Value{Num: 1}), otherStay, later,
		fee("f2", 8_000), newer, gone, cancelled,
		set(record(claimwatch.DeviceFitting, "H1", "p1", "d1", at), "amount", claimwatch.Value{Num: 77}))))
	line := func(kind claimwatch.Kind, id string) claimwatch.Line {
		return claimwatch.Line{Kind: kind, InstitutionID: "H1", RecordID: id}
	}
	lines := []claimwatch.Line{
		line(claimwatch.DeviceFitting, "d1"), line(claimwatch.Fee, "f1"), line(claimwatch.Fee, "f2"),
		line(claimwatch.Fee, "f3"), line(claimwatch.Fee, "none"), line(claimwatch.Order, "f1"),
	}
	facts := got(db.Lines(t.Context(), at, lines))(t)
	want := []store.LineFacts{
		{Revision: 1, PersonID: "p1", StayID: "s-p1", OccurredAt: at, ItemCode: facts[0].ItemCode, Net: 77, Found: true},
		{Revision: 1, PersonID: "p1", StayID: "s-p1", OccurredAt: at, ItemCode: "I1", ItemName: "bed", Net: 7_000, Found: true},
		{Revision: 2, PersonID: "p1", StayID: "s-p1", OccurredAt: at, ItemCode: "I1", ItemName: "bed", Net: 9_000, Found: true},
		{},
		{},
		{},
	}
	same(t, "Lines()", facts, want)

	facts = got(db.Lines(t.Context(), later.OccurredAt, lines[1:2]))(t)
	same(t, "net once the later refund exists", facts[0].Net, claimwatch.Fen(6_300))

	facts = got(db.Lines(t.Context(), at-1, lines[1:2]))(t)
	same(t, "a line of the future", facts[0].Found, false)
}
