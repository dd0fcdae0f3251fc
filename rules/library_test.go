package rules_test

import (
	"testing"

	"claimwatch/rules"
)

func TestCases(t *testing.T) {
	t.Parallel()
	library, err := embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	outcomes, err := rules.Test(t.Context(), library, openStore(t))
	if err != nil {
		t.Fatalf("Test() error:\n%+v", err)
	}
	for _, o := range outcomes {
		t.Run(o.Rule+"/"+o.Case, func(t *testing.T) {
			for _, problem := range o.Problems {
				t.Errorf("%s: %s", o.File, problem)
			}
		})
	}
}

func TestEmbeddedLibraryHasNoFaults(t *testing.T) {
	faults, err := rules.Check(t.Context(), "", openStore(t))
	if err != nil {
		t.Fatalf("Check() error:\n%+v", err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// TestNothingIsSaidAboutNothing is what lets the engine leave out the rules
// whose tables are all empty.
func TestNothingIsSaidAboutNothing(t *testing.T) {
	s := openStore(t)
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	statements, err := rules.Prepared(t.Context(), library, s)
	if err != nil {
		t.Fatalf("Prepared() error:\n%+v", err)
	}
	if len(statements) < 12 {
		t.Errorf("%d statements", len(statements))
	}
	for code, sql := range statements {
		rows := 0
		if err := s.Run(t.Context(), sql, func(func(...any) error) error { rows++; return nil }); err != nil || rows > 0 {
			t.Errorf("%s over an empty slice: %d rows, error %v", code, rows, err)
		}
	}
}
