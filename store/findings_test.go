package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// province fills a store with findings of many scopes: scope i has findings
// i.0 to i.2, and the last of every fourth scope is retracted later.
func province(t testing.TB, db *store.DB, scopes int) {
	t.Helper()
	var first, second []claimwatch.Evaluation
	for i := range scopes {
		person := fmt.Sprintf("p%05d", i)
		var findings []claimwatch.Finding
		for j := range 3 {
			f := finding([]string{"FEE-001", "ADM-008", "IDN-001"}[j], person, fmt.Sprintf("%05d.%d", i, j), claimwatch.Fen(i%50*100+j))
			f.Severity = []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion, claimwatch.Suspicion}[j]
			f.InstitutionID = fmt.Sprintf("H%d", i%10)
			from := clock("2026-01-02T00:00") + claimwatch.Instant(i)*3_600_000
			f.From = &from
			if j == 2 {
				f.From, f.Until = nil, nil
			}
			if i%5 == 0 && j == 1 {
				f.SuppressedBy = ptr2("W1")
			}
			findings = append(findings, f)
		}
		e := claimwatch.Evaluation{Scope: claimwatch.PersonScope(person), Offset: 1, Findings: findings}
		first = append(first, e)
		if i%4 == 0 {
			e.Offset, e.Findings = 2, findings[:2]
			second = append(second, e)
		}
	}
	for part := range slices.Chunk(first, 1000) {
		_ = got(db.SaveEvaluations(t.Context(), part, 1000))(t)
	}
	for part := range slices.Chunk(second, 1000) {
		_ = got(db.SaveEvaluations(t.Context(), part, 2000))(t)
	}
}

// expected lists the subjects of province that satisfy a filter, by id.
func expected(scopes int, keep func(i, j int, retracted bool) bool) []string {
	var subjects []string
	for i := range scopes {
		for j := range 3 {
			if keep(i, j, j == 2 && i%4 == 0) {
				subjects = append(subjects, fmt.Sprintf("%05d.%d", i, j))
			}
		}
	}
	return subjects
}

func subjects(items []claimwatch.Held) []string {
	list := make([]string, 0, len(items))
	for _, item := range items {
		list = append(list, item.Subject)
	}
	slices.Sort(list)
	return list
}

func ptr2[T any](v T) *T { return &v }

func TestFindingsFilters(t *testing.T) {
	db := open(t)
	const scopes = 40
	province(t, db, scopes)
	start := clock("2026-01-02T00:00")
	for name, test := range map[string]struct {
		query store.FindingQuery
		keep  func(i, j int, retracted bool) bool
	}{
		"all":         {store.FindingQuery{}, func(_, _ int, r bool) bool { return !r }},
		"with":        {store.FindingQuery{Retracted: store.WithRetracted}, func(int, int, bool) bool { return true }},
		"only":        {store.FindingQuery{Retracted: store.OnlyRetracted}, func(_, _ int, r bool) bool { return r }},
		"institution": {store.FindingQuery{InstitutionID: "H3"}, func(i, _ int, r bool) bool { return !r && i%10 == 3 }},
		"person":      {store.FindingQuery{PersonID: "p00004"}, func(i, _ int, r bool) bool { return !r && i == 4 }},
		"person gone": {store.FindingQuery{PersonID: "p00004", Retracted: store.OnlyRetracted}, func(i, _ int, r bool) bool { return r && i == 4 }},
		"stay":        {store.FindingQuery{StayID: "s-p00004"}, func(i, _ int, r bool) bool { return !r && i == 4 }},
		"rule":        {store.FindingQuery{Rule: "IDN-001"}, func(_, j int, r bool) bool { return !r && j == 2 }},
		"severity":    {store.FindingQuery{Severity: claimwatch.Suspicion}, func(_, j int, r bool) bool { return !r && j > 0 }},
		"amount":      {store.FindingQuery{MinAmount: ptr2(claimwatch.Fen(1901))}, func(i, j int, r bool) bool { return !r && i*100+j >= 1901 }},
		"from":        {store.FindingQuery{From: ptr2(start + 10*3_600_000)}, func(i, j int, r bool) bool { return !r && (i >= 10 || j == 2) }},
		"until":       {store.FindingQuery{Until: ptr2(start + 10*3_600_000)}, func(i, j int, r bool) bool { return !r && (i < 10 || j == 2) }},
		"suppressed":  {store.FindingQuery{Suppressed: ptr2(true)}, func(i, j int, _ bool) bool { return i%5 == 0 && j == 1 }},
		"not so":      {store.FindingQuery{Suppressed: ptr2(false)}, func(i, j int, r bool) bool { return !r && (i%5 != 0 || j != 1) }},
		"ids":         {store.FindingQuery{IDs: []string{claimwatch.FindingID("FEE-001", "00007.0"), "f_none"}}, func(i, j int, _ bool) bool { return i == 7 && j == 0 }},
		"no ids":      {store.FindingQuery{IDs: []string{}}, func(int, int, bool) bool { return false }},
		"hostile":     {store.FindingQuery{PersonID: `' OR 1=1 --`}, func(int, int, bool) bool { return false }},
	} {
		t.Run(name, func(t *testing.T) {
			test.query.Limit = 1000
			items, next, err := db.Findings(t.Context(), test.query)
			must(t, err)
			same(t, "next", next, "")
			want := expected(scopes, test.keep)
			if want == nil {
				want = []string{}
			}
			same(t, "subjects", subjects(items), want)
		})
	}
}

