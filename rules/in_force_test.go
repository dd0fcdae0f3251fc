package rules_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap/zaptest"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/rules/backtest"
	"claimwatch/rules/preview"
	"claimwatch/store"
)

// returner comes back on the eighth day. ADM-001 looks seven days back by default.
var returner = []string{
	"a-PERSON admission 01-01T08:00 diagnoses=S72.0", "d-PERSON discharge 01-10T09:00 diagnoses=S72.0",
	"b-PERSON admission 01-18T12:00 diagnoses=S72.1 stay_id=S2",
}

// askers are three ways to ask what ADM-001 says of the returners, on one store.
type askers struct {
	*testStore
	t     *testing.T
	shelf *rules.Shelf
	live  *rules.Engine
	check *preview.Preview
	tests *backtest.Runner
	ahead []claimwatch.Stored // admissions that are asked about before they are sent
}

// heard are the institutions of the findings of ADM-001 by who was asked: live
// evaluation, the check, and the two sides of a backtest.
type heard struct{ Live, Check, Stands, Asked []string }

// newAskers: of P1 at H1 in Taiyuan and P2 at H2 in Datong everything is stored, of
// Q1 and Q2 there the second admission is not sent yet.
func newAskers(t *testing.T, library *rules.Library) *askers {
	t.Helper()
	facts := []string{"institutions institution_id=H1 city=Taiyuan", "institutions institution_id=H2 city=Datong"}
	for _, person := range []string{"P1", "P2", "Q1", "Q2"} {
		for _, fact := range returner {
			facts = append(facts, strings.Replace(fact, "PERSON", person, 1)+" person_id="+person+" institution_id=H"+person[1:])
		}
	}
	w, err := rules.WorldOf(facts...)
	if err != nil {
		t.Fatalf("WorldOf() error:\n%+v", err)
	}
	a := &askers{testStore: openStore(t), t: t, shelf: rules.NewShelf(library)}
	var sent []claimwatch.Stored
	for i, one := range w.Records {
		s := claimwatch.Stored{Record: one.Record, Hash: one.ContentHash(), ReceivedAt: one.OccurredAt, Position: claimwatch.Position{Offset: int64(i)}}
		if strings.HasPrefix(one.RecordID, "b-Q") {
			a.ahead = append(a.ahead, s)
		} else {
			sent = append(sent, s)
		}
	}
	insert(t, a.testStore, sent)
	for _, table := range claimwatch.Tables() {
		if table.Name == claimwatch.RuleParameters {
			continue
		}
		if err := a.LoadReference(t.Context(), table.Name, w.Reference[table.Name]); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table.Name, err)
		}
	}
	a.live = rules.NewFollower(a.shelf, rules.NewEngine(library, a.Slice, nil, zaptest.NewLogger(t)))
	opened := 0
	a.check = preview.New(preview.Config{Slices: 1}, preview.Deps{
		Library: a.shelf.Library, Log: zaptest.NewLogger(t),
		AsOf: func(context.Context) (claimwatch.Instant, bool, error) { return a.day("2026-02-01"), true, nil },
		Open: func(ctx context.Context, number int) (preview.Slice, error) {
			if opened++; opened > 1 {
				t.Error("a second slice is opened: the one of before was good")
			}
			return a.db.NewSlice(ctx, fmt.Sprintf("preview%d", number))
		},
	})
	t.Cleanup(func() {
		if err := a.check.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	})
	a.tests = backtestsOf(t, a.testStore, a.shelf.Library, a.day("2026-02-01"), a.day("2026-03-01"))
	return a
}

// day is the midnight of a day.
func (a *askers) day(text string) claimwatch.Instant {
	day, err := claimwatch.ParseDay(text)
	if err != nil {
		a.t.Fatalf("ParseDay(%s) error:\n%+v", text, err)
	}
	return day.Midnight()
}

// hear asks all of them.
func (a *askers) hear(q backtest.Request) (h heard) {
	a.t.Helper()
	for _, s := range a.ahead {
		answer, err := a.check.Foresee(a.t.Context(), preview.Question{
			InstitutionID: s.Record.InstitutionID, Records: []*claimwatch.Record{s.Record}, ReceivedAt: s.ReceivedAt,
		})
		if err != nil {
			a.t.Fatalf("Foresee() error:\n%+v", err)
		}
		for i := range answer.Findings {
			if f := &answer.Findings[i]; f.Rule == "ADM-001" {
				h.Check = append(h.Check, f.InstitutionID)
			}
		}
	}
	evaluations, err := a.live.Evaluate(a.t.Context(), []claimwatch.Scope{"P1", "P2", "Q1", "Q2"}, claimwatch.Moment{AsOf: a.day("2026-02-01"), Exact: true})
	if err != nil {
		a.t.Fatalf("Evaluate() error:\n%+v", err)
	}
	for _, e := range evaluations {
		for i := range e.Findings {
			if f := &e.Findings[i]; f.Rule == "ADM-001" {
				h.Live = append(h.Live, f.InstitutionID)
			}
		}
	}
	q.Rule = "ADM-001"
	result := finished(a.t, a.tests, q)
	for _, side := range []struct {
		to   *[]string
		only backtest.Count
	}{{&h.Stands, result.OnlyBefore}, {&h.Asked, result.OnlyNow}} {
		for _, count := range []backtest.Count{result.Both, side.only} {
			for _, example := range count.Examples {
				*side.to = append(*side.to, example.InstitutionID)
			}
		}
		slices.Sort(*side.to) // examples come by amount and id
	}
	return h
}

