package rules_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/province/adversary"
	"claimwatch/rules"
	"claimwatch/store"
)

var (
	touchedSeed   = flag.Int("touched.seed", 40_000, "first seed of the worlds of TestTouchedByIsEnough")
	touchedOnly   = flag.String("touched.only", "", "the one table that TestTouchedByIsEnough changes")
	touchedRounds = flag.Int("touched.rounds", 1, "how often TestTouchedByIsEnough changes each table")
)

// The tables that TestTouchedByIsEnough changes. Of a shared table there is one
// for all worlds; of the others every world has rows of its own, so that one
// round is as many experiments as there are worlds.
var (
	ownTables = []string{
		"institutions", "agreements", "persons", "injury_cases", "items", "item_limits", "item_pairs", "item_packages",
		"swaps", "physicians", "referrals", "appraisals", "whitelist",
	}
	sharedTables = []string{"calendar", "los_baselines"}
)

// A rule that reads a table which the differential test does not change could be
// wrong for ever after a change of it.
func TestTouchedCoversWhatRulesRead(t *testing.T) {
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	read := readBy(library)
	for table := range read {
		if !slices.Contains(ownTables, table) && !slices.Contains(sharedTables, table) {
			t.Errorf("a rule reads %s, which TestTouchedByIsEnough does not change", table)
		}
		if store.NoRuleReads(table) {
			t.Errorf("a rule reads %s, a load of which touches nobody", table)
		}
	}
	if len(read) < 10 {
		t.Errorf("the rules read %d tables only", len(read))
	}
}

// readBy gives the columns that rules read, by table.
func readBy(library *rules.Library) map[string]map[string]bool {
	read := map[string]map[string]bool{}
	add := func(table string, columns ...string) {
		if read[table] == nil {
			read[table] = map[string]bool{}
		}
		for _, column := range columns {
			read[table][column] = true
		}
	}
	for _, r := range library.Rules() {
		for _, tables := range []map[string][]string{r.Reads.Reference, r.Reads.Looks} {
			for table, columns := range tables {
				add(table, columns...)
			}
		}
		for _, table := range r.Needs {
			add(table)
		}
	}
	return read
}

// experiment is many worlds in one store, and what is known of everybody.
type experiment struct {
	t      *testing.T
	random *rand.Rand
	store  *testStore
	engine *rules.Engine
	worlds []adversary.Drawn
	read   map[string]map[string]bool // columns that rules read
	scopes []claimwatch.Scope
	asOf   claimwatch.Instant
	stands map[claimwatch.Scope]claimwatch.Evaluation
	saved  int64
}

// change is what loads did; whom they touch is asked of those that changed an answer.
type change struct{ loads, touched, changed, asked int }

// TestTouchedByIsEnough changes a row of a table in every world and evaluates
// everybody anew: whoever has another answer than before was touched by the load
// of that row.
func TestTouchedByIsEnough(t *testing.T) {
	t.Parallel()
	e := newExperiment(t, *touchedSeed, 40)
	sums := map[string]change{}
	for range *touchedRounds {
		for _, table := range append(slices.Clone(ownTables), "items", "items", "items") { // most rules look there
			if *touchedOnly != "" && table != *touchedOnly {
				continue
			}
			sums[table] = sums[table].plus(e.round(table, len(e.worlds)))
		}
		for _, table := range sharedTables {
			for range 3 {
				if *touchedOnly != "" && table != *touchedOnly {
					continue
				}
				sums[table] = sums[table].plus(e.round(table, 1))
			}
		}
	}
	changed := 0
	for _, table := range slices.Sorted(maps.Keys(sums)) {
		s := sums[table]
		changed += s.changed
		t.Logf("%-14s %4d loads changed %d; those that did touched %5.1f %% of %d scopes", table, s.loads, s.changed, 100*float64(s.touched)/float64(max(s.asked, 1)), s.asked)
	}
	if changed < 20 {
		t.Errorf("the test proves nothing: %d answers changed", changed)
	}
}