// What is found across an institution about a person is found by that person,
// though it is not in the person's own set, while it stands and when it is gone.
func TestFindingsOfAPersonAcrossAnInstitution(t *testing.T) {
	db := open(t)
	shared, own, other := finding("ADM-012", "p2", "shared", 1), finding("FEE-001", "p2", "own", 1), finding("ADM-012", "p3", "other", 1)
	own.InstitutionID = "H2"
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{
		{Scope: "inst:H1", Offset: 1, Findings: []claimwatch.Finding{shared, other}},
		{Scope: "p2", Offset: 1, Findings: []claimwatch.Finding{own}},
	}, 1000))(t)
	of := func(mode store.RetractedMode) []string {
		items, _, err := db.Findings(t.Context(), store.FindingQuery{PersonID: "p2", Retracted: mode})
		must(t, err)
		return subjects(items)
	}
	same(t, "standing", of(store.WithoutRetracted), []string{"own", "shared"})
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{{Scope: "inst:H1", Offset: 2}}, 2000))(t)
	same(t, "standing, once taken back", of(store.WithoutRetracted), []string{"own"})
	same(t, "taken back", of(store.OnlyRetracted), []string{"shared"})
	same(t, "all", of(store.WithRetracted), []string{"own", "shared"})
}

func TestFindingsPages(t *testing.T) {
	db := open(t)
	const scopes = 40
	province(t, db, scopes)
	for name, sort := range map[string]store.FindingSort{"id": store.ByID, "amount": store.ByAmount, "from": store.ByFrom, "revised": store.ByRevised} {
		for _, mode := range []store.RetractedMode{store.WithoutRetracted, store.WithRetracted} {
			t.Run(fmt.Sprint(name, mode), func(t *testing.T) {
				var all []claimwatch.Held
				query := store.FindingQuery{Sort: sort, Limit: 7, Retracted: mode}
				for {
					items, next, err := db.Findings(t.Context(), query)
					must(t, err)
					all = append(all, items...)
					if query.Cursor = next; next == "" {
						break
					}
				}
				same(t, "each once", subjects(all), expected(scopes, func(_, _ int, r bool) bool { return !r || mode == store.WithRetracted }))
				same(t, "sorted", slices.IsSortedFunc(all, order(sort)), true)
			})
		}
	}
	if _, _, err := db.Findings(t.Context(), store.FindingQuery{Cursor: "garbage!"}); claimwatch.CodeOf(err) != claimwatch.CodeBadQuery {
		t.Errorf("Findings() error:\n%+v, want bad_query", err)
	}
}

func order(sort store.FindingSort) func(a, b claimwatch.Held) int {
	rank := func(h claimwatch.Held) int64 {
		switch {
		case sort == store.ByAmount:
			return int64(h.Amount)
		case sort == store.ByRevised:
			return int64(h.RevisedAt)
		case sort == store.ByFrom && h.From != nil:
			return int64(*h.From)
		default:
			return 0
		}
	}
	return func(a, b claimwatch.Held) int {
		if rank(a) != rank(b) {
			return int(min(1, max(-1, rank(b)-rank(a))))
		}
		return strings.Compare(a.ID, b.ID)
	}
}

func TestScopesWithFindings(t *testing.T) {
	db := open(t)
	province(t, db, 5)
	e := evaluation(3)
	e.Scope = "p00002"
	changes(t, db, 3000, e)
	same(t, "scopes", got(db.ScopesWithFindings(t.Context()))(t), []claimwatch.Scope{"p00000", "p00001", "p00003", "p00004"})
}
