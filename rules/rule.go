package rules

import (
	"regexp"
	"slices"

	"claimwatch"
)

// State of a rule in its life: only a stable rule touches money.
type State string

// The states of a rule.
const (
	Draft   State = "draft"
	Trial   State = "trial"
	Stable  State = "stable"
	Retired State = "retired"
)

// Span says where from and until of a finding come from (rules.md 1.19).
type Span string

// The spans.
const (
	SpanStay  Span = "stay"  // admitted_at and discharged_at of the subject's stay
	SpanDay   Span = "day"   // the midnights of the day that the subject names
	SpanLines Span = "lines" // the violating lines, else the involved ones
	SpanGiven Span = "given" // span_from and span_until of the query
)

// Rule is one folder of the library: metadata, a query and cases.
type Rule struct {
	Code       string              `yaml:"code"`
	Name       Text                `yaml:"name"`
	Version    int                 `yaml:"version"`
	State      State               `yaml:"state"`
	Severity   claimwatch.Severity `yaml:"severity"`
	Basis      []Article           `yaml:"basis"`
	Grounds    []string            `yaml:"grounds"`
	Scope      string              `yaml:"scope"`     // person or institution
	Belongs    string              `yaml:"belongs"`   // institution: findings are of the institution alone; else of a stay
	Stays      string              `yaml:"stays"`     // inpatient (and rehab), outpatient or any: which stays it speaks about
	Clock      string              `yaml:"clock"`     // wall: it compares reception times, and tells nothing with the event clock
	LookBack   Text                `yaml:"look_back"` // what history it needs
	Time       Text                `yaml:"time"`      // what the passing of time changes
	Span       Span                `yaml:"span"`
	Involves   []string            `yaml:"involves"` // records of the subject's stay that every finding names: admission
	Reads      Reads               `yaml:"reads"`
	Requires   []string            `yaml:"requires"` // capabilities of the institution
	Needs      []string            `yaml:"needs"`    // tables of which the stay's own row must be there: institutions, persons, injury_cases
	Parameters []Parameter         `yaml:"parameters"`
	About      Text                `yaml:"about"`       // the definition for people; {name} is a parameter
	CannotTell Text                `yaml:"cannot_tell"` // reasons of "not evaluated" of its own
	Answer     Text                `yaml:"answer"`      // what an institution checks, corrects and writes

	text string // of rule.yaml, to name lines
	// Query is the text of query.sql, placeholders and comments included.
	Query string `yaml:"-"`
	// Cases are the rule's own proofs, by file.
	Cases []CaseFile `yaml:"-"`
}

// severityWord finds the severities that a query writes down.
var severityWord = regexp.MustCompile(`'(violation|suspicion|reminder)'`)

// Severities lists those that findings of the rule may have, the gravest first:
// those that the query gives line by line, else the one of the rule.
func (r *Rule) Severities() []claimwatch.Severity {
	given := severityWord.FindAllStringSubmatch(r.Query, -1)
	if len(given) == 0 {
		return []claimwatch.Severity{r.Severity}
	}
	var all []claimwatch.Severity
	for _, s := range []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion, claimwatch.Reminder} {
		if slices.ContainsFunc(given, func(m []string) bool { return m[1] == string(s) }) {
			all = append(all, s)
		}
	}
	return all
}

// Article of a law on which a rule rests.
type Article struct {
	Law     string `yaml:"law"`
	Article string `yaml:"article"`
}

// Reads says which tables and which reference columns a rule depends on, so
// that a changed reference row leads to whom it touches.
type Reads struct {
	// Tables are those of the slice that the query names; while the first has no
	// rows there is nothing to say, and the query is not run.
	Tables []string `yaml:"tables"`
	// Reference maps a reference table to the columns on which the answer
	// depends. One that was never loaded makes the rule "not evaluated".
	Reference map[string][]string `yaml:"reference"`
	// Looks maps reference tables to columns that are looked up where there is
	// a row: a category or a unit. They may be missing.
	Looks map[string][]string `yaml:"looks"`
}

// Parameter is a number of the definition that may be set otherwise. A
// parameter with Of takes the value of another rule's.
type Parameter struct {
	Name    string `yaml:"name"`
	Unit    string `yaml:"unit"` // count, days, hours, minutes, share or score
	Default string `yaml:"default"`
	Min     string `yaml:"min"`
	Max     string `yaml:"max"`
	Of      string `yaml:"of"` // RULE.parameter
	About   Text   `yaml:"about"`
}
