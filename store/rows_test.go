package store_test

import (
	"bytes"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

func TestJournal(t *testing.T) {
	db := open(t)
	_, ok, err := db.JournalHead(t.Context())
	must(t, err)
	same(t, "head of nothing", ok, false)
	var want []store.JournalRow
	for seq := uint64(1); seq <= 5; seq++ {
		want = append(want, store.JournalRow{Seq: seq, At: claimwatch.Instant(seq) * 1000, CommandID: "c", Type: "decided", Actor: "k", Body: []byte("{\"a\":\"床\"}\n\n"), PrevHash: "p", Hash: "h"})
	}
	must(t, db.SaveJournal(t.Context(), want[:3]))
	must(t, db.SaveJournal(t.Context(), want[2:])) // another process folds the same
	must(t, db.SaveJournal(t.Context(), nil))
	same(t, "all", got(db.Journal(t.Context(), store.JournalQuery{Limit: 100}))(t), want)
	same(t, "page", got(db.Journal(t.Context(), store.JournalQuery{After: 2, Limit: 2}))(t), want[2:4])
	same(t, "the newest", got(db.Journal(t.Context(), store.JournalQuery{Back: true, Limit: 1}))(t), want[4:])
	same(t, "the one before", got(db.Journal(t.Context(), store.JournalQuery{After: 5, Back: true, Limit: 1}))(t), want[3:4])
	from, until := claimwatch.Instant(2000), claimwatch.Instant(4000)
	same(t, "of some days", got(db.Journal(t.Context(), store.JournalQuery{From: &from, Until: &until, Limit: 9}))(t), want[1:3])
	same(t, "of one", got(db.Journal(t.Context(), store.JournalQuery{Actor: "k", Type: "decided", Limit: 9}))(t), want)
	for name, q := range map[string]store.JournalQuery{"of another": {Actor: "x", Limit: 9}, "of another type": {Type: "x", Limit: 9}} {
		same(t, name, len(got(db.Journal(t.Context(), q))(t)), 0)
	}
	head, ok, err := db.JournalHead(t.Context())
	must(t, err)
	same(t, "ok", ok, true)
	same(t, "head", head, want[4])
}

func TestReviews(t *testing.T) {
	db := open(t)
	row := func(seq uint64, finding, institution string, state claimwatch.State) store.ReviewRow {
		return store.ReviewRow{Seq: seq, FindingID: finding, InstitutionID: institution, State: state, Body: []byte(`{"n":1}`)}
	}
	notified, released, open1 := row(1, "f1", "H1", claimwatch.StateNotified), row(5, "f1", "H1", claimwatch.StateReleased), row(2, "f2", "H2", claimwatch.StateNotified)
	must(t, db.SaveReviews(t.Context(), []store.ReviewRow{released, open1}))
	must(t, db.SaveReviews(t.Context(), []store.ReviewRow{notified})) // late
	for name, test := range map[string]struct {
		query store.ReviewQuery
		want  []store.ReviewRow
	}{
		"all":         {store.ReviewQuery{}, []store.ReviewRow{released, open1}},
		"state":       {store.ReviewQuery{States: []claimwatch.State{claimwatch.StateNotified}}, []store.ReviewRow{open1}},
		"ids":         {store.ReviewQuery{IDs: []string{"f1", "f9"}}, []store.ReviewRow{released}},
		"institution": {store.ReviewQuery{InstitutionID: "H2"}, []store.ReviewRow{open1}},
		"no ids":      {store.ReviewQuery{IDs: []string{}}, nil},
	} {
		t.Run(name, func(t *testing.T) { same(t, "rows", got(db.Reviews(t.Context(), test.query))(t), test.want) })
	}
	one, ok, err := db.Review(t.Context(), "f1")
	must(t, err)
	same(t, "one", one, released)
	same(t, "ok", ok, true)
	_, ok, err = db.Review(t.Context(), "f9")
	must(t, err)
	same(t, "untouched", ok, false)
}

func TestRejected(t *testing.T) {
	db := open(t)
	row := func(seq uint64, month, record string, amount claimwatch.Fen, void bool) store.RejectedRow {
		return store.RejectedRow{Seq: seq, InstitutionID: "H1", Month: month, FindingID: "f1", Kind: claimwatch.Fee, RecordID: record, Amount: amount, Void: void, Body: []byte("{}")}
	}
	a, b, c := row(3, "2026-01", "r1", 100, false), row(3, "2026-01", "r2", 200, false), row(4, "2026-02", "r3", 300, false)
	must(t, db.SaveRejected(t.Context(), []store.RejectedRow{b, a, c}))
	must(t, db.SaveRejected(t.Context(), []store.RejectedRow{a}))
	same(t, "month", got(db.Rejected(t.Context(), "H1", "2026-01"))(t), []store.RejectedRow{a, b})
	must(t, db.SaveRejected(t.Context(), []store.RejectedRow{row(9, "2026-01", "r1", 100, true)}))
	same(t, "overturned", got(db.Rejected(t.Context(), "H1", ""))(t), []store.RejectedRow{b, c})
	same(t, "another", len(got(db.Rejected(t.Context(), "H2", ""))(t)), 0)
}

func TestRejectedLists(t *testing.T) {
	db := open(t)
	row := func(seq uint64, month, body string) store.RejectedListRow {
		return store.RejectedListRow{Seq: seq, InstitutionID: "H1", Month: month, Number: "2026-0001", Total: -150, SHA256: "ab", Body: []byte(body)}
	}
	march, april, erased := row(3, "2026-03", "{}"), row(9, "2026-04", "{}"), row(11, "2026-03", `{"erased":1}`)
	must(t, db.SaveRejectedLists(t.Context(), []store.RejectedListRow{april, march}))
	must(t, db.SaveRejectedLists(t.Context(), []store.RejectedListRow{march}))
	must(t, db.SaveRejectedLists(t.Context(), nil))
	same(t, "by month", got(db.RejectedLists(t.Context(), "H1"))(t), []store.RejectedListRow{march, april})
	must(t, db.SaveRejectedLists(t.Context(), []store.RejectedListRow{erased}))
	must(t, db.SaveRejectedLists(t.Context(), []store.RejectedListRow{march})) // written again by a replay
	same(t, "without the text", got(db.RejectedLists(t.Context(), "H1"))(t), []store.RejectedListRow{erased, april})
	same(t, "another", len(got(db.RejectedLists(t.Context(), "H2"))(t)), 0)
}

func TestAttachments(t *testing.T) {
	db := open(t)
	big := bytes.Repeat([]byte{0, 0xff, '\'', '\n'}, 5<<20) // 20 MiB that are no text
	must(t, db.SaveAttachments(t.Context(), []store.AttachmentRow{
		{SHA256: "aa", Seq: 3, MediaType: "application/pdf", Body: []byte("%PDF")}, {SHA256: "bb", Seq: 4, MediaType: "image/png", Body: big},
	}))
	for sum, want := range map[string][]byte{"aa": []byte("%PDF"), "bb": big, "cc": nil} {
		body, ok, err := db.Attachment(t.Context(), sum)
		must(t, err)
		if ok != (want != nil) || !bytes.Equal(body, want) {
			t.Errorf("%s: %t, %d bytes; want %d", sum, ok, len(body), len(want))
		}
	}
	must(t, db.SaveAttachments(t.Context(), []store.AttachmentRow{{SHA256: "aa", Seq: 9, Erased: true}}))
	must(t, db.SaveAttachments(t.Context(), []store.AttachmentRow{{SHA256: "aa", Seq: 3, Body: []byte("%PDF")}})) // written again by a replay
	if body, ok, err := db.Attachment(t.Context(), "aa"); err != nil || ok || body != nil {
		t.Errorf("erased: %q, %t, %v", body, ok, err)
	}
}

func TestKeys(t *testing.T) {
	db := open(t)
	admin := store.KeyRow{Seq: 1, Hash: "aa", Label: "admin", Roles: []string{"officer", "director"}, CreatedAt: 1000}
	hospital := store.KeyRow{Seq: 2, Hash: "bb", InstitutionID: "H1", Roles: []string{"hospital"}, CreatedAt: 2000}
	must(t, db.SaveKeys(t.Context(), []store.KeyRow{hospital, admin}))
	same(t, "keys", got(db.Keys(t.Context()))(t), []store.KeyRow{admin, hospital})
	ended := hospital
	ended.Seq, ended.Revoked = 3, true
	must(t, db.SaveKeys(t.Context(), []store.KeyRow{ended}))
	must(t, db.SaveKeys(t.Context(), []store.KeyRow{hospital})) // repeated
	same(t, "revoked", got(db.Keys(t.Context()))(t), []store.KeyRow{admin, ended})
}

func TestIdempotent(t *testing.T) {
	db := open(t)
	now := today()
	answer := store.IdempotentAnswer{
		Scope: "k /v1/records", Key: "it's", BodyHash: "ab", Status: 202, Headers: map[string]string{"Content-Type": "application/json", "A": "b"},
		Body: []byte("{\"x\":1}\n\n\x00"), At: now,
	}
	must(t, db.SaveIdempotent(t.Context(), answer))
	second := answer
	second.At, second.Status = now+5, 409
	must(t, db.SaveIdempotent(t.Context(), second))
	found := func(scope, key string, at claimwatch.Instant) (store.IdempotentAnswer, bool) {
		one, ok, err := db.Idempotent(t.Context(), scope, key, at)
		must(t, err)
		return one, ok
	}
	first, ok := found(answer.Scope, answer.Key, now+10)
	same(t, "ok", ok, true)
	same(t, "the first answer", first, answer)
	_, ok = found(answer.Scope, answer.Key, now+store.IdempotencyTerm-1)
	same(t, "in time", ok, true)
	_, ok = found(answer.Scope, answer.Key, now+store.IdempotencyTerm+5)
	same(t, "too late", ok, false)
	_, ok = found("other /v1/records", answer.Key, now)
	same(t, "another's", ok, false)
}

// Rows are only ever added: nothing of ours starts a mutation, which would be
// invisible for a while (C22).
func TestNothingIsMutated(t *testing.T) {
	db := open(t)
	must(t, db.InsertRecords(t.Context(), stored(0, 1, record(claimwatch.Fee, "H1", "p1", "f1", 1e12))))
	changes(t, db, 1000, evaluation(1, finding("FEE-001", "p1", "a", 1)))
	changes(t, db, 2000, evaluation(2))
	must(t, db.SaveReference(t.Context(), load("laws", 7)))
	same(t, "mutations", number(t, db, "SELECT count() FROM system.mutations WHERE database = currentDatabase()"), uint64(0))
}
