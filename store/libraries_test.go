package store_test

import (
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// The last library for which everybody was touched counts, and those that were in
// use after it, whatever order parts are merged in.
func TestLibraries(t *testing.T) {
	db := open(t)
	note := func(number uint64, said string, touched bool, at claimwatch.Instant) store.LibraryNote {
		return store.LibraryNote{Number: number, Said: []byte(said), Touched: touched, NotedAt: 1_772_000_000_000 + at}
	}
	same(t, "nothing", len(got(db.Libraries(t.Context()))(t)), 0)
	begun, done := note(1, "{}", false, 1), note(1, "{}", true, 2)
	second, third := note(2, `{"A":{}}`, false, 3), note(3, `{"B":{}}`, false, 4)
	must(t, db.SaveLibrary(t.Context(), begun))
	same(t, "begun", got(db.Libraries(t.Context()))(t), []store.LibraryNote{begun})
	for _, one := range []store.LibraryNote{done, second, third, begun} {
		must(t, db.SaveLibrary(t.Context(), one))
	}
	want := []store.LibraryNote{done, second, third}
	same(t, "as written", got(db.Libraries(t.Context()))(t), want)
	optimize(t, db)
	same(t, "merged", got(db.Libraries(t.Context()))(t), want)
	same(t, "rows", number(t, db, "SELECT count() FROM libraries"), uint64(3))
	third.Touched = true
	must(t, db.SaveLibrary(t.Context(), third))
	same(t, "once touched", got(db.Libraries(t.Context()))(t), []store.LibraryNote{third})
}
