package oracle_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/province/adversary"
	"claimwatch/rules/oracle"
)

// Evaluator is an implementation of the twelve rules: records in the order of
// the log, reference rows as uploaded, as_of.
type Evaluator func(
	ctx context.Context, records []claimwatch.Record, ref oracle.Reference, asOf claimwatch.Instant,
) (oracle.Result, error)

// TestProductAgreesWithTheTextOnAwkwardWorlds holds the library on the store
// against the second reading of rules.md: every finding, line and fen, and what
// is not evaluated. More worlds: go test -rapid.checks=5000.
func TestProductAgreesWithTheTextOnAwkwardWorlds(t *testing.T) {
	p := newProduct(t)
	ctx := t.Context()
	rapid.Check(t, func(rt *rapid.T) {
		records, reference, asOf := adversary.World(rt)
		if diff := disagreement(ctx, rt, p.evaluate, records, reference, asOf); diff != "" {
			rt.Fatalf("the product (-) and the text (+) differ as of %s:\n%s\n%s", asOf.Subject(), diff, story(records, reference))
		}
	})
}

// disagreement gives the difference between an evaluator and the oracle, "" for none.
func disagreement(
	ctx context.Context, t rapid.TB, evaluate Evaluator, records []claimwatch.Record, ref oracle.Reference, asOf claimwatch.Instant,
) string {
	t.Helper()
	got, err := evaluate(ctx, records, ref, asOf)
	if err != nil {
		t.Fatalf("evaluate error:\n%+v", err)
	}
	want := oracle.Evaluate(records, ref, asOf, true)
	return gocmp.Diff(told(got), told(want))
}

// told writes a result down: one line for each finding, with the hash of its
// facts, and one for each rule and stay that is not evaluated.
func told(result oracle.Result) []string {
	var out []string
	for i := range result.Findings {
		f := &result.Findings[i]
		out = append(out, fmt.Sprintf("%s %s %s %s..%s %s %v %s", f.Rule, f.Subject, f.Severity, instant(f.From), instant(f.Until),
			f.Amount, lines(f.Lines), f.FactsSHA256()[:8]))
	}
	for _, n := range result.NotEvaluated {
		out = append(out, fmt.Sprintf("%s %s|%s|%s not evaluated", n.Rule, n.InstitutionID, n.PersonID, n.StayID))
	}
	slices.Sort(out)
	return out
}

func instant(i *claimwatch.Instant) string {
	if i == nil {
		return "open"
	}
	return i.Subject()
}

func lines(lines []claimwatch.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, fmt.Sprintf("%s:%s:%s:%s", l.Kind, l.RecordID, l.Role[:1], l.Amount))
	}
	return strings.Join(out, " ")
}

// story writes a world so that a reader can follow it: records by time, in the
// order of the log where it matters, and the rows.
func story(records []claimwatch.Record, ref oracle.Reference) string {
	sorted := slices.Clone(records)
	slices.SortStableFunc(sorted, func(a, b claimwatch.Record) int { return cmp.Compare(a.OccurredAt, b.OccurredAt) })
	var b strings.Builder
	for i := range sorted {
		r := &sorted[i]
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
	for _, table := range []string{"institutions", "items"} {
		rows, loaded := ref[table]
		fmt.Fprintf(&b, "%s loaded=%v\n", table, loaded)
		for _, row := range rows {
			fmt.Fprintf(&b, "  %v\n", row)
		}
	}
	return b.String()
}
