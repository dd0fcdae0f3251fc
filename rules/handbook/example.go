package handbook

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/rules"
)

// example is the first case of a rule that finds something and names its lines.
type example struct {
	About    string
	Facts    []fact
	Findings []finding
}

// fact is a record or a row of a case as a row of a table.
type fact struct{ ID, Kind, At, Content string }

// finding is what the case says must be found.
type finding struct{ Subject, Severity, Amount, Violating, Involved string }

// example gives the case, nil where a library of one's own has none.
func (s *side) example() *example {
	file, c, found := firstHit(s.rule)
	if !found {
		return nil
	}
	e := &example{About: s.caseLine(file, c)}
	for _, text := range file.Facts(c) {
		if text != "institutions institution_id=H1" { // the plain hospital of every case
			e.Facts = append(e.Facts, s.fact(text))
		}
	}
	for _, want := range c.Find {
		e.Findings = append(e.Findings, s.finding(want))
	}
	return e
}

// firstHit finds the first case with a finding whose lines are told.
func firstHit(r *rules.Rule) (rules.CaseFile, rules.Case, bool) {
	for _, file := range r.Cases {
		for _, c := range file.Cases {
			if len(c.Find) > 0 && len(c.Find[0].Lines) > 0 {
				return file, c, true
			}
		}
	}
	return rules.CaseFile{}, rules.Case{}, false
}

// caseLine says where the case stands and what is set otherwise. Cases have
// English names.
func (s *side) caseLine(file rules.CaseFile, c rules.Case) string {
	gap := " "
	if s.chinese {
		gap = ""
	}
	line := s.word("example.case", file.File, c.Name) + gap + s.word("example.plain")
	if len(c.Set) > 0 {
		var set []string
		for _, name := range slices.Sorted(maps.Keys(c.Set)) {
			set = append(set, name+" = "+c.Set[name])
		}
		line += gap + s.word("example.set", s.list(set))
	}
	if c.AsOf != "" {
		line += gap + s.word("example.asof", strings.Replace(c.AsOf, "T", " ", 1))
	}
	return line
}

// fact reads a line of a case: "F1 fee 01-02T08:00 item_code=CT" or "items item_code=CT".
func (s *side) fact(text string) fact {
	words := strings.Fields(text)
	if _, isTable := claimwatch.TableNamed(words[0]); isTable {
		return fact{Kind: s.word("row", "`"+words[0]+"`"), Content: content(words[1:])}
	}
	return fact{words[0], s.word("kind." + words[1]), strings.Replace(words[2], "T", " ", 1), content(words[3:])}
}

// content shows fields as the case writes them.
func content(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "`" + cell(strings.Join(words, " ")) + "`"
}

// cell keeps a text inside its cell of a Markdown table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

func (s *side) finding(want rules.Expected) finding {
	severity := cmp.Or(want.Severity, s.rule.Severity)
	f := finding{Subject: "`" + cell(want.Subject()) + "`", Severity: s.word(string(severity)), Amount: want.Amount}
	var violating, involved []string
	for _, id := range slices.Sorted(maps.Keys(want.Lines)) {
		if amount := want.Lines[id]; amount == "involved" {
			involved = append(involved, id)
		} else {
			violating = append(violating, id+" "+amount)
		}
	}
	if len(violating) == 0 {
		f.Amount = "0.00" // which a case need not say
	}
	f.Violating, f.Involved = strings.Join(violating, s.word("list.and")), strings.Join(involved, s.word("list.and"))
	return f
}
