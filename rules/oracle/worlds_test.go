package oracle_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/rules/oracle"
)

// world is one input of both readings.
type world struct {
	records   []claimwatch.Record
	reference oracle.Reference
	asOf      claimwatch.Instant
}

// tagged gives a world whose institutions, persons and items are its own, so
// that many worlds fit into one store.
func (w world) tagged(n int) world {
	tag := fmt.Sprintf("w%d.", n)
	out := world{reference: oracle.Reference{}, asOf: w.asOf}
	for _, r := range w.records {
		r.InstitutionID, r.PersonID = tag+r.InstitutionID, tag+r.PersonID
		r.Values = slices.Clone(r.Values)
		if slot := r.Kind.Slot("item_code"); slot >= 0 && r.Values[slot].Set {
			r.Values[slot].Text = tag + r.Values[slot].Text
		}
		out.records = append(out.records, r)
	}
	for table, rows := range w.reference {
		out.reference[table] = []map[string]string{}
		for _, row := range rows {
			row = maps.Clone(row)
			for _, column := range []string{"institution_id", "item_code"} {
				if row[column] != "" {
					row[column] = tag + row[column]
				}
			}
			out.reference[table] = append(out.reference[table], row)
		}
	}
	return out
}

// compare asks both readings about many worlds in one store, as of the first
// one's moment and with its tables loaded, and gives the differences of each, nil
// where there are none.
func compare(t *testing.T, evaluate Evaluator, some []world) [][]string {
	t.Helper()
	all := world{reference: oracle.Reference{}, asOf: some[0].asOf}
	for table := range some[0].reference {
		all.reference[table] = []map[string]string{}
	}
	for i, w := range some {
		w = w.tagged(i)
		all.records = append(all.records, w.records...)
		for table := range all.reference {
			all.reference[table] = append(all.reference[table], w.reference[table]...)
		}
	}
	result, err := evaluate(t.Context(), all.records, all.reference, all.asOf)
	if err != nil {
		t.Fatalf("evaluate error:\n%+v", err)
	}
	text := oracle.Evaluate(oracle.OnTime(all.records), all.reference, all.asOf, true)
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
// still disagree: all ways to take one away are tried in one store.
func shrink(t *testing.T, evaluate Evaluator, w world, diff []string) (world, []string) {
	t.Helper()
	rule := diff[0][len("- "):len("- ADM-001")]
	for {
		smaller := less(w)
		found := false
		if len(smaller) == 0 {
			return w, diff
		}
		for i, d := range compare(t, evaluate, smaller) {
			if slices.ContainsFunc(d, func(line string) bool { return strings.HasPrefix(line[2:], rule) }) {
				w, diff, found = smaller[i], d, true
				break
			}
		}
		if !found {
			return w, diff
		}
	}
}

// less gives the worlds with a half, a quarter, one record or one row less.
func less(w world) []world {
	var out []world
	for size := max(1, len(w.records)/2); size > 0; size /= 2 {
		for i := 0; i+size <= len(w.records); i += size {
			out = append(out, world{slices.Delete(slices.Clone(w.records), i, i+size), w.reference, w.asOf})
		}
	}
	rows := w.reference["items"]
	for i := range rows {
		fewer := maps.Clone(w.reference)
		fewer["items"] = slices.Delete(slices.Clone(rows), i, i+1)
		out = append(out, world{w.records, fewer, w.asOf})
	}
	return out
}

// told writes a result down, sorted: one line for each finding, with its facts,
// and one for each rule and stay that is not evaluated.
func told(result oracle.Result) []string {
	var out []string
	for i := range result.Findings {
		f := &result.Findings[i]
		var lines []string
		for _, l := range f.Lines {
			lines = append(lines, fmt.Sprintf("%s:%s:%s:%s", l.Kind, l.RecordID, l.Role[:1], l.Amount))
		}
		out = append(out, fmt.Sprintf("%s %s %s %s..%s %s %s #%s", f.Rule, f.Subject, f.Severity[:1],
			moment(f.From), moment(f.Until), f.Amount, strings.Join(lines, " "), f.FactsSHA256()[:8]))
	}
	for _, n := range result.NotEvaluated {
		out = append(out, fmt.Sprintf("%s %s|%s|%s not evaluated", n.Rule, n.InstitutionID, n.PersonID, n.StayID))
	}
	slices.Sort(out)
	return out
}

func moment(i *claimwatch.Instant) string {
	if i == nil {
		return "open"
	}
	return i.Subject()
}

// String tells a world: its records by time and its rows.
func (w world) String() string {
	var b strings.Builder
	for i := range w.records {
		r := &w.records[i]
		fmt.Fprintf(&b, "%s %s %s %s|%s|%s", r.Kind, r.RecordID, r.OccurredAt.Subject(), r.InstitutionID, r.PersonID, r.StayID)
		if r.Revision > 1 || r.Cancelled {
			fmt.Fprintf(&b, " rev=%d cancelled=%v", r.Revision, r.Cancelled)
		}
		for slot, spec := range r.Kind.Fields() {
			switch v := r.Values[slot]; {
			case !v.Set:
			case spec.Type == claimwatch.TypeTime:
				fmt.Fprintf(&b, " %s=%s", spec.Name, claimwatch.Instant(v.Num).Subject())
			case spec.Type == claimwatch.TypeCodes || v.Text != "":
				fmt.Fprintf(&b, " %s=%s", spec.Name, strings.ReplaceAll(v.Text, claimwatch.ListSeparator, ";"))
			default:
				fmt.Fprintf(&b, " %s=%s", spec.Name, claimwatch.AppendDecimal(nil, v.Num, spec.Type.Decimals()))
			}
		}
		b.WriteByte('\n')
	}
	for table, rows := range w.reference {
		fmt.Fprintf(&b, "%s loaded\n", table)
		for _, row := range rows {
			fmt.Fprintf(&b, "  %v\n", row)
		}
	}
	return b.String()
}
