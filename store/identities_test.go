package store_test

import (
	"crypto/sha256"
	"strconv"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

func TestIdentityKeyIsFrozen(t *testing.T) {
	sum := sha256.Sum256([]byte("H1|fee|f-1"))
	same(t, "key", store.IdentityKey(claimwatch.Identity{InstitutionID: "H1", Kind: claimwatch.Fee, RecordID: "f-1"}), [16]byte(sum[:16]))
}

func TestLookupIdentities(t *testing.T) {
	db := open(t)
	now := clock("2026-01-02T03:04")
	first, second := record(claimwatch.Fee, "H1", "p1", "f1", now), record(claimwatch.Fee, "H1", "p1", "f1", now+1)
	second.Revision, second.Cancelled = 3, true
	other := record(claimwatch.Order, "H1", "p2", "f1", now)
	batch := append(stored(2, 7, first, other), stored(2, 9, second)...)
	must(t, db.InsertRecords(t.Context(), batch))
	must(t, db.InsertRecords(t.Context(), batch)) // repeated after a crash
	absent := claimwatch.Identity{InstitutionID: "H2", Kind: claimwatch.Fee, RecordID: "f1"}
	known := got(db.LookupIdentities(t.Context(), []claimwatch.Identity{absent, first.Identity(), other.Identity(), first.Identity()}))(t)
	same(t, "known", known, map[claimwatch.Identity][]claimwatch.Known{
		first.Identity(): {
			{Revision: 1, Hash: first.ContentHash(), PersonID: "p1", StayID: "s-p1", OccurredAt: now, Position: claimwatch.Position{Partition: 2, Offset: 7}},
			{Revision: 3, Cancelled: true, Hash: second.ContentHash(), PersonID: "p1", StayID: "s-p1", OccurredAt: now + 1, Position: claimwatch.Position{Partition: 2, Offset: 9}},
		},
		other.Identity(): {
			{Revision: 1, Hash: other.ContentHash(), PersonID: "p2", StayID: "s-p2", OccurredAt: now, Position: claimwatch.Position{Partition: 2, Offset: 7, Index: 1}},
		},
	})
	same(t, "none", len(got(db.LookupIdentities(t.Context(), nil))(t)), 0)
}

// More keys than one query takes, half of them stored.
func TestLookupManyIdentities(t *testing.T) {
	db := open(t)
	var records []*claimwatch.Record
	var ids []claimwatch.Identity
	for i := range 50_000 {
		r := record(claimwatch.CareRecord, "H1", "p1", "c"+strconv.Itoa(i), clock("2026-01-02T03:04"))
		ids = append(ids, r.Identity())
		if i%2 == 0 {
			records = append(records, r)
		}
	}
	must(t, db.InsertRecords(t.Context(), stored(0, 1, records...)))
	known := got(db.LookupIdentities(t.Context(), ids))(t)
	same(t, "known", len(known), 25_000)
	for i, id := range ids {
		if _, ok := known[id]; ok != (i%2 == 0) {
			t.Fatalf("identity %d known: %v", i, ok)
		}
	}
	keys := map[[16]byte]bool{}
	must(t, db.EachIdentityKey(t.Context(), []int{0}, func(key [16]byte) { keys[key] = true }))
	same(t, "keys", len(keys), 25_000)
	same(t, "a key", keys[store.IdentityKey(ids[48_000])], true)
	clear(keys)
	must(t, db.EachIdentityKey(t.Context(), []int{1, 2}, func(key [16]byte) { keys[key] = true }))
	same(t, "keys of other partitions", len(keys), 0)
}

// The count is exact through repeats, revisions, progress and late chunks of
// atomic uploads, and for a second process that counts from the beginning.
func TestCountStored(t *testing.T) {
	db := open(t)
	want := int64(0)
	step := func(what string, next int64, batch ...claimwatch.Stored) {
		t.Helper()
		must(t, db.InsertRecords(t.Context(), batch))
		if next > 0 {
			must(t, db.SaveProgress(t.Context(), store.RecordsConsumer, map[int]claimwatch.Progress{0: {Next: next}}))
		}
		same(t, what, got(db.CountStored(t.Context()))(t), want)
	}
	step("empty", 0)
	a := stored(0, 1, record(claimwatch.Fee, "H1", "p1", "f1", 1e12), record(claimwatch.Fee, "H1", "p1", "f2", 1e12))
	want = 2
	step("first", 0, a...)
	step("repeated", 2, a...)
	step("zombie behind the progress", 0, a...)
	revised := record(claimwatch.Fee, "H1", "p1", "f1", 1e12)
	revised.Revision = 2
	want = 3
	step("revision beyond the progress", 0, stored(0, 9, revised)...)
	want = 4
	step("held chunk of an atomic upload", 0, stored(0, 5, record(claimwatch.Order, "H1", "p1", "f1", 1e12))...)
	step("passed", 10)
	want = 5
	step("other partition", 0, stored(1, 1, record(claimwatch.Order, "H2", "p1", "f1", 1e12))...)
	step("again", 0)
	fresh := got(db.Pin(t.Context()))(t)
	same(t, "from the beginning", got(fresh.CountStored(t.Context()))(t), want)
	must(t, fresh.Close())
}

func TestLatest(t *testing.T) {
	db := open(t)
	latest := func() any {
		at, ok, err := db.Latest(t.Context())
		must(t, err)
		if !ok {
			return nil
		}
		return at
	}
	same(t, "before the first", latest(), nil)
	must(t, db.InsertRecords(t.Context(), stored(0, 1, record(claimwatch.Order, "H1", "p1", "o1", clock("2030-01-01T00:00")))))
	same(t, "orders move no clock", latest(), nil)
	cancelled := record(claimwatch.Fee, "H1", "p1", "f1", clock("2026-01-03T00:00"))
	cancelled.Cancelled = true
	must(t, db.InsertRecords(t.Context(), stored(0, 2, cancelled, record(claimwatch.Fee, "H1", "p1", "f2", clock("2026-01-02T00:00")))))
	same(t, "cancelled ones do", latest(), clock("2026-01-03T00:00"))
	must(t, db.InsertRecords(t.Context(), stored(1, 2, record(claimwatch.Fee, "H2", "p1", "f2", clock("2026-01-01T00:00")))))
	same(t, "the maximum stays", latest(), clock("2026-01-03T00:00"))
}
