package rules

import (
	"regexp"
	"slices"
	"strings"

	"claimwatch"
)

var ruleCode = regexp.MustCompile(`^[A-Z]{2,3}-\d{3}$`)

// checkRule says what is wrong with the metadata of a rule.
func checkRule(r *Rule, folder, text string) Faults {
	file := folder + "/rule.yaml"
	var faults Faults
	fault := func(key, message string) {
		faults = append(faults, Fault{File: file, Line: lineOf(text, key, "#"), Message: message})
	}
	if !ruleCode.MatchString(r.Code) || r.Code != folder {
		fault("code", "code must be like ADM-001 and the name of the folder")
	}
	if r.Name.Chinese == "" || r.Name.English == "" {
		fault("name", "name needs zh and en")
	}
	if r.Version < 1 {
		fault("version", "version must be 1 or more")
	}
	choice := func(key, value string, allowed ...string) {
		if !slices.Contains(allowed, value) {
			fault(key, key+" must be one of "+strings.Join(allowed, ", "))
		}
	}
	choice("state", string(r.State), string(Draft), string(Trial), string(Stable), string(Retired))
	choice("severity", string(r.Severity),
		string(claimwatch.Violation), string(claimwatch.Suspicion), string(claimwatch.Reminder))
	choice("scope", r.Scope, "person", "institution")
	choice("stays", r.Stays, "inpatient", "outpatient", "any")
	choice("belongs", r.Belongs, "", "institution")
	choice("clock", r.Clock, "", "wall")
	choice("span", string(r.Span), string(SpanStay), string(SpanDay), string(SpanLines), string(SpanGiven))
	for _, record := range r.Involves {
		choice("involves", record, "admission")
	}
	for _, capability := range r.Requires {
		choice("requires", capability, "face", "vitals", "nursing", "executions")
	}
	for _, table := range r.Needs {
		choice("needs", table, "institutions", "persons", "injury_cases")
	}
	if r.LookBack.English == "" {
		fault("look_back", "look_back must say what history the rule needs")
	}
	if r.Time.English == "" {
		fault("time", "time must say what the passing of time changes")
	}
	if len(r.Basis) == 0 {
		fault("basis", "basis needs an article")
	}
	for _, a := range r.Basis {
		if a.Law == "" || a.Article == "" {
			fault("basis", "an article of basis needs law and article")
		}
	}
	return append(faults, checkReads(r, file, text)...)
}

// checkReads holds the reference tables and columns against the contract.
func checkReads(r *Rule, file, text string) Faults {
	var faults Faults
	for _, read := range []map[string][]string{r.Reads.Reference, r.Reads.Looks} {
		for name, columns := range read {
			table, known := claimwatch.TableNamed(name)
			if !known {
				faults = append(faults, Fault{file, lineOf(text, name, "#"), "there is no reference table " + name})
				continue
			}
			for _, column := range columns {
				if !slices.ContainsFunc(table.Columns, func(c claimwatch.Column) bool { return c.Name == column }) {
					faults = append(faults, Fault{file, lineOf(text, column, "#"), name + " has no column " + column})
				}
			}
		}
	}
	return faults
}

// checkParameters says which parameters are no numbers, out of range, used but
// not declared, or declared but not used.
func (l *Library) checkParameters() Faults {
	var faults Faults
	for _, r := range l.rules {
		file := r.Code + "/rule.yaml"
		declared := map[string]bool{}
		for _, p := range r.Parameters {
			line := lineOf(r.text, "name: "+p.Name, "#")
			if declared[p.Name] {
				faults = append(faults, Fault{file, line, "parameter " + p.Name + " is declared twice"})
			}
			declared[p.Name] = true
			if err := l.checkParameter(p); err != nil {
				faults = append(faults, Fault{file, line, err.Error()})
			}
			if !strings.Contains(r.Query, "{"+p.Name+"}") {
				faults = append(faults, Fault{file, line, "parameter " + p.Name + " is not used by the query"})
			}
		}
		for _, found := range placeholder.FindAllString(r.Query, -1) {
			if !declared[found[1:len(found)-1]] {
				faults = append(faults, Fault{
					r.Code + "/query.sql", lineOf(r.Query, found, "--"),
					"parameter " + found + " is not declared in rule.yaml",
				})
			}
		}
	}
	return faults
}

func (l *Library) checkParameter(p Parameter) error {
	if p.Of != "" {
		_, _, err := l.origin(p)
		return err
	}
	return p.check(p.Default)
}
