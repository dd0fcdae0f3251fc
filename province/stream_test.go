package province

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules/oracle"
)

// played gathers all records of a province in the order of sending.
func played(p *Province) []claimwatch.Record {
	var records []claimwatch.Record
	for _, r := range p.Records() {
		records = append(records, *r)
	}
	return records
}

// told are the rules and subjects of findings, sorted.
func told(findings []claimwatch.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Rule+" "+f.Subject)
	}
	slices.Sort(out)
	return out
}

// What is planted by default is found and nothing else, wherever a province is
// cut: with few hospitals and with many, plants in all stays or in some.
func TestEveryPlantIsFoundAndNothingElse(t *testing.T) {
	for _, config := range []Config{
		{Seed: 7, Persons: 60, Days: 90, ViolationRate: 0.5},
		{Seed: 8, Persons: 20, Days: 45, ViolationRate: 1, Institutions: 1, NoiseRate: 0.2},
		{Seed: 9, Persons: 30, Days: 30, Institutions: 13, Rounds: 1},
	} {
		p := New(config)
		got := told(oracle.Evaluate(received(p), p.Reference(), p.Until(), true).Findings)
		var want []string
		for _, plant := range p.Plants() {
			if !plant.Near {
				want = append(want, plant.Rule+" "+plant.Subject)
			}
		}
		slices.Sort(want)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("findings and plants of seed %d (-got, +want):\n%s", config.Seed, diff)
		}
		if len(want) < 5 {
			t.Errorf("seed %d plants only %d", config.Seed, len(want))
		}
	}
}

func TestWithoutPlantsAProvinceIsClean(t *testing.T) {
	for seed := range uint64(2) {
		p := New(Config{Seed: seed, Persons: 60, Days: 70, ViolationRate: -1, NoiseRate: 0.3})
		result := oracle.Evaluate(received(p), p.Reference(), p.Until(), true)
		if diff := cmp.Diff(told(result.Findings), []string(nil)); diff != "" {
			t.Fatalf("findings of seed %d (-got, +want):\n%s", seed, diff)
		}
		for _, n := range result.NotEvaluated {
			if !expectedUntold(n) {
				t.Fatalf("seed %d: %s is not evaluated: %s", seed, n.Rule, n.Reason)
			}
		}
	}
}

// expectedUntold says whether a rule may be unable to tell: faces are not asked
// for everywhere.
func expectedUntold(n claimwatch.NotEvaluated) bool {
	return n.Rule == "IDN-001" || n.Rule == "IDN-002"
}

