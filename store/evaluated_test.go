package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/store"
)

// turn is one call of SaveEvaluations, and what goes wrong with it.
type turn struct {
	evaluations []claimwatch.Evaluation
	moves       []int64 // by how much each offset differs from the scope's newest
	cut, after  bool    // the insert fails and is repeated, after it was done or before
	late        bool    // a slower worker that read the same set writes after it
}

// drawTurns draws the life of two persons and an institution.
func drawTurns(t *rapid.T) []turn {
	turns := make([]turn, rapid.IntRange(4, 9).Draw(t, "turns"))
	for i := range turns {
		one := &turns[i]
		for range rapid.IntRange(1, 2).Draw(t, "evaluations") {
			scope := rapid.SampledFrom([]claimwatch.Scope{"p0", "p0", "p1", "inst:H"}).Draw(t, "scope")
			one.evaluations = append(one.evaluations, claimwatch.Evaluation{Scope: scope, Findings: drawFindings(t, string(scope)), Due: drawDue(t)})
			one.moves = append(one.moves, rapid.SampledFrom([]int64{1, 1, 1, 2, 0, -1}).Draw(t, "move"))
		}
		one.cut, one.after = rapid.IntRange(0, 3).Draw(t, "cut") == 0, rapid.Bool().Draw(t, "after")
		one.late = rapid.IntRange(0, 3).Draw(t, "late") == 0
	}
	return turns
}

// drawFindings draws a set; its facts differ by the amount, its evidence does
// not belong to the facts.
func drawFindings(t *rapid.T, scope string) []claimwatch.Finding {
	var findings []claimwatch.Finding
	for _, subject := range []string{"a", "b", "c"} {
		if rapid.Bool().Draw(t, subject) {
			f := finding("FEE-001", "p", scope+subject, rapid.SampledFrom([]claimwatch.Fen{1, 1, 2}).Draw(t, "amount"))
			f.Evidence = []byte(rapid.SampledFrom([]string{`{"n":1}`, `{"n":2}`}).Draw(t, "evidence"))
			if row := rapid.SampledFrom([]string{"", "", "W1", "W2"}).Draw(t, "whitelisted"); row != "" {
				f.SuppressedBy = &row
			}
			findings = append(findings, f)
		}
	}
	return findings
}

func drawDue(t *rapid.T) (list []claimwatch.Due) {
	for range rapid.IntRange(0, 2).Draw(t, "due") {
		list = append(list, claimwatch.Due{
			InstitutionID: rapid.SampledFrom([]string{"", "H1", "H2"}).Draw(t, "of"), At: claimwatch.Instant(rapid.Int64Range(1, 40).Draw(t, "at")) * 1000,
		})
	}
	return list
}

// inWorld gives an evaluation a scope and subjects of its world's own.
func inWorld(world int, e claimwatch.Evaluation) claimwatch.Evaluation {
	prefix := fmt.Sprintf("%dw", world)
	if institution, ok := e.Scope.Institution(); ok {
		e.Scope = claimwatch.InstitutionScope(prefix + institution)
	} else {
		e.Scope = claimwatch.Scope(prefix) + e.Scope
	}
	e.Findings = slices.Clone(e.Findings)
	for i := range e.Findings {
		f := &e.Findings[i]
		f.Subject = prefix + f.Subject
		f.ID = claimwatch.FindingID(f.Rule, f.Subject)
	}
	slices.SortFunc(e.Findings, func(a, b claimwatch.Finding) int { return strings.Compare(a.ID, b.ID) })
	return e
}

