package store_test

import (
	"testing"

	"claimwatch"
)

// A person_id may look like the scope of an institution; the two are kept apart.
func TestScopesOfPersonsThatLookLikeInstitutions(t *testing.T) {
	db := open(t)
	at := clock("2026-01-02T03:04")
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		record(claimwatch.Admission, "H1", "inst:H1", "a1", at), record(claimwatch.Admission, "H1", "p1", "a2", at))))
	scopes := got(db.Scopes(t.Context()))(t)
	same(t, "Scopes()", scopes, []claimwatch.Scope{
		claimwatch.PersonScope("inst:H1"), claimwatch.PersonScope("p1"), claimwatch.InstitutionScope("H1"),
	})
}