func TestCutAtAnyMomentAProvinceWithoutPlantsIsClean(t *testing.T) {
	from := Config{}.withDefaults().From.Midnight()
	for _, at := range []claimwatch.Instant{9*hour + 1, 5*day + 13*hour, 21*day + 3*hour, 27*day + hour + 44*minute, 33*day + 17*hour + 1, 41*day + 6*hour + 59*minute} {
		p := New(Config{Seed: 3, Persons: 60, ViolationRate: -1, NoiseRate: 0.3, Until: from + at})
		result := oracle.Evaluate(received(p), p.Reference(), p.Until(), true)
		if diff := cmp.Diff(told(result.Findings), []string(nil)); diff != "" {
			t.Fatalf("findings when cut after %d h (-got, +want):\n%s", at/hour, diff)
		}
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	lines := func(seed uint64) string {
		var out []byte
		for _, r := range New(Config{Seed: seed, Persons: 20, Days: 40}).Records() {
			out = AppendLine(out, r)
		}
		return string(out)
	}
	if first, second := lines(1), lines(1); first != second {
		t.Error("Records() of one seed differ")
	}
	if lines(1) == lines(2) {
		t.Error("Records() of two seeds are equal")
	}
}

func TestStreamHoldsWhatHospitalsDo(t *testing.T) {
	p := New(Config{Seed: 5, Persons: 120, Days: 90, ViolationRate: 0.3, NoiseRate: 0.1, Rounds: 1})
	seen := map[string]int{}
	first := map[claimwatch.Identity]*claimwatch.Record{}
	admitted := map[string]bool{}
	last := claimwatch.Instant(0)
	for at, r := range p.Records() {
		seen[r.Kind.String()]++
		if at < last || at >= p.Until() || r.OccurredAt >= p.Until() {
			t.Fatalf("record %s is sent at %s after one at %s", r.RecordID, at, last)
		}
		last = at
		before := first[r.Identity()]
		switch {
		case before == nil:
			first[r.Identity()] = r
		case before.Revision == r.Revision && before.ContentHash() == r.ContentHash():
			seen["duplicate"]++
		case before.Revision == r.Revision:
			seen["conflict"]++
		case r.Revision < before.Revision:
			seen["revision backwards"]++
		case r.Cancelled:
			seen["cancelled"]++
		default:
			seen["corrected"]++
		}
		if r.Kind == claimwatch.Admission {
			admitted[r.StayID] = true
		} else if !admitted[r.StayID] {
			seen["waiting"]++
		}
		if at > r.OccurredAt+5*hour && before == nil {
			seen["late "+r.Kind.String()]++
		}
		if of := r.Field("reverses").Text; of != "" {
			seen["refund"]++
			if first[claimwatch.Identity{InstitutionID: r.InstitutionID, Kind: r.Kind, RecordID: of}] == nil {
				seen["refund before its line"]++
			}
		}
	}
	for _, what := range []string{
		"admission", "leave", "discharge", "order", "fee", "identity_check", "care_record", "operation",
		"exam_report", "front_page", "claim", "transfer", "device_fitting", "duplicate", "conflict", "revision backwards", "cancelled",
		"corrected", "waiting", "late order", "late leave", "late admission", "refund", "refund before its line",
	} {
		if seen[what] == 0 {
			t.Errorf("Records() hold no %s: %v", what, seen)
		}
	}
}

func TestClaimsDeclareTheLines(t *testing.T) {
	p := New(Config{Seed: 9, Persons: 40, Days: 80, NoiseRate: 0.3})
	type bill struct {
		amount claimwatch.Fen
		lines  int64
	}
	newest := map[claimwatch.Identity]*claimwatch.Record{}
	for _, r := range p.Records() {
		if old := newest[r.Identity()]; old == nil || r.Revision > old.Revision {
			newest[r.Identity()] = r
		}
	}
	charged, claimed := map[string]bill{}, map[string]bill{}
	for _, r := range newest {
		switch {
		case r.Kind == claimwatch.Claim:
			claimed[r.StayID+r.Field("month").Text] = bill{
				claimwatch.Fen(r.Field("declared_amount").Num), r.Field("line_count").Num,
			}
		case r.Kind == claimwatch.Fee && !r.Cancelled && !r.Field("self_pay").Set:
			k := r.StayID + r.OccurredAt.Day().Month()
			b := charged[k]
			charged[k] = bill{b.amount + claimwatch.Fen(r.Field("amount").Num), b.lines + 1}
		}
	}
	if len(claimed) < 20 {
		t.Fatalf("Records() hold %d claims", len(claimed))
	}
	for k := range charged {
		if _, known := claimed[k]; !known {
			delete(charged, k) // not discharged yet, or a visit
		}
	}
	if diff := cmp.Diff(claimed, charged, cmp.AllowUnexported(bill{})); diff != "" {
		t.Errorf("claims and lines (-got, +want):\n%s", diff)
	}
}

func TestBatchesAreTheRecords(t *testing.T) {
	p := New(Config{Seed: 2, Persons: 30, Days: 40})
	want := map[string][]claimwatch.Record{}
	for _, r := range p.Records() {
		want[r.InstitutionID] = append(want[r.InstitutionID], *r)
	}
	got := map[string][]claimwatch.Record{}
	last := claimwatch.Instant(0)
	for b := range p.Batches(15*time.Minute, 50) {
		if len(b.Records) == 0 || len(b.Records) > 50 || b.At < last {
			t.Fatalf("batch of %d records at %s after %s", len(b.Records), b.At, last)
		}
		last = b.At
		for _, r := range b.Records {
			if r.InstitutionID != b.InstitutionID || (!r.Kind.MayLieAhead() && r.OccurredAt > b.At) {
				t.Fatalf("record %s of %s at %s in a batch of %s at %s", r.RecordID, r.InstitutionID, r.OccurredAt, b.InstitutionID, b.At)
			}
		}
		got[b.InstitutionID] = append(got[b.InstitutionID], b.Records...)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("records of Batches() (-got, +want):\n%s", diff)
	}
	if ids := slices.Sorted(maps.Keys(got)); !slices.Equal(ids, slices.Sorted(slices.Values(p.Institutions()))) {
		t.Errorf("Batches() are of %v, Institutions() = %v", ids, p.Institutions())
	}
}

func TestReferenceRowsFitTheirTables(t *testing.T) {
	p := New(Config{})
	for table, rows := range p.Reference() {
		spec, known := claimwatch.TableNamed(table)
		if !known {
			t.Errorf("table %s is unknown", table)
		}
		if len(rows) == 0 {
			t.Errorf("table %s has no rows", table)
		}
		for _, row := range rows {
			left := maps.Clone(row)
			for _, c := range spec.Columns {
				if row[c.Name] == "" && !c.Optional {
					t.Fatalf("%s: column %s is empty: %v", table, c.Name, row)
				}
				if len(c.Words) > 0 && c.Type == claimwatch.ColumnWord && row[c.Name] != "" && !slices.Contains(c.Words, row[c.Name]) {
					t.Fatalf("%s: %s is no word for %s", table, row[c.Name], c.Name)
				}
				delete(left, c.Name)
			}
			if len(left) > 0 {
				t.Fatalf("%s: columns %v are unknown", table, left)
			}
		}
	}
}

func BenchmarkLines(b *testing.B) {
	p := New(Config{Persons: 1000, Days: 60})
	buffer := make([]byte, 0, 1<<20)
	lines := 0
	start := time.Now()
	for b.Loop() {
		for _, r := range p.Records() {
			if buffer = AppendLine(buffer, r); len(buffer) > 900_000 {
				buffer = buffer[:0]
			}
			lines++
		}
	}
	b.ReportMetric(float64(lines)/time.Since(start).Seconds(), "lines/s")
}
