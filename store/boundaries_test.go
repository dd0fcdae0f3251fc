package store_test

import (
	"fmt"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// spanning makes a finding with a span of its own; absent ends are nil.
func spanning(subject string, from, until *claimwatch.Instant) claimwatch.Finding {
	f := finding("FEE-001", "p1", subject, 100)
	f.From, f.Until = from, until
	return f
}

// The span asked for is half-open, that of a finding has both its ends; one
// without a time lies in every span.
func TestFindingsAtTheEdgesOfASpan(t *testing.T) {
	db := open(t)
	at := clock("2026-03-01T00:00")
	e := evaluation(
		1, spanning("before", ptr2(at-2*day), ptr2(at-1)), spanning("up to it", ptr2(at-2*day), &at), spanning("moment", &at, nil),
		spanning("just before", ptr2(at-1), nil), spanning("last", ptr2(at+day-1), ptr2(at+9*day)), spanning("after", ptr2(at+day), nil),
		spanning("around", ptr2(at-day), ptr2(at+2*day)), spanning("timeless", nil, nil),
	)
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{e}, 1000))(t)
	for name, test := range map[string]struct {
		from, until *claimwatch.Instant
		want        []string
	}{
		"from":         {&at, nil, []string{"after", "around", "last", "moment", "timeless", "up to it"}},
		"from later":   {ptr2(at + 1), nil, []string{"after", "around", "last", "timeless"}},
		"until":        {nil, ptr2(at + day), []string{"around", "before", "just before", "last", "moment", "timeless", "up to it"}},
		"until later":  {nil, ptr2(at + day + 1), []string{"after", "around", "before", "just before", "last", "moment", "timeless", "up to it"}},
		"until sooner": {nil, &at, []string{"around", "before", "just before", "timeless", "up to it"}},
		"a day":        {&at, ptr2(at + day), []string{"around", "last", "moment", "timeless", "up to it"}},
		"nothing else": {ptr2(at + 30*day), ptr2(at + 31*day), []string{"timeless"}},
	} {
		items, _, err := db.Findings(t.Context(), store.FindingQuery{From: test.from, Until: test.until})
		must(t, err)
		same(t, name, subjects(items), test.want)
	}
}

// Pages: the default, the most a page may have, a last page that is full, and
// cursors of other lists.
func TestPagesAtTheirEdges(t *testing.T) {
	db := open(t)
	var evaluations []claimwatch.Evaluation
	for i := range 1001 {
		person := fmt.Sprintf("p%d", i)
		evaluations = append(evaluations, claimwatch.Evaluation{Scope: claimwatch.Scope(person), Offset: 1, Findings: []claimwatch.Finding{finding("FEE-001", person, person, 7)}})
	}
	_ = got(db.SaveEvaluations(t.Context(), evaluations, 1000))(t)
	count := func(limit int, cursor string) (int, string) {
		items, next, err := db.Findings(t.Context(), store.FindingQuery{Limit: limit, Cursor: cursor, Sort: store.ByAmount})
		must(t, err)
		return len(items), next
	}
	for limit, want := range map[int]int{0: 100, -1: 100, 1: 1, 1000: 1000, 100_000: 1000} {
		n, next := count(limit, "")
		same(t, fmt.Sprintf("items of a page of %d", limit), n, want)
		same(t, "goes on", next != "", true)
	}
	_, next := count(1000, "")
	n, next := count(1, next)
	same(t, "the last page is full", []any{n, next}, []any{1, ""})

	for name, cursor := range map[string]string{"no base64": "**", "no JSON": "bm8", "another type": "WzEsMl0"} {
		_, _, err := db.Findings(t.Context(), store.FindingQuery{Cursor: cursor})
		same(t, "findings, "+name, claimwatch.CodeOf(err), claimwatch.CodeBadQuery)
		_, _, err = db.Quarantine(t.Context(), store.QuarantineQuery{Cursor: cursor})
		same(t, "quarantine, "+name, claimwatch.CodeOf(err), claimwatch.CodeBadQuery)
		_, _, err = db.Reference(t.Context(), store.ReferenceQuery{Table: "laws", Cursor: cursor, Limit: 3})
		same(t, "reference, "+name, claimwatch.CodeOf(err), claimwatch.CodeBadQuery)
	}
	for name, cursor := range map[string]string{"nothing": "bnVsbA", "no part": "W10", "of a shorter key": "WyJhIl0", "of a longer key": "WyJhIiwiYiIsImMiXQ"} {
		_, _, err := db.Reference(t.Context(), store.ReferenceQuery{Table: "laws", Cursor: cursor, Limit: 3})
		same(t, "reference, "+name, claimwatch.CodeOf(err), claimwatch.CodeBadQuery)
	}
}

