package store_test

import (
	"testing"

	"claimwatch/store"
)

// The newest note counts, whatever order parts are merged in.
func TestLibraryNotes(t *testing.T) {
	db := open(t)
	same(t, "nothing", got(db.Library(t.Context()))(t), store.LibraryNote{})
	first := store.LibraryNote{Number: 1, Said: []byte(`{"A":"1"}`), NotedAt: 1_772_000_000_001}
	second := store.LibraryNote{Number: 2, Said: []byte(`{"A":"2"}`), NotedAt: 1_772_000_000_000}
	for _, note := range []store.LibraryNote{first, second, first} {
		must(t, db.SaveLibrary(t.Context(), note))
	}
	same(t, "as written", got(db.Library(t.Context()))(t), second)
	optimize(t, db)
	same(t, "merged", got(db.Library(t.Context()))(t), second)
	same(t, "rows", number(t, db, "SELECT count() FROM libraries"), uint64(2))
}
