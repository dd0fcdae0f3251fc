package rules_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"go.uber.org/zap/zaptest"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/province/adversary"
	"claimwatch/rules"
	"claimwatch/rules/oracle"
)

// worlds are many awkward worlds side by side in one store: each has its own
// institutions, persons and items.
type worlds struct {
	records   []claimwatch.Stored
	reference map[string][][]claimwatch.Value
	scopes    []claimwatch.Scope
}

// drawWorlds draws worlds that a seed determines.
func drawWorlds(seed, count int) worlds {
	type world struct {
		records   []claimwatch.Record
		reference map[string][]map[string]string
	}
	drawn := rapid.Custom(func(t *rapid.T) world {
		records, reference, _ := adversary.World(t)
		return world{records, reference}
	})
	all := worlds{reference: map[string][][]claimwatch.Value{"institutions": nil, "items": nil, "laws": nil}}
	for i := range count {
		one, prefix := drawn.Example(seed+i), fmt.Sprintf("w%d.", i)
		for _, r := range oracle.Accepted(one.records) {
			prefixRecord(&r, prefix)
			at := claimwatch.Position{Offset: int64(len(all.records))}
			all.records = append(all.records,
				claimwatch.Stored{Record: &r, Position: at, ReceivedAt: r.OccurredAt, Hash: r.ContentHash()})
			all.scopes = append(all.scopes, claimwatch.PersonScope(r.PersonID))
		}
		for table, rows := range one.reference {
			for _, row := range rows {
				all.reference[table] = append(all.reference[table], referenceRow(table, row, prefix))
			}
		}
	}
	slices.Sort(all.scopes)
	all.scopes = slices.Compact(all.scopes)
	return all
}

// prefixRecord moves a record into a world of its own.
func prefixRecord(r *claimwatch.Record, prefix string) {
	r.InstitutionID, r.PersonID = prefix+r.InstitutionID, prefix+r.PersonID
	r.Values = slices.Clone(r.Values)
	if slot := r.Kind.Slot("item_code"); slot >= 0 && r.Values[slot].Set {
		r.Values[slot].Text = prefix + r.Values[slot].Text
	}
}

// referenceRow reads a row as uploaded.
func referenceRow(name string, row map[string]string, prefix string) []claimwatch.Value {
	table, _ := claimwatch.TableNamed(name)
	values := make([]claimwatch.Value, len(table.Columns))
	for i, c := range table.Columns {
		text := row[c.Name]
		if text == "" {
			continue
		}
		v := claimwatch.Value{Set: true}
		switch c.Type {
		case claimwatch.ColumnInt:
			v.Num, _ = claimwatch.ParseDecimal(text, 0, claimwatch.MaxPrice)
		case claimwatch.ColumnAmount:
			v.Num, _ = claimwatch.ParseDecimal(text, 2, claimwatch.MaxPrice)
		case claimwatch.ColumnNumber:
			v.Num, _ = claimwatch.ParseDecimal(text, 4, claimwatch.MaxPrice)
		case claimwatch.ColumnPrice:
			v.Num, _ = claimwatch.ParseDecimal(text, 6, claimwatch.MaxPrice)
		case claimwatch.ColumnBool:
			if text == "true" || text == "1" {
				v.Num = 1
			}
		case claimwatch.ColumnDay:
			day, _ := claimwatch.ParseDay(text)
			v.Num = int64(day)
		case claimwatch.ColumnList:
			v.Text = strings.ReplaceAll(text, ";", claimwatch.ListSeparator)
		default:
			v.Text = text
		}
		if c.Name == "institution_id" || c.Name == "item_code" {
			v.Text = prefix + v.Text
		}
		values[i] = v
	}
	return values
}

// load puts the reference rows of the worlds into a store.
func (w worlds) load(t testing.TB, s *testStore) {
	t.Helper()
	for table, rows := range w.reference {
		if err := s.LoadReference(t.Context(), table, rows); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table, err)
		}
	}
}

// insert puts records into a store.
func insert(t testing.TB, s *testStore, records []claimwatch.Stored) {
	t.Helper()
	if err := s.InsertRecords(t.Context(), records); err != nil {
		t.Fatalf("InsertRecords() error:\n%+v", err)
	}
}

// moments are some of the times of the records, and a millisecond beside them.
func (w worlds) moments(random *rand.Rand, count int) []claimwatch.Instant {
	var moments []claimwatch.Instant
	for range count {
		at := w.records[random.IntN(len(w.records))].Record.OccurredAt
		moments = append(moments, at+claimwatch.Instant(random.IntN(3)-1))
	}
	slices.Sort(moments)
	return slices.Compact(moments)
}

func newEngine(t testing.TB, s rules.Slice) *rules.Engine {
	t.Helper()
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	return rules.NewEngine(library, s, nil, zaptest.NewLogger(t))
}
