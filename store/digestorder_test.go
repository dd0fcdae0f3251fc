package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// factsInOrder is what a digest is made of, in the order in which it comes.
func factsInOrder(t *testing.T, db *store.DB) (list []string) {
	t.Helper()
	must(t, db.AllFacts(t.Context(), func(id, facts, row string) error { list = append(list, id+" "+facts+" "+row); return nil }))
	return list
}

// Two stores that came to the same findings by other ways give the same facts
// in the same order: in one go, or over detours, in pieces, backwards and merged.
func TestDigestForgetsTheWay(t *testing.T) {
	straight, detour := open(t), open(t)
	var evaluations []claimwatch.Evaluation
	for i := range 60 {
		person := fmt.Sprintf("p%02d", i)
		e := claimwatch.Evaluation{Scope: claimwatch.Scope(person), Offset: 100}
		for j := range i % 4 {
			e.Findings = append(e.Findings, finding("FEE-001", person, fmt.Sprint(person, j), claimwatch.Fen(j+1)))
		}
		evaluations = append(evaluations, e)
	}
	// The same finding out of two scopes is one.
	shared := finding("ADM-017", "p00", "shared", 0)
	evaluations[3].Findings = append(evaluations[3].Findings, shared)
	evaluations[7].Findings = append(evaluations[7].Findings, shared)
	_ = got(straight.SaveEvaluations(t.Context(), evaluations, 5000))(t)

	before := slices.Clone(evaluations)
	for i := range before {
		before[i].Offset = int64(i)
		wrong := finding("FEE-001", "x", fmt.Sprint("wrong", i), 9)
		revised := finding("FEE-001", string(before[i].Scope), fmt.Sprint(before[i].Scope, 0), 77)
		before[i].Findings = []claimwatch.Finding{wrong, revised}
	}
	_ = got(detour.SaveEvaluations(t.Context(), before, 9))(t)
	backwards := slices.Clone(evaluations)
	slices.Reverse(backwards)
	for part := range slices.Chunk(backwards, 7) {
		_ = got(detour.SaveEvaluations(t.Context(), part, claimwatch.Instant(len(part))))(t)
	}
	_ = got(detour.SaveEvaluations(t.Context(), before, 99_000))(t) // late
	want := factsInOrder(t, straight)
	same(t, "facts", len(want), 91)
	same(t, "in order of the ids", slices.IsSorted(want), true)
	same(t, "facts over detours", factsInOrder(t, detour), want)
	optimize(t, detour)
	same(t, "facts over detours, merged", factsInOrder(t, detour), want)

	stop := errors.New("enough")
	if err := straight.AllFacts(t.Context(), func(_, _, _ string) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("AllFacts() error:\n%+v, want that of the reader", err)
	}
}
