package store_test

import (
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// covered fills a store with two persons at two institutions: p1 has a stay at H1
// and a visit at H2, p2 a stay at H1 and fees at H1 under a number without
// admission. H1 was evaluated across its persons.
func covered(t *testing.T, db *store.DB) claimwatch.Instant {
	t.Helper()
	at := clock("2026-03-02T10:00")
	admitted := func(institution, person, stay, class string, at claimwatch.Instant) *claimwatch.Record {
		r := record(claimwatch.Admission, institution, person, "a-"+person+stay, at)
		r.StayID, r.Values[claimwatch.Admission.Slot("class")] = stay, claimwatch.Value{Text: class, Set: true}
		return r
	}
	again := admitted("H1", "p1", "s1", "rehab", at)
	again.Revision = 2
	gone := admitted("H1", "p1", "s9", "inpatient", at)
	gone.Revision, gone.Cancelled = 2, true
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		admitted("H1", "p1", "s1", "outpatient", at), again, admitted("H2", "p1", "v1", "outpatient", at),
		admitted("H1", "p2", "s2", "inpatient", at), admitted("H1", "p2", "s3", "inpatient", at+1),
		admitted("H1", "p1", "s9", "inpatient", at), gone)))
	missed := func(rule, person, stay, reason string) claimwatch.NotEvaluated {
		return claimwatch.NotEvaluated{Rule: rule, InstitutionID: "H1", PersonID: person, StayID: stay, Reason: reason}
	}
	hit := func(id, rule, person, stay string) claimwatch.Hit {
		return claimwatch.Hit{FindingID: id, Rule: rule, InstitutionID: "H1", PersonID: person, StayID: stay}
	}
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{
		{Scope: "p1", Offset: 1, Hits: []claimwatch.Hit{hit("f_old", "FEE-001", "p1", "s1")}},
		{
			Scope: "p1", Offset: 2, Hits: []claimwatch.Hit{hit("f_1", "FEE-007", "p1", "s1")},
			NotEvaluated: []claimwatch.NotEvaluated{missed("IDN-001", "p1", "s1", "no face")},
		},
		{Scope: "p2", Offset: 1, Hits: []claimwatch.Hit{hit("f_2", "DAT-002", "p2", "x"), hit("f_3", "FEE-007", "p2", "s2"), hit("f_4", "FEE-007", "p2", "s2")}},
		{
			Scope: "inst:H1", Offset: 1, Hits: []claimwatch.Hit{hit("f_5", "ADM-012", "p2", "s2"), hit("f_6", "ADM-099", "", "")},
			NotEvaluated: []claimwatch.NotEvaluated{missed("ADM-019", "", "", "beds missing"), missed("ADM-012", "p1", "s1", "one stay")},
		},
	}, 1000))(t)
	return at
}

