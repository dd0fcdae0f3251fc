// Package coverage puts together what each rule says of each stay: hit, pass, or
// not evaluated with the reason (rules.md 1.23). An evaluation stores what it hit
// and what it could not tell; whatever is left of the stays that a rule speaks of
// has passed.
package coverage
