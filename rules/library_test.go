package rules_test

import (
	"testing"

	"claimwatch/rules"
)

func TestCases(t *testing.T) {
	library, err := rules.Embedded()
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
