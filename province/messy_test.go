package province

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules/oracle"
)

// facts are the ids and hashes of findings.
func facts(findings []claimwatch.Finding) []string {
	var out []string
	for i := range findings {
		out = append(out, findings[i].ID+" "+findings[i].FactsSHA256())
	}
	return out
}

func TestMessChangesNoFinding(t *testing.T) {
	p := New(Config{Seed: 11, Persons: 40, Days: 70, ViolationRate: 0.6, NoiseRate: 0.1})
	records := played(p)
	want := facts(oracle.Evaluate(oracle.OnTime(records), p.Reference(), p.Until(), false).Findings)
	if len(want) < 5 {
		t.Fatalf("the province has %d findings, want some", len(want))
	}
	for seed := range uint64(3) {
		m := Mess{Seed: seed, Shuffle: true, Duplicates: 0.1, Conflicts: 0.1, Changed: 0.05}
		log := m.Log(records)
		if len(log) < len(records)*11/10 {
			t.Fatalf("Log() has %d records of %d, want a tenth more and over", len(log), len(records))
		}
		if cmp.Equal(log[:100], records[:100]) {
			t.Fatal("Log() has the order of the records")
		}
		got := facts(oracle.Evaluate(oracle.OnTime(log), p.Reference(), p.Until(), false).Findings)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Fatalf("findings of a disturbed log, seed %d (-got, +want):\n%s", seed, diff)
		}
	}
}

func TestMessInBatchesIsTheLogOfEachInstitution(t *testing.T) {
	p := New(Config{Seed: 4, Persons: 12, Days: 40})
	m := Mess{Seed: 1, Shuffle: true, Duplicates: 0.1, MostAtOnce: 40}
	records := played(p)
	got, want := map[string][]claimwatch.Record{}, map[string][]claimwatch.Record{}
	sizes := map[int]bool{}
	for _, b := range m.Batches(records) {
		sizes[len(b.Records)] = true
		got[b.InstitutionID] = append(got[b.InstitutionID], b.Records...)
	}
	for _, r := range m.Log(records) {
		want[r.InstitutionID] = append(want[r.InstitutionID], r)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Fatalf("records of Batches() (-got, +want):\n%s", diff)
	}
	if len(sizes) < 10 {
		t.Errorf("Batches() have %d sizes, want many", len(sizes))
	}
}

func TestContradictionsDifferFromWhatTheyContradict(t *testing.T) {
	p := New(Config{Seed: 4, Persons: 50, Days: 60, ViolationRate: 0.5})
	kinds := map[claimwatch.Kind]bool{}
	for _, r := range p.Records() {
		c := contradicted(r)
		if c.Identity() != r.Identity() || c.Revision != r.Revision || c.ContentHash() == r.ContentHash() {
			t.Fatalf("contradicted(%s %s) is no conflict", r.Kind, r.RecordID)
		}
		kinds[r.Kind] = true
	}
	if len(kinds) < 10 {
		t.Errorf("the province has %d kinds of records", len(kinds))
	}
}

func TestConflictsKeepTheirOrder(t *testing.T) {
	p := New(Config{Seed: 4, Persons: 6, Days: 30})
	records := played(p)
	m := Mess{Seed: 3, Shuffle: true, Conflicts: 1}
	first := map[claimwatch.Identity][32]byte{}
	for i := range records {
		if _, known := first[records[i].Identity()]; !known {
			first[records[i].Identity()] = records[i].ContentHash()
		}
	}
	log := m.Log(records)
	for i := range log {
		want, pending := first[log[i].Identity()]
		if pending && log[i].ContentHash() != want {
			t.Fatalf("Log() has the contradiction of %s first", log[i].RecordID)
		}
		delete(first, log[i].Identity())
	}
	if slices.EqualFunc(log[:len(records)], records, func(a, b claimwatch.Record) bool { return a.RecordID == b.RecordID }) {
		t.Error("Log() did not shuffle")
	}
}
