package attribution

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

func line(record string, role claimwatch.Role, amount claimwatch.Fen) claimwatch.Line {
	return claimwatch.Line{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: record, Role: role, Amount: amount}
}

var order = []string{"IDN-005", "IDN-004", "FEE-001"}

// Violations come before suspicions, then the order of the tables and not that of
// the codes, then the subject bytewise; nobody takes more than is left.
func TestAttribute(t *testing.T) {
	wants := func(id, rule string, severity claimwatch.Severity, subject string, amount claimwatch.Fen) Claimant {
		return Claimant{ID: id, Rule: rule, Severity: severity, Subject: subject, Lines: []claimwatch.Line{line("F1", claimwatch.Violating, amount)}}
	}
	claimants := []Claimant{
		wants("gone", "XXX-001", claimwatch.Suspicion, "a", 50),
		wants("fourth", "IDN-004", claimwatch.Suspicion, "b", 100),
		wants("third", "IDN-004", claimwatch.Suspicion, "B", 25),
		wants("second", "IDN-005", claimwatch.Suspicion, "z", 30),
		wants("first", "FEE-001", claimwatch.Violation, "z", 40),
	}
	claimants = append(claimants, claimants[4]) // told twice
	got := map[string]claimwatch.Fen{}
	for id, lines := range Attribute(claimants, map[Line]claimwatch.Fen{{claimwatch.Fee, "H1", "F1"}: 100}, order) {
		got[id] = lines[Line{claimwatch.Fee, "H1", "F1"}]
	}
	want := map[string]claimwatch.Fen{"first": 40, "second": 30, "third": 25, "fourth": 5, "gone": 0}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("Attribute() (-got, +want):\n%s", diff)
	}
	for id, lines := range Attribute(claimants, nil, order) {
		if lines[Line{claimwatch.Fee, "H1", "F1"}] != 0 {
			t.Errorf("%s takes of a line that is gone", id)
		}
	}
}

// Of no line more is taken than it is worth, and all of it when more is wanted;
// the order in which claimants come changes nothing.
func TestOneYuanOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var claimants []Claimant
		wanted := map[Line]claimwatch.Fen{}
		for i := range rapid.IntRange(0, 8).Draw(t, "claimants") {
			c := Claimant{
				ID: fmt.Sprint("f", i), Rule: rapid.SampledFrom(order).Draw(t, "rule"), Subject: fmt.Sprint(i),
				Severity: rapid.SampledFrom([]claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion}).Draw(t, "severity"),
			}
			for _, record := range []string{"F1", "F2", "F3"} {
				role := rapid.SampledFrom([]claimwatch.Role{claimwatch.Violating, claimwatch.Involved, ""}).Draw(t, "role")
				if amount := claimwatch.Fen(rapid.IntRange(0, 200).Draw(t, "amount")); role != "" {
					c.Lines = append(c.Lines, line(record, role, amount))
					if role == claimwatch.Violating {
						wanted[Of(line(record, role, 0))] += amount
					}
				}
			}
			claimants = append(claimants, c)
		}
		net := map[Line]claimwatch.Fen{{claimwatch.Fee, "H1", "F1"}: 100, {claimwatch.Fee, "H1", "F2"}: 50}
		got := Attribute(claimants, net, order)
		sum := map[Line]claimwatch.Fen{}
		for _, lines := range got {
			for l, part := range lines {
				sum[l] += part
			}
		}
		for l, all := range wanted {
			if want := min(all, net[l]); sum[l] != want {
				t.Errorf("%s: %d are taken of %d, %d are wanted", l.RecordID, sum[l], net[l], all)
			}
		}
		rand.Shuffle(len(claimants), func(i, j int) { claimants[i], claimants[j] = claimants[j], claimants[i] })
		if diff := cmp.Diff(Attribute(claimants, net, order), got); diff != "" {
			t.Errorf("in another order (-got, +want):\n%s", diff)
		}
	})
}
