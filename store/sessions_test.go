package store_test

import (
	"testing"

	"claimwatch/store"
)

// The latest use of a session counts, and one row that says it has ended is enough,
// whatever another process writes afterwards.
func TestSessions(t *testing.T) {
	db := open(t)
	if _, ok, err := db.Session(t.Context(), "h"); ok || err != nil {
		t.Fatalf("Session() of none = %v, %v", ok, err)
	}
	begun := store.SessionRow{Hash: "h", AccountID: "a", Epoch: 3, Created: today(), Seen: today()}
	later := begun
	later.Seen += 300_000
	must(t, db.SaveSession(t.Context(), later))
	must(t, db.SaveSession(t.Context(), begun))
	must(t, db.SaveSession(t.Context(), store.SessionRow{Hash: "other", AccountID: "b", Created: today(), Seen: today(), Ended: true}))
	read := func() store.SessionRow {
		r, ok, err := db.Session(t.Context(), "h")
		if !ok || err != nil {
			t.Fatalf("Session() = %v, %v", ok, err)
		}
		return r
	}
	same(t, "session", read(), later)
	ended := begun
	ended.Ended = true
	must(t, db.SaveSession(t.Context(), ended))
	must(t, db.SaveSession(t.Context(), later))
	later.Ended = true
	same(t, "ended", read(), later)
}
