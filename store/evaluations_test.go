package store_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

const personScope = claimwatch.Scope("p1")

// finding makes a finding of a person and a subject.
func finding(rule, person, subject string, amount claimwatch.Fen) claimwatch.Finding {
	stay, from := "s-"+person, clock("2026-01-02T03:04")
	return claimwatch.Finding{
		ID: claimwatch.FindingID(rule, subject), Rule: rule, RuleVersion: 1, Severity: claimwatch.Violation,
		InstitutionID: "H1", PersonID: &person, StayID: &stay, Subject: subject, From: &from, Amount: amount,
		Lines:    []claimwatch.Line{{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "f1", Role: claimwatch.Violating, Amount: amount}},
		Evidence: []byte(`{"note":"<a> & 床\n"}`), Basis: []claimwatch.Basis{{Law: "shanxi-2022-measures", Article: "23", InForce: true}},
		Grounds: []string{"38.1"},
	}
}

// evaluation answers an offset for the scope p1.
func evaluation(offset int64, findings ...claimwatch.Finding) claimwatch.Evaluation {
	return claimwatch.Evaluation{Scope: personScope, Partition: 1, Offset: offset, AsOf: clock("2026-02-01T00:00"), Findings: findings}
}

// changes counts what an evaluation changed.
func changes(t *testing.T, db *store.DB, at claimwatch.Instant, evaluations ...claimwatch.Evaluation) map[claimwatch.Change]int {
	t.Helper()
	counts := map[claimwatch.Change]int{}
	for change, list := range got(db.SaveEvaluations(t.Context(), evaluations, at))(t) {
		counts[change] = len(list)
	}
	return counts
}

type counts = map[claimwatch.Change]int

func TestFindingsOpenReviseAndRetract(t *testing.T) {
	db := open(t)
	first, second := finding("FEE-001", "p1", "a", 100), finding("FEE-001", "p1", "b", 200)
	revised := finding("FEE-001", "p1", "a", 150)
	same(t, "first", changes(t, db, 1000, evaluation(1, first, second)), counts{claimwatch.Opened: 2})
	same(t, "nothing", changes(t, db, 2000, evaluation(2, first, second)), counts{})
	same(t, "revised", changes(t, db, 3000, evaluation(3, revised, second)), counts{claimwatch.Revised: 1})
	answer := got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{evaluation(4, revised)}, 4000))(t)
	gone := claimwatch.Instant(4000)
	same(t, "retracted", answer, map[claimwatch.Change][]claimwatch.Held{claimwatch.RetractedNow: {
		{Finding: second, Facts: second.FactsSHA256(), OpenedAt: 1000, RevisedAt: 1000, Retracted: &gone},
	}})
	held, history, ok, err := db.Finding(t.Context(), first.ID)
	must(t, err)
	same(t, "found", ok, true)
	same(t, "held", held, claimwatch.Held{Finding: revised, Facts: revised.FactsSHA256(), OpenedAt: 1000, RevisedAt: 3000})
	same(t, "history", history, []store.FindingEvent{
		{Change: claimwatch.Opened, At: 1000, Facts: first.FactsSHA256()},
		{Change: claimwatch.Revised, At: 3000, Facts: revised.FactsSHA256()},
	})
	held, history, _, err = db.Finding(t.Context(), second.ID)
	must(t, err)
	same(t, "retracted at", held.Retracted, &gone)
	same(t, "history of the retracted", history, []store.FindingEvent{
		{Change: claimwatch.Opened, At: 1000, Facts: second.FactsSHA256()},
		{Change: claimwatch.RetractedNow, At: 4000, Facts: second.FactsSHA256()},
	})
	same(t, "reopened", changes(t, db, 5000, evaluation(5, revised, second)), counts{claimwatch.Opened: 1})
	_, _, ok, err = db.Finding(t.Context(), "f_unknown")
	must(t, err)
	same(t, "unknown", ok, false)
}

// Repeating an evaluation after a crash gives the same answer and changes nothing.
func TestEvaluationRepeated(t *testing.T) {
	db := open(t)
	a, b := finding("FEE-001", "p1", "a", 100), finding("FEE-001", "p1", "b", 200)
	for range 3 {
		same(t, "opened", changes(t, db, 1000, evaluation(1, a, b)), counts{claimwatch.Opened: 2})
	}
	for at := range 3 {
		same(t, "retracted", changes(t, db, claimwatch.Instant(2000+at), evaluation(2, b)), counts{claimwatch.RetractedNow: 1})
	}
	same(t, "unchanged", changes(t, db, 3000, evaluation(3, b)), counts{})
	same(t, "unchanged again", changes(t, db, 3000, evaluation(3, b)), counts{})
	_, history, _, err := db.Finding(t.Context(), a.ID)
	must(t, err)
	same(t, "events", len(history), 2)
	must(t, db.Exec(t.Context(), "OPTIMIZE TABLE finding_sets FINAL"))
	same(t, "rows after a merge: one an epoch", number(t, db, "SELECT count() FROM finding_sets"), uint64(2))
	same(t, "facts", allFacts(t, db), map[string]string{b.ID: b.FactsSHA256()})
	// The same offset with other facts, as records came in between: the later counts.
	same(t, "repeated with more", changes(t, db, 3000, evaluation(3, a, b)), counts{claimwatch.Opened: 1})
	same(t, "both", len(allFacts(t, db)), 2)
}