func (c change) plus(o change) change {
	return change{c.loads + o.loads, c.touched + o.touched, c.changed + o.changed, c.asked + o.asked}
}

func newExperiment(t *testing.T, seed, count int) *experiment {
	e := &experiment{
		t: t, random: rand.New(rand.NewPCG(uint64(seed), 7)), store: openStore(t), stands: map[claimwatch.Scope]claimwatch.Evaluation{},
	}
	world := rapid.Custom(adversary.World)
	for ; len(e.worlds) < count; seed++ {
		drawn := world.Example(seed)
		if len(e.worlds)%2 == 0 || sharedBed(drawn) { // what else reaches beyond those who name an item is in plenty
			e.worlds = append(e.worlds, drawn.Tagged(fmt.Sprintf("w%d.", len(e.worlds))))
		}
	}
	w := accepted(e.worlds)
	w.reference = e.reference()
	w.load(t, e.store)
	insert(t, e.store, w.records)
	e.scopes = slices.Clone(w.scopes)
	for _, r := range w.records {
		e.asOf = max(e.asOf, r.Record.OccurredAt)
		e.scopes = append(e.scopes, claimwatch.InstitutionScope(r.Record.InstitutionID))
	}
	slices.Sort(e.scopes)
	e.scopes = slices.Compact(e.scopes)
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	e.engine, e.read = newEngine(t, e.store), readBy(library)
	e.sweep()
	return e
}

// sharedBed says whether two persons of a world were admitted to one bed that is
// charged for.
func sharedBed(w adversary.Drawn) bool {
	lay, charged := map[string]string{}, map[string]bool{}
	for _, r := range w.Records {
		if r.Kind == claimwatch.Fee && r.Field("category").Text == "bed" {
			charged[r.InstitutionID] = true
		}
	}
	for _, r := range w.Records {
		if r.Kind != claimwatch.Admission || r.Field("bed").Text == "" || r.Field("ward").Text == "" || !charged[r.InstitutionID] {
			continue
		}
		place := r.InstitutionID + "|" + r.Field("ward").Text + "|" + r.Field("bed").Text
		if other, taken := lay[place]; taken && other != r.PersonID {
			return true
		}
		lay[place] = r.PersonID
	}
	return false
}

// reference gives every table with the rows of all worlds, a shared one with
// those of one world: the first load of a table touches everybody, and is done.
func (e *experiment) reference() map[string][][]claimwatch.Value {
	tables := map[string][][]claimwatch.Value{"laws": nil}
	for _, table := range slices.Concat(ownTables, sharedTables) {
		tables[table] = nil
		for i := range e.worlds {
			rows := e.worlds[i].Reference[table]
			for _, row := range rows {
				tables[table] = append(tables[table], referenceRow(table, row))
			}
			if slices.Contains(sharedTables, table) && len(rows) > 0 {
				if e.worlds[0].Reference == nil {
					e.worlds[0].Reference = map[string][]map[string]string{}
				}
				e.worlds[0].Reference[table] = rows
				break
			}
		}
	}
	return tables
}

var knowledgeVersion = regexp.MustCompile(`"knowledge_version":"?\d+"?`)

// withoutVersion leaves out with which load of reference data a finding was last
// looked at: that is other with every load, for those who were looked at.
func withoutVersion(findings []claimwatch.Finding) []claimwatch.Finding {
	findings = slices.Clone(findings)
	for i := range findings {
		findings[i].Evidence = knowledgeVersion.ReplaceAll(findings[i].Evidence, []byte(`"knowledge_version":0`))
	}
	return findings
}

