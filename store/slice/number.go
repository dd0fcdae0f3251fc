package slice

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// unadmitted are the stay numbers that fees and claims name and no admission:
// what DAT rules see before the admission (rules.md 1.3). They are beside the
// stays.
func (w *World) unadmitted(t *Tables, stays map[stayKey]*Stay, reference *Reference) []*Stay {
	found := map[stayKey]*Head{}
	var last *Head
	note := func(h *Head) {
		if last != nil && last.StayID == h.StayID && last.PersonID == h.PersonID && last.InstitutionID == h.InstitutionID {
			return // mostly the one of the row before
		}
		if last = h; stays[h.stay()] == nil {
			found[h.stay()] = h
		}
	}
	for _, f := range w.facts.Fees {
		note(&f.Head)
	}
	for _, c := range w.facts.Claims {
		note(&c.Head)
	}
	numbers := make([]*Stay, 0, len(found))
	for _, h := range slices.SortedFunc(maps.Values(found), func(a, b *Head) int {
		return cmp.Or(strings.Compare(a.InstitutionID, b.InstitutionID), strings.Compare(a.PersonID, b.PersonID), strings.Compare(a.StayID, b.StayID))
	}) {
		numbers = append(numbers, t.beside(h, reference))
	}
	return numbers
}
