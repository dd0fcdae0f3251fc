// Package attribution deducts one yuan once. A finding shows what its own
// definition gives; what is left of its lines after the findings before it is
// attributed to it (rules.md 1.21).
package attribution

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Line names a line of a finding.
type Line struct {
	Kind          claimwatch.Kind
	InstitutionID string
	RecordID      string
}

// Of names a line.
func Of(l claimwatch.Line) Line { return Line{l.Kind, l.InstitutionID, l.RecordID} }

// Claimant is a finding that takes part: one that is not suppressed, released or
// retracted.
type Claimant struct {
	ID       string
	Rule     string
	Severity claimwatch.Severity
	Subject  string
	Lines    []claimwatch.Line
}

// claim is what a claimant wants of a line.
type claim struct {
	by     *Claimant
	amount claimwatch.Fen
}

// Attribute gives what each claimant takes of each of its violating lines, in fen:
// violations before suspicions, then in the order of the rules, then by subject,
// each at most what is left of the line's net amount. A line without a net is
// gone, and nothing is left of it. What one line gives depends on that line's
// claimants alone, so it is enough to know those of the lines that are asked about.
func Attribute(claimants []Claimant, net map[Line]claimwatch.Fen, order []string) map[string]map[Line]claimwatch.Fen {
	place := make(map[string]int, len(order))
	for i, rule := range order {
		place[rule] = i - len(order) // a rule without a place comes last
	}
	taken := make(map[string]map[Line]claimwatch.Fen, len(claimants))
	claims := map[Line][]claim{}
	for i := range claimants {
		c := &claimants[i]
		if taken[c.ID] != nil {
			continue // told twice
		}
		taken[c.ID] = map[Line]claimwatch.Fen{}
		for _, l := range c.Lines {
			if l.Role == claimwatch.Violating {
				claims[Of(l)] = append(claims[Of(l)], claim{c, l.Amount})
			}
		}
	}
	for line, wanted := range claims {
		slices.SortFunc(wanted, func(a, b claim) int { return compare(a.by, b.by, place) })
		left := net[line]
		for _, c := range wanted {
			part := max(0, min(c.amount, left))
			taken[c.by.ID][line] = part
			left -= part
		}
	}
	return taken
}

func compare(a, b *Claimant, place map[string]int) int {
	return cmp.Or(
		cmp.Compare(rank(a.Severity), rank(b.Severity)),
		cmp.Compare(place[a.Rule], place[b.Rule]), strings.Compare(a.Rule, b.Rule),
		strings.Compare(a.Subject, b.Subject),
	)
}

// rank puts violations first and reminders, which claim nothing, last.
func rank(s claimwatch.Severity) int {
	switch s {
	case claimwatch.Violation:
		return 0
	case claimwatch.Suspicion:
		return 1
	default:
		return 2
	}
}
