package rejection

import (
	"maps"
	"slices"
)

// EraseStatement takes what an institution explained about findings off the lists,
// sealed ones too, for the hash of a list's content does not cover it, and gives every
// item that changed.
func (s *State) EraseStatement(findings []string, institution, text string) []Listed {
	text = short(text)
	return s.erase(findings, institution, func(statement, _ *string) bool {
		if *statement != text || text == "" {
			return false
		}
		*statement = ""
		return true
	})
}

// EraseNames takes the names of a finding's items off the lists, sealed ones too, for
// the hash of a list's content does not cover them, and gives every item that changed.
// Their codes stay.
func (s *State) EraseNames(finding string) (changed []Listed) {
	houses := map[string]bool{}
	for _, c := range s.findings[finding] {
		institution := c.part.Charge.InstitutionID
		if houses[institution] {
			continue
		}
		houses[institution] = true
		changed = append(changed, s.erase([]string{finding}, institution, func(_, name *string) bool {
			if *name == "" {
				return false
			}
			*name = ""
			return true
		})...)
	}
	return changed
}

// erase lets forget take texts out of claims and items of findings at an institution.
func (s *State) erase(findings []string, institution string, forget func(statement, name *string) bool) (changed []Listed) {
	h := s.houses[institution]
	if h == nil {
		return nil
	}
	h.revision++
	among := map[string]bool{}
	for _, finding := range findings {
		among[finding] = true
		for _, c := range s.findings[finding] {
			if c.part.Charge.InstitutionID != institution || !forget(&c.part.Statement, &c.part.ItemName) || !h.open[c] {
				continue
			}
			l := h.lines[c.part.Charge.Line()]
			changed = append(changed, Listed{InstitutionID: institution, Month: h.month(l.month), RejectedItem: h.item(l, c)})
		}
	}
	for _, month := range slices.Sorted(maps.Keys(h.sealed)) {
		list := h.sealed[month]
		list.Items = slices.Clone(list.Items) // whoever reads the list keeps what it read
		for i := range list.Items {
			if item := &list.Items[i]; among[item.FindingID] && forget(&item.Statement, &item.ItemName) {
				changed = append(changed, Listed{InstitutionID: institution, Month: month, RejectedItem: *item})
			}
		}
		h.sealed[month] = list
	}
	return changed
}