// TestWhatIsPublishedHoldsForEverybody: a value for one city is in force there
// live, in a check and in what stands of a backtest, unless the backtest knows
// nothing of it yet; what a backtest sets holds everywhere.
func TestWhatIsPublishedHoldsForEverybody(t *testing.T) {
	library, err := rules.LoadDir(lockedLibrary(t, "ADM-001", "ADM-003"))
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	a := newAskers(t, library)
	if diff := cmp.Diff(heard{}, a.hear(backtest.Request{})); diff != "" {
		t.Errorf("by default (-want, +got):\n%s", diff)
	}
	load := store.ReferenceLoad{Table: claimwatch.RuleParameters, Seq: 1000, Actor: "test", KnownFrom: a.day("2026-02-10")}
	load.Rows = []store.ReferenceRow{{Values: parameterRow("V1", "ADM-001", "days", "10", "Taiyuan")}}
	if err := a.db.SaveReference(t.Context(), load); err != nil {
		t.Fatalf("SaveReference() error:\n%+v", err)
	}
	taiyuan, both := []string{"H1"}, []string{"H1", "H2"}
	for _, c := range []struct {
		name string
		ask  backtest.Request
		want heard
	}{
		{"as it stands", backtest.Request{}, heard{Live: taiyuan, Check: taiyuan, Stands: taiyuan, Asked: taiyuan}},
		{"a value that lets it pass", backtest.Request{Set: map[string]string{"days": "7"}}, heard{Live: taiyuan, Check: taiyuan, Stands: taiyuan}},
		{"a value for everybody", backtest.Request{Set: map[string]string{"days": "9"}}, heard{Live: taiyuan, Check: taiyuan, Stands: taiyuan, Asked: both}},
		{"before it was published", backtest.Request{KnownAt: "2026-02-09"}, heard{Live: taiyuan, Check: taiyuan}},
		{"before it was published, with a value", backtest.Request{KnownAt: "2026-02-09", Set: map[string]string{"days": "9"}}, heard{Live: taiyuan, Check: taiyuan, Asked: both}},
		{"when it was published", backtest.Request{KnownAt: "2026-02-10"}, heard{Live: taiyuan, Check: taiyuan, Stands: taiyuan, Asked: taiyuan}},
	} {
		if diff := cmp.Diff(c.want, a.hear(c.ask)); diff != "" {
			t.Errorf("%s (-want, +got):\n%s", c.name, diff)
		}
	}
}

// TestAReloadIsInUseEverywhere: checks and backtests answer with the library that
// live evaluation has, from the next question on.
func TestAReloadIsInUseEverywhere(t *testing.T) {
	dir := lockedLibrary(t, "ADM-001", "ADM-003")
	library, err := rules.LoadDir(dir)
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	a := newAskers(t, library)
	if diff := cmp.Diff(heard{}, a.hear(backtest.Request{})); diff != "" {
		t.Errorf("of the library of before (-want, +got):\n%s", diff)
	}
	edit(t, dir, "ADM-001/rule.yaml", `default: "7"`, `default: "8"`)
	edit(t, dir, "ADM-001/rule.yaml", "version: 1", "version: 2")
	relock(t, dir, "ADM-001")
	if faults, err := a.shelf.Reload(t.Context(), dir, a.testStore); err != nil || len(faults) > 0 {
		t.Fatalf("Reload() = %v, error:\n%+v", faults, err)
	}
	both := []string{"H1", "H2"}
	if diff := cmp.Diff(heard{both, both, both, both}, a.hear(backtest.Request{})); diff != "" {
		t.Errorf("of the new library (-want, +got):\n%s", diff)
	}
	if diff := cmp.Diff(heard{both, both, both, nil}, a.hear(backtest.Request{Set: map[string]string{"days": "7"}})); diff != "" {
		t.Errorf("with the value of before (-want, +got):\n%s", diff)
	}
}
