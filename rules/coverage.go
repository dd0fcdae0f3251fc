package rules

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// hitsOf are the stays that a finding speaks of, for coverage. A finding that
// belongs to an institution alone speaks of the stays whose admissions it names:
// of whom the beds were too few for, or who came together.
func (a *answer) hitsOf(d *draft, f *claimwatch.Finding) []claimwatch.Hit {
	var hits []claimwatch.Hit
	hit := func(s claimwatch.Stay) {
		hits = append(hits, claimwatch.Hit{
			FindingID: f.ID, Rule: f.Rule, InstitutionID: s.InstitutionID, PersonID: s.PersonID, StayID: s.StayID,
		})
	}
	for _, number := range d.hits() {
		if s, known := a.stays[number]; known {
			hit(s)
		}
	}
	if d.rule.Belongs == scopeInstitution {
		for _, l := range d.lines {
			if s, known := a.admitted()[l.InstitutionID+"|"+l.RecordID]; known && l.Kind == claimwatch.Admission {
				hit(s)
			}
		}
	}
	if len(hits) == 0 {
		hit(claimwatch.Stay{InstitutionID: f.InstitutionID})
	}
	return hits
}

// admitted finds stays by their admissions: institution|record.
func (a *answer) admitted() map[string]claimwatch.Stay {
	if a.byAdmission == nil {
		a.byAdmission = make(map[string]claimwatch.Stay, len(a.stays))
		for _, s := range a.stays {
			a.byAdmission[s.InstitutionID+"|"+s.AdmissionID] = s
		}
	}
	return a.byAdmission
}

// sortedHits puts hits into their order, each once.
func sortedHits(hits []claimwatch.Hit) []claimwatch.Hit {
	slices.SortFunc(hits, func(x, y claimwatch.Hit) int {
		return cmp.Or(strings.Compare(x.FindingID, y.FindingID), strings.Compare(x.InstitutionID, y.InstitutionID),
			strings.Compare(x.PersonID, y.PersonID), strings.Compare(x.StayID, y.StayID))
	})
	return slices.Compact(hits)
}