// sweep evaluates everybody and names those whose answer is another than before.
func (e *experiment) sweep() map[claimwatch.Scope]string {
	e.t.Helper()
	changed := map[claimwatch.Scope]string{}
	var save []claimwatch.Evaluation // whom the whitelist and the laws touch is told by the findings that stand
	err := e.engine.EvaluateAll(e.t.Context(), rules.Config{}, e.scopes, claimwatch.Moment{AsOf: e.asOf, Wall: true}, func(now claimwatch.Evaluation) error {
		now.Findings = withoutVersion(now.Findings)
		before, known := e.stands[now.Scope]
		e.stands[now.Scope] = now
		if known && !reflect.DeepEqual(before, now) { // telling the difference is dear
			changed[now.Scope] = cmp.Diff(before, now)
		}
		if e.saved++; !known || changed[now.Scope] != "" {
			now.Offset = e.saved
			save = append(save, now)
		}
		return nil
	})
	if err != nil {
		e.t.Fatalf("EvaluateAll() error:\n%+v", err)
	}
	if _, err := e.store.db.SaveEvaluations(e.t.Context(), save, e.asOf); err != nil {
		e.t.Fatalf("SaveEvaluations() error:\n%+v", err)
	}
	return changed
}

// round changes a table in so many worlds at once and judges each of them.
func (e *experiment) round(table string, worlds int) change {
	e.t.Helper()
	e.store.seq++
	whole := store.ReferenceLoad{Table: table, Seq: e.store.seq, Actor: "test"}
	parts := map[int]store.ReferenceRow{}
	for i := range worlds {
		if row, ok := e.mutate(table, i); ok {
			whole.Rows, parts[i] = append(whole.Rows, row), row
		}
	}
	if err := e.store.db.SaveReference(e.t.Context(), whole); err != nil {
		e.t.Fatalf("SaveReference(%s) error:\n%+v", table, err)
	}
	changed := e.sweep()
	sum := change{loads: len(parts), changed: len(changed)}
	touchedBy := map[int]map[claimwatch.Scope]bool{}
	touches := func(i int, scope claimwatch.Scope) bool { // asked only of the loads that matter
		if touchedBy[i] == nil {
			touchedBy[i] = e.touchedBy(whole, parts[i])
			sum.asked += len(e.scopes)
			sum.touched += len(touchedBy[i])
		}
		return touchedBy[i][scope]
	}
	for scope, diff := range changed {
		i := e.worldOf(scope)
		row, loaded := parts[i]
		if loaded && touches(i, scope) {
			continue
		}
		elsewhere := func(i int) bool { return touches(i, scope) }
		if e.reaches(table, worlds, diff) && slices.ContainsFunc(slices.Sorted(maps.Keys(parts)), elsewhere) {
			continue
		}
		e.t.Errorf("%s is not touched by %s %+v, which changes (-before, +now):\n%s", scope, table, row, diff)
	}
	return sum
}

// reaches says whether a change may come from the load of another world: an item
// of a nursing level that holds everywhere reaches there, and what is whitelisted
// for all.
func (e *experiment) reaches(table string, worlds int, diff string) bool {
	return worlds == 1 || table == "whitelist" || table == "items" && strings.Contains(diff, "FEE-015")
}

// touchedBy are those whom a load touches when it has one row only.
func (e *experiment) touchedBy(load store.ReferenceLoad, row store.ReferenceRow) map[claimwatch.Scope]bool {
	e.t.Helper()
	load.Rows = []store.ReferenceRow{row}
	scopes, err := e.store.db.TouchedBy(e.t.Context(), load)
	if err != nil {
		e.t.Fatalf("TouchedBy(%s) error:\n%+v", load.Table, err)
	}
	touched := map[claimwatch.Scope]bool{}
	for _, scope := range scopes {
		touched[scope] = true
	}
	return touched
}

// worldOf tells the world by the tag of its names.
func (e *experiment) worldOf(scope claimwatch.Scope) (i int) {
	name := strings.TrimPrefix(string(scope), "inst:")
	if _, err := fmt.Sscanf(name, "w%d.", &i); err != nil {
		e.t.Fatalf("scope %s is of no world", scope)
	}
	return i
}
