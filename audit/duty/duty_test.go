package duty

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

func TestWithin(t *testing.T) {
	var b Book
	officers := []claimwatch.CallerRole{claimwatch.RoleOfficer}
	for i, d := range []Deed{
		{Key: "a", Type: "decision", What: "notify"},
		{Key: "a", Type: "decision", What: "reject (proposed)"},
		{Key: "b", Type: "decision", What: "reject", Maker: "a", Rejected: 500, Waited: 9000},
		{Key: "b", Type: "matter", What: "sanction decline propose", Maker: "a", Declined: true},
		{Key: "a", Type: "settlement_close", Maker: "b"},
		{Key: "b", Type: "decision", What: "reject", Rejected: 300, Waited: 4000},
		{Key: "b", Type: "decision", What: "release", Released: 70, Waited: 1000},
		{Key: "b", Type: "decision", What: "overturn", Rejected: -100},
		{Key: "c", Type: "matter", What: "sanction withdraw propose", Maker: "c"},
		{Key: "c", Type: "decision", What: "release", Waited: 8000},
		{Key: "c", Type: "decision", What: "release", Waited: 2000},
		{Key: "c", Type: "decision", What: "late"},
	} {
		d.Seq, d.At = uint64(i+1), claimwatch.Instant(i)
		b.Add(d, officers)
	}
	two, four := int64(2), int64(4)
	want := PeopleReport{
		Keys: []KeyDuty{
			{
				Key: "b", Roles: officers, Entries: 5, Counts: []EntryCount{{"decision", "reject", 2}, {"decision", "overturn", 1}, {"decision", "release", 1}, {"matter", "sanction decline propose", 1}},
				Rejected: 800, GivenBack: 100, Released: 70, Maker: 1, Checker: 2, Decided: 3, Median: &four,
			},
			{
				Key: "a", Roles: officers, Entries: 3, Counts: []EntryCount{{"decision", "notify", 1}, {"decision", "reject (proposed)", 1}, {"settlement_close", "", 1}},
				Maker: 2, Checker: 1,
			},
			{
				Key: "c", Roles: officers, Entries: 3, Counts: []EntryCount{{"decision", "release", 2}, {"matter", "sanction withdraw propose", 1}},
				Decided: 2, Median: &two,
			},
		},
		Pairs: []CheckedPair{
			{Maker: "a", Checker: "b", Confirmed: 1, Declined: 1, OfMaker: 2, OfChecker: 2, Rejected: 500, Mutual: true},
			{Maker: "b", Checker: "a", Confirmed: 1, OfMaker: 1, OfChecker: 1, Mutual: true},
		},
	}
	if diff := cmp.Diff(b.Within(claimwatch.Interval{From: 0, Until: 11}), want); diff != "" {
		t.Errorf("Within() (-got, +want):\n%s", diff)
	}
	// A maker whose own proposal lies before the interval is named all the same.
	only := b.Within(claimwatch.Interval{From: 2, Until: 3})
	if len(only.Keys) != 2 || only.Keys[1].Key != "a" || only.Keys[1].Entries != 0 || only.Keys[1].Maker != 1 {
		t.Errorf("Within() of one entry = %+v", only)
	}
}

// TestSums: whatever was done, entries, amounts and pairs of the parts of an interval
// add up to those of the whole, and every check has a maker.
func TestSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b Book
		n := rapid.IntRange(0, 40).Draw(t, "deeds")
		for i := range n {
			d := Deed{At: claimwatch.Instant(i), Key: fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "key")), Type: "t", Rejected: claimwatch.Fen(rapid.Int64Range(-9, 9).Draw(t, "fen"))}
			if rapid.Bool().Draw(t, "second") {
				d.Maker, d.Declined = fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "maker")), rapid.Bool().Draw(t, "declined")
			}
			b.Add(d, nil)
		}
		sum := func(r PeopleReport) (entries, makers, checkers, pairs int, net claimwatch.Fen) {
			for _, k := range r.Keys {
				entries, makers, checkers, net = entries+k.Entries, makers+k.Maker, checkers+k.Checker, net+k.Rejected-k.GivenBack
			}
			for _, p := range r.Pairs {
				pairs += p.Confirmed + p.Declined
			}
			return entries, makers, checkers, pairs, net
		}
		cut := claimwatch.Instant(rapid.IntRange(0, n).Draw(t, "cut"))
		e, m, c, p, f := sum(b.Within(claimwatch.Interval{From: 0, Until: claimwatch.Instant(n)}))
		e1, m1, c1, p1, f1 := sum(b.Within(claimwatch.Interval{From: 0, Until: cut}))
		e2, m2, c2, p2, f2 := sum(b.Within(claimwatch.Interval{From: cut, Until: claimwatch.Instant(n)}))
		if e != n || m != c || c != p || e1+e2 != e || m1+m2 != m || c1+c2 != c || p1+p2 != p || f1+f2 != f {
			t.Fatalf("the whole: %d %d %d %d %s, its parts: %d %d %d %d %s and %d %d %d %d %s", e, m, c, p, f, e1, m1, c1, p1, f1, e2, m2, c2, p2, f2)
		}
	})
}
