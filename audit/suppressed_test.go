package audit

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// A suppressed finding stays visible with the row, is asked for by it, counts in
// the digest, and can be released but neither notified nor rejected. What was
// notified before the row came stays notified.
func TestSuppressedFindings(t *testing.T) {
	d := newDesk(t)
	row := "W1"
	hidden, plain := sample("hidden", false), sample("plain", false)
	before := d.facts.put(hidden)
	d.facts.put(plain)
	sum := good[map[string]string](d, d.call(officer, "GET", "/v1/digest?findings=true", nil))
	hidden.SuppressedBy = &row
	held := d.facts.put(hidden)
	if held.Facts != before.Facts {
		t.Errorf("the whitelist is part of the facts: %s and %s", held.Facts, before.Facts)
	}
	if after := good[map[string]string](d, d.call(officer, "GET", "/v1/digest?findings=true", nil)); after["digest"] == sum["digest"] {
		t.Error("the whitelist is no part of the digest")
	}
	for query, want := range map[string][]string{
		"": {"hidden", "plain"}, "suppressed=true": {"hidden"}, "suppressed=false": {"plain"}, "suppressed=true&state=open": {"hidden"},
	} {
		got, _ := d.listed(officer, query)
		slices.Sort(got)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%q (-got, +want):\n%s", query, diff)
		}
	}
	one := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+held.ID, nil))
	if one.SuppressedBy == nil || *one.SuppressedBy != row || one.State != claimwatch.StateOpen {
		t.Errorf("suppressed_by %v in state %s", one.SuppressedBy, one.State)
	}

	p := d.refused(d.decide(officer, held, "notify", 0), 409, claimwatch.CodeIllegalTransition)
	if want := "whitelist row W1 suppresses the finding: it allows no notify until the row is withdrawn or changed"; p.Detail != want {
		t.Errorf("detail %q, want %q", p.Detail, want)
	}
	many := good[page[manyResult]](d, d.call(officer, "POST", "/v1/decisions", map[string]any{"action": "notify", "findings": []any{
		map[string]any{"finding_id": held.ID, "expected_revision": 0, "facts_sha256": held.Facts},
		map[string]any{"finding_id": claimwatch.FindingID("FEE-001", "plain"), "expected_revision": 0, "facts_sha256": plain.FactsSHA256()},
	}}))
	if many.Items[0].Code != claimwatch.CodeIllegalTransition || many.Items[1].State != claimwatch.StateNotified {
		t.Errorf("notified together: %+v", many.Items)
	}
	// The row comes after the notice: it stays notified and is not rejected once lapsed.
	plain.SuppressedBy = &row
	told := d.facts.put(plain)
	d.clock("2026-03-10T00:00:00+08:00")
	d.refused(d.decide(officer, told, "reject", 1), 409, claimwatch.CodeIllegalTransition)
	plain.SuppressedBy = nil
	d.facts.put(plain)
	if got := good[FindingDetail](d, d.decide(officer, told, "reject", 1)); got.State != claimwatch.StateRejected {
		t.Errorf("rejected after the row was withdrawn: %s", got.State)
	}
	if got := good[FindingDetail](d, d.decide(officer, held, "release", 0)); got.State != claimwatch.StateReleased {
		t.Errorf("released: %s", got.State)
	}
}

// A hospital sees of its own finding that it is suppressed; of one that belongs
// to another it learns nothing that is about the other.
func TestSuppressionOfAnother(t *testing.T) {
	d := newDesk(t)
	shared := sample("shared", true)
	good[FindingDetail](d, d.decide(officer, d.facts.put(shared), "notify", 0))
	row := "W1"
	shared.SuppressedBy = &row
	held := d.facts.put(shared)
	for name, c := range map[string]struct {
		caller claimwatch.Caller
		want   bool
	}{"whose it is": {hospital, true}, "whose line it holds": {another, false}} {
		got := good[FindingDetail](d, d.call(c.caller, "GET", "/v1/findings/"+held.ID, nil))
		if (got.SuppressedBy != nil) != c.want {
			t.Errorf("%s sees %v", name, got.SuppressedBy)
		}
		list, _ := d.listed(c.caller, "suppressed=true")
		if (len(list) == 1) != c.want {
			t.Errorf("%s lists %v as suppressed", name, list)
		}
	}
}
