package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
)

// answer gathers what the library says, by person.
type answer struct {
	stays    map[uint32]stay
	known    knowledge
	rules    map[string]*Rule
	byPerson map[string]*verdict
}

// verdict is what is said about one person.
type verdict struct {
	findings []claimwatch.Finding
	silent   map[silence]string // rule and stay -> why not evaluated
	hit      map[silence]bool
	due      []claimwatch.Due
}

type silence struct {
	rule string
	stay uint32
}

func (a *answer) of(person string) *verdict {
	v, known := a.byPerson[person]
	if !known {
		v = &verdict{silent: map[silence]string{}, hit: map[silence]bool{}}
		a.byPerson[person] = v
	}
	return v
}

// gather makes findings, silences and due times out of the rows.
func (a *answer) gather(rows []row) error {
	drafts := map[subject]*draft{}
	for _, r := range rows {
		of := a.stays[r.stay]
		person := of.person
		// A time that is past would wake the scope again and again.
		if r.dueAt != 0 && (r.dueInstitution != of.institution || r.dueAt > of.present) {
			a.of(person).due = append(a.of(person).due,
				claimwatch.Due{InstitutionID: r.dueInstitution, At: claimwatch.Instant(r.dueAt)})
		}
		switch r.result {
		case "": // the row tells a due time only
		case "not_evaluated":
			a.of(person).quiet(silence{r.rule, r.stay}, r.reason)
		case "hit":
			key := subject{r.rule, r.stay, strings.Join(r.about, "|")}
			if drafts[key] == nil {
				rule := a.rules[r.rule]
				drafts[key] = &draft{rule: rule, stay: r.stay, about: r.about, severity: rule.Severity}
			}
			if err := drafts[key].add(r); err != nil {
				return err
			}
		default:
			return fmt.Errorf("read row of %s: result %q", r.rule, r.result)
		}
	}
	for key, d := range drafts {
		d.involve(a.stays[key.stay])
		finding, err := d.finding(a.stays, a.known)
		if err != nil {
			return err
		}
		v := a.of(a.stays[key.stay].person)
		v.findings = append(v.findings, finding)
		v.hit[silence{key.rule, key.stay}] = true
	}
	return nil
}

// quiet notes why a rule was not evaluated for a stay; of several reasons the
// smallest, so that their order changes nothing.
func (v *verdict) quiet(s silence, reason string) {
	if held, known := v.silent[s]; !known || reason < held {
		v.silent[s] = reason
	}
}

// The reasons of "not evaluated" that are the same for every rule (rules.md 1.23).
const (
	reasonNotLoaded = "table not loaded"
	reasonNoRow     = "institution row missing"
	reasonNoFace    = "face_required is false"
	reasonError     = "error"
)

// abstain says for every stay which rules could not tell.
func (a *answer) abstain(unable []*Rule, failed map[*Rule]error) {
	for _, rule := range a.rules {
		for number, s := range a.stays {
			if rule.Stays == "inpatient" && !s.inpatient {
				continue
			}
			_, needs := rule.Reads.Reference["institutions"]
			reason := ""
			switch {
			case slices.Contains(unable, rule):
				reason = reasonNotLoaded
			case failed[rule] != nil:
				reason = reasonError
			case needs && !s.found:
				reason = reasonNoRow
			case slices.Contains(rule.Requires, "face") && !s.face:
				reason = reasonNoFace
			default:
				continue
			}
			a.of(s.person).quiet(silence{rule.Code, number}, reason)
		}
	}
}

// split gives each scope its part, in canonical order.
func (a *answer) split(
	scopes []claimwatch.Scope, asOf claimwatch.Instant, upcoming map[claimwatch.Scope]claimwatch.Instant,
) []claimwatch.Evaluation {
	evaluations := make([]claimwatch.Evaluation, len(scopes))
	for i, scope := range scopes {
		e := claimwatch.Evaluation{Scope: scope, AsOf: asOf}
		v := a.byPerson[string(scope)]
		if v != nil {
			e.Findings = v.findings
			slices.SortFunc(e.Findings, func(x, y claimwatch.Finding) int { return strings.Compare(x.ID, y.ID) })
			e.NotEvaluated = a.silences(v)
			e.Due = v.due
		}
		if at, ahead := upcoming[scope]; ahead {
			e.Due = append(slices.Clone(e.Due), claimwatch.Due{At: at})
		}
		slices.SortFunc(e.Due, func(x, y claimwatch.Due) int {
			return cmp.Or(strings.Compare(x.InstitutionID, y.InstitutionID), cmp.Compare(x.At, y.At))
		})
		// The first time of each clock is enough: whoever wakes is asked again.
		e.Due = slices.CompactFunc(e.Due, func(x, y claimwatch.Due) bool { return x.InstitutionID == y.InstitutionID })
		evaluations[i] = e
	}
	return evaluations
}

// silences lists what could not be told; a hit beats it.
func (a *answer) silences(v *verdict) []claimwatch.NotEvaluated {
	var list []claimwatch.NotEvaluated
	for key, reason := range v.silent {
		if v.hit[key] {
			continue
		}
		s := a.stays[key.stay]
		list = append(list, claimwatch.NotEvaluated{
			Rule: key.rule, InstitutionID: s.institution, PersonID: s.person, StayID: s.id, Reason: reason,
		})
	}
	slices.SortFunc(list, func(x, y claimwatch.NotEvaluated) int {
		return cmp.Or(strings.Compare(x.Rule, y.Rule), strings.Compare(x.InstitutionID, y.InstitutionID),
			strings.Compare(x.StayID, y.StayID))
	})
	return list
}
