package handbook

import (
	"slices"
	"strings"

	"claimwatch/rules"
)

func (s *side) severities() string { return s.severitiesOf(s.rule) }

func (s *side) severitiesOf(r *rules.Rule) string {
	var names []string
	for _, severity := range r.Severities() {
		names = append(names, s.word(string(severity)))
	}
	return strings.Join(names, s.word("list.and"))
}

// passage finds an article; a library of one's own may cite others.
func (s *side) passage(a rules.Article) (rules.Law, rules.LawPassage) {
	for _, law := range s.laws {
		for _, p := range law.Articles {
			if law.ID == a.Law && p.Article == a.Article {
				return law, p
			}
		}
	}
	return rules.Law{ID: a.Law, Title: rules.Text{Chinese: a.Law, English: a.Law}},
		rules.LawPassage{Article: a.Article, Label: rules.Text{Chinese: a.Article, English: a.Article}}
}

// basis lists the articles of the rule, in Chinese in full, each law with its
// validity where its first article stands.
func (s *side) basis() []string {
	var parts []string
	if !s.chinese {
		parts = append(parts, s.word("basis.quoted"))
	}
	last := ""
	for _, a := range s.rule.Basis {
		law, p := s.passage(a)
		if law.ID != last {
			last = law.ID
			parts = append(parts, s.lawLine(law))
		}
		if !s.chinese {
			parts = append(parts, "- "+p.Label.English+". "+p.Gist)
			continue
		}
		paragraphs := append([]string{"**" + p.Label.Chinese + "**"}, p.Text...)
		parts = append(parts, "> "+strings.Join(paragraphs, "\n>\n> "))
	}
	return parts
}

// lawLine names a law and says how long it is in force.
func (s *side) lawLine(law rules.Law) string {
	if law.From == "" {
		return "**" + s.text(law.Title) + "**"
	}
	title, gap := law.Title.English, " "
	if s.chinese {
		title, gap = "\u300a"+law.Title.Chinese+"\u300b", ""
	}
	if strings.Contains(law.Title.Chinese, "\u901a\u77e5") { // a notice is no book title
		title = s.text(law.Title)
	}
	note := s.text(law.Note)
	if note != "" {
		note = gap + note
	}
	return "**" + title + "**" + s.colon() + s.word("validity", law.From, law.Until) + note
}

// parameter is a row of the table of parameters.
type parameter struct{ Name, Meaning, Default, Range string }

func (s *side) parameters() []parameter {
	var rows []parameter
	for _, p := range s.defaults {
		unit := s.word("unit." + p.Unit)
		if unit != "" {
			unit = " " + unit
		}
		row := parameter{p.Name, s.text(p.About), p.Default + unit, p.Min + " " + s.word("to") + " " + p.Max}
		if p.Of != "" {
			row.Range = s.word("same", "`"+p.Of+"`")
		}
		rows = append(rows, row)
	}
	return rows
}

// needs lists what must be there for the rule to be evaluated.
func (s *side) needs() []string {
	r := s.rule
	var list []string
	for _, table := range sortedTables(r.Reads.Reference) {
		list = append(list, s.word("needs.table", table, s.word("table."+table), s.list(r.Reads.Reference[table])))
	}
	for _, table := range sortedTables(r.Reads.Looks) {
		list = append(list, s.word("needs.looks", table, s.word("table."+table), s.list(r.Reads.Looks[table])))
	}
	for _, table := range r.Needs {
		list = append(list, s.word("needs.row", s.word("table."+table), table))
	}
	for _, capability := range r.Requires {
		list = append(list, s.capability("needs", capability))
	}
	if r.Clock == "wall" {
		list = append(list, s.word("needs.wall"))
	}
	return list
}

// capability speaks of what an institution must be able to do.
func (s *side) capability(section, capability string) string {
	if capability == "face" {
		return s.word(section + ".face")
	}
	return s.word(section+".capability", capability)
}

// unsure lists the reasons of "not evaluated" (rules.md 1.23): those of every
// rule of its kind, and its own.
func (s *side) unsure() []string {
	r := s.rule
	var list []string
	if len(r.Reads.Reference) > 0 {
		list = append(list, s.word("unsure.tables", s.list(sortedTables(r.Reads.Reference))))
	}
	// A query that never abstains takes a default for a row that is missing, or
	// the missing row is what it finds.
	abstains := strings.Contains(r.Query, "'not_evaluated'")
	for _, table := range []string{"institutions", "persons", "injury_cases"} {
		_, read := r.Reads.Reference[table]
		if slices.Contains(r.Needs, table) || read && abstains {
			list = append(list, s.word("unsure.row", s.word("table."+table), table))
		}
	}
	if _, read := r.Reads.Reference["items"]; read && abstains {
		list = append(list, s.word("unsure.items"))
	}
	for _, capability := range r.Requires {
		list = append(list, s.capability("unsure", capability))
	}
	if r.Clock == "wall" {
		list = append(list, s.word("unsure.wall"))
	}
	if own := s.fill(r.CannotTell); own != "" {
		list = append(list, strings.TrimRight(own, ".\u3002"))
	}
	return list
}
