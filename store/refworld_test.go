package store_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/store"
)

// itemKey is the key of the items table: a row of a city and one for everywhere
// are two, and so are two validities.
type itemKey struct {
	code, region string
	from         int64
}

// itemLoad is a load of the items table; names tell its versions apart.
type itemLoad struct {
	seq  uint64
	keys []itemKey
	void []bool
}

// drawLoads draws loads in the order in which they are written, which is not
// that of the journal.
func drawLoads(t *rapid.T) []itemLoad {
	seqs := rapid.Permutation([]uint64{1, 2, 3, 4, 5, 6}).Draw(t, "seqs")
	loads := make([]itemLoad, 0, len(seqs))
	for _, seq := range seqs {
		one := itemLoad{seq: seq}
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			one.keys = append(one.keys, itemKey{
				rapid.SampledFrom([]string{"a", "b"}).Draw(t, "code"), rapid.SampledFrom([]string{"", "TY"}).Draw(t, "region"),
				rapid.SampledFrom([]int64{-7, 20_000}).Draw(t, "from"),
			})
			one.void = append(one.void, rapid.IntRange(0, 3).Draw(t, "void") == 0)
		}
		loads = append(loads, one)
	}
	return loads
}

// in makes a load of a world's own items.
func (l itemLoad) in(world int) store.ReferenceLoad {
	var rows []store.ReferenceRow
	for i, key := range l.keys {
		texts := map[string]string{"item_code": fmt.Sprint(world, key.code), "name": fmt.Sprintf("%d.%d", l.seq, i+1), "category": "lab", "unit": "次"}
		if key.region != "" {
			texts["region"] = key.region
		}
		row := refRow("items", key.from, texts)
		row.Void = l.void[i]
		rows = append(rows, row)
	}
	return load("items", uint64(world*10)+l.seq, rows...)
}

// current is the plain answer as known after a journal entry, 0 for the newest: of a
// key the last row of the newest load, "void" when that withdraws it.
func current(loads []itemLoad, until uint64) map[itemKey]string {
	rows, at := map[itemKey]string{}, map[itemKey]uint64{}
	for _, l := range loads {
		for i, key := range l.keys {
			if until > 0 && l.seq > until || l.seq < at[key] {
				continue
			}
			at[key], rows[key] = l.seq, fmt.Sprintf("%d.%d", l.seq, i+1)
			if l.void[i] {
				rows[key] = "void"
			}
		}
	}
	return rows
}

// readItems gives the current versions of a world's item by key.
func readItems(t *testing.T, db *store.DB, q store.ReferenceQuery, world int, code string) map[itemKey]string {
	t.Helper()
	q.Table, q.Where, q.Limit = "items", map[string]string{"item_code": fmt.Sprint(world, code)}, 3 // in pages
	rows := map[itemKey]string{}
	for range 20 {
		page, next, err := db.Reference(t.Context(), q)
		must(t, err)
		for _, row := range page {
			key, name := itemKey{code, row.Values[1].Text, row.Values[2].Num}, row.Values[3].Text
			if _, twice := rows[key]; twice {
				t.Errorf("%v is there twice", key)
			}
			if rows[key] = name; row.Void {
				rows[key] = "void"
			}
		}
		if q.Cursor = next; next == "" {
			return rows
		}
	}
	t.Fatal("the pages never end")
	return nil
}

