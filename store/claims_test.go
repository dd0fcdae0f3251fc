package store_test

import (
	"testing"

	"claimwatch"
)

// Who claims lines of a person: what stands in the person's own set and about the
// person in the sets of institutions, but for what wants nothing, is suppressed or
// taken back.
func TestClaiming(t *testing.T) {
	db := open(t)
	suppressed := finding("FEE-001", "p1", "suppressed", 5)
	suppressed.SuppressedBy = ptr2("W1")
	own, gone := finding("FEE-001", "p1", "own", 5), finding("FEE-001", "p1", "gone", 5)
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{
		{Scope: "p1", Offset: 1, Findings: []claimwatch.Finding{own, gone, suppressed, finding("ADM-002", "p1", "free", 0)}},
		{Scope: "p2", Offset: 1, Findings: []claimwatch.Finding{finding("FEE-001", "p2", "of another", 5)}},
		{Scope: "inst:H1", Offset: 1, Findings: []claimwatch.Finding{finding("ADM-012", "p1", "across", 5), finding("ADM-012", "p2", "across another", 5)}},
		{Scope: "inst:H2", Offset: 1, Findings: []claimwatch.Finding{finding("ADM-012", "p1", "elsewhere", 5)}},
	}, 1000))(t)
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{
		{Scope: "p1", Offset: 2, Findings: []claimwatch.Finding{own, suppressed}},
	}, 2000))(t)
	of := func(persons, institutions []string) map[string]claimwatch.Finding {
		list := map[string]claimwatch.Finding{}
		for _, f := range got(db.Claiming(t.Context(), persons, institutions))(t) {
			list[f.Subject] = f
		}
		return list
	}
	one := of([]string{"p1"}, []string{"H1"})
	same(t, "of p1 at H1", sortedKeys(one), []string{"across", "own"})
	same(t, "a finding as it was saved", one["own"], own)
	same(t, "of both, at both", sortedKeys(of([]string{"p1", "p2"}, []string{"H1", "H2"})), []string{"across", "across another", "elsewhere", "of another", "own"})
	same(t, "of nobody", len(of(nil, []string{"H1"})), 0)
}