// Whatever is evaluated, late, twice, raced or cut off, the findings, their
// history and their due times are those of the newest offsets in their order
// (C12, K10, K11), merged or not (C21).
func TestEvaluationsAnswerLikePlainHoldings(t *testing.T) {
	db := open(t)
	faulty, faults, err := db.WithFaults(t.Context())
	must(t, err)
	defer func() { must(t, faulty.Close()) }()
	drawn := rapid.Custom(drawTurns)
	all, at := holdings{}, claimwatch.Instant(0)
	for world := range 10 {
		for i, one := range drawn.Example(world) {
			at += 1000 * claimwatch.Instant(i%2) // now and then the clock stands still
			take(t, faulty, faults, all, world, one, at)
		}
	}
	if faults.Struck() < 5 {
		t.Errorf("only %d inserts were interrupted", faults.Struck())
	}
	for _, when := range []string{"as written", "merged"} {
		t.Run(when, func(t *testing.T) {
			all.compare(t, db)
			histories(t, db, all)
			for asOf := range claimwatch.Instant(4) {
				presents := map[string]claimwatch.Instant{"H1": asOf * 7000, "H2": 40_000 - asOf*9000, "": 99_000}
				same(t, "due scopes", got(db.DueScopes(t.Context(), asOf*11_000, presents))(t), all.dueBy(asOf*11_000, presents))
			}
		})
		optimize(t, db)
	}
}

// take makes a turn in the store and in the model and compares the answers.
func take(t *testing.T, db *store.DB, faults *store.Faults, all holdings, world int, one turn, at claimwatch.Instant) {
	t.Helper()
	var evaluations []claimwatch.Evaluation
	newest := map[claimwatch.Scope]claimwatch.Evaluation{}
	for i, e := range one.evaluations {
		e = inWorld(world, e)
		e.Offset = max(1, all.of(e.Scope).offset+one.moves[i])
		evaluations = append(evaluations, e)
		if before, twice := newest[e.Scope]; !twice || before.Offset <= e.Offset {
			newest[e.Scope] = e
		}
	}
	if one.late && len(newest) == 1 {
		race(t, db, all, newest[evaluations[0].Scope], at)
		return
	}
	if one.cut {
		faults.Arm(1, one.after)
		if _, err := db.SaveEvaluations(t.Context(), evaluations, at); !errors.Is(err, store.ErrFault) && faults.Struck() > 0 && err != nil {
			t.Fatalf("SaveEvaluations() error:\n%+v, want the fault", err)
		} else if err == nil || one.after {
			stepAll(all, newest, at)
		}
		faults.Arm(0, false)
	}
	same(t, "answer", got(db.SaveEvaluations(t.Context(), evaluations, at))(t), stepAll(all, newest, at))
}

func stepAll(all holdings, newest map[claimwatch.Scope]claimwatch.Evaluation, at claimwatch.Instant) map[claimwatch.Change][]claimwatch.Held {
	answer := map[claimwatch.Change][]claimwatch.Held{}
	for scope, e := range newest {
		for change, list := range all.of(scope).step(e, at) {
			answer[change] = append(answer[change], list...)
		}
	}
	for _, list := range answer {
		slices.SortFunc(list, func(a, b claimwatch.Held) int { return strings.Compare(a.ID, b.ID) })
	}
	return answer
}

// race lets a worker that answers an offset before e write after e. It saw what
// stood then, and one finding that nobody else ever raises.
func race(t *testing.T, db *store.DB, all holdings, e claimwatch.Evaluation, at claimwatch.Instant) {
	t.Helper()
	before := all.of(e.Scope)
	late := claimwatch.Evaluation{Scope: e.Scope, Offset: before.offset + 1, Due: []claimwatch.Due{{At: 1}}}
	e.Offset = late.Offset + 1
	ghost := finding("FEE-001", "p", string(e.Scope)+"ghost", 5)
	late.Findings = append(late.Findings, ghost)
	for id := range before.stands {
		late.Findings = append(late.Findings, before.stands[id].Finding)
	}
	must(t, db.SaveLate(t.Context(), e, at, late, at+500))
	before.step(e, at)
	_, _, ok, err := db.Finding(t.Context(), ghost.ID)
	must(t, err)
	same(t, "a finding of a late worker alone exists", ok, false)
}

// histories compares each finding by itself, and what happened to it.
func histories(t *testing.T, db *store.DB, all holdings) {
	t.Helper()
	checked := 0
	for scope, one := range all {
		if !strings.Contains(string(scope), "p1") && !strings.Contains(string(scope), "H") {
			continue
		}
		for id, want := range one.history {
			held, history, ok, err := db.Finding(t.Context(), id)
			must(t, err)
			same(t, "found", ok, true)
			same(t, "held", held, one.last(id))
			same(t, "history", history, want)
			checked++
		}
	}
	if checked < 20 {
		t.Errorf("only %d histories were compared", checked)
	}
}