// A worker that was stopped and continued later answers an older offset. It
// loses by itself, whether it reads before or after the newer worker wrote.
func TestZombieLoses(t *testing.T) {
	for name, merge := range map[string]bool{"unmerged": false, "merged": true} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			a, b, c := finding("FEE-001", "p1", "a", 100), finding("FEE-001", "p1", "b", 200), finding("FEE-001", "p1", "c", 300)
			changes(t, db, 1000, evaluation(5, a))
			// The zombie read the set of offset 5; the newer worker writes; then the zombie writes.
			must(t, db.SaveLate(t.Context(), evaluation(20, b), 2000, evaluation(10, a, c), 3000))
			if merge {
				must(t, db.Exec(t.Context(), "OPTIMIZE TABLE finding_sets FINAL"))
			}
			want := map[string]string{b.ID: b.FactsSHA256()}
			same(t, "facts", allFacts(t, db), want)
			same(t, "late and without a race", changes(t, db, 4000, evaluation(11, c)), counts{})
			same(t, "facts", allFacts(t, db), want)
			held, _, err := db.Findings(t.Context(), store.FindingQuery{Retracted: store.WithRetracted})
			must(t, err)
			same(t, "all that ever stood", rulesOf(held), []string{"a retracted", "b"})
			same(t, "then", changes(t, db, 5000, evaluation(21, b, c)), counts{claimwatch.Opened: 1})
			same(t, "facts", len(allFacts(t, db)), 2)
		})
	}
}

// The zombie's set was empty before, so its row is the only one with a finding.
func TestZombieOfAnEmptySetLoses(t *testing.T) {
	db := open(t)
	must(t, db.SaveLate(t.Context(), evaluation(20), 2000, evaluation(10, finding("FEE-001", "p1", "a", 100)), 3000))
	same(t, "facts", allFacts(t, db), map[string]string{})
	items, _, err := db.Findings(t.Context(), store.FindingQuery{})
	must(t, err)
	same(t, "findings", len(items), 0)
	same(t, "scopes", len(got(db.ScopesWithFindings(t.Context()))(t)), 0)
}

// Two evaluations of a scope in one batch: the greater offset counts.
func TestTwoEvaluationsOfAScope(t *testing.T) {
	db := open(t)
	a, b := finding("FEE-001", "p1", "a", 100), finding("FEE-001", "p1", "b", 200)
	same(t, "changes", changes(t, db, 1000, evaluation(9, b), evaluation(8, a)), counts{claimwatch.Opened: 1})
	same(t, "facts", allFacts(t, db), map[string]string{b.ID: b.FactsSHA256()})
}

func allFacts(t *testing.T, db *store.DB) map[string]string {
	t.Helper()
	facts, last := map[string]string{}, ""
	must(t, db.AllFacts(t.Context(), func(id, hash, _ string) error {
		if id <= last {
			return fmt.Errorf("%s after %s", id, last)
		}
		facts[id], last = hash, id
		return nil
	}))
	return facts
}

// rulesOf names findings by their subjects.
func rulesOf(items []claimwatch.Held) []string {
	names := map[string]bool{}
	for _, item := range items {
		name := item.Subject
		if item.Retracted != nil {
			name += " retracted"
		}
		names[name] = true
	}
	return sortedKeys(names)
}

// The history of a finding says with which reference rows each of its states was
// found: those of the last evaluation that gave it.
func TestFindingKnowledge(t *testing.T) {
	db := open(t)
	for i, of := range []struct {
		amount claimwatch.Fen
		known  string
	}{{100, `{"knowledge_version":3}`}, {100, `{"cap":"9","knowledge_version":5}`}, {150, `{"knowledge_version":8}`}, {160, `"text"`}} {
		one := finding("FEE-001", "p1", "a", of.amount)
		one.Evidence = []byte(of.known)
		changes(t, db, claimwatch.Instant(1000*(i+1)), evaluation(int64(i+1), one))
	}
	changes(t, db, 9000, evaluation(9))
	_, history, _, err := db.Finding(t.Context(), claimwatch.FindingID("FEE-001", "a"))
	must(t, err)
	var known []uint64
	for _, event := range history {
		known = append(known, event.Knowledge)
	}
	same(t, "knowledge", known, []uint64{5, 8, 0, 0})
}
