package rejection

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// attribute works out what each claim of one line takes (rules.md 1.21): what
// stands on sealed lists first, for a published list is not reshuffled, then
// violations before suspicions, the order of the catalogue, the subject bytewise.
//
// Claims may count on different amounts of the line: one that was decided when a
// refund had made it smaller never takes what the line was worth before or came to
// be worth after. So all claims that count on at most w take at most w together,
// for every w. These limits are nested, which makes what is taken in total
// independent of the order: the order says only on whose account it goes.
func attribute(claims []*claim) {
	order := slices.Clone(claims)
	slices.SortFunc(order, before)
	for _, c := range order {
		c.taken = 0
	}
	for _, c := range order {
		c.taken = max(0, min(c.asked, c.sealed, room(c, order)))
	}
	for _, c := range order {
		c.taken += max(0, min(c.asked-c.taken, room(c, order)))
	}
}

// room is what a claim may take beside what all take already.
func room(c *claim, claims []*claim) claimwatch.Fen {
	left := c.worth
	for _, limit := range claims {
		if limit.worth < c.worth {
			continue
		}
		free := limit.worth
		for _, other := range claims {
			if other.worth <= limit.worth {
				free -= other.taken
			}
		}
		left = min(left, free)
	}
	return left
}

func before(a, b *claim) int {
	return cmp.Or(
		cmp.Compare(grade(a.order.Severity), grade(b.order.Severity)),
		cmp.Compare(last(a.order.Rank), last(b.order.Rank)),
		strings.Compare(a.order.Rule, b.order.Rule),
		strings.Compare(a.order.Subject, b.order.Subject),
		strings.Compare(a.order.FindingID, b.order.FindingID),
	)
}

// grade puts violations before suspicions before all others.
func grade(s claimwatch.Severity) int {
	switch s {
	case claimwatch.Violation:
		return 0
	case claimwatch.Suspicion:
		return 1
	default:
		return 2
	}
}

// last puts a rule without a place behind all that have one.
func last(rank int) int {
	if rank <= 0 {
		return 1 << 30
	}
	return rank
}
