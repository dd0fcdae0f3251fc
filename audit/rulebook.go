package audit

import (
	"encoding/json"

	"claimwatch"
)

// RuleBook is the library of rules as officers read it.
type RuleBook interface {
	// List gives every rule in order of code, without queries and cases.
	List() []RuleView
	// Rule gives one with its query, cases and articles. When these are in force it
	// says by their laws' own texts.
	Rule(code string) (RuleView, bool)
	// CheckValue says what is wrong with a value that somebody wants to publish for
	// a parameter of a rule.
	CheckValue(code, name, value string) error
	// OnTrial says whether what a rule finds touches no money.
	OnTrial(code string) bool
}

// RuleView is a rule as officers read it.
type RuleView struct {
	Code       string              `json:"code" example:"ADM-001"`
	Name       RuleName            `json:"name"`
	Version    int                 `json:"version" doc:"of query, parameters and what they read: it moves with every change of what the rule says"`
	State      string              `json:"state" enum:"draft,trial,stable,retired" doc:"draft: not evaluated; trial: shown, touches no money; retired: not evaluated any more"`
	Trial      bool                `json:"trial" doc:"what it finds is shown, and neither notified nor rejected nor attributed to"`
	Severity   claimwatch.Severity `json:"severity" enum:"violation,suspicion,reminder"`
	Scope      string              `json:"scope" enum:"person,institution"`
	Stays      string              `json:"stays" enum:"inpatient,outpatient,any"`
	LookBack   RuleName            `json:"look_back" doc:"what history it needs"`
	Time       RuleName            `json:"time" doc:"what the passing of time changes"`
	Requires   []string            `json:"requires" nullable:"false" doc:"capabilities of the institution"`
	Basis      []RuleArticle       `json:"basis" nullable:"false"`
	Grounds    []string            `json:"grounds" nullable:"false"`
	Parameters []ParameterView     `json:"parameters" nullable:"false"`
	Cases      int                 `json:"cases" doc:"how many cases prove it"`
	About      *RuleName           `json:"about,omitempty" doc:"what it finds, in the answer about one rule; parameters with their defaults"`
	CannotTell *RuleName           `json:"cannot_tell,omitempty" doc:"when it is not evaluated, beside what every rule of its kind needs; in the answer about one rule"`
	Answer     *RuleName           `json:"answer,omitempty" doc:"what an institution checks, corrects and writes; in the answer about one rule"`
	Query      string              `json:"query,omitempty" doc:"in the answer about one rule"`
	Reads      []string            `json:"reads,omitempty" nullable:"false" doc:"reference tables that it reads, in the answer about one rule"`
	CaseNames  []string            `json:"case_names,omitempty" nullable:"false" doc:"in the answer about one rule"`
	Articles   []ArticleView       `json:"articles,omitempty" nullable:"false" doc:"those of basis in full, in the answer about one rule"`
}

// RuleName is a name or a text in both languages.
type RuleName struct {
	Chinese string `json:"zh"`
	English string `json:"en"`
}

// RuleArticle is an article on which a rule rests.
type RuleArticle struct {
	Law     string `json:"law" example:"shanxi-2022-measures"`
	Article string `json:"article" example:"23"`
}

// ParameterView is a parameter of a rule with its default.
type ParameterView struct {
	Name    string   `json:"name" example:"days"`
	Unit    string   `json:"unit,omitempty" enum:"count,days,hours,minutes,share,score" doc:"missing when it follows another rule's"`
	Default string   `json:"default,omitempty"`
	Min     string   `json:"min,omitempty"`
	Max     string   `json:"max,omitempty"`
	Of      string   `json:"of,omitempty" doc:"the parameter of another rule whose value it takes" example:"ADM-003.hours"`
	About   RuleName `json:"about"`
}

// PublicationView is a published value of a parameter.
type PublicationView struct {
	ID          string              `json:"id"`
	Name        string              `json:"name" example:"days"`
	Value       string              `json:"value" example:"10"`
	City        string              `json:"city" doc:"empty: everywhere"`
	From        claimwatch.Day      `json:"from" doc:"first service date"`
	Until       *claimwatch.Day     `json:"until" doc:"first day that is no longer covered"`
	Reason      string              `json:"reason"`
	Version     uint64              `json:"version" doc:"the journal entry of the publication"`
	At          claimwatch.Instant  `json:"at"`
	By          string              `json:"by" doc:"id of the key; empty for an institution"`
	InForce     bool                `json:"in_force" doc:"it covers today and is not withdrawn"`
	WithdrawnAt *claimwatch.Instant `json:"withdrawn_at"`
	WithdrawnBy string              `json:"withdrawn_by,omitempty"`
	Withdrawal  string              `json:"withdrawal,omitempty" doc:"why it was withdrawn"`
}

type ruleInput struct {
	Code string `path:"code" example:"ADM-001"`
}

type rulesAnswer struct {
	Body struct {
		Items []RuleView `json:"items" nullable:"false"`
		Next  string     `json:"next"`
	}
}

type ruleAnswer struct {
	Body struct {
		RuleView
		Published []PublicationView `json:"published" nullable:"false" doc:"values of its parameters, in the order of publication, withdrawn ones too"`
	}
}

type publishInput struct {
	Code string `path:"code" example:"ADM-001"`
	Body publishBody
}

type publishBody struct {
	Set    map[string]string `json:"set" minProperties:"1" maxProperties:"20" example:"{\"days\":\"10\"}" doc:"values by parameter, in its unit"`
	City   string            `json:"city,omitempty" maxLength:"256" doc:"of institutions; empty: everywhere"`
	From   claimwatch.Day    `json:"from" doc:"first service date"`
	Until  *claimwatch.Day   `json:"until,omitempty" doc:"first day that is no longer covered"`
	Reason string            `json:"reason" minLength:"1" maxLength:"256"`
}

type publishAnswer struct {
	Body struct {
		ID      string `json:"id" doc:"withdraws it again"`
		Rule    string `json:"rule"`
		Version uint64 `json:"version" doc:"the journal entry"`
	}
}

type withdrawInput struct {
	Code   string `path:"code" example:"ADM-001"`
	ID     string `path:"id"`
	Reason string `query:"reason" required:"true" minLength:"1" maxLength:"256"`
}

// asked is what a publication asks for, to tell a repeat from another wish.
func (b publishBody) asked(code string) ([]byte, error) {
	return json.Marshal(struct {
		Rule string
		publishBody
	}{code, b})
}
