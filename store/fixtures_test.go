package store_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/store"
	"claimwatch/store/storetest"
)

// open gives an empty store with its tables.
func open(t testing.TB) *store.DB {
	t.Helper()
	db := storetest.Open(t)
	must(t, db.CreateTables(t.Context()))
	return db
}

// migrated gives an empty store as the program makes it.
func migrated(t testing.TB) *store.DB {
	t.Helper()
	db := storetest.Open(t)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatalf("Migrate() error:\n%+v", err)
	}
	return db
}

// must ends the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("error:\n%+v", err)
	}
}

// got gives a value or ends the test.
func got[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		must(t, err)
		return value
	}
}

// same compares.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want, +got):\n%s", what, diff)
	}
}

// number runs a query that gives one number.
func number(t testing.TB, db *store.DB, query string) uint64 {
	t.Helper()
	var n uint64
	must(t, db.QueryRow(t.Context(), query).Scan(&n))
	return n
}

// clock reads 2026-01-02T03:04 in Shanghai.
func clock(text string) claimwatch.Instant {
	moment, err := time.ParseInLocation("2006-01-02T15:04", text, claimwatch.Shanghai)
	if err != nil {
		panic(err)
	}
	return claimwatch.InstantOf(moment)
}

// record makes a record with every required field filled and the optional
// numbers of every second record present.
func record(kind claimwatch.Kind, institution, person, id string, occurred claimwatch.Instant) *claimwatch.Record {
	r := &claimwatch.Record{
		Kind: kind, Revision: 1, RecordID: id, InstitutionID: institution, PersonID: person,
		StayID: "s-" + person, OccurredAt: occurred, Values: make([]claimwatch.Value, len(kind.Fields())),
	}
	for slot, spec := range kind.Fields() {
		if !spec.Required && len(id)%2 == 0 {
			continue
		}
		value := claimwatch.Value{Set: true}
		switch spec.Type {
		case claimwatch.TypeBool:
			value.Num = 1
		case claimwatch.TypeTime:
			value.Num = int64(occurred) + 3_600_001
		case claimwatch.TypeInt, claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio:
			value.Num = int64(slot) + 2
		case claimwatch.TypeCodes:
			value.Text = "A01" + claimwatch.ListSeparator + "B02"
		case claimwatch.TypeWord:
			value.Text = spec.Words[0]
		default:
			value.Text = fmt.Sprintf("%s 'of' %s\n\n床", spec.Name, id)
		}
		r.Values[slot] = value
	}
	return r
}

// stored puts records one after the other into the message at an offset.
func stored(partition int32, offset int64, records ...*claimwatch.Record) []claimwatch.Stored {
	list := make([]claimwatch.Stored, len(records))
	for i, r := range records {
		list[i] = claimwatch.Stored{
			Record: r, Hash: r.ContentHash(), ReceivedAt: r.OccurredAt + 5000,
			Position: claimwatch.Position{Partition: partition, Offset: offset, Index: int32(i)},
		}
	}
	return list
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
