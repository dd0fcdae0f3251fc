package rules

import (
	"bytes"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"claimwatch"
)

// CaseFile is one file of a rule's cases/: a world that its cases share.
type CaseFile struct {
	File  string   `yaml:"-"`
	World []string `yaml:"world"`
	Cases []Case   `yaml:"cases"`
}

// Case is a small world and what the rule must say about it. Facts are one a
// line (see fact): the world's, without those whose id stands in Without, and
// those in Add; an added one replaces the world's of the same id.
type Case struct {
	Name    string            `yaml:"name"`
	Add     []string          `yaml:"add"`
	Without []string          `yaml:"without"`
	AsOf    string            `yaml:"as_of"` // default: long after everything
	Set     map[string]string `yaml:"set"`   // parameters of the rule, or RULE.parameter
	// Find lists every finding that the rule must make, none otherwise.
	Find []Expected `yaml:"find"`
	// NotEvaluated maps a stay (institution|person|stay) to the reason.
	NotEvaluated map[string]string `yaml:"not_evaluated"`
}

// Expected is a finding as a case tells it.
type Expected struct {
	Stay     string              `yaml:"stay"`  // institution|person|stay; default H1|P1|S1
	About    string              `yaml:"about"` // what follows in the subject
	Severity claimwatch.Severity `yaml:"severity"`
	Amount   string              `yaml:"amount"`
	From     string              `yaml:"from"` // looked at when given; "null" for none
	Until    string              `yaml:"until"`
	// Lines maps record_id to the amount of a violating line, or to "involved".
	Lines map[string]string `yaml:"lines"`
}

// readCases reads the case files of a rule.
func readCases(root fs.FS, folder string) ([]CaseFile, Faults) {
	names, err := fs.Glob(root, path.Join(folder, "cases", "*.yaml"))
	if err != nil || len(names) == 0 {
		return nil, Faults{{File: path.Join(folder, "cases"), Line: 1, Message: "there are no cases"}}
	}
	var files []CaseFile
	var faults Faults
	for _, name := range names {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			faults = append(faults, Fault{name, 1, "cannot be read: " + err.Error()})
			continue
		}
		file := CaseFile{File: name}
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&file); err != nil {
			faults = append(faults, yamlFaults(name, err)...)
			continue
		}
		faults = append(faults, file.check(string(text))...)
		files = append(files, file)
	}
	return files, append(faults, enoughCases(folder, files)...)
}

// check says what is wrong with the facts of a file.
func (f CaseFile) check(text string) Faults {
	var faults Faults
	for _, c := range f.Cases {
		if _, err := f.world(c, ""); err != nil {
			faults = append(faults, Fault{f.File, lineOf(text, c.Name, "#"), c.Name + ": " + err.Error()})
		}
	}
	return faults
}

// enoughCases wants at least a hit, a miss and a refund of every rule
// (rules.md, end of section 1).
func enoughCases(folder string, files []CaseFile) Faults {
	hits, misses, refunds := 0, 0, 0
	for _, f := range files {
		for _, c := range f.Cases {
			if len(c.Find) > 0 {
				hits++
			} else {
				misses++
			}
			if strings.Contains(strings.Join(c.Add, "\n"), "reverses=") {
				refunds++
			}
		}
	}
	var faults Faults
	for _, need := range []struct {
		count int
		what  string
	}{{hits, "a case that finds something"}, {misses, "a case that finds nothing"}, {refunds, "a case with a refund"}} {
		if need.count == 0 {
			faults = append(faults, Fault{path.Join(folder, "cases"), 1, need.what + " is missing"})
		}
	}
	return faults
}
