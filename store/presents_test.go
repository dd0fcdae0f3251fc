package store_test

import (
	"testing"

	"claimwatch"
)

// TestPresentsThatAreKept: what is known now is what the sink keeps; the records
// are asked about a moment before, in either sense, and where the sink kept nothing.
func TestPresentsThatAreKept(t *testing.T) {
	db, s := openSlice(t)
	const minute = claimwatch.Instant(60_000)
	early, late, sent := clock("2026-01-01T08:00"), clock("2026-01-02T08:00"), clock("2026-01-03T08:00")
	insert := func(offset int64, r *claimwatch.Record, at claimwatch.Instant) {
		rows := stored(0, offset, r)
		rows[0].ReceivedAt = at
		must(t, db.InsertRecords(t.Context(), rows))
	}
	insert(1, record(claimwatch.Admission, "H1", "P1", "a", early), sent)
	insert(2, record(claimwatch.Fee, "H1", "P1", "f", late), sent)
	presents := func(asOf, knownAt claimwatch.Instant) map[string]claimwatch.Instant {
		must(t, s.KeepPresents(t.Context(), claimwatch.Moment{AsOf: asOf, KnownAt: knownAt, Exact: true}))
		return s.Presents()
	}
	same(t, "nothing is kept", presents(sent, sent), map[string]claimwatch.Instant{"H1": late})

	kept := late + minute // another moment than that of the records: it shows who is asked
	must(t, db.SaveClocks(t.Context(), []claimwatch.Clock{{InstitutionID: "H1", Latest: kept}}, 2))
	same(t, "known now", presents(sent, sent), map[string]claimwatch.Instant{"H1": kept})
	same(t, "everything", presents(sent, 0), map[string]claimwatch.Instant{"H1": late})
	same(t, "as of before", presents(late-minute, sent), map[string]claimwatch.Instant{"H1": early})
	same(t, "known before", presents(sent, sent-minute), map[string]claimwatch.Instant{})

	insert(3, record(claimwatch.Admission, "H2", "P2", "b", late), sent)
	same(t, "of one nothing is kept", presents(sent, sent), map[string]claimwatch.Instant{"H1": late, "H2": late})
	insert(4, record(claimwatch.Fee, "H1", "P1", "g", late+2*minute), sent+minute)
	must(t, db.SaveClocks(t.Context(), []claimwatch.Clock{{InstitutionID: "H1", Latest: kept}, {InstitutionID: "H2", Latest: kept}}, 4))
	same(t, "heard of since", presents(sent, sent), map[string]claimwatch.Instant{"H1": late, "H2": late})
}
