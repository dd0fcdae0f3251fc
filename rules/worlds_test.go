package rules_test

import (
	"flag"
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

var worldCount = flag.Int("worlds", 15, "how many worlds time passes in; more: go test -run Clock ./rules -worlds 300")

// drawWorlds draws worlds that a seed determines.
func drawWorlds(seed, count int) worlds {
	var drawn []adversary.Drawn
	for i := range count {
		drawn = append(drawn, rapid.Custom(adversary.World).Example(seed+i).Tagged(fmt.Sprintf("w%d.", i)))
	}
	return accepted(drawn)
}

// accepted puts tagged worlds into one, as the product would have accepted them.
func accepted(drawn []adversary.Drawn) worlds {
	merged := adversary.Merge(drawn)
	var log []oracle.Received
	for i, r := range merged.Records {
		log = append(log, oracle.Received{Record: r, ReceivedAt: merged.ReceivedAt[i]})
	}
	all := worlds{reference: map[string][][]claimwatch.Value{"laws": nil}}
	for _, r := range oracle.AcceptedReceived(log) {
		at := claimwatch.Position{Offset: int64(len(all.records))}
		all.records = append(all.records,
			claimwatch.Stored{Record: &r.Record, Position: at, ReceivedAt: r.ReceivedAt, Hash: r.ContentHash()})
		all.scopes = append(all.scopes, claimwatch.PersonScope(r.PersonID), claimwatch.InstitutionScope(r.InstitutionID))
	}
	for table, rows := range merged.Reference {
		all.reference[table] = nil
		for _, row := range rows {
			all.reference[table] = append(all.reference[table], referenceRow(table, row))
		}
	}
	slices.Sort(all.scopes)
	all.scopes = slices.Compact(all.scopes)
	return all
}

// referenceRow reads a row as uploaded.
func referenceRow(name string, row map[string]string) []claimwatch.Value {
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

// moments are some of the times of the records, and a millisecond beside them;
// of some the time when the terms of rules are over.
func (w worlds) moments(random *rand.Rand, count int) []claimwatch.Instant {
	var moments []claimwatch.Instant
	for range count {
		at := w.records[random.IntN(len(w.records))].Record.OccurredAt
		if random.IntN(4) == 0 {
			at += claimwatch.Instant([]int{3, 10, 90, 365}[random.IntN(4)]) * 24 * 60 * 60 * 1000
		}
		moments = append(moments, at+claimwatch.Instant(random.IntN(3)-1))
	}
	slices.Sort(moments)
	return slices.Compact(moments)
}

func newEngine(t testing.TB, s rules.Slice) *rules.Engine {
	t.Helper()
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	return rules.NewEngine(library, s, nil, zaptest.NewLogger(t))
}
