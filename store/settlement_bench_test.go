package store_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// sumsOnly is what a program without settlements asks the engine: what the stays of a
// month have charged, by the newest revisions, in one statement. It knows no line.
const sumsOnly = `
	SELECT count(), sum(claimed) FROM (
		SELECT stay_id, sum(amount) AS claimed FROM (
			SELECT stay_id, amount, cancelled, ifNull(self_pay, false) AS own, occurred_at FROM fees WHERE institution_id = 'H1'
			ORDER BY record_id, revision DESC, log_offset, log_index LIMIT 1 BY record_id)
		WHERE NOT cancelled AND NOT own AND occurred_at >= toDateTime64('2026-03-01 00:00:00', 3, 'Asia/Shanghai')
			AND occurred_at < toDateTime64('2026-04-01 00:00:00', 3, 'Asia/Shanghai')
		GROUP BY stay_id)`

// BenchmarkCharged reads what a settlement needs of an institution with a million lines
// in the open month and 200,000 in two closed ones, of 60,000 persons, every tenth
// refunded in part, beside the sums alone.
func BenchmarkCharged(b *testing.B) {
	const open, closed = 1_000_000, 100_000
	db := million(b, open, closed)
	want := claimwatch.Fen(open*1000 + open*(open-1)/2 - open/10*7)
	b.Run("claimwatch", func(b *testing.B) {
		q := store.ChargedQuery{InstitutionID: "H1", AsOf: clock("2026-04-02T09:00"), Open: clock("2026-03-01T00:00"), Until: clock("2026-04-01T00:00")}
		before := processorTime(b)
		for b.Loop() {
			list, err := db.Charged(b.Context(), q)
			if err != nil || len(list) != open {
				b.Fatalf("Charged() = %d lines, %v, want the %d of the open month", len(list), err, open)
			}
			var sum claimwatch.Fen
			for i := range list {
				sum += list[i].Net
			}
			if sum != want {
				b.Fatalf("Charged() claims %s, want %s", sum, want)
			}
		}
		b.ReportMetric((processorTime(b)-before).Seconds()/float64(b.N), "cpu-s")
	})
	b.Run("sums-only", func(b *testing.B) {
		before := processorTime(b)
		for b.Loop() {
			var stays uint64
			var sum int64
			if err := db.QueryRow(b.Context(), sumsOnly).Scan(&stays, &sum); err != nil || claimwatch.Fen(sum) != want {
				b.Fatalf("one statement gives %d, %v, want %s", sum, err, want)
			}
		}
		b.ReportMetric((processorTime(b)-before).Seconds()/float64(b.N), "cpu-s")
	})
}

// million is a store with so many lines of H1 in March, which is open, and in each of the
// two months before, which are closed.
func million(b *testing.B, march, before int) *store.DB {
	b.Helper()
	db := open(b)
	num := func(n int) claimwatch.Value { return claimwatch.Value{Num: int64(n), Set: true} }
	var lines []store.SettlementLine
	for m, count := range []int{before, before, march} {
		at := clock(fmt.Sprintf("2026-0%d-02T09:00", m+1))
		var records []*claimwatch.Record
		for i := range count {
			id, person := fmt.Sprintf("F%d-%d", m, i), fmt.Sprintf("p%d", i%60_000)
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
		for n := 0; n < len(records); n += 100_000 {
			must(b, db.InsertRecords(b.Context(), stored(0, int64(100*m+n/100_000+1), records[n:min(n+100_000, len(records))]...)))
		}
	}
	must(b, db.SaveSettlementLines(b.Context(), lines))
	for m := range uint64(2) {
		must(b, db.SaveSettlement(b.Context(), store.SettlementRow{InstitutionID: "H1", Month: fmt.Sprintf("2026-0%d", m+1), Seq: m + 10, Proposal: m + 1, Body: []byte("{}")}))
	}
	return db
}
