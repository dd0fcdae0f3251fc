package store_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// BenchmarkCharged reads what a settlement needs of an institution with 100,000 lines
// in the open month and 200,000 in closed ones, of 6,000 persons, every tenth refunded
// in part.
func BenchmarkCharged(b *testing.B) {
	const month = 100_000
	db := open(b)
	num := func(n int) claimwatch.Value { return claimwatch.Value{Num: int64(n), Set: true} }
	var lines []store.SettlementLine
	for m := range 3 {
		at := clock(fmt.Sprintf("2026-0%d-02T09:00", m+1))
		var records []*claimwatch.Record
		for i := range month {
			id, person := fmt.Sprintf("F%d-%d", m, i), fmt.Sprintf("p%d", i%6000)
			fee := record(claimwatch.Fee, "H1", person, id, at+claimwatch.Instant(i))
			for name, value := range map[string]claimwatch.Value{"amount": num(1000 + i), "reverses": {}, "self_pay": {}} {
				set(fee, name, value)
			}
			records = append(records, fee)
			net := int64(1000 + i)
			if i%10 == 0 {
				refund := record(claimwatch.Fee, "H1", person, "R"+id, at+claimwatch.Instant(i))
				for name, value := range map[string]claimwatch.Value{"amount": num(-7), "reverses": {Text: id, Set: true}, "self_pay": {}} {
					set(refund, name, value)
				}
				records = append(records, refund)
				net -= 7
			}
			if m < 2 {
				lines = append(lines, store.SettlementLine{
					InstitutionID: "H1", Proposal: uint64(m + 1), Kind: claimwatch.Fee, RecordID: id, Month: fmt.Sprintf("2026-0%d", m+1),
					PersonID: person, StayID: fee.StayID, SettledParts: store.SettledParts{Claimed: net, Approved: net},
				})
			}
		}
		must(b, db.InsertRecords(b.Context(), stored(0, int64(m+1), records...)))
	}
	must(b, db.SaveSettlementLines(b.Context(), lines))
	for m := range uint64(2) {
		must(b, db.SaveSettlement(b.Context(), store.SettlementRow{InstitutionID: "H1", Month: fmt.Sprintf("2026-0%d", m+1), Seq: m + 10, Proposal: m + 1, Body: []byte("{}")}))
	}
	q := store.ChargedQuery{InstitutionID: "H1", AsOf: clock("2026-04-02T09:00"), Open: clock("2026-03-01T00:00"), Until: clock("2026-04-01T00:00")}
	for b.Loop() {
		list, err := db.Charged(b.Context(), q)
		if err != nil || len(list) != month {
			b.Fatalf("Charged() = %d lines, %v, want the %d of the open month", len(list), err, month)
		}
		var sum claimwatch.Fen
		for i := range list {
			sum += list[i].Net
		}
		if want := claimwatch.Fen(month*1000 + month*(month-1)/2 - month/10*7); sum != want {
			b.Fatalf("Charged() claims %s, want %s", sum, want)
		}
	}
}
