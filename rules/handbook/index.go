package handbook

import (
	"slices"
	"strings"

	"claimwatch/rules"
)

// sections are the groups of the index in the order of the rule catalogue, by
// the letters with which codes begin.
var sections = [][]string{{"AGR"}, {"IDN"}, {"ADM"}, {"FEE", "SWP"}, {"RX", "EXM"}, {"INJ", "REH", "DEV"}, {"DAT"}, {"other"}}

// group is a section of the index: its name is the first of its letters.
type group struct {
	Name  string
	Rules []indexed
}

// indexed is a row of the index.
type indexed struct{ Code, Name, Severity, Basis string }

// intro says what the handbook is and how findings are answered.
func (s *side) intro() string { return s.word("intro", len(s.library.Rules())) }

// groups lists the rules by section; letters that the catalogue does not know
// come last.
func (s *side) groups() []group {
	all := make([]group, len(sections))
	for i, letters := range sections {
		all[i].Name = letters[0]
	}
	for _, r := range s.library.Rules() {
		prefix, _, _ := strings.Cut(r.Code, "-")
		i := slices.IndexFunc(sections, func(letters []string) bool { return slices.Contains(letters, prefix) })
		if i < 0 {
			i = len(sections) - 1
		}
		all[i].Rules = append(all[i].Rules, indexed{r.Code, s.text(r.Name), s.severitiesOf(r), s.basisInShort(r)})
	}
	return slices.DeleteFunc(all, func(g group) bool { return len(g.Rules) == 0 })
}

// basisInShort cites the articles of a rule in one cell.
func (s *side) basisInShort(r *rules.Rule) string {
	var cited []string
	last := ""
	for _, a := range r.Basis {
		law, p := s.passage(a)
		label := s.text(p.Label)
		if law.ID != last {
			last = law.ID
			gap := " "
			if s.chinese {
				gap = ""
			}
			label = s.text(law.Short) + gap + label
		}
		cited = append(cited, label)
	}
	return strings.Join(cited, s.word("list.and"))
}
