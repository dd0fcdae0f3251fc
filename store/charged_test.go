package store_test

import (
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// What was charged counts newest revisions net of refunds, on the day of the service,
// devices, and no line that the person paid or that does not exist yet. A refund of a
// line that does not exist has no effect.
func TestChargedTotal(t *testing.T) {
	db := open(t)
	at := clock("2026-01-02T03:04")
	corrected := fee("f2", 9_000)
	corrected.Revision = 2
	cancelled := fee("f3", 100)
	cancelled.Revision, cancelled.Cancelled = 2, true
	later := fee("f4", 40)
	later.OccurredAt = at + 1000
	other := fee("f5", 5)
	other.InstitutionID = "H2"
	back := refundOf("r2", "f2", -1_000)
	back.OccurredAt = at + 30*60*60*1000
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		back, refundOf("r3", "nothing", -700), fee("f1", 10_000), refundOf("r1", "f1", -2_500), fee("f2", 8_000), corrected, fee("f3", 100), cancelled, later, other,
		set(fee("f6", 3), "self_pay", claimwatch.Value{Num: 1}),
		set(record(claimwatch.DeviceFitting, "H1", "p1", "d1", at), "amount", claimwatch.Value{Num: 77}))))
	day := claimwatch.Interval{From: at.Day().Midnight(), Until: (at.Day() + 1).Midnight()}
	same(t, "ChargedTotal()", got(db.ChargedTotal(t.Context(), "H1", at, day))(t), claimwatch.Fen(16_577))
	same(t, "ChargedTotal() a second later", got(db.ChargedTotal(t.Context(), "H1", at+1000, day))(t), claimwatch.Fen(16_617))
	same(t, "ChargedTotal() two days later", got(db.ChargedTotal(t.Context(), "H1", at+48*60*60*1000, day))(t), claimwatch.Fen(15_617))
	same(t, "ChargedTotal() of another day", got(db.ChargedTotal(t.Context(), "H1", at+1000, claimwatch.Interval{From: day.Until, Until: day.Until + 1}))(t), claimwatch.Fen(0))
	same(t, "ChargedTotal() of another", got(db.ChargedTotal(t.Context(), "H2", at, day))(t), claimwatch.Fen(5))
	same(t, "ChargedTotal() of nobody", got(db.ChargedTotal(t.Context(), "H3", at, day))(t), claimwatch.Fen(0))
}

// Of a matter the entry with the greatest number counts, in whatever order they come.
func TestMatters(t *testing.T) {
	db := open(t)
	row := func(seq uint64, id, kind, institution, state string) store.MatterRow {
		return store.MatterRow{
			Seq: seq, MatterID: id, Kind: kind, Number: kind + "-2026-0001", InstitutionID: institution, City: "太原", State: state, Body: []byte(`{"a":"<'"}`),
		}
	}
	must(t, db.SaveMatters(t.Context(), nil))
	must(t, db.SaveMatters(t.Context(), []store.MatterRow{row(7, "m_1", "clue", "H1", "verified"), row(5, "m_2", "sanction", "", "open")}))
	must(t, db.SaveMatters(t.Context(), []store.MatterRow{row(3, "m_1", "clue", "H1", "open"), row(7, "m_1", "clue", "H1", "verified")}))
	all := []store.MatterRow{row(7, "m_1", "clue", "H1", "verified"), row(5, "m_2", "sanction", "", "open")}
	same(t, "Matters()", got(db.Matters(t.Context(), store.MatterQuery{}))(t), all)
	same(t, "Matters(clue)", got(db.Matters(t.Context(), store.MatterQuery{Kind: "clue", InstitutionID: "H1"}))(t), all[:1])
	same(t, "Matters() of another", len(got(db.Matters(t.Context(), store.MatterQuery{InstitutionID: "H2"}))(t)), 0)
}
