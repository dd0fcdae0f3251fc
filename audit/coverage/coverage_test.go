package coverage

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

var someRules = []Rule{{"FEE-001", "any"}, {"IDN-001", "inpatient"}, {"ADM-019", "inpatient"}, {"RX-001", "outpatient"}}

func short(rows []Row) (list []string) {
	for _, r := range rows {
		line := r.Rule + " " + r.InstitutionID + "|" + text(r.PersonID) + "|" + text(r.StayID) + " " + string(r.Result)
		if r.Reason != "" {
			line += ": " + r.Reason
		}
		for _, id := range r.Findings {
			line += " " + id
		}
		list = append(list, line)
	}
	return list
}

// Each answer of each kind of stay, in order; a hospital without face devices has
// not passed.
func TestRows(t *testing.T) {
	rows := Rows(someRules, Said{
		Stays: []Stay{{"H1", "P", "s1", true}, {"H1", "P", "v1", false}, {"H2", "P", "s2", true}},
		Hits: []claimwatch.Hit{
			{FindingID: "f_2", Rule: "FEE-001", InstitutionID: "H1", PersonID: "P", StayID: "s1"},
			{FindingID: "f_1", Rule: "FEE-001", InstitutionID: "H1", PersonID: "P", StayID: "s1"},
			{FindingID: "f_3", Rule: "IDN-001", InstitutionID: "H1", PersonID: "P", StayID: "v1"}, // of a visit, though it speaks of stays
			{FindingID: "f_4", Rule: "DAT-002", InstitutionID: "H1", PersonID: "P", StayID: "x9"}, // no admission
			{FindingID: "f_5", Rule: "ADM-019", InstitutionID: "H1"},
		},
		Missed: []claimwatch.NotEvaluated{
			{Rule: "IDN-001", InstitutionID: "H1", PersonID: "P", StayID: "s1", Reason: "face_required is false"},
			{Rule: "ADM-019", InstitutionID: "H1", Reason: "beds missing"},
			{Rule: "FEE-001", InstitutionID: "H1", PersonID: "P", StayID: "s1", Reason: "beaten by the hit"},
		},
	})
	want := []string{
		"ADM-019 H1|| hit f_5",
		"FEE-001 H1|P|s1 hit f_1 f_2",
		"IDN-001 H1|P|s1 not_evaluated: face_required is false",
		"ADM-019 H1|P|s1 not_evaluated: beds missing",
		"FEE-001 H1|P|v1 pass",
		"IDN-001 H1|P|v1 hit f_3",
		"RX-001 H1|P|v1 pass",
		"DAT-002 H1|P|x9 hit f_4",
		"FEE-001 H2|P|s2 pass",
		"IDN-001 H2|P|s2 pass",
		"ADM-019 H2|P|s2 pass",
	}
	if diff := cmp.Diff(short(rows), want); diff != "" {
		t.Errorf("Rows() (-got, +want):\n%s", diff)
	}
}

// Whatever was said, the sums are the rows counted.
func TestSumsAreTheRowsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := drawSaid(t)
		rows := Rows(someRules, said)
		stays, told := countSaid(said)
		sums := Sums(someRules, stays, told)
		type pair struct{ institution, rule string }
		want := map[pair][3]int64{}
		for _, r := range rows {
			k := pair{r.InstitutionID, r.Rule}
			counts := want[k]
			counts[slices.Index([]Result{Hit, Pass, NotEvaluated}, r.Result)]++
			want[k] = counts
		}
		got := map[pair][3]int64{}
		for _, s := range sums {
			if s.Hit+s.Pass+s.NotEvaluated > 0 {
				got[pair{s.InstitutionID, s.Rule}] = [3]int64{s.Hit, s.Pass, s.NotEvaluated}
			}
			var reasons int64
			for _, r := range s.Reasons {
				reasons += r.Stays
			}
			if reasons != s.NotEvaluated {
				t.Errorf("%s %s: reasons of %d stays, %d not evaluated", s.InstitutionID, s.Rule, reasons, s.NotEvaluated)
			}
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("Sums() (-got, +want):\n%s\n%v", diff, short(rows))
		}
	})
}

// drawSaid draws what was said of a few stays of one person: a rule hits a stay,
// or was not evaluated for it, or neither.
func drawSaid(t *rapid.T) Said {
	var said Said
	for _, s := range []Stay{{"H1", "P", "s1", true}, {"H1", "P", "s2", true}, {"H1", "P", "v1", false}, {"H2", "P", "s3", true}} {
		begun := rapid.Bool().Draw(t, "begun")
		if begun {
			said.Stays = append(said.Stays, s)
		}
		for _, rule := range someRules {
			switch rapid.IntRange(0, 3).Draw(t, "answer") {
			case 0:
				said.Hits = append(said.Hits, claimwatch.Hit{FindingID: "f", Rule: rule.Code, InstitutionID: s.InstitutionID, PersonID: s.PersonID, StayID: s.StayID})
			case 1:
				said.Missed = append(said.Missed, claimwatch.NotEvaluated{
					Rule: rule.Code, InstitutionID: s.InstitutionID, PersonID: s.PersonID, StayID: s.StayID, Reason: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "why"),
				})
			}
		}
	}
	if rapid.Bool().Draw(t, "whole") {
		said.Missed = append(said.Missed, claimwatch.NotEvaluated{Rule: "ADM-019", InstitutionID: "H1", Reason: "beds missing"})
	}
	return said
}

// countSaid counts as the store does.
func countSaid(said Said) (stays []Counted, told []Told) {
	class := map[[2]string]bool{}
	count := map[string]Counted{}
	for _, s := range said.Stays {
		class[[2]string{s.InstitutionID, s.StayID}] = s.Inpatient
		c := count[s.InstitutionID]
		c.InstitutionID = s.InstitutionID
		if s.Inpatient {
			c.Inpatient++
		} else {
			c.Visit++
		}
		count[s.InstitutionID] = c
	}
	for _, c := range count {
		stays = append(stays, c)
	}
	one := func(institution, rule, stay, reason string, hit bool) Told {
		of := Told{InstitutionID: institution, Rule: rule, Hit: hit, Reason: reason, All: 1}
		if inpatient, begun := class[[2]string{institution, stay}]; begun && inpatient {
			of.Inpatient = 1
		} else if begun {
			of.Visit = 1
		}
		return of
	}
	for _, h := range said.Hits {
		told = append(told, one(h.InstitutionID, h.Rule, h.StayID, "", true))
	}
	for _, n := range said.Missed {
		if n.PersonID == "" {
			told = append(told, Told{InstitutionID: n.InstitutionID, Rule: n.Rule, Reason: n.Reason, Whole: true, All: 1})
			continue
		}
		told = append(told, one(n.InstitutionID, n.Rule, n.StayID, n.Reason, false))
	}
	return stays, told
}
