package rules

import (
	"context"
	"time"

	"claimwatch"
)

// Prepared gives the statement of each rule, for tests.
func Prepared(ctx context.Context, library *Library, on Prober) (map[string]string, error) {
	ready, broken, err := prepare(ctx, library, nil, on)
	for _, cause := range broken {
		return nil, cause
	}
	statements := map[string]string{}
	for _, r := range ready {
		statements[r.Code] = r.sql
	}
	return statements, err
}

// RestAfter is restAfter, for tests.
func RestAfter(took time.Duration, cfg Config) time.Duration { return restAfter(took, cfg) }

// ByOwnText is byOwnText, for tests.
var ByOwnText = byOwnText

// WorldOf reads facts written as cases write them, for tests.
func WorldOf(facts ...string) (World, error) { return PrefixedWorldOf("", facts...) }

// PrefixedWorldOf is WorldOf with a prefix that keeps it apart from others.
func PrefixedWorldOf(prefix string, facts ...string) (World, error) {
	return CaseFile{World: facts}.world(Case{}, prefix)
}

// Tallies is tallies, for tests: hits, passes, not evaluated.
func (l *Library) Tallies(stays map[uint32]claimwatch.Stay, evaluations []claimwatch.Evaluation) map[string][3]int {
	plain := map[string][3]int{}
	for code, t := range l.tallies(stays, evaluations) {
		plain[code] = [3]int{t.hits, t.passes, t.silences}
	}
	return plain
}
