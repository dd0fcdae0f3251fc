package oracle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/province/adversary"
	"claimwatch/rules"
	"claimwatch/rules/oracle"
)

// received is a world's log.
func received(w adversary.Drawn) []oracle.Received {
	var log []oracle.Received
	for i, r := range w.Records {
		log = append(log, oracle.Received{Record: r, ReceivedAt: w.ReceivedAt[i]})
	}
	return log
}

// compare asks both readings about many worlds in one store, as of the first
// one's moment, by its clock and with its tables loaded, and gives the
// differences of each, nil where there are none.
func compare(t *testing.T, evaluate Evaluator, some []adversary.Drawn) [][]string {
	t.Helper()
	var tagged []adversary.Drawn
	for i, w := range some {
		tagged = append(tagged, w.Tagged(fmt.Sprintf("w%d.", i)))
	}
	all := adversary.Merge(tagged)
	log := received(all)
	result, err := evaluate(t.Context(), log, all.Reference, all.AsOf, all.Wall)
	if err != nil {
		t.Fatalf("evaluate error:\n%+v", err)
	}
	text := oracle.Evaluate(log, all.Reference, all.AsOf, all.Wall)
	got, want := told(result), told(inLibrary(t, text))
	out := make([][]string, len(some))
	note := func(sign string, lines, others []string) {
		for _, line := range lines {
			if _, found := slices.BinarySearch(others, line); !found {
				out[worldOf(t, line)] = append(out[worldOf(t, line)], sign+line)
			}
		}
	}
	note("- ", got, want)
	note("+ ", want, got)
	return out
}

// inLibrary leaves out what the text says about rules that the product's library
// does not have.
func inLibrary(t *testing.T, result oracle.Result) oracle.Result {
	t.Helper()
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	result.Findings = slices.DeleteFunc(result.Findings, func(f claimwatch.Finding) bool {
		_, ok := library.Rule(f.Rule)
		return !ok
	})
	result.NotEvaluated = slices.DeleteFunc(result.NotEvaluated, func(n claimwatch.NotEvaluated) bool {
		_, ok := library.Rule(n.Rule)
		return !ok
	})
	return result
}

// worldOf finds the number of the world in a line of told: "ADM-001 w12.h1|…".
func worldOf(t *testing.T, line string) (n int) {
	t.Helper()
	if _, err := fmt.Sscanf(line[len("ADM-001 "):], "w%d.", &n); err != nil {
		t.Fatalf("no world in %q: %v", line, err)
	}
	return n
}

// shrink takes away records and rows as long as the rules of the difference
// still disagree: all ways to take one away are tried in one store, those that
// touch what the worlds of a store share one by one.
func shrink(t *testing.T, evaluate Evaluator, w adversary.Drawn, diff []string) (adversary.Drawn, []string) {
	t.Helper()
	rule := diff[0][len("- "):len("- ADM-001")]
	disagrees := func(d []string) bool {
		return slices.ContainsFunc(d, func(line string) bool { return strings.HasPrefix(line[2:], rule) })
	}
	for shrunk := true; shrunk; {
		shrunk = false
		if smaller := w.Less(); len(smaller) > 0 {
			diffs := compare(t, evaluate, smaller)
			if i := slices.IndexFunc(diffs, disagrees); i >= 0 {
				w, diff, shrunk = smaller[i], diffs[i], true
				continue
			}
		}
		for _, smaller := range w.LessShared() {
			if d := compare(t, evaluate, []adversary.Drawn{smaller})[0]; disagrees(d) {
				w, diff, shrunk = smaller, d, true
				break
			}
		}
	}
	return w, diff
}

// told writes a result down, sorted: one line for each finding, with its facts,
// and one for each rule and stay that is not evaluated.
func told(result oracle.Result) []string {
	var out []string
	for i := range result.Findings {
		f := &result.Findings[i]
		var lines []string
		for _, l := range f.Lines {
			line := fmt.Sprintf("%s:%s:%s:%s", l.Kind, l.RecordID, l.Role[:1], l.Amount)
			if l.InstitutionID != f.InstitutionID {
				line = l.InstitutionID + "/" + line
			}
			lines = append(lines, line)
		}
		out = append(out, fmt.Sprintf("%s %s %s %s..%s %s of %s: %s #%s", f.Rule, f.Subject, f.Severity[:1],
			moment(f.From), moment(f.Until), f.Amount, belonging(f), strings.Join(lines, " "), f.FactsSHA256()[:8]))
	}
	for _, n := range result.NotEvaluated {
		out = append(out, fmt.Sprintf("%s %s|%s|%s not evaluated", n.Rule, n.InstitutionID, n.PersonID, n.StayID))
	}
	slices.Sort(out)
	return out
}

// belonging is the stay of a finding, "-" for each part that it has none of.
func belonging(f *claimwatch.Finding) string {
	person, stay := "-", "-"
	if f.PersonID != nil {
		person = *f.PersonID
	}
	if f.StayID != nil {
		stay = *f.StayID
	}
	return claimwatch.Subject(f.InstitutionID, person, stay)
}

func moment(i *claimwatch.Instant) string {
	if i == nil {
		return "open"
	}
	return i.Subject()
}
