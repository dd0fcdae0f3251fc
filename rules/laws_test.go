package rules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules"
)

func lawsOfTheBinary(t *testing.T) []rules.Law {
	t.Helper()
	laws, err := rules.Laws()
	if err != nil {
		t.Fatalf("Laws() error:\n%+v", err)
	}
	return laws
}

// TestEveryBasisIsQuoted: the library stands by itself, every article that a rule
// cites is there in full.
func TestEveryBasisIsQuoted(t *testing.T) {
	quoted := map[rules.Article]bool{}
	for _, law := range lawsOfTheBinary(t) {
		for _, p := range law.Articles {
			quoted[rules.Article{Law: law.ID, Article: p.Article}] = len(p.Text) > 0 && p.Label.Chinese != "" && p.Label.English != "" && p.Gist != ""
		}
	}
	library, err := embedded()
	if err != nil {
		t.Fatalf("embedded() error:\n%+v", err)
	}
	for _, r := range library.Rules() {
		for _, a := range r.Basis {
			if !quoted[a] {
				t.Errorf("%s rests on %s, article %s, which laws.yaml does not quote", r.Code, a.Law, a.Article)
			}
		}
	}
}

// TestLawsAreInForceByTheirOwnText: what the handbook says about validity is what
// findings are judged by.
func TestLawsAreInForceByTheirOwnText(t *testing.T) {
	var said []claimwatch.Law
	for _, law := range lawsOfTheBinary(t) {
		from, err := claimwatch.ParseDay(law.From)
		if err != nil {
			t.Fatalf("%s: from: %v", law.ID, err)
		}
		until, err := claimwatch.ParseDay(law.Until)
		if err != nil {
			t.Fatalf("%s: until: %v", law.ID, err)
		}
		said = append(said, claimwatch.Law{ID: law.ID, From: from, Until: until})
	}
	if diff := cmp.Diff(rules.ByOwnText, said); diff != "" {
		t.Errorf("laws.yaml (-basis.go, +laws.yaml):\n%s", diff)
	}
}

// folded takes out what print and file write differently: full-width
// punctuation, blanks and tags.
func folded(text string) string {
	text = strings.NewReplacer("\uff0c", ",", "\uff1b", ";", "\uff1a", ":", "\uff08", "(", "\uff09", ")",
		"\u3008", "<", "\u3009", ">").Replace(text)
	text = regexp.MustCompile(`</?(p|strong|br)\b[^>]*>`).ReplaceAllString(text, "")
	return strings.Join(strings.Fields(text), "")
}

// TestArticlesAreTheLaw compares the quoted articles with the documents: each
// stands there whole, from its number to the next.
func TestArticlesAreTheLaw(t *testing.T) {
	for _, law := range lawsOfTheBinary(t) {
		text, err := os.ReadFile(filepath.Join("..", "..", "shared", "law", law.ID+".txt"))
		if err != nil {
			t.Skipf("the laws are not beside this checkout: ../shared/law/%s.txt", law.ID)
		}
		document := folded(string(text))
		for _, p := range law.Articles {
			article := folded(strings.Join(p.Text, ""))
			next := regexp.MustCompile(`^(第[一二三四五六七八九十]+[条章]|[一二三四五六七]、)`)
			if strings.HasPrefix(p.Label.English, "Article") {
				article = p.Label.Chinese + article
			}
			_, rest, there := strings.Cut(document, article)
			if !there || !next.MatchString(rest) {
				t.Errorf("%s, article %s is not what the document says, or not all of it", law.ID, p.Article)
			}
		}
	}
}
