package oracle

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// adding puts rows into tables of the reference, given as table, rows, table, rows.
func adding(tables ...string) func(Reference) {
	return func(ref Reference) {
		for i := 0; i < len(tables); i += 2 {
			ref[tables[i]] = append(ref[tables[i]], rows(tables[i+1])...)
		}
	}
}

// stand is a row of items that holds everywhere and always.
func stand(code string, columns ...string) string {
	return "item_code=" + code + " valid_from=2020-01-01 in_scope=true " + strings.Join(columns, " ") + "\n"
}

// untoldCase is a world and the stays that a rule cannot judge, with the reason.
type untoldCase struct {
	name string
	log  string
	ref  func(Reference)
	want []string // "s1 row missing"
}

// runUntold holds what a rule does not evaluate against its cases.
func runUntold(t *testing.T, rule string, cases []untoldCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Helper()
			ref := standard()
			if c.ref != nil {
				c.ref(ref)
			}
			var got []string
			for _, n := range Evaluate(OnTime(log(t, c.log)), ref, at(t, "2026-03-31T00:00"), true).NotEvaluated {
				if n.Rule == rule {
					got = append(got, n.StayID+" "+n.Reason)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Fatalf("Evaluate() not evaluated of %s (-got, +want):\n%s", rule, diff)
			}
		})
	}
}

// unloading takes tables away.
func unloading(tables ...string) func(Reference) {
	return func(ref Reference) {
		for _, table := range tables {
			delete(ref, table)
		}
	}
}
