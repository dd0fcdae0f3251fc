package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// testEvaluate: a sweep over everything finds what the stream of events found,
// by the same digest, and nothing that the time had not brought yet.
func testEvaluate(t *testing.T, s *server, officer, hospital string) {
	sum := regexp.MustCompile(`^[0-9a-f]{64}\n$`)
	findings := s.good(t, officer, "digest", "--findings")
	if !sum.MatchString(findings) {
		t.Errorf("digest --findings printed %q", findings)
	}
	same(t, "evaluate --digest at as_of", s.good(t, officer, "evaluate", "--as-of", worldAsOf, "--digest"), findings)
	if all := s.good(t, officer, "digest"); !sum.MatchString(all) || all == findings {
		t.Errorf("digest printed %q, --findings %q: decisions and lists belong to it", all, findings)
	}

	swept := decoded[findingView](t, s.good(t, officer, "evaluate", "--as-of", worldAsOf, "--json", "--clock", "event"))
	var ids []string
	for _, f := range swept {
		ids = append(ids, f.FindingID)
	}
	same(t, "what a sweep finds", ids, idsOf(t, s, officer))
	if !slices.IsSorted(ids) {
		t.Errorf("a sweep gives them out of order: %v", ids)
	}
	table := columns(s.good(t, officer, "evaluate", "--as-of", worldAsOf))
	same(t, "head", table[0], []string{"FINDING", "RULE", "SEVERITY", "YUAN", "LINES", "SUBJECT"})
	same(t, "rows of the table", len(table), len(swept)+1)
	same(t, "the first row", table[1][:3], []string{swept[0].FindingID, swept[0].Rule, swept[0].Severity})

	before := s.good(t, officer, "evaluate", "--as-of", "2026-03-02T17:59:59.999+08:00", "--json")
	if strings.Contains(before, "FEE-007") || !strings.Contains(before, "FEE-001") {
		t.Errorf("a millisecond before the dear line: %s", before)
	}

	s.bad(t, exitUsage, "as_of", officer, "evaluate", "--as-of", "yesterday")
	s.bad(t, exitFailed, "forbidden (403)", hospital, "evaluate", "--as-of", worldAsOf)
	s.bad(t, exitFailed, "forbidden (403)", hospital, "digest")
	s.bad(t, exitUsage, "--as-of", officer, "evaluate")
	s.bad(t, exitUsage, "can't be used together", officer, "evaluate", "--as-of", worldAsOf, "--json", "--digest")
	s.bad(t, exitUsage, "--clock must be one of", officer, "evaluate", "--as-of", worldAsOf, "--clock", "sun")
}
