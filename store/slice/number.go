package slice

import (
	"cmp"
	"slices"
	"strings"
)

// unadmitted are the stay numbers that fees and claims name and no admission:
// what DAT rules see before the admission (rules.md 1.3). They are numbered after
// the stays.
func (w *World) unadmitted(stays map[stayKey]*Stay) []*Stay {
	found := map[stayKey]bool{}
	var last *Head
	note := func(h *Head) {
		if last != nil && last.StayID == h.StayID && last.PersonID == h.PersonID && last.InstitutionID == h.InstitutionID {
			return // mostly the one of the row before
		}
		if last = h; stays[h.stay()] == nil {
			found[h.stay()] = true
		}
	}
	for _, f := range w.facts.Fees {
		note(&f.Head)
	}
	for _, c := range w.facts.Claims {
		note(&c.Head)
	}
	numbers := make([]*Stay, 0, len(found))
	for key := range found {
		numbers = append(numbers, &Stay{InstitutionID: key.institution, PersonID: key.person, StayID: key.stay})
	}
	slices.SortFunc(numbers, func(a, b *Stay) int {
		return cmp.Or(strings.Compare(a.InstitutionID, b.InstitutionID), strings.Compare(a.PersonID, b.PersonID), strings.Compare(a.StayID, b.StayID))
	})
	for i, s := range numbers {
		s.Number = uint32(len(stays) + i + 1)
	}
	return numbers
}
