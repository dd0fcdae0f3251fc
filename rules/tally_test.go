package rules_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap/zaptest"

	"claimwatch"
	"claimwatch/rules"
)

// counted reads the three counters of each rule that has said anything.
func (b *bench) counted() map[string][3]int {
	counted := map[string][3]int{}
	for _, rule := range b.library.Active() {
		counted[rule.Code] = [3]int{
			int(testutil.ToFloat64(b.metrics.Hits.WithLabelValues(rule.Code))),
			int(testutil.ToFloat64(b.metrics.Passes.WithLabelValues(rule.Code))),
			int(testutil.ToFloat64(b.metrics.Silences.WithLabelValues(rule.Code))),
		}
	}
	return counted
}

// byEye counts the same stay by stay and rule by rule: what a rule says of each
// stay that it speaks of, and what it says of anything else.
func (b *bench) byEye(stays map[uint32]claimwatch.Stay, evaluations []claimwatch.Evaluation) map[string][3]int {
	counted := map[string][3]int{}
	for _, rule := range b.library.Active() {
		var sum [3]int
		for _, e := range evaluations {
			institution, across := e.Scope.Institution()
			if across != (rule.Scope == "institution") {
				continue
			}
			hit, silent := map[string]bool{}, map[string]bool{}
			for _, h := range e.Hits {
				if h.Rule == rule.Code {
					hit[h.InstitutionID+"|"+h.PersonID+"|"+h.StayID] = true
				}
			}
			whole := false
			for _, n := range e.NotEvaluated {
				if n.Rule == rule.Code && n.PersonID == "" {
					whole = true
				} else if n.Rule == rule.Code {
					silent[n.InstitutionID+"|"+n.PersonID+"|"+n.StayID] = true
				}
			}
			for _, s := range stays {
				mine := s.Across == across && (s.InstitutionID == institution || e.Scope == claimwatch.PersonScope(s.PersonID))
				if key := s.InstitutionID + "|" + s.PersonID + "|" + s.StayID; mine && s.AdmissionID != "" && !hit[key] && !silent[key] {
					switch {
					case rule.Stays != "any" && (rule.Stays == "inpatient") != s.Inpatient:
					case whole:
						sum[2]++
					default:
						sum[1]++
					}
				}
			}
			sum[0] += len(hit)
			for key := range silent {
				if !hit[key] {
					sum[2]++
				}
			}
		}
		counted[rule.Code] = sum
	}
	return counted
}

// TestEveryAnswerIsCounted: hits, passes and what was not evaluated, by rule, of
// persons and of institutions, whose beds nobody has told.
func TestEveryAnswerIsCounted(t *testing.T) {
	for _, across := range []bool{false, true} {
		b := newBench(t)
		var scopes []claimwatch.Scope
		cfg := rules.Config{MaxPersons: 4, Across: across}
		for i := range 3 {
			for k := 1; k <= 3; k++ {
				scopes = append(scopes, claimwatch.Scope(fmt.Sprintf("w%d.p%d", i, k)), claimwatch.InstitutionScope(fmt.Sprintf("w%d.h%d", i, k)))
			}
		}
		var text []byte
		for _, scope := range scopes {
			text = append(append(text, scope...), '\n')
		}
		batch := &handed{messages: []claimwatch.Message{touchedMessage(5, string(text[:len(text)-1]))}}
		slice := openSlice(t, b.db, "counted")
		if err := rules.New(cfg, rules.NewEngine(b.library, slice, b.metrics, zaptest.NewLogger(t)), b.deps).Handle(t.Context(), batch); err != nil {
			t.Fatalf("Handle() error:\n%+v", err)
		}
		scopes = slices.DeleteFunc(scopes, func(s claimwatch.Scope) bool { _, is := s.Institution(); return is != across })
		asOf, _, _ := b.deps.AsOf(t.Context())
		evaluations, err := newEngine(t, b.Slice).Evaluate(t.Context(), scopes, claimwatch.Moment{AsOf: asOf})
		if err != nil {
			t.Fatalf("Evaluate() error:\n%+v", err)
		}
		want := b.byEye(b.Stays(), evaluations)
		if diff := cmp.Diff(want, b.counted()); diff != "" {
			t.Errorf("across %t: hits, passes, not evaluated (-want, +got):\n%s", across, diff)
		}
		var sum [3]int
		for _, counts := range want {
			for i, n := range counts {
				sum[i] += n
			}
		}
		t.Logf("across %t: hits, passes, not evaluated %v", across, sum)
		if sum[0] == 0 || sum[1] == 0 || sum[2] == 0 {
			t.Errorf("across %t: the test proves nothing: %v", across, sum)
		}
	}
}

// A hit beats not evaluated, of a stay or of the whole institution; what hits
// twice is one; stays that have not begun and rules that are gone pass nothing.
func TestTallies(t *testing.T) {
	library, err := rules.LoadDir(lockedLibrary(t, "ADM-019", "FEE-001", "RX-001"))
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	stay := func(person, id string, inpatient, across bool) claimwatch.Stay {
		return claimwatch.Stay{InstitutionID: "H1", PersonID: person, StayID: id, AdmissionID: "a" + id, Inpatient: inpatient, Across: across}
	}
	waiting := stay("P1", "S9", true, false)
	waiting.AdmissionID = ""
	stays := map[uint32]claimwatch.Stay{
		1: stay("P1", "S1", true, false), 2: stay("P1", "V1", false, false), 3: stay("P2", "S2", true, false), 4: waiting,
		5: stay("P1", "S1", true, true), 6: stay("P2", "S2", true, true), 7: stay("P3", "S3", true, true), 8: stay("other", "S8", true, false),
	}
	hit := func(id, rule, person, stay string) claimwatch.Hit {
		return claimwatch.Hit{FindingID: id, Rule: rule, InstitutionID: "H1", PersonID: person, StayID: stay}
	}
	silent := func(rule, person, stay string) claimwatch.NotEvaluated {
		return claimwatch.NotEvaluated{Rule: rule, InstitutionID: "H1", PersonID: person, StayID: stay, Reason: "r"}
	}
	got := library.Tallies(stays, []claimwatch.Evaluation{
		{
			Scope: "P1", Hits: []claimwatch.Hit{hit("f1", "FEE-001", "P1", "S1"), hit("f2", "FEE-001", "P1", "S1"), hit("f3", "FEE-900", "P1", "S1")},
			NotEvaluated: []claimwatch.NotEvaluated{silent("FEE-001", "P1", "S1"), silent("FEE-001", "P1", "S9"), silent("RX-001", "P1", "V1")},
		},
		{Scope: "P2"},
		{
			Scope: claimwatch.InstitutionScope("H1"), Hits: []claimwatch.Hit{hit("f4", "ADM-019", "P2", "S2"), hit("f5", "ADM-019", "", "")},
			NotEvaluated: []claimwatch.NotEvaluated{silent("ADM-019", "P3", "S3"), silent("ADM-019", "", "")},
		},
	})
	want := map[string][3]int{"FEE-001": {1, 2, 1}, "RX-001": {0, 0, 1}, "ADM-019": {2, 0, 2}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("hits, passes, not evaluated (-want, +got):\n%s", diff)
	}
	got = library.Tallies(stays, []claimwatch.Evaluation{{Scope: claimwatch.InstitutionScope("H1")}})
	if diff := cmp.Diff(map[string][3]int{"FEE-001": {}, "RX-001": {}, "ADM-019": {0, 3, 0}}, got); diff != "" {
		t.Errorf("of an institution alone (-want, +got):\n%s", diff)
	}
}
