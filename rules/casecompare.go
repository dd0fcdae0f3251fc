package rules

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// compare holds what the rule said about a case's persons against what the case
// expects.
func (c running) compare(evaluations []claimwatch.Evaluation) []string {
	var problems []string
	found := map[string]claimwatch.Finding{}
	silent := map[string]string{} // by institution|person|stay, of a rule across persons by institution
	for _, e := range evaluations {
		if who, _ := e.Scope.Institution(); !strings.HasPrefix(cmp.Or(who, string(e.Scope)), c.prefix) {
			continue
		}
		for _, f := range e.Findings {
			if f.Rule == c.rule.Code {
				found[c.plain(f.Subject)] = f
			}
		}
		for _, n := range e.NotEvaluated {
			if n.Rule == c.rule.Code {
				silent[strings.TrimRight(c.plain(claimwatch.Subject(n.InstitutionID, n.PersonID, n.StayID)), "|")] = n.Reason
			}
		}
	}
	for _, want := range c.Case.Find {
		subject := want.Subject()
		got, has := found[subject]
		delete(found, subject)
		if !has {
			problems = append(problems, fmt.Sprintf("no finding about %s", subject))
			continue
		}
		problems = append(problems, c.differences(subject, want, got)...)
	}
	for _, subject := range slices.Sorted(maps.Keys(found)) {
		problems = append(problems, fmt.Sprintf("finding about %s: not expected: %s", subject, c.lines(found[subject])))
	}
	if !maps.Equal(silent, c.Case.NotEvaluated) && len(silent)+len(c.Case.NotEvaluated) > 0 {
		problems = append(problems, fmt.Sprintf("not evaluated: got %v, want %v", silent, c.Case.NotEvaluated))
	}
	return problems
}

// plain takes the prefixes of the case out of a text.
func (c running) plain(text string) string { return strings.ReplaceAll(text, c.prefix, "") }

// Subject is the subject of the finding as a case writes it: that of the stay
// unless it says otherwise, and what follows.
func (e Expected) Subject() string {
	text := e.Stay
	if text == "" {
		text = "H1|P1|S1"
	}
	if e.About != "" {
		text += "|" + e.About
	}
	return text
}

// differences says where a finding is not the one that is expected.
func (c running) differences(subject string, want Expected, got claimwatch.Finding) []string {
	var problems []string
	differ := func(what, got, want string) {
		if got != want {
			problems = append(problems, fmt.Sprintf("finding about %s: %s: got %s, want %s", subject, what, got, want))
		}
	}
	severity := want.Severity
	if severity == "" {
		severity = c.rule.Severity
	}
	differ("severity", string(got.Severity), string(severity))
	if want.Amount != "" {
		differ("amount", got.Amount.String(), want.Amount)
	}
	if want.Lines != nil {
		differ("lines", fmt.Sprint(c.lines(got)), fmt.Sprint(want.Lines))
	}
	differ("from", caseInstant(want.From, got.From), caseExpected(want.From))
	differ("until", caseInstant(want.Until, got.Until), caseExpected(want.Until))
	return problems
}

// lines are the lines of a finding as a case writes them.
func (c running) lines(f claimwatch.Finding) map[string]string {
	lines := map[string]string{}
	for _, l := range f.Lines {
		lines[l.RecordID] = l.Amount.String()
		if l.Role == claimwatch.Involved {
			lines[l.RecordID] = string(claimwatch.Involved)
		}
	}
	return lines
}

// caseInstant writes a time that the case looks at.
func caseInstant(want string, at *claimwatch.Instant) string {
	switch {
	case want == "":
		return ""
	case at == nil:
		return "null"
	default:
		return at.Subject()
	}
}

// caseExpected writes the time that a case expects in the same way.
func caseExpected(want string) string {
	if want == "" || want == "null" {
		return want
	}
	at, err := caseTime(want)
	if err != nil {
		return err.Error()
	}
	return at.Subject()
}
