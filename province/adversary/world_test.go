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
	const worlds, atLeast = 2000, 2000 / 200
	hits, untold := map[string]int{}, map[string]int{}
	drawn := rapid.Custom(World)
	for seed := range worlds {
		w := drawn.Example(seed)
		result := evaluate(w)
		seen := map[string]bool{}
		for _, f := range result.Findings {
			seen[f.Rule] = true
		}
		for rule := range seen {
			hits[rule]++
		}
		clear(seen)
		for _, n := range result.NotEvaluated {
			seen[n.Rule] = true
		}
		for rule := range seen {
			untold[rule]++
		}
	}
	for _, rule := range oracle.Rules() {
		t.Logf("%s: hit in %d, not evaluated in %d of %d worlds", rule, hits[rule], untold[rule], worlds)
		if hits[rule] < atLeast || hits[rule] == worlds {
			t.Errorf("%s is hit in %d of %d worlds, want at least %d and not all", rule, hits[rule], worlds, atLeast)
		}
	}
	for _, rule := range []string{"IDN-001", "IDN-002", "FEE-002", "FEE-007"} {
		if untold[rule] == 0 {
			t.Errorf("%s is evaluated in all of %d worlds", rule, worlds)
		}
	}
}

func evaluate(w Drawn) oracle.Result {
	var log []oracle.Received
	for i, r := range w.Records {
		log = append(log, oracle.Received{Record: r, ReceivedAt: w.ReceivedAt[i]})
	}
	return oracle.Evaluate(log, w.Reference, w.AsOf, w.Wall)
}

// TestRecordsAreWhatTheContractAllows holds every record against the fields of
// its kind.
func TestRecordsAreWhatTheContractAllows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := World(t)
		for i := range w.Records {
			r := &w.Records[i]
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
	if v.Set && spec.Name == "until" && r.Kind != claimwatch.Fee && claimwatch.Instant(v.Num) <= r.OccurredAt {
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

// TestReceptionsAreThoseOfALog: what an institution sends arrives in the order of
// the log, and nothing but what may lie ahead arrives before it happened.
func TestReceptionsAreThoseOfALog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := World(t)
		if len(w.ReceivedAt) != len(w.Records) {
			t.Fatalf("%d records are received at %d times", len(w.Records), len(w.ReceivedAt))
		}
		last := map[string]claimwatch.Instant{}
		for i, r := range w.Records {
			at := w.ReceivedAt[i]
			if at < last[r.InstitutionID] {
				t.Fatalf("%s of %s is received at %s, after one at %s", r.RecordID, r.InstitutionID, at, last[r.InstitutionID])
			}
			if last[r.InstitutionID] = at; at < r.OccurredAt && !r.Kind.MayLieAhead() {
				t.Fatalf("%s %s happens at %s and is received at %s", r.Kind, r.RecordID, r.OccurredAt, at)
			}
		}
	})
}
