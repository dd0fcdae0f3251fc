package store_test

import (
	"testing"

	"claimwatch"
)

func TestProgressOnlyGrows(t *testing.T) {
	db := open(t)
	type progress = map[int]claimwatch.Progress
	must(t, db.SaveProgress(t.Context(), "records", progress{0: {Next: 5, ReceivedAt: 1e12}, 3: {Next: 1, ReceivedAt: 1e12}}))
	must(t, db.SaveProgress(t.Context(), "records", progress{0: {Next: 9, ReceivedAt: 1e12 + 5}}))
	must(t, db.SaveProgress(t.Context(), "records", progress{0: {Next: 7, ReceivedAt: 1e12 + 1}})) // a late worker
	must(t, db.SaveProgress(t.Context(), "other", progress{0: {Next: 70, ReceivedAt: 1e12 + 99}}))
	must(t, db.SaveProgress(t.Context(), "records", nil))
	want := progress{0: {Next: 9, ReceivedAt: 1e12 + 5}, 3: {Next: 1, ReceivedAt: 1e12}}
	same(t, "progress", got(db.LoadProgress(t.Context(), "records"))(t), want)
	must(t, db.Exec(t.Context(), "OPTIMIZE TABLE log_progress FINAL"))
	same(t, "merged", got(db.LoadProgress(t.Context(), "records"))(t), want)
	same(t, "nobody", got(db.LoadProgress(t.Context(), "nobody"))(t), progress{})
}

func TestClocksMayGoBack(t *testing.T) {
	db := open(t)
	early := claimwatch.Clock{InstitutionID: "H1", Latest: 1e12, Position: claimwatch.Position{Partition: 2, Offset: 3, Index: 4}}
	late := claimwatch.Clock{InstitutionID: "H1", Latest: 2e12, Position: claimwatch.Position{Partition: 2, Offset: 8}}
	other := claimwatch.Clock{InstitutionID: "H2", Latest: 15e11, Position: claimwatch.Position{Partition: 2, Offset: 8, Index: 1}}
	must(t, db.SaveClocks(t.Context(), []claimwatch.Clock{late, other}, 8))
	must(t, db.SaveClocks(t.Context(), []claimwatch.Clock{early}, 9)) // the latest record was cancelled
	must(t, db.SaveClocks(t.Context(), []claimwatch.Clock{late}, 8))  // a late worker
	must(t, db.SaveClocks(t.Context(), nil, 10))
	same(t, "all", got(db.Clocks(t.Context()))(t), map[string]claimwatch.Clock{"H1": early, "H2": other})
	same(t, "named", got(db.Clocks(t.Context(), "H2", "H9"))(t), map[string]claimwatch.Clock{"H2": other})
	must(t, db.Exec(t.Context(), "OPTIMIZE TABLE institution_clocks FINAL"))
	same(t, "merged", got(db.Clocks(t.Context()))(t), map[string]claimwatch.Clock{"H1": early, "H2": other})
}

func TestExactClock(t *testing.T) {
	db := open(t)
	day := func(d int) claimwatch.Instant { return clock("2026-01-01T00:00") + claimwatch.Instant(d)*86_400_000 }
	fee := func(id string, revision int32, at claimwatch.Instant, cancelled bool) *claimwatch.Record {
		r := record(claimwatch.Fee, "H1", "p"+id, id, at)
		r.Revision, r.Cancelled = revision, cancelled
		return r
	}
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		fee("a", 1, day(-4000), false),
		fee("b", 1, day(2), false), fee("b", 2, day(5), true), // cancelled
		fee("c", 2, day(1), false), fee("c", 1, day(9), false), // corrected to an earlier day
		fee("d", 1, day(3), true), fee("d", 2, day(3)+500, false), // live again
		record(claimwatch.Order, "H1", "p1", "o", day(20)), // moves no clock
		record(claimwatch.Fee, "H2", "p1", "z", day(30)),
	)))
	for name, test := range map[string]struct {
		asOf, want claimwatch.Instant
		index      int32
		ok         bool
	}{
		"now":             {day(40), day(3) + 500, 6, true},
		"at it":           {day(3) + 500, day(3) + 500, 6, true},
		"just before it":  {day(3) + 499, day(1), 3, true},
		"before c":        {day(1) - 1, day(-4000), 0, true},
		"before anything": {day(-4000) - 1, 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			exact, ok, err := db.ExactClock(t.Context(), "H1", test.asOf)
			must(t, err)
			same(t, "ok", ok, test.ok)
			all := got(db.ExactClocks(t.Context(), test.asOf))(t)
			if !ok {
				same(t, "all", all, map[string]claimwatch.Instant{})
				return
			}
			same(t, "clock", exact, claimwatch.Clock{InstitutionID: "H1", Latest: test.want, Position: claimwatch.Position{Offset: 1, Index: test.index}})
			same(t, "of all", all["H1"], test.want)
		})
	}
	same(t, "persons", got(db.PersonsOf(t.Context(), "H1"))(t), []string{"p1", "pa", "pb", "pc", "pd"})
	same(t, "scopes, in the order of the tables", got(db.Scopes(t.Context()))(t), []claimwatch.Scope{"pa", "pd", "pc", "pb", "p1", "inst:H1", "inst:H2"})
}

