package audit

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// attributed gives what is attributed to each finding by its subject, over a list
// in pages of a size.
func (d *desk) attributed(query string) map[string]string {
	d.t.Helper()
	got := map[string]string{}
	for cursor := ""; ; {
		one := good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings?"+query+"&cursor="+cursor, nil))
		for _, v := range one.Items {
			got[v.Subject] = v.Attributed.String()
			var sum claimwatch.Fen
			for _, line := range v.Lines {
				if line.Attributed != nil {
					sum += *line.Attributed
				}
			}
			if sum != *v.Attributed {
				d.t.Errorf("%s: %s of its lines, %s of all", v.Subject, sum, v.Attributed)
			}
		}
		if cursor = one.Next; cursor == "" {
			return got
		}
	}
}

// Findings share the line F1, worth 256.00. Whatever part of them a list shows,
// each takes what those before it have left, and what one of them loses by a
// decision, by the whitelist or with its facts goes to the next.
func TestAttributed(t *testing.T) {
	d := newDesk(t)
	put := func(subject, rule string, severity claimwatch.Severity, amount claimwatch.Fen) claimwatch.Held {
		f := sample(subject, false)
		f.ID, f.Rule, f.Severity, f.Amount = claimwatch.FindingID(rule, subject), rule, severity, amount
		f.Lines = slices.Clone(f.Lines)
		f.Lines[0].Amount = amount
		return d.facts.put(f)
	}
	dear := put("dear", "FEE-007", claimwatch.Violation, 25600)
	twice := put("twice", "FEE-001", claimwatch.Violation, 20000)
	split := put("split", "ADM-001", claimwatch.Suspicion, 10000)
	check := func(what string, want map[string]string) {
		t.Helper()
		for _, query := range []string{"", "limit=1", "limit=2"} {
			if diff := cmp.Diff(d.attributed(query), want); diff != "" {
				t.Errorf("%s, %s (-got, +want):\n%s", what, query, diff)
			}
		}
	}
	check("all", map[string]string{"twice": "200.00", "dear": "56.00", "split": "0.00"})
	one := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+dear.ID, nil))
	if one.Attributed.String() != "56.00" || one.Lines[0].Attributed.String() != "56.00" || one.Amount != 25600 {
		t.Errorf("by id: %s of %s", one.Attributed, one.Amount)
	}
	if some := d.attributed("rule=ADM-001"); some["split"] != "0.00" {
		t.Errorf("a list of the last alone: %v", some)
	}
	d.order = []string{"ADM-001", "FEE-007", "FEE-001"}
	check("a reload has changed the order", map[string]string{"twice": "0.00", "dear": "256.00", "split": "0.00"})
	d.order = []string{"ADM-001", "FEE-001", "FEE-007"}

	row := "W1"
	hidden := twice.Finding
	hidden.SuppressedBy = &row
	d.facts.put(hidden)
	check("the first is suppressed", map[string]string{"twice": "0.00", "dear": "256.00", "split": "0.00"})
	d.facts.put(twice.Finding)
	good[FindingDetail](d, d.decide(officer, dear, "release", 0))
	check("the second is released", map[string]string{"twice": "200.00", "dear": "0.00", "split": "56.00"})
	d.facts.retract(split.ID)
	check("the third is taken back", map[string]string{"twice": "200.00", "dear": "0.00"})
}

// What was rejected keeps its yuan when its facts are gone: it was deducted.
func TestAttributedToTheRejected(t *testing.T) {
	d := newDesk(t)
	first := d.facts.put(sample("first", false))
	second := sample("second", false)
	second.ID = claimwatch.FindingID("FEE-001", "second")
	d.facts.put(second)
	good[FindingDetail](d, d.decide(officer, first, "notify", 0))
	good[FindingDetail](d, d.explain(hospital, first.ID))
	good[FindingDetail](d, d.decide(officer, first, "reject", 2))
	d.facts.retract(first.ID)
	if diff := cmp.Diff(d.attributed(""), map[string]string{"first": "256.00", "second": "0.00"}); diff != "" {
		t.Errorf("attributed (-got, +want):\n%s", diff)
	}
}

// A hospital sees amounts without what is attributed: that would tell of findings
// of which nobody has told it.
func TestAttributedIsNotForHospitals(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("told", false))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	got := good[FindingDetail](d, d.call(hospital, "GET", "/v1/findings/"+held.ID, nil))
	list := good[page[FindingView]](d, d.call(hospital, "GET", "/v1/findings", nil))
	if got.Attributed != nil || got.Lines[0].Attributed != nil || list.Items[0].Attributed != nil || got.Amount != 25600 {
		t.Errorf("by id %v of %s, in a list %v", got.Attributed, got.Amount, list.Items[0].Attributed)
	}
}
