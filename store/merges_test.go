package store_test

import (
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// Every table, written late, twice and out of order: what is read before a
// merge is what is read after it (C21). The rows are such that a merge that
// keeps the last one written keeps the wrong one.
func TestMergingChangesNoAnswer(t *testing.T) {
	db := open(t)
	ask := map[string]func() any{
		"receipts":    receiptsOutOfOrder(t, db),
		"quarantine":  quarantineTwice(t, db),
		"reviews":     reviewsOutOfOrder(t, db),
		"rejected":    rejectedOutOfOrder(t, db),
		"keys":        keysOutOfOrder(t, db),
		"journal":     journalTwice(t, db),
		"idempotency": answersTwice(t, db),
		"progress":    progressOutOfOrder(t, db),
		"clocks":      clocksOutOfOrder(t, db),
		"references":  loadsOutOfOrder(t, db),
		"revisions":   revisionAtTwoPlaces(t, db),
	}
	before := map[string]any{}
	for name, answer := range ask {
		before[name] = answer()
	}
	optimize(t, db)
	for name, answer := range ask {
		same(t, name+" after the merge", answer(), before[name])
	}
}

// The log can hold a message twice (K4). The copy settles as all duplicates, and
// the receipt goes on saying what the first settled.
func receiptsOutOfOrder(t *testing.T, db *store.DB) func() any {
	upload := claimwatch.Upload{ReceiptID: "R", InstitutionID: "H1", ReceivedAt: today(), Chunks: 2}
	for _, part := range []claimwatch.ReceiptPart{
		{Upload: upload, Accepted: 3, Refused: []claimwatch.Refusal{refusal(3, claimwatch.CodeConflict)}},
		{Upload: upload, Duplicate: 3, Refused: []claimwatch.Refusal{refusal(3, claimwatch.CodeConflict)}},
		{Upload: claimwatch.Upload{ReceiptID: "R", InstitutionID: "H1", ReceivedAt: today(), Chunk: 1, Chunks: 2}, Accepted: 1, Duplicate: 1},
	} {
		must(t, db.InsertReceiptParts(t.Context(), []claimwatch.ReceiptPart{part}))
	}
	want := claimwatch.Receipt{
		ReceiptID: "R", InstitutionID: "H1", ReceivedAt: today(), Settled: true, Accepted: 4, Duplicate: 1,
		Refused: []claimwatch.Refusal{refusal(3, claimwatch.CodeConflict)},
	}
	return func() any {
		receipt := receiptOf(t, db, "R")
		same(t, "receipt of a message that is in the log twice", receipt, want)
		return receipt
	}
}

func quarantineTwice(t *testing.T, db *store.DB) func() any {
	uploads := map[string]claimwatch.Upload{"Q": {ReceiptID: "Q", InstitutionID: "H1", ReceivedAt: today(), Refused: 2}}
	one, two := quarantined("Q", "", refusal(0, claimwatch.CodeRange)), quarantined("Q", "", refusal(1, claimwatch.CodeScale))
	for _, items := range [][]claimwatch.Quarantined{{one}, {two, one}, {two}} {
		must(t, db.InsertQuarantined(t.Context(), items, uploads))
	}
	return func() any {
		items, _, err := db.Quarantine(t.Context(), store.QuarantineQuery{ReceiptID: "Q"})
		must(t, err)
		same(t, "items", items, []claimwatch.Quarantined{two, one})
		same(t, "receipt of nothing accepted", receiptOf(t, db, "Q").Settled, true)
		return items
	}
}

func reviewsOutOfOrder(t *testing.T, db *store.DB) func() any {
	for _, seq := range []uint64{5, 9, 2} {
		state := map[uint64]claimwatch.State{2: claimwatch.StateNotified, 5: claimwatch.StateExplained, 9: claimwatch.StateRejected}[seq]
		must(t, db.SaveReviews(t.Context(), []store.ReviewRow{{Seq: seq, FindingID: "f1", InstitutionID: "H1", State: state, Body: []byte("{}")}}))
	}
	return func() any {
		rows := got(db.Reviews(t.Context(), store.ReviewQuery{}))(t)
		same(t, "states", []any{len(rows), rows[0].State}, []any{1, claimwatch.StateRejected})
		same(t, "an earlier state is no answer", len(got(db.Reviews(t.Context(), store.ReviewQuery{States: []claimwatch.State{claimwatch.StateNotified}}))(t)), 0)
		return rows
	}
}

func rejectedOutOfOrder(t *testing.T, db *store.DB) func() any {
	row := store.RejectedRow{InstitutionID: "H1", Month: "2026-01", FindingID: "f1", Kind: claimwatch.Fee, RecordID: "r1", Amount: 100, Body: []byte("{}")}
	again, void, kept := row, row, row
	row.Seq, void.Seq, void.Void, again.Seq, again.Amount, kept.Seq, kept.RecordID = 3, 7, true, 5, 80, 3, "r2"
	for _, one := range []store.RejectedRow{void, row, again, kept} {
		must(t, db.SaveRejected(t.Context(), []store.RejectedRow{one}))
	}
	must(t, db.SaveRejected(t.Context(), nil))
	return func() any {
		rows := got(db.Rejected(t.Context(), "H1", "2026-01"))(t)
		same(t, "only what was not taken off", rows, []store.RejectedRow{kept})
		return rows
	}
}

func keysOutOfOrder(t *testing.T, db *store.DB) func() any {
	key := store.KeyRow{Seq: 1, Hash: "aa", InstitutionID: "H1", Roles: []string{}, CreatedAt: 1000}
	revoked := key
	revoked.Seq, revoked.Revoked = 2, true
	for _, one := range []store.KeyRow{revoked, key} {
		must(t, db.SaveKeys(t.Context(), []store.KeyRow{one}))
	}
	must(t, db.SaveKeys(t.Context(), nil))
	return func() any {
		rows := got(db.Keys(t.Context()))(t)
		same(t, "a revoked key stays revoked", rows, []store.KeyRow{revoked})
		return rows
	}
}

func journalTwice(t *testing.T, db *store.DB) func() any {
	entry := func(seq uint64) store.JournalRow {
		return store.JournalRow{Seq: seq, At: claimwatch.Instant(seq), Body: []byte("{}"), Hash: "h"}
	}
	must(t, db.SaveJournal(t.Context(), []store.JournalRow{entry(3), entry(1)}))
	must(t, db.SaveJournal(t.Context(), []store.JournalRow{entry(2), entry(1)}))
	return func() any {
		rows := got(db.Journal(t.Context(), store.JournalQuery{Limit: 10}))(t)
		same(t, "entries", rows, []store.JournalRow{entry(1), entry(2), entry(3)})
		return rows
	}
}

func answersTwice(t *testing.T, db *store.DB) func() any {
	for _, at := range []claimwatch.Instant{today() + 2, today() + 1, today() + 3} {
		must(t, db.SaveIdempotent(t.Context(), store.IdempotentAnswer{Scope: "k", Key: "1", Status: 200 + int(at-today()), At: at}))
	}
	return func() any {
		answer, _, err := db.Idempotent(t.Context(), "k", "1", today()+9)
		must(t, err)
		same(t, "the first answer counts", answer.Status, 201)
		return answer
	}
}

func progressOutOfOrder(t *testing.T, db *store.DB) func() any {
	for _, next := range []int64{4, 9, 6} {
		must(t, db.SaveProgress(t.Context(), "c", map[int]claimwatch.Progress{2: {Next: next, ReceivedAt: claimwatch.Instant(next) * 10}}))
	}
	return func() any {
		progress := got(db.LoadProgress(t.Context(), "c"))(t)
		same(t, "the furthest", progress, map[int]claimwatch.Progress{2: {Next: 9, ReceivedAt: 90}})
		return progress
	}
}

func clocksOutOfOrder(t *testing.T, db *store.DB) func() any {
	for _, through := range []int64{4, 9, 6} {
		one := claimwatch.Clock{InstitutionID: "H1", Latest: 1e12 - claimwatch.Instant(through), Position: claimwatch.Position{Offset: through}}
		must(t, db.SaveClocks(t.Context(), []claimwatch.Clock{one}, through))
	}
	return func() any {
		clocks := got(db.Clocks(t.Context()))(t)
		same(t, "the clock through the last offset", clocks["H1"].Position.Offset, int64(9))
		return clocks
	}
}

func loadsOutOfOrder(t *testing.T, db *store.DB) func() any {
	agency := func(city string, void bool) store.ReferenceRow {
		row := refRow("agencies", 0, map[string]string{"agency_id": "a", "city": city, "name": "n"})
		row.Void = void
		return row
	}
	must(t, db.SaveReference(t.Context(), load("agencies", 8, agency("V", false), agency("W", false))))
	must(t, db.SaveReference(t.Context(), load("agencies", 3, agency("T", false), agency("T", true))))
	must(t, db.SaveReference(t.Context(), load("agencies", 8, agency("V", false), agency("W", false)))) // repeated
	return func() any {
		rows, _, err := db.Reference(t.Context(), store.ReferenceQuery{Table: "agencies"})
		must(t, err)
		same(t, "the last line of the last load", []string{rows[0].Values[1].Text, rows[0].Values[2].Text}, []string{"W", "n"})
		history := got(db.ReferenceHistory(t.Context(), "agencies", []claimwatch.Value{{Text: "a", Set: true}}))(t)
		same(t, "versions", len(history), 4)
		same(t, "as of the earlier load", read(t, db, store.ReferenceQuery{Table: "agencies", AsOfSeq: 3}), []string{})
		return []any{rows, history, got(db.LoadedTables(t.Context()))(t)}
	}
}

// One revision at two places of the log, as only a fault could write it: the
// first place counts everywhere.
func revisionAtTwoPlaces(t *testing.T, db *store.DB) func() any {
	at := clock("2026-01-02T03:04")
	first, copied := fee("k4", 100), fee("k4", 999)
	copied.OccurredAt += 60_000
	must(t, db.InsertRecords(t.Context(), stored(0, 7, copied)))
	must(t, db.InsertRecords(t.Context(), stored(0, 3, first)))
	return func() any {
		exact, _, err := db.ExactClock(t.Context(), "H1", at+day)
		must(t, err)
		same(t, "clock", []any{exact.Latest, exact.Position.Offset}, []any{at, int64(3)})
		facts := got(db.Lines(t.Context(), at+day, []claimwatch.Line{{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "k4"}}))(t)
		same(t, "amount", facts[0].Net, claimwatch.Fen(100))
		known := got(db.LookupIdentities(t.Context(), []claimwatch.Identity{first.Identity()}))(t)
		same(t, "first of the known", known[first.Identity()][0].Position.Offset, int64(3))
		same(t, "count", got(db.CountStored(t.Context()))(t), int64(1))
		return []any{exact, facts, known}
	}
}
