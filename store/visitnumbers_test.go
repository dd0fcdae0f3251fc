package store_test

import (
	"errors"
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// Whose records stand under a number is noted once for each kind, by however many
// records and processes; an insert that failed is made again, and so is one of a
// process that started anew.
func TestVisitNumbers(t *testing.T) {
	db := open(t)
	faulty, faults, err := db.WithFaults(t.Context())
	must(t, err)
	at := clock("2026-03-02T10:00")
	offset := int64(0)
	send := func(kind claimwatch.Kind, person, id string) error {
		offset++
		return faulty.InsertRecords(t.Context(), stored(0, offset, record(kind, "H1", person, id, at)))
	}
	rows := func() uint64 { t.Helper(); return number(t, db, "SELECT count() FROM visit_numbers") }
	for i := range 3 {
		must(t, send(claimwatch.Fee, "p1", fmt.Sprint("f", i)))
	}
	same(t, "rows of three fees", rows(), uint64(1))
	must(t, send(claimwatch.Order, "p1", "o1"))
	must(t, send(claimwatch.Fee, "p2", "f9"))
	same(t, "rows of another kind and another person", rows(), uint64(3))
	for i := range 10 { // each of the five inserts of a fee, before and after
		person := fmt.Sprint("q", i)
		faults.Arm(i/2+1, i%2 == 1)
		if err := send(claimwatch.Fee, person, person); !errors.Is(err, store.ErrFault) {
			t.Fatalf("InsertRecords() error:\n%+v, want the fault", err)
		}
		must(t, send(claimwatch.Fee, person, person))
		same(t, "records under the number", len(got(db.StayRecords(t.Context(), "H1", "s-"+person))(t)), 1)
	}
	same(t, "those of before", len(got(db.StayRecords(t.Context(), "H1", "s-p1"))(t)), 4)
	must(t, faulty.Close())
}
