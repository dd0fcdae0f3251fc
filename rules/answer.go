package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
)

// answer gathers what the library says, by scope.
type answer struct {
	when   claimwatch.Moment
	scopes []claimwatch.Scope
	stays  map[uint32]claimwatch.Stay
	known  knowledge
	rules  map[string]*Rule
	// variants are the rules as they were run, by what their rows are called;
	// schedule says which of them counts for what.
	variants map[string]variant
	schedule schedule
	byScope  map[claimwatch.Scope]*verdict
	// byAdmission are the stays by institution|record of their admission, made on
	// demand.
	byAdmission map[string]claimwatch.Stay
}

// verdict is what is said about one scope.
type verdict struct {
	findings []claimwatch.Finding
	hits     []claimwatch.Hit
	silent   map[silence]string // rule and stay -> why not evaluated
	hit      map[silence]bool
	due      []claimwatch.Due
}

// silence is a rule and a stay, or an institution when the rule looks across its
// persons.
type silence struct {
	rule        string
	stay        uint32
	institution string
}

func (a *answer) of(scope claimwatch.Scope) *verdict {
	v, known := a.byScope[scope]
	if !known {
		v = &verdict{silent: map[silence]string{}, hit: map[silence]bool{}}
		a.byScope[scope] = v
	}
	return v
}

// scopeOf is the scope that a rule answers about a stay or, across the persons
// of an institution, about that.
func (a *answer) scopeOf(rule *Rule, stay uint32, institution string) claimwatch.Scope {
	s, known := a.stays[stay]
	if known {
		institution = s.InstitutionID
	}
	if rule.Scope == scopeInstitution {
		return claimwatch.InstitutionScope(institution)
	}
	return claimwatch.PersonScope(s.PersonID)
}

const scopeInstitution = "institution"

// gather makes findings, silences and due times out of the rows.
func (a *answer) gather(rows []row) error {
	drafts := map[subject]*draft{}
	for _, r := range rows {
		v := a.variants[r.rule]
		scope := a.scopeOf(v.Rule, cmp.Or(r.stay, r.belongs, r.lineStay), r.house())
		a.wake(scope, r)
		switch r.result {
		case "": // the row tells a due time only
		case "not_evaluated":
			if city, day := a.placedRow(v.Rule, r); a.applies(v, city, day) {
				a.of(scope).quiet(a.silence(v.Rule, r), r.reason)
			}
		case "hit":
			key := subject{r.rule, r.stay, strings.Join(r.about, "|")}
			if drafts[key] == nil {
				drafts[key] = &draft{rule: v.Rule, stay: r.stay, about: r.about}
			}
			if err := drafts[key].add(r); err != nil {
				return err
			}
		default:
			return fmt.Errorf("read row of %s: result %q", r.rule, r.result)
		}
	}
	return a.settle(drafts)
}

// settle makes the findings of the drafts that were found with the values in
// force for them. Where one subject has two, because what it belongs to depends
// on the values, that of the later day counts.
func (a *answer) settle(drafts map[subject]*draft) error {
	type made struct {
		draft   *draft
		finding claimwatch.Finding
		day     claimwatch.Day
		tag     string
	}
	findings := map[string]made{}
	for key, d := range drafts {
		v := a.variants[key.rule]
		d.involve(a.stays[key.stay])
		d.settle()
		city, day := a.placed(d)
		if !a.applies(v, city, day) {
			continue
		}
		d.source = source{Parameters: a.schedule.library.shown(v), Knowledge: a.known.version}
		finding, err := d.finding(a.stays, a.known)
		if err != nil {
			return err
		}
		held, twice := findings[finding.ID]
		if !twice || cmp.Or(cmp.Compare(day, held.day), strings.Compare(v.tag, held.tag)) > 0 {
			findings[finding.ID] = made{d, finding, day, v.tag}
		}
	}
	for _, m := range findings {
		v := a.of(a.scopeOf(m.draft.rule, m.draft.owner(), m.finding.InstitutionID))
		v.findings = append(v.findings, m.finding)
		v.hits = append(v.hits, a.hitsOf(m.draft, &m.finding)...)
		for _, stay := range m.draft.hits() {
			v.hit[silence{rule: m.finding.Rule, stay: stay}] = true
		}
		v.hit[silence{rule: m.finding.Rule, institution: m.finding.InstitutionID}] = true
	}
	return nil
}

// house is the institution of a row that names no stay: the first of its subject.
func (r row) house() string {
	if len(r.about) > 0 {
		return r.about[0]
	}
	return r.institution
}

// wake notes when time could change what a row says. A time that is past would
// wake the scope again and again.
func (a *answer) wake(scope claimwatch.Scope, r row) {
	if r.dueAt == 0 {
		return
	}
	at, now := claimwatch.Instant(r.dueAt), a.when.AsOf
	switch of, named := a.stays[cmp.Or(r.stay, r.belongs, r.lineStay)]; {
	case named && r.dueInstitution == of.InstitutionID:
		now = of.Present
	case r.dueInstitution != "":
		now = 0 // how far that institution has come only the query knows
	}
	if at > now {
		v := a.of(scope)
		v.due = append(v.due, claimwatch.Due{InstitutionID: r.dueInstitution, At: at})
	}
}

// silence is what a row that is not evaluated is about.
func (a *answer) silence(rule *Rule, r row) silence {
	if stay := cmp.Or(r.stay, r.belongs, r.lineStay); stay != 0 {
		return silence{rule: rule.Code, stay: stay}
	}
	return silence{rule: rule.Code, institution: r.house()}
}

// quiet notes why a rule was not evaluated; of several reasons the smallest, so
// that their order changes nothing.
func (v *verdict) quiet(s silence, reason string) {
	if held, known := v.silent[s]; !known || reason < held {
		v.silent[s] = reason
	}
}

// split gives each scope its part, in canonical order.
func (a *answer) split(scopes []claimwatch.Scope, upcoming map[claimwatch.Scope]claimwatch.Instant) []claimwatch.Evaluation {
	evaluations := make([]claimwatch.Evaluation, len(scopes))
	for i, scope := range scopes {
		e := claimwatch.Evaluation{Scope: scope, AsOf: a.when.AsOf}
		if v := a.byScope[scope]; v != nil {
			e.Findings = v.findings
			slices.SortFunc(e.Findings, func(x, y claimwatch.Finding) int { return strings.Compare(x.ID, y.ID) })
			e.Hits = sortedHits(v.hits)
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
		s, ofStay := a.stays[key.stay]
		if v.hit[key] || ofStay && s.StayID == "" { // a device fitted outside of any stay
			continue
		}
		silent := claimwatch.NotEvaluated{Rule: key.rule, InstitutionID: key.institution, Reason: reason}
		if ofStay {
			silent.InstitutionID, silent.PersonID, silent.StayID = s.InstitutionID, s.PersonID, s.StayID
		}
		list = append(list, silent)
	}
	slices.SortFunc(list, func(x, y claimwatch.NotEvaluated) int {
		return cmp.Or(strings.Compare(x.Rule, y.Rule), strings.Compare(x.InstitutionID, y.InstitutionID),
			strings.Compare(x.PersonID, y.PersonID), strings.Compare(x.StayID, y.StayID))
	})
	return list
}