// Loads that are written late, twice, torn or without rows: of each key the row
// of the greatest journal entry counts, as of any of them, and a withdrawn one
// is gone until it is loaded again.
func TestReferenceAnswersLikeAPlainTable(t *testing.T) {
	db := open(t)
	faulty, faults, err := db.WithFaults(t.Context())
	must(t, err)
	defer func() { must(t, faulty.Close()) }()
	drawn := rapid.Custom(drawLoads)
	var worlds [][]itemLoad
	for world := range 4 {
		worlds = append(worlds, drawn.Example(world))
		for i, l := range worlds[world] {
			if len(l.keys) > 0 && i%2 == 0 {
				faults.Arm(2, i%4 == 0) // the rows are there, the note of the load is not, or its answer is lost
				if err := faulty.SaveReference(t.Context(), l.in(world)); !errors.Is(err, store.ErrFault) {
					t.Fatalf("SaveReference() error:\n%+v, want the fault", err)
				}
			}
			must(t, faulty.SaveReference(t.Context(), l.in(world)))
		}
		same(t, "newest load", got(db.LoadedTables(t.Context()))(t)["items"], uint64(world*10+6))
	}
	for _, when := range []string{"as written", "merged"} {
		t.Run(when, func(t *testing.T) {
			for world, loads := range worlds {
				compareItems(t, db, world, loads)
			}
		})
		optimize(t, db)
	}
}

func compareItems(t *testing.T, db *store.DB, world int, loads []itemLoad) {
	t.Helper()
	for _, until := range []uint64{0, 4} {
		want := current(loads, until)
		q := store.ReferenceQuery{}
		if until > 0 {
			q.AsOfSeq = uint64(world*10) + until
		}
		for _, code := range []string{"a", "b"} {
			of := maps.Clone(want)
			maps.DeleteFunc(of, func(key itemKey, _ string) bool { return key.code != code })
			q.WithVoid = true
			same(t, fmt.Sprintf("world %d, item %s as of %d", world, code, until), readItems(t, db, q, world, code), of)
			q.WithVoid = false
			maps.DeleteFunc(of, func(_ itemKey, name string) bool { return name == "void" })
			same(t, fmt.Sprintf("world %d, item %s as of %d without void rows", world, code, until), readItems(t, db, q, world, code), of)
		}
	}
	key := []claimwatch.Value{{Text: fmt.Sprint(world, "a"), Set: true}, {}, {Num: -7, Set: true}}
	var versions, want []string
	for _, row := range got(db.ReferenceHistory(t.Context(), "items", key))(t) {
		versions = append(versions, row.Values[3].Text)
		same(t, "known from", row.KnownFrom, claimwatch.Instant(row.Seq)*1000)
	}
	for _, l := range loads {
		for i, k := range l.keys {
			if k == (itemKey{"a", "", -7}) {
				want = append(want, fmt.Sprintf("%d.%d", l.seq, i+1))
			}
		}
	}
	slices.Sort(want)
	same(t, fmt.Sprintf("history of world %d", world), versions, want)
}

// What a load may not be is refused before anything is written.
func TestReferenceRefusesWhatDoesNotFit(t *testing.T) {
	db := open(t)
	short := refRow("laws", 1, map[string]string{"law_id": "S"})
	short.Values = short.Values[:2]
	good := refRow("laws", 1, map[string]string{"law_id": "T", "title": "t", "source": "s"})
	if err := db.SaveReference(t.Context(), load("laws", 1, good, short)); err == nil {
		t.Error("SaveReference() took a row with too few values")
	}
	same(t, "unknown table", claimwatch.CodeOf(db.SaveReference(t.Context(), load("schema_versions", 1))), claimwatch.CodeNotFound)
	_, err := db.TouchedBy(t.Context(), load("fees", 1))
	same(t, "touched by an unknown table", claimwatch.CodeOf(err), claimwatch.CodeNotFound)
	_, err = db.ReferenceHistory(t.Context(), "keys", nil)
	same(t, "history of an unknown table", claimwatch.CodeOf(err), claimwatch.CodeNotFound)
	for _, column := range []string{"valid_from", "nothing", "", "law_id, title"} {
		_, _, err := db.Reference(t.Context(), store.ReferenceQuery{Table: "laws", Where: map[string]string{column: "x"}})
		same(t, "filter by "+column, claimwatch.CodeOf(err), claimwatch.CodeBadQuery)
	}
	same(t, "rows", number(t, db, "SELECT count() FROM ref_laws"), uint64(0))
	same(t, "loads", got(db.LoadedTables(t.Context()))(t), map[string]uint64{})
}
