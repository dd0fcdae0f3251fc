package handbook_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch/rules"
	"claimwatch/rules/handbook"
)

// pagesDir is where the handbook is kept.
var pagesDir = filepath.Join("..", "..", "docs", "rules")

// files are the pages of the library that the binary carries.
func files(t *testing.T) (*rules.Library, map[string]string) {
	t.Helper()
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	return library, filesOf(t, library)
}

func filesOf(t *testing.T, library *rules.Library) map[string]string {
	t.Helper()
	book, err := handbook.New(library)
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	pages, err := book.Files()
	if err != nil {
		t.Fatalf("Files() error:\n%+v", err)
	}
	return pages
}

// TestPagesAreCurrent: docs/rules/ holds what the library says, and no page of a
// rule that is gone.
func TestPagesAreCurrent(t *testing.T) {
	_, pages := files(t)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.RemoveAll(pagesDir); err != nil {
			t.Fatalf("remove old pages: %v", err)
		}
		if err := os.MkdirAll(pagesDir, 0o755); err != nil {
			t.Fatalf("make the folder: %v", err)
		}
		for name, page := range pages {
			if err := os.WriteFile(filepath.Join(pagesDir, name), []byte(page), 0o644); err != nil {
				t.Fatalf("write page: %v", err)
			}
		}
	}
	there := map[string]string{}
	entries, err := os.ReadDir(pagesDir)
	if err != nil {
		t.Fatalf("list pages: %v", err)
	}
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(pagesDir, entry.Name()))
		if err != nil {
			t.Fatalf("read page: %v", err)
		}
		there[entry.Name()] = string(text)
	}
	if diff := cmp.Diff(there, pages); diff != "" {
		t.Errorf("docs/rules is stale, run make generate (-there, +library):\n%s", diff)
	}
}

// TestPagesSayAll: every page quotes its articles in full, names every parameter
// with default and range, shows a finding of a case and leaves nothing open.
func TestPagesSayAll(t *testing.T) {
	library, pages := files(t)
	laws, err := rules.Laws()
	if err != nil {
		t.Fatalf("Laws() error:\n%+v", err)
	}
	for _, r := range library.Rules() {
		page := pages[r.Code+".md"]
		wanted := []string{"# " + r.Code + " " + r.Name.Chinese + " · " + r.Name.English, "## 中文\n", "## English\n"}
		for _, a := range r.Basis {
			wanted = append(wanted, quoted(t, laws, a)...)
		}
		defaults, err := library.Defaults(r)
		if err != nil {
			t.Fatalf("Defaults() error:\n%+v", err)
		}
		for _, p := range defaults {
			wanted = append(wanted, "| `"+p.Name+"` | "+p.About.Chinese+" | "+p.Default, "| `"+p.Name+"` | "+p.About.English+" | "+p.Default)
		}
		for table := range r.Reads.Reference {
			wanted = append(wanted, "`"+table+"`")
		}
		for _, text := range wanted {
			if !strings.Contains(page, text) {
				t.Errorf("%s: the page does not say %q", r.Code, text)
			}
		}
		if found := open.FindString(page); found != "" {
			t.Errorf("%s: the page leaves %q open", r.Code, found)
		}
		if strings.Count(page, "| `H1") < 2 && strings.Count(page, "| `P1") < 2 {
			t.Errorf("%s: the page shows no finding in both languages", r.Code)
		}
	}
}

// open is what a page must not hold: an empty text, a parameter that was not
// filled in, an empty list or a wrong format.
var open = regexp.MustCompile(`\{[a-z_]+\}|%!|<no value>|\n\n\n|: *\n\n###`)

// quoted are the paragraphs of an article.
func quoted(t *testing.T, laws []rules.Law, a rules.Article) []string {
	t.Helper()
	for _, law := range laws {
		for _, p := range law.Articles {
			if law.ID == a.Law && p.Article == a.Article {
				return append([]string{law.Title.Chinese, p.Gist}, p.Text...)
			}
		}
	}
	t.Errorf("laws.yaml does not hold %s, article %s", a.Law, a.Article)
	return nil
}

// TestIndexNamesEveryRule in both languages with a link that leads somewhere.
func TestIndexNamesEveryRule(t *testing.T) {
	library, pages := files(t)
	index := pages["README.md"]
	for _, r := range library.Rules() {
		for _, name := range []string{r.Name.Chinese, r.Name.English} {
			if !strings.Contains(index, "| ["+r.Code+"]("+r.Code+".md) | "+name+" | ") {
				t.Errorf("the index has no row of %s %s", r.Code, name)
			}
		}
	}
	for _, m := range regexp.MustCompile(`\]\(([^)]+\.md)\)`).FindAllStringSubmatch(index, -1) {
		if _, there := pages[m[1]]; !there {
			t.Errorf("the index leads to %s, which is not there", m[1])
		}
	}
}

// TestRuleOfOnesOwn: a rule without Chinese, texts or a known law has a page too.
func TestRuleOfOnesOwn(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "FEE-001")
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "library", "FEE-001"))); err != nil {
		t.Fatalf("copy a rule: %v", err)
	}
	own := `code: FEE-001
name: {zh: 甲, en: A}
version: 1
state: draft
severity: violation
basis:
  - {law: house-rules, article: "7"}
scope: person
stays: any
look_back: the stay
time: changes nothing
span: lines
reads:
  tables: [equal_fees]
`
	if err := os.WriteFile(filepath.Join(folder, "rule.yaml"), []byte(own), 0o600); err != nil {
		t.Fatalf("write a rule: %v", err)
	}
	library, err := rules.LoadDir(dir)
	if err != nil {
		t.Fatalf("LoadDir() error:\n%+v", err)
	}
	page := filesOf(t, library)["FEE-001.md"]
	for _, want := range []string{"house-rules", "It looks back at: the stay", "The rule has no parameters."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q:\n%s", want, page)
		}
	}
}
