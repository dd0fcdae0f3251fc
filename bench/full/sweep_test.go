package full_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/bench/full"
	"claimwatch/province"
	"claimwatch/rules"
	"claimwatch/store"
	"claimwatch/store/storetest"
)

// filled is a store with a small province in it, and its persons.
func filled(t *testing.T, p *province.Province) (db *store.DB, persons []claimwatch.Scope) {
	t.Helper()
	db = storetest.Open(t)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatalf("Migrate() error:\n%+v", err)
	}
	for table, rows := range p.Reference() {
		var text bytes.Buffer
		for _, row := range rows {
			for name, value := range row {
				if value == "" {
					delete(row, name)
				}
			}
			if err := json.NewEncoder(&text).Encode(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := full.LoadReference(t.Context(), db, table, text.Bytes()); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table, err)
		}
	}
	var stored []claimwatch.Stored
	clocks := map[string]claimwatch.Clock{}
	for at, r := range p.Records() {
		position := claimwatch.Position{Offset: int64(len(stored))}
		stored = append(stored, claimwatch.Stored{Record: r, Position: position, ReceivedAt: at, Hash: r.ContentHash()})
		if r.Kind.MovesClock() && r.OccurredAt > clocks[r.InstitutionID].Latest {
			clocks[r.InstitutionID] = claimwatch.Clock{InstitutionID: r.InstitutionID, Latest: r.OccurredAt}
		}
		if scope := claimwatch.PersonScope(r.PersonID); !slices.Contains(persons, scope) {
			persons = append(persons, scope)
		}
	}
	if err := db.InsertRecords(t.Context(), stored); err != nil {
		t.Fatalf("InsertRecords() error:\n%+v", err)
	}
	for _, clock := range clocks {
		if err := db.SaveClocks(t.Context(), []claimwatch.Clock{clock}, 1); err != nil {
			t.Fatalf("SaveClocks() error:\n%+v", err)
		}
	}
	return db, persons
}

// TestEverybody holds the peer to what it is compared with: however it parts the
// persons, it answers for each once and finds what was planted.
func TestEverybody(t *testing.T) {
	p := province.New(province.Config{Seed: 5, Persons: 24, Days: 50, ViolationRate: 0.5})
	db, persons := filled(t, p)
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	var want []string
	for _, plant := range p.Plants() {
		if _, known := library.Rule(plant.Rule); known && !plant.Near && !plant.Wall {
			want = append(want, plant.FindingID)
		}
	}
	slices.Sort(want)
	if len(want) < 3 {
		t.Fatalf("%d planted violations, want some", len(want))
	}
	for _, c := range []struct{ workers, bucket int }{{1, 0}, {2, 0}, {2, 5}, {1, 1000}} {
		sweep, err := full.New(t.Context(), db, "sweep", c.workers)
		if err != nil {
			t.Fatalf("New() error:\n%+v", err)
		}
		var got []string
		answers := map[claimwatch.Scope]int{}
		err = sweep.Everybody(t.Context(), persons, p.Until(), c.bucket, func(e claimwatch.Evaluation) {
			answers[e.Scope]++
			for _, f := range e.Findings {
				got = append(got, f.ID)
			}
		})
		if err != nil {
			t.Fatalf("Everybody() error:\n%+v", err)
		}
		slices.Sort(got)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%d workers, buckets of %d (-got, +want):\n%s", c.workers, c.bucket, diff)
		}
		for scope, n := range answers {
			if n != 1 {
				t.Errorf("%d workers, buckets of %d: %s was answered %d times", c.workers, c.bucket, scope, n)
			}
		}
		if len(answers) != len(persons) {
			t.Errorf("%d workers, buckets of %d: %d answers for %d persons", c.workers, c.bucket, len(answers), len(persons))
		}
		if err := sweep.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	}
}

func TestUnknownTable(t *testing.T) {
	if err := full.LoadReference(t.Context(), nil, "nothing", nil); err == nil {
		t.Error("LoadReference() took a table that does not exist")
	}
}
