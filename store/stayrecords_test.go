package store_test

import (
	"testing"

	"claimwatch"
)

// Every kind comes back as it was sent, the newest revision of each, cancelled
// ones too, of every person under the number, in the order of records.
func TestStayRecords(t *testing.T) {
	db := open(t)
	at := clock("2026-03-02T10:00")
	var sent []*claimwatch.Record
	for i, kind := range claimwatch.Kinds() {
		for _, id := range []string{"a", "bb"} { // with optional fields and without
			sent = append(sent, record(kind, "H1", "p1", id+kind.String(), at+claimwatch.Instant(i)))
		}
	}
	other := record(claimwatch.Fee, "H1", "p2", "zz", at+1000)
	other.StayID = "s-p1"
	empty := record(claimwatch.Admission, "H1", "p1", "zzz", at+2000)
	empty.Values[claimwatch.Admission.Slot("diagnoses")] = claimwatch.Value{Set: true}
	sent = append(sent, other, empty)
	must(t, db.InsertRecords(t.Context(), stored(0, 1, sent...)))
	second := record(claimwatch.Fee, "H1", "p2", "zz", at+3000)
	second.StayID, second.Revision, second.Cancelled = "s-p1", 2, true
	elsewhere, stranger := record(claimwatch.Fee, "H2", "p1", "zz", at), record(claimwatch.Fee, "H1", "p3", "y", at)
	must(t, db.InsertRecords(t.Context(), stored(0, 2, second, elsewhere, stranger)))
	sent[len(sent)-2] = second

	list := got(db.StayRecords(t.Context(), "H1", "s-p1"))(t)
	read := map[string]string{}
	for i, one := range list {
		if i > 0 && list[i-1].Record.OccurredAt > one.Record.OccurredAt {
			t.Errorf("%s comes after a later one", one.Record.RecordID)
		}
		read[one.Record.RecordID] = string(claimwatch.AppendCanonical(nil, one.Record))
		same(t, "received", one.ReceivedAt, one.Record.OccurredAt+5000)
	}
	want := map[string]string{}
	for _, r := range sent {
		want[r.RecordID] = string(claimwatch.AppendCanonical(nil, r))
	}
	same(t, "records", read, want)
	same(t, "of an unknown stay", len(got(db.StayRecords(t.Context(), "H1", "s-p9"))(t)), 0)
}
