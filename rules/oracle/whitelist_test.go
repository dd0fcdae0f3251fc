package oracle_test

import (
	"fmt"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/province/adversary"
	"claimwatch/rules/oracle"
)

// TestProductAgreesOnTheWhitelist draws rows around what is found in awkward
// worlds, each column right, wrong or empty and the last day just right or just
// wrong, and compares by which row each finding is suppressed (rules.md 1.22).
func TestProductAgreesOnTheWhitelist(t *testing.T) {
	p := newProduct(t)
	drawn := rapid.Custom(adversary.World)
	first := drawn.Example(0)
	var together []adversary.Drawn
	for seed := range 80 {
		if w := drawn.Example(seed).Judged(first).Tagged(fmt.Sprintf("w%d.", seed)); !w.Alone() {
			together = append(together, w)
		}
	}
	all := adversary.Merge(together)
	log := received(all)
	plain := inLibrary(t, oracle.Evaluate(log, all.Reference, all.AsOf, all.Wall))
	all.Reference["whitelist"] = rapid.Custom(func(t *rapid.T) []map[string]string { return drawWhitelist(t, plain.Findings) }).Example(1)
	got, err := p.evaluate(t.Context(), log, all.Reference, all.AsOf, all.Wall)
	if err != nil {
		t.Fatalf("evaluate error:\n%+v", err)
	}
	want := oracle.Evaluate(log, all.Reference, all.AsOf, all.Wall).Suppressed
	both, rowsUsed := 0, map[string]bool{}
	for i := range got.Findings {
		f := &got.Findings[i]
		row := ""
		if f.SuppressedBy != nil {
			row = *f.SuppressedBy
		}
		if row != want[f.ID] {
			t.Errorf("%s %s: the product says row %q, the text %q", f.Rule, f.Subject, row, want[f.ID])
		}
		if row != "" {
			both++
			rowsUsed[row] = true
		}
	}
	if both < 20 || both > len(got.Findings)*9/10 || len(rowsUsed) < 10 {
		t.Errorf("%d of %d findings are suppressed by %d rows: the test says little", both, len(got.Findings), len(rowsUsed))
	}
}

// drawWhitelist draws rows that nearly or wholly match some findings.
func drawWhitelist(t *rapid.T, findings []claimwatch.Finding) []map[string]string {
	var rows []map[string]string
	for i := range rapid.IntRange(100, 140).Draw(t, "rows") {
		f := rapid.SampledFrom(findings).Draw(t, "finding")
		day := claimwatch.Day(0)
		if f.From != nil {
			day = f.From.Day() + claimwatch.Day(rapid.SampledFrom([]int{-1, 0, 0, 1}).Draw(t, "days"))
		}
		row := map[string]string{
			"whitelist_id": "W" + strconv.Itoa(i), "rule": f.Rule, "reason": "drawn", "owner": "test", "expires_on": day.String(),
		}
		column := func(name string, values ...string) {
			if value := rapid.SampledFrom(append(values, "", "")).Draw(t, name); value != "" {
				row[name] = value
			}
		}
		column("institution_id", f.InstitutionID, f.InstitutionID, "nowhere")
		if f.PersonID != nil {
			column("person_id", *f.PersonID, *f.PersonID, *f.PersonID+"x")
		}
		column("diagnosis_prefix", "S82", "S82.1", "M17", "骨")
		column("series_id", "x", "y")
		if len(row) == 5 { // of the rule alone: it would leave nothing for the others
			row["institution_id"] = f.InstitutionID
		}
		rows = append(rows, row)
	}
	return rows
}
