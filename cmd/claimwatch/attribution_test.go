package main

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/attribution"
	"claimwatch/province/adversary"
	"claimwatch/rules"
	"claimwatch/rules/oracle"
)

// TestAttributionAgreesWithTheText holds attribution against the second reading of
// rules.md, over awkward worlds: whatever is left out, told of a single line or in
// another order, each finding takes the same of each of its lines. The order of the
// rules is that of the library.
func TestAttributionAgreesWithTheText(t *testing.T) {
	library, err := rules.Embedded()
	must(t, err)
	drawn := rapid.Custom(adversary.World)
	random := rand.New(rand.NewPCG(1, 2))
	shared := 0
	for seed := range 300 {
		w := drawn.Example(seed)
		var log []oracle.Received
		for i, r := range w.Records {
			log = append(log, oracle.Received{Record: r, ReceivedAt: w.ReceivedAt[i]})
		}
		result := oracle.Evaluate(log, w.Reference, w.AsOf, w.Wall)
		out := map[string]bool{}
		for _, f := range result.Findings {
			out[f.ID] = result.Suppressed[f.ID] != "" || random.IntN(6) == 0
		}
		net := oracle.Net(log, w.AsOf)
		want := map[string]map[attribution.Line]claimwatch.Fen{}
		for id, lines := range oracle.Attribute(result.Findings, net, func(id string) bool { return out[id] }) {
			want[id] = map[attribution.Line]claimwatch.Fen{}
			for line, part := range lines {
				want[id][attribution.Line(line)] = max(0, part) // a fitting below zero is worth nothing
			}
		}
		worth := map[attribution.Line]claimwatch.Fen{}
		for line, fen := range net {
			worth[attribution.Line(line)] = fen
		}
		var claimants []attribution.Claimant
		for _, f := range result.Findings {
			if !out[f.ID] {
				claimants = append(claimants, attribution.Claimant{ID: f.ID, Rule: f.Rule, Severity: f.Severity, Subject: f.Subject, Lines: f.Lines})
			}
		}
		random.Shuffle(len(claimants), func(i, j int) { claimants[i], claimants[j] = claimants[j], claimants[i] })
		got := attribution.Attribute(claimants, worth, library.Order())
		if diff := cmp.Diff(got, want); diff != "" {
			t.Fatalf("world %d (-got, +want):\n%s", seed, diff)
		}
		shared += lineByLine(t, claimants, worth, library.Order(), got)
	}
	if shared < 500 {
		t.Errorf("only %d lines have several claimants: the test says little", shared)
	}
}

// lineByLine attributes each line among its own claimants alone, which is how a
// list that shows a part of the findings comes to the same.
func lineByLine(
	t *testing.T, claimants []attribution.Claimant, net map[attribution.Line]claimwatch.Fen, order []string,
	whole map[string]map[attribution.Line]claimwatch.Fen,
) (shared int) {
	t.Helper()
	for line := range net {
		var some []attribution.Claimant
		for _, c := range claimants {
			if slices.ContainsFunc(c.Lines, func(l claimwatch.Line) bool { return attribution.Of(l) == line && l.Role == claimwatch.Violating }) {
				some = append(some, c)
			}
		}
		if len(some) > 1 {
			shared++
		}
		for id, lines := range attribution.Attribute(some, net, order) {
			if lines[line] != whole[id][line] {
				t.Errorf("%s takes %s of %v among its claimants, %s among all", id, lines[line], line, whole[id][line])
			}
		}
	}
	return shared
}

// testAttributed: what the server attributes over HTTP is what the second reading
// makes of the same findings and of what the timelines say the lines are worth.
func testAttributed(t *testing.T, s *server, officer string) {
	type view struct {
		claimwatch.Finding
		State      claimwatch.State `json:"state"`
		Attributed claimwatch.Fen   `json:"attributed"`
	}
	net := map[oracle.LineRef]claimwatch.Fen{}
	for _, stay := range []string{"S1", "S2"} {
		var timeline struct {
			Records []struct {
				Kind     claimwatch.Kind `json:"kind"`
				RecordID string          `json:"record_id"`
				Net      claimwatch.Fen  `json:"net"`
			} `json:"records"`
		}
		must(t, json.Unmarshal([]byte(s.reads(t, "/v1/stays/H1/"+stay)), &timeline))
		for _, r := range timeline.Records {
			net[oracle.LineRef{Kind: r.Kind, InstitutionID: "H1", RecordID: r.RecordID}] = r.Net
		}
	}
	views := decoded[view](t, s.good(t, officer, "findings", "--json"))
	out := map[string]bool{}
	var findings []claimwatch.Finding
	for _, v := range views {
		findings = append(findings, v.Finding)
		out[v.ID] = v.SuppressedBy != nil || v.State == claimwatch.StateReleased
	}
	want := oracle.Attribute(findings, net, func(id string) bool { return out[id] })
	var all claimwatch.Fen
	for _, v := range views {
		var sum claimwatch.Fen
		for _, part := range want[v.ID] {
			sum += part
		}
		if all += sum; v.Attributed != sum {
			t.Errorf("%s about %s: %s attributed, want %s", v.Rule, v.Subject, v.Attributed, sum)
		}
		if by := decoded[view](t, s.good(t, officer, "findings", v.ID, "--json")); by[0].Attributed != v.Attributed {
			t.Errorf("%s: %s by id, %s in the list", v.Rule, by[0].Attributed, v.Attributed)
		}
	}
	if all == 0 {
		t.Error("nothing is attributed: the test says nothing")
	}
}
