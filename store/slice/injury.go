package slice

import (
	"slices"
	"strings"

	"claimwatch"
)

// Injury is a stay about whose work injury there is something to say (INJ-001,
// INJ-003, INJ-004), as of a moment.
type Injury struct {
	*Stay
	AsOf claimwatch.Instant
	// Recognised: the case is known, is of the person, and was recognised up to
	// the day of the moment.
	Recognised bool
	// Related: a diagnosis of the stay begins with a prefix of the case.
	Related bool
}

// injuries are those of stays whose case is not recognised, does not name the
// illness, or whose time off work was over.
func injuries(stays []*Stay, reference *Reference, asOf claimwatch.Instant) []*Injury {
	if !reference.has("injury_cases") {
		return nil
	}
	var open []*Injury
	for _, s := range stays {
		injury := &Injury{Stay: s, AsOf: asOf}
		if s.Case != nil {
			injury.Recognised = s.Case.PersonID == s.PersonID && s.Case.RecognisedOn <= asOf.Day()
			injury.Related = slices.ContainsFunc(s.Diagnoses, func(diagnosis string) bool {
				return slices.ContainsFunc(s.Case.Prefixes, func(prefix string) bool { return strings.HasPrefix(diagnosis, prefix) })
			})
		}
		if !injury.Recognised || !injury.Related || injury.late() {
			open = append(open, injury)
		}
	}
	return open
}

// late says whether the person was admitted when the time off work was over.
func (i *Injury) late() bool {
	return i.Case != nil && i.Inpatient() && i.AdmittedOn() > i.Case.StopWorkUntil
}

// illnessFees are the charges of items for other illnesses in stays after a
// trauma, and those of items without a row (INJ-002).
func illnessFees(charges []*Line, reference *Reference) []*Line {
	if !reference.has("injury_cases", "items") {
		return nil
	}
	var lines []*Line
	for _, l := range charges {
		if l.Stay.Case != nil && l.Stay.Case.Trauma && (l.Item == nil || l.Item.NonInjury) {
			lines = append(lines, l)
		}
	}
	return lines
}
