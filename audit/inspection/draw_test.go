package inspection

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

func input(institutions, inspectors, draw, each int) DrawInput {
	in := DrawInput{Format: Format, Draw: draw, Each: each, SeedSource: "lottery of 2026-12-01", SeedOn: 20788, Nonce: strings.Repeat("5a", 32)}
	for i := range institutions {
		in.Institutions = append(in.Institutions, Candidate{InstitutionID: fmt.Sprintf("H%03d", i), Weight: 1})
	}
	for i := range inspectors {
		in.Inspectors = append(in.Inspectors, Inspector{ID: fmt.Sprintf("P%02d", i)})
	}
	return in
}

func made(t testing.TB, in DrawInput, seed string) MadeDraw {
	t.Helper()
	d, err := Make(in, seed)
	if err != nil {
		t.Fatalf("Make() error:\n%+v", err)
	}
	return d
}

// The draw is frozen: one that was published must verify for ever.
func TestFrozenDraw(t *testing.T) {
	in := input(6, 4, 3, 2)
	in.Institutions[2].Weight = 5
	in.Inspectors[1].Conflicts = []string{"H003", "H002"}
	d := made(t, in, "05 11 17 23 29 31 + 08")
	body, sum, err := d.Bytes()
	if err != nil {
		t.Fatalf("Bytes() error:\n%+v", err)
	}
	const want = "39d6e9010489b4746fe413e326eee7cf17810df183ed145a24cddaa39b2a2455"
	if sum != want {
		t.Errorf("the draw %s has %s, want %s", body, sum, want)
	}
}

// What the lists' order was before does not matter: they are sorted.
func TestOrderDoesNotMatter(t *testing.T) {
	a, b := input(20, 6, 5, 2), input(20, 6, 5, 2)
	slices.Reverse(b.Institutions)
	slices.Reverse(b.Inspectors)
	if x, y := made(t, a, "7"), made(t, b, "7"); fmt.Sprint(x) != fmt.Sprint(y) {
		t.Errorf("the order of the lists changes the draw:\n%v\n%v", x, y)
	}
}

// chi is the chi-square of counts that should be equal.
func chi(counts map[string]int, cells, draws int) float64 {
	want := float64(draws) / float64(cells)
	sum := float64(cells-len(counts)) * want // those that never came
	for _, n := range counts {
		sum += (float64(n) - want) * (float64(n) - want) / want
	}
	return sum
}

// Over the seeds 0 to 19,999 every institution is drawn first, and last, as often
// as every other; so is every inspector. 49 degrees of freedom: 85.4 is the limit
// of one in a thousand; 9: 27.9.
func TestEveryoneIsAsLikely(t *testing.T) {
	const seeds = 20_000
	in := input(50, 10, 3, 2)
	first, last, second := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range seeds {
		d := made(t, in, fmt.Sprint(i))
		first[d.Visits[0].InstitutionID]++
		last[d.Visits[2].InstitutionID]++
		second[d.Visits[1].Inspectors[1]]++
	}
	for name, c := range map[string]struct {
		counts map[string]int
		cells  int
		limit  float64
	}{"first": {first, 50, 85.4}, "last": {last, 50, 85.4}, "inspector": {second, 10, 27.9}} {
		if got := chi(c.counts, c.cells, seeds); got > c.limit {
			t.Errorf("%s: chi-square %.1f over %.1f", name, got, c.limit)
		}
	}
}

// With three times the weight an institution is drawn first three times as often.
func TestWeights(t *testing.T) {
	in := input(5, 1, 1, 1)
	in.Institutions[4].Weight = 4 // 4 of 8
	heavy := 0
	const seeds = 8000
	for i := range seeds {
		if made(t, in, fmt.Sprint(i)).Visits[0].InstitutionID == "H004" {
			heavy++
		}
	}
	if heavy < seeds/2-200 || heavy > seeds/2+200 { // 4.5 standard deviations
		t.Errorf("half of the weight was drawn %d times of %d", heavy, seeds)
	}
}

// A number of the incomplete last round would make small ones likelier.
func TestBelowHasNoBias(t *testing.T) {
	for _, n := range []uint64{1, 2, 3, 7, 1 << 63, 3 << 62} {
		s := newStream("c", "s")
		high := 0
		for range 4000 {
			x := s.below(n)
			if x >= n {
				t.Fatalf("below(%d) = %d", n, x)
			}
			if n > 1 && x >= n/2 {
				high++
			}
		}
		if n > 3 && (high < 1800 || high > 2500) {
			t.Errorf("below(%d): %d of 4000 in the upper half", n, high)
		}
	}
}

