package handbook

import (
	_ "embed" // templates and words
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template"

	"go.yaml.in/yaml/v3"

	"claimwatch/rules"
)

//go:embed words.yaml
var wordsFile []byte

//go:embed page.md.tmpl
var pageForm string

//go:embed index.md.tmpl
var indexForm string

// Book is the handbook of a library.
type Book struct {
	library *rules.Library
	laws    []rules.Law
	words   map[string]rules.Text
}

// New opens the handbook of a library. Errors are those of the files that the
// binary carries.
func New(library *rules.Library) (*Book, error) {
	laws, err := rules.Laws()
	if err != nil {
		return nil, err
	}
	words := map[string]rules.Text{}
	if err := yaml.Unmarshal(wordsFile, &words); err != nil {
		return nil, fmt.Errorf("read words of the handbook: %w", err)
	}
	return &Book{library: library, laws: laws, words: words}, nil
}

// Files are all pages by the name of their file: README.md is the index.
func (b *Book) Files() (map[string]string, error) {
	files := map[string]string{}
	index, err := b.Index()
	if err != nil {
		return nil, err
	}
	files["README.md"] = index
	for _, r := range b.library.Rules() {
		page, err := b.Page(r)
		if err != nil {
			return nil, err
		}
		files[r.Code+".md"] = page
	}
	return files, nil
}

// Page is the page of a rule, Chinese before English.
func (b *Book) Page(r *rules.Rule) (string, error) {
	body, err := b.Body(r)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("# %s %s · %s\n\n[%s · %s](README.md)\n\n%s", r.Code, r.Name.Chinese, r.Name.English,
		b.words["index"].Chinese, b.words["index"].English, body), nil
}

// Body is the page of a rule without its head.
func (b *Book) Body(r *rules.Rule) (string, error) {
	defaults, err := b.library.Defaults(r)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, chinese := range []bool{true, false} {
		s := &side{Book: b, chinese: chinese, rule: r, defaults: defaults}
		text, err := s.write(pageForm, r)
		if err != nil {
			return "", fmt.Errorf("write page of %s: %w", r.Code, err)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n"), nil
}

// Index is the page that lists the rules by section.
func (b *Book) Index() (string, error) {
	parts := []string{fmt.Sprintf("# %s · %s\n", b.words["index"].Chinese, b.words["index"].English)}
	for _, chinese := range []bool{true, false} {
		s := &side{Book: b, chinese: chinese}
		text, err := s.write(indexForm, nil)
		if err != nil {
			return "", fmt.Errorf("write index: %w", err)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n"), nil
}

// side is one language of a page.
type side struct {
	*Book
	chinese  bool
	rule     *rules.Rule
	defaults []rules.Parameter
	missing  []string // words that words.yaml does not have
}

// write fills a form with the words of the language.
func (s *side) write(form string, data any) (string, error) {
	page, err := template.New("page").Funcs(template.FuncMap{
		"w": s.word, "t": s.text, "fill": s.fill, "severities": s.severities, "basis": s.basis, "parameters": s.parameters,
		"needs": s.needs, "unsure": s.unsure, "example": s.example, "groups": s.groups, "colon": s.colon, "intro": s.intro,
	}).Parse(form)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	if err := page.Execute(&text, data); err != nil {
		return "", err
	}
	if len(s.missing) > 0 {
		return "", fmt.Errorf("words.yaml has no %s", strings.Join(s.missing, ", "))
	}
	return text.String(), nil
}

// text is a text in the language of the side.
func (s *side) text(t rules.Text) string {
	if s.chinese {
		return t.Chinese
	}
	return t.English
}

// word is a word of words.yaml, with what is put into it.
func (s *side) word(name string, values ...any) string {
	t, known := s.words[name]
	if !known {
		s.missing = append(s.missing, name)
	}
	if len(values) == 0 {
		return s.text(t)
	}
	return fmt.Sprintf(s.text(t), values...)
}

// fill puts the defaults into a text of the rule: {days} becomes 7 (`days`).
func (s *side) fill(t rules.Text) string {
	text := s.text(t)
	for _, p := range s.defaults {
		shown := p.Default + " (`" + p.Name + "`)"
		if s.chinese {
			shown = p.Default + "\uff08`" + p.Name + "`\uff09"
			text = strings.ReplaceAll(text, "{"+p.Name+"} ", shown) // brackets stand close
		}
		text = strings.ReplaceAll(text, "{"+p.Name+"}", shown)
	}
	return text
}

func (s *side) colon() string {
	if s.chinese {
		return "\uff1a"
	}
	return ": "
}

// list joins names that are code.
func (s *side) list(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "`" + name + "`"
	}
	return strings.Join(quoted, s.word("list.and"))
}

// sortedTables lists the tables of a map of tables and columns.
func sortedTables(tables map[string][]string) []string { return slices.Sorted(maps.Keys(tables)) }
