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

// compare asks both readings about many worlds, as of the first one's moment, by
// its clock and with its tables loaded, and gives the differences of each, nil
// where there are none. Those that may stand side by side share one store.
func compare(t *testing.T, evaluate Evaluator, some []adversary.Drawn) [][]string {
	t.Helper()
	out := make([][]string, len(some))
	var together []adversary.Drawn
	for i, w := range some {
		w = w.Judged(some[0]).Tagged(fmt.Sprintf("w%d.", i))
		if w.Alone() {
			differ(t, evaluate, w, out)
		} else {
			together = append(together, w)
		}
	}
	if len(together) > 0 {
		differ(t, evaluate, adversary.Merge(together), out)
	}
	return out
}

// differ asks both readings about what is in one store and notes the differences
// of each world.
func differ(t *testing.T, evaluate Evaluator, all adversary.Drawn, out [][]string) {
	t.Helper()
	log := received(all)
	result, err := evaluate(t.Context(), log, all.Reference, all.AsOf, all.Wall)
	if err != nil {
		t.Fatalf("evaluate error:\n%+v", err)
	}
	text := oracle.Evaluate(log, all.Reference, all.AsOf, all.Wall)
	got, want := told(result), told(inLibrary(t, text))
	note := func(sign string, lines, others []string) {
		for _, line := range lines {
			if _, found := slices.BinarySearch(others, line); !found {
				out[worldOf(t, line)] = append(out[worldOf(t, line)], sign+line)
			}
		}
	}
	note("- ", got, want)
	note("+ ", want, got)
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
	_, subject, _ := strings.Cut(line, " ")
	if _, err := fmt.Sscanf(subject, "w%d.", &n); err != nil {
		t.Fatalf("no world in %q: %v", line, err)
	}
	return n
}

// shrink takes away records and rows as long as the rules of the difference
// still disagree, large parts first. All ways to take one away are tried in one
// store, but what the worlds of a store share one by one, and in large parts only.
func shrink(t *testing.T, evaluate Evaluator, w adversary.Drawn, diff []string) (adversary.Drawn, []string) {
	t.Helper()
	rule, _, _ := strings.Cut(diff[0][len("- "):], " ")
	try := func(smaller []adversary.Drawn) bool {
		if len(smaller) == 0 {
			return false
		}
		diffs := compare(t, evaluate, smaller)
		i := slices.IndexFunc(diffs, func(d []string) bool {
			return slices.ContainsFunc(d, func(line string) bool { return strings.HasPrefix(line[2:], rule) })
		})
		if i >= 0 {
			w, diff = smaller[i], diffs[i]
		}
		return i >= 0
	}
	const most = 256 // parts: more than a table has rows
	for parts := 1; parts <= most; {
		shrunk := try(w.Less(parts))
		if !shrunk && parts <= 2 {
			shrunk = slices.ContainsFunc(w.LessShared(parts), func(smaller adversary.Drawn) bool {
				return try([]adversary.Drawn{smaller})
			})
		}
		if !shrunk {
			parts *= 2
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
		out = append(out, fmt.Sprintf("%s %s %s %s..%s %s of %s: %s #%s%s", f.Rule, f.Subject, f.Severity[:1],
			moment(f.From), moment(f.Until), f.Amount, belonging(f), strings.Join(lines, " "), f.FactsSHA256()[:8], suppressed(result, f)))
	}
	for _, n := range result.NotEvaluated {
		// The product says of rules across the persons of an institution that they
		// cannot tell about the institution, and means each of its stays.
		if slices.Contains([]string{"ADM-012", "ADM-017", "ADM-019", "DAT-003"}, n.Rule) {
			n.PersonID, n.StayID = "", ""
		}
		out = append(out, fmt.Sprintf("%s %s|%s|%s not evaluated", n.Rule, n.InstitutionID, n.PersonID, n.StayID))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// suppressed tells which row of the whitelist applies to a finding. The product
// says so in the finding, the text beside it.
func suppressed(result oracle.Result, f *claimwatch.Finding) string {
	row := result.Suppressed[f.ID]
	if f.SuppressedBy != nil {
		row = *f.SuppressedBy
	}
	if row == "" {
		return ""
	}
	return " suppressed by " + row
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