// What was said of stays comes by scope, with what was said across institutions;
// only current evaluations count, and only stays that have begun.
func TestCoverageOfScopes(t *testing.T) {
	db := open(t)
	at := covered(t, db)
	all := map[claimwatch.Scope]store.ScopeCoverage{}
	query := store.CoverageQuery{AsOf: at, Limit: 1}
	for pages := 1; ; pages++ {
		list, next, err := db.Coverage(t.Context(), query)
		must(t, err)
		for _, one := range list {
			all[one.Scope] = one
		}
		if query.After = next; next == 0 {
			same(t, "pages", pages, 3)
			break
		}
	}
	same(t, "of p1", all["p1"], store.ScopeCoverage{
		Scope: "p1", Key: store.PersonKey("p1"), Stays: []store.CoveredStay{{"H1", "p1", "s1", true}, {"H2", "p1", "v1", false}},
		Hits: []claimwatch.Hit{{FindingID: "f_1", Rule: "FEE-007", InstitutionID: "H1", PersonID: "p1", StayID: "s1"}},
		Missed: []claimwatch.NotEvaluated{
			{Rule: "IDN-001", InstitutionID: "H1", PersonID: "p1", StayID: "s1", Reason: "no face"},
			{Rule: "ADM-019", InstitutionID: "H1", Reason: "beds missing"},
			{Rule: "ADM-012", InstitutionID: "H1", PersonID: "p1", StayID: "s1", Reason: "one stay"},
		},
	})
	p2 := all["p2"]
	same(t, "stays of p2, one a millisecond ahead", p2.Stays, []store.CoveredStay{{"H1", "p2", "s2", true}})
	same(t, "hits of p2", len(p2.Hits), 4)
	same(t, "not evaluated of p2", p2.Missed, []claimwatch.NotEvaluated{{Rule: "ADM-019", InstitutionID: "H1", Reason: "beds missing"}})
	same(t, "of H1", all["inst:H1"], store.ScopeCoverage{
		Scope: "inst:H1", Key: store.PersonKey("inst:H1"), Hits: []claimwatch.Hit{{FindingID: "f_6", Rule: "ADM-099", InstitutionID: "H1"}},
	})
	for name, c := range map[string]struct {
		query store.CoverageQuery
		want  []claimwatch.Scope
	}{
		"a person":              {store.CoverageQuery{PersonID: "p1"}, []claimwatch.Scope{"p1"}},
		"an institution":        {store.CoverageQuery{InstitutionID: "H2"}, []claimwatch.Scope{"p1"}},
		"the other":             {store.CoverageQuery{InstitutionID: "H1"}, []claimwatch.Scope{"inst:H1", "p1", "p2"}},
		"a stay":                {store.CoverageQuery{StayID: "v1"}, []claimwatch.Scope{"p1"}},
		"one without admission": {store.CoverageQuery{StayID: "x"}, []claimwatch.Scope{"p2"}},
		"hit by a rule":         {store.CoverageQuery{HitBy: ptr2("ADM-012")}, []claimwatch.Scope{"inst:H1"}},
		"nobody":                {store.CoverageQuery{PersonID: "p9"}, nil},
	} {
		c.query.AsOf = at
		list, next, err := db.Coverage(t.Context(), c.query)
		must(t, err)
		scopes := map[claimwatch.Scope]bool{}
		for _, one := range list {
			scopes[one.Scope] = true
		}
		want := map[claimwatch.Scope]bool{}
		for _, scope := range c.want {
			want[scope] = true
		}
		same(t, name, scopes, want)
		same(t, name+": next", next, uint64(0))
	}
}

// Sums count stays, not findings, once each, and only evaluated ones.
func TestCoverageSums(t *testing.T) {
	db := open(t)
	at := covered(t, db)
	unseen := record(claimwatch.Admission, "H1", "p7", "a7", at)
	must(t, db.InsertRecords(t.Context(), stored(0, 2, unseen)))
	stays, sums, err := db.CoverageSums(t.Context(), at, "", "")
	must(t, err)
	same(t, "stays", stays, []store.CoveredStays{{"H1", 2, 0}, {"H2", 0, 1}})
	same(t, "sums", sums, []store.CoverageSum{
		{InstitutionID: "H1", Rule: "ADM-012", Reason: "one stay", All: 1, Inpatient: 1},
		{InstitutionID: "H1", Rule: "ADM-012", Hit: true, All: 1, Inpatient: 1},
		{InstitutionID: "H1", Rule: "ADM-019", Reason: "beds missing", Whole: true, All: 1},
		{InstitutionID: "H1", Rule: "ADM-099", Hit: true, Whole: true, All: 1},
		{InstitutionID: "H1", Rule: "DAT-002", Hit: true, All: 1},
		{InstitutionID: "H1", Rule: "FEE-007", Hit: true, All: 2, Inpatient: 2},
		{InstitutionID: "H1", Rule: "IDN-001", Reason: "no face", All: 1, Inpatient: 1},
	})
	stays, sums, err = db.CoverageSums(t.Context(), at, "H2", "FEE-007")
	must(t, err)
	same(t, "stays of H2", stays, []store.CoveredStays{{"H2", 0, 1}})
	same(t, "sums of H2", len(sums), 0)
	_, sums, err = db.CoverageSums(t.Context(), at, "H1", "IDN-001")
	must(t, err)
	same(t, "sums of a rule", len(sums), 1)
}
