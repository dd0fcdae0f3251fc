package store_test

import (
	"testing"

	"claimwatch"
)

// TestTreatedAs: the newest admission that is not cancelled tells under which number
// an institution treats a person; those of others, and of other persons, tell nothing.
func TestTreatedAs(t *testing.T) {
	db := open(t)
	at := clock("2026-03-02T10:00")
	admitted := func(institution, person, id, stay string, hours int) *claimwatch.Record {
		r := record(claimwatch.Admission, institution, person, id, at+claimwatch.Instant(hours)*3_600_000)
		r.StayID = stay
		return r
	}
	cancelled := admitted("H1", "p1", "c", "s3", 9)
	cancelled.Revision, cancelled.Cancelled = 2, true
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		admitted("H1", "p1", "b", "s2", 5), admitted("H1", "p1", "a", "s1", 1), admitted("H1", "p1", "c", "s3", 9), cancelled,
		admitted("H2", "p2", "a", "s9", 1), record(claimwatch.Fee, "H2", "p1", "f", at))))
	for name, want := range map[string]struct {
		institution, person, stay string
	}{
		"twice, and once cancelled": {"H1", "p1", "s2"},
		"by fees only":              {"H2", "p1", ""},
		"another's":                 {"H1", "p2", ""},
		"once":                      {"H2", "p2", "s9"},
	} {
		stay, ok, err := db.TreatedAs(t.Context(), want.person, want.institution)
		must(t, err)
		if stay != want.stay || ok != (want.stay != "") {
			t.Errorf("%s: TreatedAs() = %q, %v, want %q", name, stay, ok, want.stay)
		}
	}
}
