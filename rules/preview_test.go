package rules_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap/zaptest"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/rules/preview"
)

// beacons are a record of every institution at a moment, of persons of their
// own: the present of each is that moment, whatever else is there.
func beacons(records []claimwatch.Stored, asOf claimwatch.Instant) []claimwatch.Stored {
	seen := map[string]bool{}
	var list []claimwatch.Stored
	for _, s := range records {
		institution := s.Record.InstitutionID
		if seen[institution] {
			continue
		}
		seen[institution] = true
		r := &claimwatch.Record{
			Kind: claimwatch.Fee, Revision: 1, RecordID: "beacon", InstitutionID: institution,
			PersonID: "beacon." + institution, StayID: "none", OccurredAt: asOf, Values: make([]claimwatch.Value, len(claimwatch.Fee.Fields())),
		}
		list = append(list, claimwatch.Stored{Record: r, Hash: r.ContentHash(), Position: claimwatch.Position{Offset: -1}, ReceivedAt: asOf})
	}
	return list
}

// TestLoadWithIsAcceptance: what a slice says with records beside the stored ones
// is what it says once these are stored.
func TestLoadWithIsAcceptance(t *testing.T) {
	t.Parallel()
	w := drawWorlds(7000, 25)
	random := rand.New(rand.NewPCG(7, 7))
	asOf := w.moments(random, 1)[0] + 60*24*3600*1000
	s := openStore(t)
	w.load(t, s)
	insert(t, s, beacons(w.records, asOf))
	var more []claimwatch.Stored
	var held []*claimwatch.Record
	var first []claimwatch.Stored
	for _, r := range w.records {
		if random.IntN(3) == 0 {
			more, held = append(more, r), append(held, r.Record)
		} else {
			first = append(first, r)
		}
	}
	insert(t, s, first)
	// Rules across persons are not asked about what is not stored.
	w.scopes = slices.DeleteFunc(w.scopes, func(scope claimwatch.Scope) bool { _, across := scope.Institution(); return across })
	when := claimwatch.Moment{AsOf: asOf, Exact: true, Wall: true}
	ask := func(engine *rules.Engine) []claimwatch.Evaluation {
		t.Helper()
		evaluations, err := engine.Loaded(t.Context(), w.scopes, when)
		if err != nil {
			t.Fatalf("Loaded() error:\n%+v", err)
		}
		return evaluations
	}
	engine := newEngine(t, s.Slice)
	if err := s.LoadWith(t.Context(), w.scopes, when, held, asOf); err != nil {
		t.Fatalf("LoadWith() error:\n%+v", err)
	}
	got := ask(engine)
	if err := s.LoadWithout(t.Context()); err != nil {
		t.Fatalf("LoadWithout() error:\n%+v", err)
	}
	before := ask(engine)
	plain, err := engine.Evaluate(t.Context(), w.scopes, when)
	if err != nil {
		t.Fatalf("Evaluate() error:\n%+v", err)
	}
	if !reflect.DeepEqual(before, plain) { // telling the difference is dear
		t.Errorf("without them (-got, +want):\n%s", cmp.Diff(before, plain))
	}
	for i := range more {
		more[i].Position, more[i].ReceivedAt = claimwatch.Position{Offset: int64(1_000_000 + i)}, asOf
	}
	insert(t, s, more)
	want, err := engine.Evaluate(t.Context(), w.scopes, when)
	if err != nil {
		t.Fatalf("Evaluate() error:\n%+v", err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("with records more (-got, +want):\n%s", cmp.Diff(got, want))
	}
	if reflect.DeepEqual(before, got) {
		t.Error("the test proves nothing: the records changed nothing")
	}
	if err := s.LoadWithout(t.Context()); err == nil {
		t.Error("LoadWithout() after another load: no error")
	}
}

// previewOf answers questions on the store of a test, as of whatever asOf is then.
func previewOf(t testing.TB, s *testStore, asOf *claimwatch.Instant) *preview.Preview {
	t.Helper()
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	p := preview.New(preview.Config{Wall: true}, preview.Deps{
		Library: func() *rules.Library { return library }, Log: zaptest.NewLogger(t),
		Open: func(ctx context.Context, number int) (preview.Slice, error) {
			return s.db.NewSlice(ctx, fmt.Sprintf("preview%d", number))
		},
		AsOf: func(context.Context) (claimwatch.Instant, bool, error) { return *asOf, true, nil },
	})
	t.Cleanup(func() {
		if err := p.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	})
	return p
}

// crossed is a case in which records of several institutions make a finding,
// asked about in the name of one of them, whose records are not stored.
type crossed struct {
	rules.CaseWorld
	question preview.Question
	foreign  map[string]bool // names that only others use
}

// crossings are the cases of the library with records of more than one
// institution, each for every institution that has a part in it.
func crossings(t testing.TB, s *testStore) (list []crossed) {
	t.Helper()
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	reference := map[string][][]claimwatch.Value{}
	for turn := range 2 { // the cases have two institutions at most
		worlds, err := rules.CaseWorlds(library)
		if err != nil {
			t.Fatalf("CaseWorlds() error:\n%+v", err)
		}
		for _, w := range worlds {
			var institutions []string
			for _, r := range w.World.Records {
				institutions = append(institutions, r.Record.InstitutionID)
			}
			slices.Sort(institutions)
			if institutions = slices.Compact(institutions); len(institutions) <= 1 || len(institutions) <= turn {
				continue
			}
			list = append(list, crossOf(t, s, w, institutions[turn]))
			for table, rows := range w.World.Reference {
				reference[table] = append(reference[table], rows...)
			}
		}
	}
	for _, table := range claimwatch.Tables() {
		if err := s.LoadReference(t.Context(), table.Name, reference[table.Name]); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table.Name, err)
		}
	}
	return list
}

