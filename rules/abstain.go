package rules

import (
	"slices"

	"claimwatch"
)

// The reasons of "not evaluated" that are the same for every rule (rules.md 1.23).
const (
	reasonNotLoaded  = "table not loaded"
	reasonNoRow      = "institution row missing"
	reasonNoPerson   = "person row missing"
	reasonNoCase     = "injury case row missing"
	reasonNoFace     = "face_required is false"
	reasonEventClock = "event clock"
	reasonError      = "error"
)

// abstain says for every stay, and for every institution that is asked about,
// which rules could not tell: those that are unable to, and those that the
// stay's own rows forbid.
func (a *answer) abstain(unable map[*Rule]string) {
	for _, rule := range a.rules {
		if rule.Scope == scopeInstitution {
			a.abstainAcross(rule, unable[rule])
			continue
		}
		for number, s := range a.stays {
			if s.AdmissionID == "" || s.Across || !rule.speaksOf(s) {
				continue
			}
			reason := unable[rule]
			if reason == "" {
				reason = rule.lacks(s)
			}
			if reason != "" {
				a.of(claimwatch.PersonScope(s.PersonID)).quiet(silence{rule: rule.Code, stay: number}, reason)
			}
		}
	}
}

// abstainAcross does so for a rule that looks across the persons of institutions.
func (a *answer) abstainAcross(rule *Rule, reason string) {
	if reason == "" {
		return
	}
	for _, scope := range a.scopes {
		if institution, across := scope.Institution(); across {
			a.of(scope).quiet(silence{rule: rule.Code, institution: institution}, reason)
		}
	}
}

// speaksOf says whether a rule is about stays like this one.
func (r *Rule) speaksOf(s claimwatch.Stay) bool {
	return r.Stays == "any" || (r.Stays == "inpatient") == s.Inpatient
}

// lacks says what of the stay's institution, person and injury case is missing that the rule
// needs; empty for nothing.
func (r *Rule) lacks(s claimwatch.Stay) string {
	switch {
	case slices.Contains(r.Needs, "institutions") && !s.InstitutionFound:
		return reasonNoRow
	case slices.Contains(r.Needs, "persons") && !s.PersonFound:
		return reasonNoPerson
	case slices.Contains(r.Needs, "injury_cases") && !s.CaseFound:
		return reasonNoCase
	}
	for _, capability := range r.Requires {
		if capability == "face" && !s.Face {
			return reasonNoFace
		}
		if capability != "face" && !slices.Contains(s.Capabilities, capability) {
			return "no capability: " + capability
		}
	}
	return ""
}
