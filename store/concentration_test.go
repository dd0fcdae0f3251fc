package store_test

import (
	"math"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// TestConcentration: newest revisions within the window count, of stays those with a
// bed, of money what the fund pays, refunds on their own day.
func TestConcentration(t *testing.T) {
	db := open(t)
	at := clock("2026-01-02T10:00")
	admitted := func(institution, person, id, stay, class string) *claimwatch.Record {
		r := record(claimwatch.Admission, institution, person, id, at)
		r.StayID = stay
		return set(r, "class", claimwatch.Value{Text: class, Set: true})
	}
	check := func(id, result string) *claimwatch.Record {
		return set(record(claimwatch.IdentityCheck, "H1", "p1", id, at), "result", claimwatch.Value{Text: result, Set: true})
	}
	corrected := fee("f2", 9_000)
	corrected.Revision = 2
	gone := admitted("H1", "p3", "a5", "s5", "inpatient")
	gone.Revision, gone.Cancelled = 2, true
	before := admitted("H1", "p4", "a6", "s6", "inpatient")
	before.OccurredAt -= 24 * 3_600_000
	other := fee("f5", 5)
	other.InstitutionID = "H2"
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		admitted("H1", "p1", "a1", "s1", "inpatient"), admitted("H1", "p1", "a2", "s1", "inpatient"), admitted("H1", "p1", "a3", "s3", "rehab"),
		admitted("H1", "p2", "a4", "s4", "outpatient"), admitted("H1", "p3", "a5", "s5", "inpatient"), gone, before,
		admitted("H2", "p1", "a1", "s1", "inpatient"),
		fee("f1", 10_000), refundOf("r1", "f1", -2_500), fee("f2", 8_000), corrected, other, set(fee("f6", 3), "self_pay", claimwatch.Value{Num: 1, Set: true}),
		set(record(claimwatch.DeviceFitting, "H1", "p1", "d1", at), "amount", claimwatch.Value{Num: 77, Set: true}),
		check("c1", "match"), check("c2", "mismatch"), check("c3", "unavailable"), check("c4", "match"))))
	day := claimwatch.Interval{From: at.Day().Midnight(), Until: (at.Day() + 1).Midnight()}
	same(t, "Concentration()", got(db.Concentration(t.Context(), at, day))(t), map[string]store.TreatedAndCharged{
		"H1": {Stays: 2, Persons: 1, Claimed: 16_577, Match: 2, Mismatch: 1, Unavailable: 1},
		"H2": {Stays: 1, Persons: 1, Claimed: 5},
	})
	same(t, "Concentration() before", got(db.Concentration(t.Context(), day.From-1, day))(t), map[string]store.TreatedAndCharged{})
}

// TestPersonKeys: the parts follow one another without a gap, from the first key to
// the last.
func TestPersonKeys(t *testing.T) {
	for _, parts := range []uint64{1, 2, 3, 50, 1000} {
		next := uint64(0)
		for part := range parts {
			first, last := store.PersonKeys(part, parts)
			if first != next || last <= first {
				t.Fatalf("part %d of %d is %d to %d, want it to begin with %d", part, parts, first, last, next)
			}
			next = last + 1
		}
		if next != 0 { // beyond the last key
			t.Errorf("%d parts end with %d, not %d", parts, next-1, uint64(math.MaxUint64))
		}
	}
}
