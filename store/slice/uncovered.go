package slice

// uncovered are the lines of items that the catalogue does not cover, or does
// not know: charges to the fund, and what persons pay themselves for items out
// of scope (RX-008, an exception to rules.md 1.8).
func uncovered(lines []*Line) []*Line {
	var all []*Line
	for _, l := range lines {
		if l.charged && (l.Item == nil || !l.Item.InScope) || l.paid && l.Item != nil && !l.Item.InScope {
			all = append(all, l)
		}
	}
	return all
}
