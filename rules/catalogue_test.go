package rules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch/rules"
)

// catalogued is what the rule catalogue says about a rule: one line of
// testdata/catalogue.tsv.
type catalogued struct{ Code, Chinese, English, Severities, Basis string }

// catalogue reads testdata/catalogue.tsv.
func catalogue(t *testing.T) (rows []catalogued) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "catalogue.tsv"))
	if err != nil {
		t.Fatalf("read the catalogue: %v", err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 5 {
			t.Fatalf("catalogue.tsv: %q has %d cells", line, len(cells))
		}
		rows = append(rows, catalogued{cells[0], cells[1], cells[2], cells[3], cells[4]})
	}
	return rows
}

// written is how a rule of the library would stand in the catalogue.
func written(r *rules.Rule) catalogued {
	letters := map[string]string{"violation": "V", "suspicion": "S", "reminder": "R"}
	var severities []string
	for _, s := range r.Severities() {
		severities = append(severities, letters[string(s)])
	}
	var basis []string
	last := ""
	for _, a := range r.Basis {
		letter := strings.ToUpper(a.Law[:1]) + " "
		if letter == last {
			letter = ""
		} else {
			last = letter
		}
		basis = append(basis, letter+a.Article)
	}
	return catalogued{r.Code, r.Name.Chinese, r.Name.English, strings.Join(severities, "/"), strings.Join(basis, ", ")}
}

// gravestFirst brings the letters of V/S/R into this order.
func gravestFirst(letters string) string {
	all := strings.Split(letters, "/")
	slices.SortFunc(all, func(a, b string) int { return strings.Compare(b, a) })
	return strings.Join(all, "/")
}

// TestLibraryIsTheCatalogue: code, names, severities and articles of every rule
// are those of the rule catalogue.
func TestLibraryIsTheCatalogue(t *testing.T) {
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	var want, got []catalogued
	for _, row := range catalogue(t) {
		r, known := library.Rule(row.Code)
		if !known {
			t.Errorf("%s %s is not in the library", row.Code, row.Chinese)
			continue
		}
		row.Severities = gravestFirst(row.Severities)
		want, got = append(want, row), append(got, written(r))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the library (-catalogue, +library):\n%s", diff)
	}
	if len(library.Rules()) != len(got) {
		t.Errorf("the library has %d rules, of which the catalogue knows %d", len(library.Rules()), len(got))
	}
}

// ruleRow is a row of a table of rules.md; a definition may go over lines.
var ruleRow = regexp.MustCompile(`(?s)\n\| ([A-Z]{2,3}-\d{3}) \| (\S+) ([^|]+) \| .*? \| ([VSR/]+) \| [^|]* \| ([SG][^|]*) \|`)

// TestCatalogueIsRulesMD holds testdata/catalogue.tsv against the paper itself.
func TestCatalogueIsRulesMD(t *testing.T) {
	paper, err := os.ReadFile(filepath.Join("..", "..", "shared", "rules.md"))
	if err != nil {
		t.Skip("the rule catalogue is not beside this checkout: ../shared/rules.md")
	}
	var want []catalogued
	for _, m := range ruleRow.FindAllStringSubmatch(string(paper), -1) {
		want = append(want, catalogued{m[1], m[2], m[3], m[4], m[5]})
	}
	if diff := cmp.Diff(want, catalogue(t)); diff != "" || len(want) != 69 {
		t.Errorf("%d rules of rules.md (-rules.md, +testdata):\n%s", len(want), diff)
	}
}

// keyOrder is the order of the keys of rule.yaml, so that every rule reads like
// the one before.
var keyOrder = []string{
	"code", "name", "version", "state", "severity", "basis", "grounds", "scope", "belongs", "stays", "clock",
	"look_back", "time", "involves", "span", "needs", "reads", "requires", "parameters", "about", "cannot_tell", "answer",
}

// TestRulesReadAlike: the same keys in the same order, texts in both languages,
// and parameters in texts that exist.
func TestRulesReadAlike(t *testing.T) {
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	key := regexp.MustCompile(`(?m)^([a-z_]+):`)
	for _, r := range library.Rules() {
		text, err := os.ReadFile(filepath.Join("library", r.Code, "rule.yaml"))
		if err != nil {
			t.Fatalf("read rule: %v", err)
		}
		at := -1
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			next := slices.Index(keyOrder, m[1])
			if next <= at {
				t.Errorf("%s: key %s stands after %s", r.Code, m[1], keyOrder[at])
			}
			at = max(at, next)
		}
		texts := map[string]rules.Text{"name": r.Name, "look_back": r.LookBack, "time": r.Time, "about": r.About, "answer": r.Answer}
		if r.CannotTell != (rules.Text{}) {
			texts["cannot_tell"] = r.CannotTell
		}
		for _, p := range r.Parameters {
			texts["parameter "+p.Name] = p.About
		}
		for what, text := range texts {
			checkText(t, r, what, text)
		}
	}
}

var (
	named = regexp.MustCompile(`\{([a-z_]+)\}`)
	han   = regexp.MustCompile(`\p{Han}`)
	// narrow is ASCII punctuation beside a Chinese character.
	narrow = regexp.MustCompile(`\p{Han}[,;:()]|[,;:()]\p{Han}`)
)

// checkText holds one text of a rule against what all keep to.
func checkText(t *testing.T, r *rules.Rule, what string, text rules.Text) {
	t.Helper()
	if !han.MatchString(text.Chinese) || text.English == "" || han.MatchString(text.English) {
		t.Errorf("%s: %s needs Chinese and English, has %+v", r.Code, what, text)
	}
	if what != "name" && narrow.MatchString(text.Chinese) { // names are spelled as the catalogue does
		t.Errorf("%s: %s: punctuation in Chinese is full-width: %q", r.Code, what, narrow.FindString(text.Chinese))
	}
	used := map[string][]string{}
	for language, words := range map[string]string{"zh": text.Chinese, "en": text.English} {
		for _, m := range named.FindAllStringSubmatch(words, -1) {
			used[language] = append(used[language], m[1])
			if !slices.ContainsFunc(r.Parameters, func(p rules.Parameter) bool { return p.Name == m[1] }) {
				t.Errorf("%s: %s in %s names {%s}, no parameter of the rule", r.Code, what, language, m[1])
			}
		}
		slices.Sort(used[language])
		used[language] = slices.Compact(used[language])
	}
	if !slices.Equal(used["zh"], used["en"]) {
		t.Errorf("%s: %s names %v in Chinese and %v in English", r.Code, what, used["zh"], used["en"])
	}
	if what == "about" && len(used["en"]) != len(r.Parameters) {
		t.Errorf("%s: about names %v of %d parameters", r.Code, used["en"], len(r.Parameters))
	}
}
