package rules

import (
	"slices"

	"claimwatch"
)

// byOwnText is how long the two laws are in force by their own words
// (rules.md 1.24). Rows of laws replace it, law by law, and so extend it.
var byOwnText = []claimwatch.Law{
	{ID: "shanxi-2022-measures", From: day("2022-08-08"), Until: day("2024-08-08")},
	{ID: "guangdong-2019-notice", From: day("2020-01-01"), Until: day("2025-01-01")},
}

// day reads a date that stands in the code; a wrong one is day 0.
func day(text string) claimwatch.Day {
	d, _ := claimwatch.ParseDay(text) // a test reads each of them
	return d
}

// inForce says whether a law is in force on a day.
func (k knowledge) inForce(id string, on claimwatch.Day) bool {
	laws := k.Laws
	if !slices.ContainsFunc(laws, func(l claimwatch.Law) bool { return l.ID == id }) {
		laws = byOwnText
	}
	return slices.ContainsFunc(laws, func(l claimwatch.Law) bool { return l.ID == id && l.From <= on && on < l.Until })
}

// basisOf gives the articles on which a finding rests, with whether each was in
// force on the service date: the local day on which the finding begins.
func (k knowledge) basisOf(rule *Rule, on claimwatch.Day) []claimwatch.Basis {
	basis := make([]claimwatch.Basis, len(rule.Basis))
	for i, a := range rule.Basis {
		basis[i] = claimwatch.Basis{Law: a.Law, Article: a.Article, InForce: k.inForce(a.Law, on)}
	}
	return basis
}
