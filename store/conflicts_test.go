package store_test

import (
	"os"
	"testing"

	"claimwatch"
)

// TestConflictsReachTheSlice has one of the records of a stay contradicted, twice
// and twice noted: the wall clock sees it once, as soon as it was known.
func TestConflictsReachTheSlice(t *testing.T) {
	db, s := openSlice(t)
	at := clock("2026-01-02T08:00")
	must(t, db.InsertRecords(t.Context(), stored(0, 0, record(claimwatch.Admission, "H1", "P1", "r0", at), record(claimwatch.Admission, "H1", "P2", "r1", at))))
	first := claimwatch.Conflict{
		Identity: claimwatch.Identity{InstitutionID: "H1", Kind: claimwatch.Admission, RecordID: "r0"}, Revision: 1,
		PersonID: "P1", StayID: "s-P1", ReceivedAt: at + 6000, Position: claimwatch.Position{Offset: 7},
	}
	rows := func(person string, when claimwatch.Moment) []int64 {
		t.Helper()
		must(t, s.Load(t.Context(), []claimwatch.Scope{claimwatch.PersonScope(person)}, when))
		return numbers(t, s, "SELECT toInt64(contradicted) FROM changes")
	}
	wall := claimwatch.Moment{AsOf: at + 9000, Wall: true}
	same(t, "before", rows("P1", wall), []int64(nil))
	second := first
	second.Position.Offset, second.ReceivedAt = 9, at+7000
	must(t, db.InsertConflicts(t.Context(), []claimwatch.Conflict{first, second}))
	must(t, db.InsertConflicts(t.Context(), []claimwatch.Conflict{first}))
	must(t, db.InsertConflicts(t.Context(), nil))
	same(t, "with the wall clock", rows("P1", wall), []int64{1})
	same(t, "of somebody else", rows("P2", wall), []int64(nil))
	same(t, "with the event clock", rows("P1", claimwatch.Moment{AsOf: at + 9000}), []int64(nil))
	same(t, "as known before", rows("P1", claimwatch.Moment{AsOf: at + 9000, Wall: true, KnownAt: at + 5999}), []int64(nil))
	same(t, "as known then", rows("P1", claimwatch.Moment{AsOf: at + 9000, Wall: true, KnownAt: at + 6000}), []int64{1})
}

// TestConflictsOfBefore takes whom a conflict concerns out of the quarantine.
func TestConflictsOfBefore(t *testing.T) {
	db := open(t)
	at := clock("2026-01-02T08:00")
	must(t, db.InsertRecords(t.Context(), stored(0, 0, record(claimwatch.Admission, "H1", "P1", "r0", at))))
	item := func(id, record string, code claimwatch.Code, raw string) claimwatch.Quarantined {
		return claimwatch.Quarantined{
			ID: id, InstitutionID: "H1", ReceivedAt: at + 1000, ReceiptID: id, Raw: []byte(raw),
			Refusal: claimwatch.Refusal{RecordID: record, Code: code, Message: "m"},
		}
	}
	must(t, db.InsertQuarantined(t.Context(), []claimwatch.Quarantined{
		item("q_0_7_3", "r0", claimwatch.CodeConflict, `{"kind":"admission","record_id":"r0","person_id":"P9"}`),
		item("q_0_8_0", "r0", claimwatch.CodeIdentityChanged, `{"kind":"admission","record_id":"r0","revision":2}`),
		item("q_0_9_0", "r0", claimwatch.CodeConflict, `{"kind":"admission","record_id":"r0","revision":2}`),
		item("q_0_10_0", "r0", claimwatch.CodeConflict, `{"kind":"discharge","record_id":"r0"}`),
		item("q_r1_0", "r0", claimwatch.CodeConflict, `{"kind":"admission","record_id":"r0"}`),
	}, map[string]claimwatch.Upload{}))
	statement, err := os.ReadFile("migrations/00056_conflicts_of_before.sql")
	must(t, err)
	must(t, db.Exec(t.Context(), string(statement)))
	var person, stay, kind string
	var count, offset int64
	must(t, db.QueryRow(t.Context(), "SELECT toInt64(count()), max(person_id), max(stay_id), max(kind), max(log_offset) FROM conflicts").Scan(
		&count, &person, &stay, &kind, &offset))
	same(t, "conflicts", []any{count, person, stay, kind, offset}, []any{int64(1), "P1", "s-P1", "admission", int64(7)})
}
