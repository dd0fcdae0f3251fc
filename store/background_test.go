package store_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// workedOff takes every portion that is left, in order, and notes it as done.
func workedOff(t *testing.T, db *store.DB) (portions []store.Portion) {
	t.Helper()
	for {
		p, ok, err := db.NextBackground(t.Context())
		must(t, err)
		if !ok {
			return portions
		}
		portions = append(portions, p)
		must(t, db.DoneBackground(t.Context(), p))
	}
}

func TestBackgroundIsWorkedOffInOrder(t *testing.T) {
	for _, when := range []string{"as written", "merged"} {
		t.Run(when, func(t *testing.T) {
			db := open(t)
			save := func(seq uint64, what string, portion int, scopes ...claimwatch.Scope) {
				t.Helper()
				must(t, db.SaveBackground(t.Context(), seq, what, scopes, portion))
				if when == "merged" {
					optimize(t, db)
				}
			}
			same(t, "nothing", len(workedOff(t, db)), 0)
			save(9, "items load 9", 2, "inst:H1", "p1", "p2")
			save(7, "persons load 7", 5, "p7")
			save(8, "nobody", 5)
			works := got(db.Background(t.Context()))(t)
			same(t, "works", works, []store.BackgroundWork{{What: "persons load 7", Of: 1}, {What: "items load 9", Of: 3}})

			// The first of two portions is done, and the load is saved again after a crash with others.
			first := store.Portion{Seq: 9, Number: 0, What: "items load 9", Scopes: []claimwatch.Scope{"inst:H1", "p1"}}
			must(t, db.DoneBackground(t.Context(), first))
			save(9, "items load 9", 2, "p0", "p1", "p2", "p3", "p4")
			must(t, db.DoneBackground(t.Context(), first)) // a repeat
			works = got(db.Background(t.Context()))(t)
			same(t, "half", works, []store.BackgroundWork{{What: "persons load 7", Of: 1}, {What: "items load 9", Done: 2, Of: 3}})
			same(t, "the rest", workedOff(t, db), []store.Portion{
				{Seq: 7, What: "persons load 7", Scopes: []claimwatch.Scope{"p7"}},
				{Seq: 9, Number: 1, What: "items load 9", Scopes: []claimwatch.Scope{"p2"}},
			})
			same(t, "done", len(got(db.Background(t.Context()))(t)), 0)
		})
	}
}

// A load that touches very many is one block, whatever its size.
func TestBackgroundOfMany(t *testing.T) {
	db := open(t)
	scopes := make([]claimwatch.Scope, 100_000)
	for i := range scopes {
		scopes[i] = claimwatch.PersonScope(fmt.Sprintf("P%06d", i))
	}
	must(t, db.SaveBackground(t.Context(), 1, "items load 1", scopes, 200))
	same(t, "portions", number(t, db, "SELECT count() FROM background"), uint64(500))
	same(t, "parts of the table", number(t, db, "SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = 'background' AND active"), uint64(1))
	p, _, err := db.NextBackground(t.Context())
	must(t, err)
	same(t, "first", p.Scopes, scopes[:200])
	works := got(db.Background(t.Context()))(t)
	same(t, "works", works, []store.BackgroundWork{{What: "items load 1", Of: 100_000}})
}
