package adversary

import (
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/rules/oracle"
)

// TestWorldsMeetEveryRule draws many worlds and asks that each rule is hit, and
// not always, and is now and then not evaluated where it can be: a generator
// that never meets a rule proves nothing about it.
func TestWorldsMeetEveryRule(t *testing.T) {
	const worlds = 4000
	hits, untold := map[string]int{}, map[string]int{}
	drawn := rapid.Custom(func(t *rapid.T) oracle.Result {
		records, reference, asOf := World(t)
		return oracle.Evaluate(oracle.OnTime(records), reference, asOf, true)
	})
	for seed := range worlds {
		result := drawn.Example(seed)
		seen := map[string]bool{}
		for _, f := range result.Findings {
			seen[f.Rule] = true
		}
		for rule := range seen {
			hits[rule]++
		}
		for _, n := range result.NotEvaluated {
			untold[n.Rule]++
		}
	}
	t.Logf("hits: %v, not evaluated: %v", hits, untold)
	for _, rule := range oracle.Rules() {
		if hits[rule] == 0 || hits[rule] == worlds {
			t.Errorf("%s is hit in %d of %d worlds", rule, hits[rule], worlds)
		}
	}
	for _, rule := range []string{"IDN-001", "IDN-002", "FEE-002", "FEE-007"} {
		if untold[rule] == 0 {
			t.Errorf("%s is evaluated in all of %d worlds", rule, worlds)
		}
	}
}

// TestRecordsAreWhatTheContractAllows holds every record against the fields of
// its kind.
func TestRecordsAreWhatTheContractAllows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records, _, _ := World(t)
		for i := range records {
			r := &records[i]
			if r.OccurredAt < claimwatch.Earliest || r.OccurredAt >= claimwatch.Latest {
				t.Fatalf("%s happens at %s", r.RecordID, r.OccurredAt)
			}
			for slot, spec := range r.Kind.Fields() {
				checkField(t, r, spec, r.Values[slot])
			}
			refund := r.Field("reverses").Text != ""
			if q := r.Field("quantity"); r.Kind == claimwatch.Fee && (q.Num == 0 || refund != (q.Num < 0)) {
				t.Fatalf("%s has quantity %d, refund %v", r.RecordID, q.Num, refund)
			}
		}
	})
}

func checkField(t *rapid.T, r *claimwatch.Record, spec claimwatch.Spec, v claimwatch.Value) {
	if !v.Set && spec.Required {
		t.Fatalf("%s %s has no %s", r.Kind, r.RecordID, spec.Name)
	}
	if v.Set && spec.Name == "until" && claimwatch.Instant(v.Num) <= r.OccurredAt {
		t.Fatalf("%s %s ends before it starts", r.Kind, r.RecordID)
	}
	if !v.Set || len(spec.Words) == 0 {
		return
	}
	for _, word := range spec.Words {
		if word == v.Text {
			return
		}
	}
	t.Fatalf("%s %s: %s is %q", r.Kind, r.RecordID, spec.Name, v.Text)
}
