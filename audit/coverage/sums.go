package coverage

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Counted are the evaluated stays of an institution.
type Counted struct {
	InstitutionID    string
	Inpatient, Visit int64 // class inpatient and rehab; outpatient
}

// Told counts the stays of an institution of which a rule said the same.
type Told struct {
	InstitutionID, Rule   string
	Hit                   bool   // otherwise not evaluated
	Reason                string // why not evaluated
	Whole                 bool   // said of the institution, not of a stay
	All, Inpatient, Visit int64  // the stays; those with an admission by its class
}

// Sum is what a rule said of the stays of an institution.
type Sum struct {
	InstitutionID string   `json:"institution_id"`
	Rule          string   `json:"rule"`
	Stays         int64    `json:"stays" doc:"stays that the rule speaks of"`
	Hit           int64    `json:"hit"`
	Pass          int64    `json:"pass"`
	NotEvaluated  int64    `json:"not_evaluated"`
	Reasons       []Reason `json:"reasons" nullable:"false" doc:"why not evaluated, the most frequent first"`
}

// Reason counts the stays that were not evaluated for it.
type Reason struct {
	Reason string `json:"reason"`
	Stays  int64  `json:"stays"`
}

// Sums gives for each institution and rule how many stays were hit, have passed
// and were not evaluated, by institution and then in the order of the rules. A
// hit of the institution alone counts as one.
func Sums(rules []Rule, stays []Counted, told []Told) []Sum {
	type pair struct{ institution, rule string }
	said := map[pair][]Told{}
	for _, t := range told {
		k := pair{t.InstitutionID, t.Rule}
		said[k] = append(said[k], t)
	}
	var sums []Sum
	for _, house := range stays {
		for _, rule := range rules {
			k := pair{house.InstitutionID, rule.Code}
			of := rule.count(house.Inpatient, house.Visit)
			if sum := sumOf(rule, of, said[k]); sum.Stays > 0 || len(said[k]) > 0 {
				sum.InstitutionID = house.InstitutionID
				sums = append(sums, sum)
			}
			delete(said, k)
		}
	}
	for k, rest := range said { // of institutions without a stay, and of rules that are gone
		sum := sumOf(Rule{Code: k.rule}, 0, rest)
		sum.InstitutionID = k.institution
		sums = append(sums, sum)
	}
	place := Places(rules)
	slices.SortFunc(sums, func(a, b Sum) int {
		return cmp.Or(strings.Compare(a.InstitutionID, b.InstitutionID), cmp.Compare(place[a.Rule], place[b.Rule]), strings.Compare(a.Rule, b.Rule))
	})
	return sums
}

// count gives of stays by class those that the rule speaks of.
func (r Rule) count(inpatient, visit int64) int64 {
	switch r.Stays {
	case "any":
		return inpatient + visit
	case "inpatient":
		return inpatient
	case "outpatient":
		return visit
	default:
		return 0
	}
}

func sumOf(rule Rule, stays int64, told []Told) Sum {
	sum := Sum{Rule: rule.Code, Stays: stays, Reasons: []Reason{}}
	left, whole := stays, ""
	reasons := map[string]int64{}
	for _, t := range told {
		switch {
		case t.Hit:
			sum.Hit += t.All
		case t.Whole:
			whole = t.Reason
			continue
		default:
			reasons[t.Reason] += t.All
		}
		left -= rule.count(t.Inpatient, t.Visit)
	}
	if whole != "" && left > 0 {
		reasons[whole] += left
		left = 0
	}
	sum.Pass = max(left, 0) // a stay that has come since the count is not yet told of
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		sum.NotEvaluated += reasons[reason]
		sum.Reasons = append(sum.Reasons, Reason{reason, reasons[reason]})
	}
	slices.SortStableFunc(sum.Reasons, func(a, b Reason) int { return cmp.Compare(b.Stays, a.Stays) })
	return sum
}