// What comes while somebody pages shifts no page: all that was there from the
// start is seen, and seen once.
func TestPagesHoldStillWhileFindingsCome(t *testing.T) {
	db := open(t)
	one := func(i int) claimwatch.Evaluation {
		person := fmt.Sprintf("p%03d", i)
		f := finding("FEE-001", person, person, claimwatch.Fen(i%5))
		return claimwatch.Evaluation{Scope: claimwatch.Scope(person), Offset: 1, Findings: []claimwatch.Finding{f}}
	}
	var evaluations []claimwatch.Evaluation
	for i := range 20 {
		evaluations = append(evaluations, one(2*i))
	}
	_ = got(db.SaveEvaluations(t.Context(), evaluations, 1000))(t)
	var seen []string
	query := store.FindingQuery{Sort: store.ByAmount, Limit: 3}
	for i := range 40 {
		items, next, err := db.Findings(t.Context(), query)
		must(t, err)
		for _, item := range items {
			if item.OpenedAt == 1000 {
				seen = append(seen, item.Subject)
			}
		}
		if query.Cursor = next; next == "" {
			break
		}
		_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{one(2*i + 1)}, 2000))(t)
	}
	want := make([]string, 0, 20)
	for i := range 20 {
		want = append(want, fmt.Sprintf("p%03d", 2*i))
	}
	slices.Sort(seen)
	same(t, "seen", seen, want)
}

// Refused records are asked for by a half-open span, and a page that ends among
// records of one moment goes on among them.
func TestQuarantineAtTheEdges(t *testing.T) {
	db := open(t)
	var items []claimwatch.Quarantined
	for i := range 9 {
		item := quarantined("R", "", refusal(i, claimwatch.CodeRange))
		item.ReceivedAt += claimwatch.Instant(i / 3) // three at each of three moments, a millisecond apart
		items = append(items, item)
	}
	must(t, db.InsertQuarantined(t.Context(), items, nil))
	must(t, db.InsertQuarantined(t.Context(), nil, nil))
	for limit := 1; limit <= 4; limit++ {
		var indexes []int
		query := store.QuarantineQuery{From: ptr2(today() + 1), Until: ptr2(today() + 2), Limit: limit}
		for range 10 {
			page, next, err := db.Quarantine(t.Context(), query)
			must(t, err)
			for _, item := range page {
				indexes = append(indexes, item.Refusal.Index)
			}
			if query.Cursor = next; next == "" {
				break
			}
		}
		same(t, fmt.Sprintf("pages of %d", limit), indexes, []int{5, 4, 3})
	}
	nobody, next, err := db.Quarantine(t.Context(), store.QuarantineQuery{From: ptr2(today() + 1), Until: ptr2(today() + 1)})
	must(t, err)
	same(t, "an empty span", []any{len(nobody), next}, []any{0, ""})
}

// An answer is given again until its seven days are over, to the millisecond;
// then the next one saved under the key is the first.
func TestIdempotencyTermIsExact(t *testing.T) {
	db := open(t)
	first := today() - day
	for i, at := range []claimwatch.Instant{first, first + 1000} {
		must(t, db.SaveIdempotent(t.Context(), store.IdempotentAnswer{Scope: "k /v1/records", Key: "a", Status: 200 + i, At: at}))
	}
	for _, test := range []struct {
		now    claimwatch.Instant
		status int
	}{
		{first, 200},
		{first + store.IdempotencyTerm - 1, 200},
		{first + store.IdempotencyTerm, 201},
		{first + 1000 + store.IdempotencyTerm - 1, 201},
		{first + 1000 + store.IdempotencyTerm, 0},
	} {
		answer, ok, err := db.Idempotent(t.Context(), "k /v1/records", "a", test.now)
		must(t, err)
		same(t, "status at "+test.now.String(), answer.Status, test.status)
		same(t, "ok", ok, test.status > 0)
	}
	for _, other := range [][2]string{{"k /v1/records", "A"}, {"k /v1/Records", "a"}, {"k", " /v1/recordsa"}, {"", ""}} {
		_, ok, err := db.Idempotent(t.Context(), other[0], other[1], first)
		must(t, err)
		same(t, fmt.Sprintf("%q is another key", other), ok, false)
	}
}
