package rejection

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

// A split of the same money over more findings takes no more and no less: only
// the order says on whose account it goes.
func TestNoOrderTakesMore(t *testing.T) {
	at := instant(t, "2026-03-15T10:00:00+08:00")
	rapid.Check(t, func(r *rapid.T) {
		net := claimwatch.Fen(rapid.Int64Range(0, 1000).Draw(r, "net"))
		asked := rapid.SliceOfN(rapid.Int64Range(1, 400), 1, 8).Draw(r, "asked")
		reject := func(asked []int64) claimwatch.Fen {
			var s State
			for i, amount := range asked {
				s.Reject(order(fmt.Sprint("f_", i), part("H1", "F1", net, claimwatch.Fen(amount), at)))
			}
			return s.List("H1", "2026-03").Total
		}
		var sum claimwatch.Fen
		for _, amount := range asked {
			sum += claimwatch.Fen(amount)
		}
		backwards := slices.Clone(asked)
		slices.Reverse(backwards)
		if one, other, want := reject(asked), reject(backwards), min(sum, net); one != want || other != want {
			r.Fatalf("of %s, %v took %s and %s backwards; want %s", net, asked, one, other, want)
		}
	})
}

// A rejection of nothing leaves nothing behind, not even an empty list.
func TestNothingLeavesNothing(t *testing.T) {
	at := instant(t, "2026-03-15T10:00:00+08:00")
	var s State
	for _, p := range []Part{part("H1", "F1", 0, 100, at), part("H1", "F1", -100, 100, at), part("H1", "F1", 100, 0, at), part("H1", "F1", 100, -1, at)} {
		if put := s.Reject(order("f_1", p)); len(put) != 0 {
			t.Errorf("%+v put %+v", p, put)
		}
	}
	if lists := s.All(); len(lists) != 0 || s.Taken(claimwatch.Fee, "H1", "F1") != 0 {
		t.Errorf("lists %+v, taken %s", lists, s.Taken(claimwatch.Fee, "H1", "F1"))
	}
}