// Whoever has a conflict is never sent; nothing is drawn twice; what is drawn was
// on the list.
func TestExclusionsAlwaysHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		in := input(rapid.IntRange(1, 12).Draw(rt, "institutions"), rapid.IntRange(1, 8).Draw(rt, "inspectors"), 1, 1)
		in.Draw = rapid.IntRange(1, len(in.Institutions)).Draw(rt, "draw")
		in.Each = rapid.IntRange(1, 3).Draw(rt, "each")
		for i := range in.Institutions {
			in.Institutions[i].Weight = rapid.Int64Range(1, maxWeight).Draw(rt, "weight")
		}
		for i := range in.Inspectors {
			for _, c := range in.Institutions {
				if rapid.IntRange(0, 3).Draw(rt, "conflict") == 0 {
					in.Inspectors[i].Conflicts = append(in.Inspectors[i].Conflicts, c.InstitutionID)
				}
			}
		}
		d, err := Make(in, rapid.StringMatching(`[0-9]{1,8}`).Draw(rt, "seed"))
		if err != nil {
			if claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
				rt.Fatalf("Make() error:\n%+v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, v := range d.Visits {
			if seen[v.InstitutionID] || !slices.ContainsFunc(in.Institutions, func(c Candidate) bool { return c.InstitutionID == v.InstitutionID }) {
				rt.Fatalf("%s was drawn twice, or was not on the list", v.InstitutionID)
			}
			seen[v.InstitutionID] = true
			for i, id := range v.Inspectors {
				at := slices.IndexFunc(in.Inspectors, func(p Inspector) bool { return p.ID == id })
				if at < 0 || slices.Contains(in.Inspectors[at].Conflicts, v.InstitutionID) || slices.Contains(v.Inspectors[:i], id) {
					rt.Fatalf("%s goes to %s", id, v.InstitutionID)
				}
			}
		}
		if len(d.Visits) != in.Draw || len(d.Visits[0].Inspectors) != in.Each {
			rt.Fatalf("%d visits by %d", len(d.Visits), len(d.Visits[0].Inspectors))
		}
		body, _, err := d.Bytes()
		if err != nil {
			rt.Fatalf("Bytes() error:\n%+v", err)
		}
		if _, faults := Verify(body, d.Commitment); len(faults) > 0 {
			rt.Fatalf("a good draw: %v", faults)
		}
	})
}

// Whatever is changed afterwards is seen.
func TestChangesAreSeen(t *testing.T) {
	good := made(t, input(8, 4, 3, 2), "424242")
	for name, change := range map[string]func(d *MadeDraw){
		"a visit":           func(d *MadeDraw) { d.Visits[1].InstitutionID = "H007" },
		"two visits":        func(d *MadeDraw) { d.Visits[0], d.Visits[1] = d.Visits[1], d.Visits[0] },
		"a visit less":      func(d *MadeDraw) { d.Visits = d.Visits[:2] },
		"an inspector":      func(d *MadeDraw) { d.Visits[0].Inspectors[0] = "P99" },
		"the seed":          func(d *MadeDraw) { d.Seed = "424243" },
		"the nonce":         func(d *MadeDraw) { d.Input.Nonce = strings.Repeat("5b", 32) },
		"a weight":          func(d *MadeDraw) { d.Input.Institutions[7].Weight = 2 },
		"a conflict":        func(d *MadeDraw) { d.Input.Inspectors[3].Conflicts = []string{"H000"} },
		"an institution":    func(d *MadeDraw) { d.Input.Institutions = d.Input.Institutions[:7] },
		"the source":        func(d *MadeDraw) { d.Input.SeedSource = "another" },
		"the day":           func(d *MadeDraw) { d.Input.SeedOn++ },
		"the commitment":    func(d *MadeDraw) { d.Commitment = strings.Repeat("00", 32) },
		"a wrong number":    func(d *MadeDraw) { d.Input.Draw = 9 },
		"another format":    func(d *MadeDraw) { d.Input.Format = "x" },
		"nobody to inspect": func(d *MadeDraw) { d.Input.Inspectors = nil },
	} {
		body, _, err := good.Bytes()
		if err != nil {
			t.Fatalf("Bytes() error:\n%+v", err)
		}
		var d MadeDraw
		if err := json.Unmarshal(body, &d); err != nil {
			t.Fatalf("Unmarshal() error:\n%+v", err)
		}
		change(&d)
		if body, _, err = d.Bytes(); err != nil {
			t.Fatalf("Bytes() error:\n%+v", err)
		}
		if _, faults := Verify(body, good.Commitment); len(faults) == 0 {
			t.Errorf("%s: nobody sees it", name)
		}
	}
	// The whole file made anew, with another nonce: the published commitment tells.
	other := input(8, 4, 3, 2)
	other.Nonce = strings.Repeat("77", 32)
	forged := made(t, other, "424242")
	body, _, _ := forged.Bytes()
	if _, faults := Verify(body, good.Commitment); len(faults) != 1 {
		t.Errorf("a draw made anew: %v", faults)
	}
	if _, faults := Verify([]byte("{}x"), ""); len(faults) != 1 {
		t.Errorf("no draw: %v", faults)
	}
}

func TestRefusedInputs(t *testing.T) {
	for name, change := range map[string]func(in *DrawInput){
		"nobody":          func(in *DrawInput) { in.Institutions = nil },
		"too many":        func(in *DrawInput) { in.Draw = 4 },
		"none":            func(in *DrawInput) { in.Draw = 0 },
		"no inspectors":   func(in *DrawInput) { in.Each = 0 },
		"twice":           func(in *DrawInput) { in.Institutions[1] = in.Institutions[0] },
		"inspector twice": func(in *DrawInput) { in.Inspectors[1] = in.Inspectors[0] },
		"no weight":       func(in *DrawInput) { in.Institutions[0].Weight = 0 },
		"much weight":     func(in *DrawInput) { in.Institutions[0].Weight = maxWeight + 1 },
		"all in conflict": func(in *DrawInput) {
			in.Inspectors[0].Conflicts = []string{"H000"}
			in.Inspectors[1].Conflicts = []string{"H000"}
		},
		"no source":     func(in *DrawInput) { in.SeedSource = "" },
		"a short nonce": func(in *DrawInput) { in.Nonce = "5a" },
	} {
		in := input(3, 2, 1, 1)
		change(&in)
		if _, err := in.Commit(); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Make(input(3, 2, 1, 1), " 7"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("a seed with a space: %v", err)
	}
}
