package rules

import "claimwatch"

// FactsOf reads facts as cases write them, for tests.
func FactsOf(w *World, lines ...string) (World, error) {
	for _, text := range lines {
		if err := w.fact(text, ""); err != nil {
			return *w, err
		}
	}
	return *w, nil
}

// CaseTime reads a time as cases write it, for tests.
func CaseTime(text string) (claimwatch.Instant, error) { return caseTime(text) }

// CaseWorld is the world of a case that finds something, with a prefix of its own.
type CaseWorld struct {
	Rule, Name, Prefix string
	World              World
	AsOf               claimwatch.Instant
}

// CaseWorlds are the worlds of all cases that find something.
func CaseWorlds(library *Library) ([]CaseWorld, error) {
	cases, err := library.gatherCases(nil)
	if err != nil {
		return nil, err
	}
	var worlds []CaseWorld
	for _, c := range cases {
		text := c.Case.AsOf
		if text == "" {
			text = caseAsOf
		}
		asOf, err := caseTime(text)
		if err != nil {
			return nil, err
		}
		if len(c.Case.Find) > 0 && len(c.Case.Set) == 0 {
			worlds = append(worlds, CaseWorld{c.rule.Code, c.Case.Name, c.prefix, c.world, asOf})
		}
	}
	return worlds, nil
}
