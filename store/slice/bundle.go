package slice

import (
	"slices"
	"sort"

	"claimwatch"
)

// Bundle are the components of a package charged one by one: all of them, in one
// stay on one day (FEE-005).
type Bundle struct {
	Stay    *Stay
	Package *ItemPackage
	Day     claimwatch.Day
	// Quantity is the smallest net quantity among the components, in 1/10,000.
	Quantity int64
	// Lines of the components, in the order of records.
	Lines []*Line
}

// bundles are those of packages valid on the day.
func bundles(fees []*Line, entries ledger, reference *Reference) []*Bundle {
	// Where the first component was not charged, the package was not.
	byFirst := map[string][]*ItemPackage{}
	for i := range reference.Packages {
		if row := &reference.Packages[i]; len(row.Components) > 0 {
			byFirst[row.Components[0]] = append(byFirst[row.Components[0]], row)
		}
	}
	type place struct {
		stay *Stay
		row  *ItemPackage
		day  claimwatch.Day
	}
	seen := map[place]bool{}
	var found []*Bundle
	for _, l := range fees {
		for _, row := range byFirst[l.ItemCode] {
			at := place{l.Stay, row, l.Day()}
			if seen[at] || !row.On(l.Day()) {
				continue
			}
			seen[at] = true
			if b := entries.bundle(l, row); b != nil {
				found = append(found, b)
			}
		}
	}
	return found
}

// bundle takes the components out of the stay and the day of a line; nil unless
// all are there.
func (g ledger) bundle(l *Line, row *ItemPackage) *Bundle {
	b := &Bundle{Stay: l.Stay, Package: row, Day: l.Day()}
	for i, code := range row.Components {
		if slices.Contains(row.Components[:i], code) {
			continue
		}
		lines := g.sameStayAndDay(l, code)
		if len(lines) == 0 {
			return nil
		}
		if quantity := quantityOf(lines); b.Lines == nil || quantity < b.Quantity {
			b.Quantity = quantity
		}
		b.Lines = append(b.Lines, lines...)
	}
	sort.Slice(b.Lines, func(i, j int) bool { return b.Lines[i].Number < b.Lines[j].Number })
	return b
}
