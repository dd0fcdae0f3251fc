package slice

import (
	"cmp"
	"slices"

	"claimwatch"
)

// Span is the time [From, Until).
type Span struct {
	From  claimwatch.Instant
	Until claimwatch.Instant
}

// Merge sorts spans, leaves empty ones out and makes those that overlap or
// touch one (rules.md 1.14). It works in the memory of its argument.
func Merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Until, b.Until)) })
	merged := spans[:0]
	for _, s := range spans {
		switch last := len(merged) - 1; {
		case s.From >= s.Until:
		case last >= 0 && merged[last].Until >= s.From:
			merged[last].Until = max(merged[last].Until, s.Until)
		default:
			merged = append(merged, s)
		}
	}
	return merged
}

// covers says whether one of the spans holds the whole local day.
func covers(spans []Span, day claimwatch.Day) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return s.From <= day.Midnight() && (day+1).Midnight() <= s.Until })
}
