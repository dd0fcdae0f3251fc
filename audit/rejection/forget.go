package rejection

import "slices"

// Forget takes what an institution has stated about a finding off its lists, open and
// sealed, because the text was erased. It gives the open items and the sealed lists
// that changed. The content hash of a sealed list leaves texts out and stays good.
func (s *State) Forget(findingID, institution string) (open []Listed, sealed []RejectedList) {
	h := s.houses[institution]
	if h == nil {
		return nil, nil
	}
	for _, c := range s.findings[findingID] {
		charge := c.part.Charge
		if charge.InstitutionID != institution || c.part.Statement == "" {
			continue
		}
		c.part.Statement = ""
		if h.open[c] {
			l := h.lines[charge.Line()]
			open = append(open, Listed{InstitutionID: institution, Month: h.month(l.month), RejectedItem: h.item(l, c)})
		}
	}
	for _, month := range s.sealedMonths(institution) {
		list := h.sealed[month]
		list.Items = slices.Clone(list.Items)
		changed := false
		for i := range list.Items {
			if item := &list.Items[i]; item.FindingID == findingID && item.Statement != "" {
				item.Statement, changed = "", true
			}
		}
		if changed {
			h.sealed[month] = list
			sealed = append(sealed, s.List(institution, month))
		}
	}
	return open, sealed
}

func (s *State) sealedMonths(institution string) []string {
	var months []string
	for month := range s.houses[institution].sealed {
		months = append(months, month)
	}
	slices.Sort(months)
	return months
}
