package coverage

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Rule is what coverage needs of a rule of the library.
type Rule struct {
	Code string
	// Stays are those that it speaks of: inpatient (and rehab), outpatient or any.
	Stays string
}

func (r Rule) speaksOf(inpatient bool) bool {
	return r.Stays == "any" || (r.Stays == "inpatient") == inpatient
}

// Stay is a stay that has begun.
type Stay struct {
	InstitutionID, PersonID, StayID string
	Inpatient                       bool // class inpatient or rehab
}

// Said is what the evaluation of a scope said. What is not evaluated without a
// person counts for every stay of the institution that the rule speaks of.
type Said struct {
	Key    uint64 // of the scope, for paging
	Stays  []Stay
	Hits   []claimwatch.Hit
	Missed []claimwatch.NotEvaluated
}

// Result is one of the three answers.
type Result string

// The answers; hit beats not evaluated beats pass.
const (
	Hit          Result = "hit"
	Pass         Result = "pass"
	NotEvaluated Result = "not_evaluated"
)

// Row is what a rule says of a stay. A finding of an institution that names no
// stay has neither person nor stay; records may carry a stay number without
// admission, of which only hits and what was not evaluated are told.
type Row struct {
	InstitutionID string   `json:"institution_id"`
	PersonID      *string  `json:"person_id"`
	StayID        *string  `json:"stay_id"`
	Rule          string   `json:"rule"`
	Result        Result   `json:"result" enum:"hit,pass,not_evaluated"`
	Reason        string   `json:"reason,omitempty" doc:"why it was not evaluated"`
	Findings      []string `json:"findings,omitempty" nullable:"false" doc:"ids of the findings that hit"`
}

// key is a stay and a rule.
type key struct{ institution, person, stay, rule string }

// Rows gives what every rule says of every stay of a scope, by institution and
// stay and then in the order of the rules.
func Rows(rules []Rule, said Said) []Row {
	hits, missed := map[key][]string{}, map[key]string{}
	rest := map[key]bool{} // said, but not yet told
	for _, h := range said.Hits {
		k := key{h.InstitutionID, h.PersonID, h.StayID, h.Rule}
		hits[k] = append(hits[k], h.FindingID)
		rest[k] = true
	}
	for _, n := range said.Missed {
		k := key{n.InstitutionID, n.PersonID, n.StayID, n.Rule}
		missed[k] = n.Reason
		if n.PersonID != "" {
			rest[k] = true
		}
	}
	var rows []Row
	tell := func(k key, result Result, reason string) {
		row := Row{InstitutionID: k.institution, PersonID: orNull(k.person), StayID: orNull(k.stay), Rule: k.rule, Result: result, Reason: reason}
		if result == Hit {
			row.Findings = slices.Compact(slices.Sorted(slices.Values(hits[k])))
		}
		rows = append(rows, row)
		delete(rest, k)
	}
	for _, s := range said.Stays {
		for _, rule := range rules {
			k := key{s.InstitutionID, s.PersonID, s.StayID, rule.Code}
			own, silent := missed[k]
			whole, across := missed[key{institution: s.InstitutionID, rule: rule.Code}]
			switch {
			case hits[k] != nil:
				tell(k, Hit, "")
			case silent:
				tell(k, NotEvaluated, own)
			case !rule.speaksOf(s.Inpatient):
			case across:
				tell(k, NotEvaluated, whole)
			default:
				tell(k, Pass, "")
			}
		}
	}
	for k := range rest {
		if hits[k] != nil {
			tell(k, Hit, "")
		} else {
			tell(k, NotEvaluated, missed[k])
		}
	}
	place := Places(rules)
	slices.SortFunc(rows, func(a, b Row) int { return Compare(a, b, place) })
	return rows
}

// Places tells where each rule stands among the others.
func Places(rules []Rule) map[string]int {
	place := make(map[string]int, len(rules))
	for i, r := range rules {
		place[r.Code] = i - len(rules) // those that the library no longer has come last
	}
	return place
}

// Compare puts rows of a scope into their order.
func Compare(a, b Row, place map[string]int) int {
	return cmp.Or(
		strings.Compare(a.InstitutionID, b.InstitutionID), strings.Compare(text(a.StayID), text(b.StayID)),
		strings.Compare(text(a.PersonID), text(b.PersonID)),
		cmp.Compare(place[a.Rule], place[b.Rule]), strings.Compare(a.Rule, b.Rule),
	)
}

func text(of *string) string {
	if of == nil {
		return ""
	}
	return *of
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