// crossOf stores what the others have sent. The persons of each question are its
// own: of a case that is asked about twice they must not meet.
func crossOf(t testing.TB, s *testStore, w rules.CaseWorld, asker string) crossed {
	t.Helper()
	c := crossed{CaseWorld: w, foreign: map[string]bool{}, question: preview.Question{InstitutionID: asker, ReceivedAt: w.AsOf}}
	var others []claimwatch.Stored
	own := map[string]bool{}
	for i := range w.World.Records {
		r := w.World.Records[i].Record
		if w.World.Records[i].Refused {
			continue
		}
		copied := *r
		if asker != w.Prefix+"H1" {
			copied.PersonID += ".2"
		}
		names := []string{r.InstitutionID, r.StayID, r.RecordID, r.InstitutionID + "." + r.RecordID}
		if r.InstitutionID == asker {
			c.question.Records = append(c.question.Records, &copied)
			for _, name := range names {
				own[name] = true
			}
			continue
		}
		for _, name := range names {
			c.foreign[name] = true
		}
		copied.RecordID = strings.TrimPrefix(copied.PersonID, w.Prefix) + "-" + copied.RecordID // two persons, two records
		c.foreign[copied.RecordID] = true
		others = append(others, claimwatch.Stored{Record: &copied, Hash: copied.ContentHash(), Position: claimwatch.Position{Offset: int64(i)}})
	}
	maps.DeleteFunc(c.foreign, func(name string, _ bool) bool { return own[name] })
	insert(t, s, others)
	return c
}

var between = regexp.MustCompile(`[|",\\]+`)

// TestAnotherInstitutionIsNeverNamed asks, for every case of the library in
// which two institutions have to do with a finding, in the name of each of them.
// In no answer stands anything by which the other, or a stay or record there, is known.
func TestAnotherInstitutionIsNeverNamed(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	list := crossings(t, s)
	var asOf claimwatch.Instant
	p := previewOf(t, s, &asOf)
	told := map[string]int{}
	for _, c := range list {
		asOf = c.AsOf
		answer, err := p.Foresee(t.Context(), c.question)
		if err != nil {
			t.Fatalf("Foresee(%s, %s) error:\n%+v", c.Rule, c.Name, err)
		}
		for i := range answer.Findings {
			f := &answer.Findings[i]
			if f.Rule == c.Rule && f.Elsewhere {
				told[f.Rule]++
			}
			if strings.HasPrefix(f.Rule, "DAT-") || slices.Contains([]string{"ADM-012", "ADM-017", "ADM-019"}, f.Rule) {
				t.Errorf("%s, %s: %s is told", c.Rule, c.Name, f.Rule)
			}
			text, err := json.Marshal(f)
			if err != nil {
				t.Fatalf("write finding: %v", err)
			}
			for _, word := range between.Split(string(text), -1) {
				if c.foreign[word] {
					t.Errorf("%s, %s: %s is told %q in %s", c.Rule, c.Name, c.question.InstitutionID, word, text)
				}
			}
			if f.Elsewhere && (f.FindingID != "" || f.Subject != "" || f.From != nil || f.Message.Chinese == "") {
				t.Errorf("%s, %s: more is told than the own part: %s", c.Rule, c.Name, text)
			}
		}
	}
	t.Logf("%d questions, findings with others: %v", len(list), told)
	for _, rule := range []string{"DEV-001", "DEV-003", "EXM-001", "FEE-010", "IDN-004", "RX-003", "RX-004", "RX-009"} {
		if told[rule] == 0 {
			t.Errorf("no finding of %s that crosses institutions: the test proves nothing about it", rule)
		}
	}
}
