package rules

import "claimwatch"

// tally is of how many stays a rule said what, as coverage tells it: a hit beats
// not evaluated beats pass.
type tally struct{ hits, passes, silences int }

// spoken counts stays that have begun, by class.
type spoken struct{ inpatient, visit int }

// of are those that a rule speaks of.
func (s spoken) of(r *Rule) int {
	n := 0
	if r.speaksOf(claimwatch.Stay{Inpatient: true}) {
		n += s.inpatient
	}
	if r.speaksOf(claimwatch.Stay{}) {
		n += s.visit
	}
	return n
}

// named is a stay as hits and silences name it, within the scope that tells.
type named struct {
	scope                     claimwatch.Scope
	institution, person, stay string
}

// tallies counts what evaluations of a slice with these stays say, by rule. A
// finding that names no stay is a hit too, and so are stays that have not begun:
// they are told of and pass nothing.
func (l *Library) tallies(stays map[uint32]claimwatch.Stay, evaluations []claimwatch.Evaluation) map[string]*tally {
	in := map[claimwatch.Scope]*spoken{}
	for i := range evaluations {
		in[evaluations[i].Scope] = &spoken{}
	}
	begun := map[named]claimwatch.Stay{}
	for _, s := range stays {
		scope := claimwatch.PersonScope(s.PersonID)
		if s.Across {
			scope = claimwatch.InstitutionScope(s.InstitutionID)
		}
		count, asked := in[scope]
		if !asked || s.AdmissionID == "" {
			continue
		}
		begun[named{scope, s.InstitutionID, s.PersonID, s.StayID}] = s
		if s.Inpatient {
			count.inpatient++
		} else {
			count.visit++
		}
	}
	all := map[string]*tally{}
	for _, rule := range l.Active() {
		all[rule.Code] = &tally{}
		for scope, count := range in {
			if _, across := scope.Institution(); across == (rule.Scope == scopeInstitution) {
				all[rule.Code].passes += count.of(rule)
			}
		}
	}
	for i := range evaluations {
		l.tell(all, begun, &evaluations[i], *in[evaluations[i].Scope])
	}
	return all
}

// tell moves the stays of an evaluation of which a rule said something else from
// its passes: first hits, then what was not evaluated of a stay, and at last what
// was not of the whole institution.
func (l *Library) tell(all map[string]*tally, begun map[named]claimwatch.Stay, e *claimwatch.Evaluation, count spoken) {
	type answered struct {
		rule string
		stay named
	}
	told, begunTold := map[answered]bool{}, map[string]int{}
	first := func(code, institution, person, stay string) bool {
		key := answered{code, named{e.Scope, institution, person, stay}}
		if told[key] || all[code] == nil {
			return false
		}
		told[key] = true
		if s, is := begun[key.stay]; is && l.byCode[code].speaksOf(s) {
			all[code].passes--
			begunTold[code]++
		}
		return true
	}
	for _, h := range e.Hits {
		if first(h.Rule, h.InstitutionID, h.PersonID, h.StayID) {
			all[h.Rule].hits++
		}
	}
	for _, n := range e.NotEvaluated {
		if n.PersonID != "" && first(n.Rule, n.InstitutionID, n.PersonID, n.StayID) {
			all[n.Rule].silences++
		}
	}
	for _, n := range e.NotEvaluated {
		if n.PersonID == "" && all[n.Rule] != nil {
			rest := count.of(l.byCode[n.Rule]) - begunTold[n.Rule]
			all[n.Rule].silences += rest
			all[n.Rule].passes -= rest
			begunTold[n.Rule] += rest
		}
	}
}