// due makes an evaluation without findings that time can change.
func due(scope string, offset int64, dues ...claimwatch.Due) claimwatch.Evaluation {
	return claimwatch.Evaluation{Scope: claimwatch.Scope(scope), Offset: offset, Due: dues}
}

func TestDueScopes(t *testing.T) {
	db := open(t)
	_, ok, err := db.NextDue(t.Context())
	must(t, err)
	same(t, "due before anything", ok, false)
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{
		due("never", 1),
		due("as of", 1, claimwatch.Due{At: 5000}),
		due("present", 1, claimwatch.Due{InstitutionID: "H1", At: 5000}),
		due("either", 1, claimwatch.Due{InstitutionID: "H2", At: 2000}, claimwatch.Due{At: 9000}),
		due("past", 1, claimwatch.Due{At: 1000}),
	}, 100))(t)
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{due("past", 2, claimwatch.Due{At: 8000})}, 200))(t)
	for name, test := range map[string]struct {
		asOf     claimwatch.Instant
		presents map[string]claimwatch.Instant
		want     []claimwatch.Scope
	}{
		"nothing":               {4999, map[string]claimwatch.Instant{"H1": 4999, "H2": 1999}, []claimwatch.Scope{}},
		"as of":                 {5000, map[string]claimwatch.Instant{"H1": 4999}, []claimwatch.Scope{"as of"}},
		"present":               {4999, map[string]claimwatch.Instant{"H1": 5000}, []claimwatch.Scope{"present"}},
		"unknown institutions":  {8999, nil, []claimwatch.Scope{"as of", "past"}},
		"the other institution": {4999, map[string]claimwatch.Instant{"H2": 2000}, []claimwatch.Scope{"either"}},
		"all":                   {9000, map[string]claimwatch.Instant{"H1": 9000}, []claimwatch.Scope{"as of", "either", "past", "present"}},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, "scopes", got(db.DueScopes(t.Context(), test.asOf, test.presents))(t), test.want)
		})
	}
	next, _, err := db.NextDue(t.Context())
	must(t, err)
	same(t, "next", next, claimwatch.Instant(2000))
}

// The smallest due times are those of many old rows that are not current.
func TestNextDueLooksPastOldRows(t *testing.T) {
	db := open(t)
	var old, current []claimwatch.Evaluation
	for i := range 700 {
		scope := string(rune('a'+i%26)) + string(rune('a'+i/26))
		old = append(old, due(scope, 1, claimwatch.Due{At: claimwatch.Instant(1000 + i)}))
		current = append(current, due(scope, 2, claimwatch.Due{At: claimwatch.Instant(900_000 + i)}))
	}
	_ = got(db.SaveEvaluations(t.Context(), old, 100))(t)
	_ = got(db.SaveEvaluations(t.Context(), current, 200))(t)
	next, ok, err := db.NextDue(t.Context())
	must(t, err)
	same(t, "ok", ok, true)
	same(t, "next", next, claimwatch.Instant(900_000))
	for i := range current {
		current[i].Offset, current[i].Due = 3, nil
	}
	_ = got(db.SaveEvaluations(t.Context(), current, 300))(t)
	_, ok, err = db.NextDue(t.Context())
	must(t, err)
	same(t, "ok", ok, false)
}
