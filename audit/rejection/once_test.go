package rejection

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

// plainLine is a line as a clerk would keep it: what it is worth now, what was
// taken of it so far.
type plainLine struct {
	kind                claimwatch.Kind
	institution, record string
	at                  claimwatch.Instant
	net, taken          claimwatch.Fen
}

func plainLines(t *testing.T) []*plainLine {
	t.Helper()
	end := instant(t, "2026-02-28T23:59:59.999+08:00")
	return []*plainLine{
		{kind: claimwatch.Fee, institution: "H1", record: "F1", at: end, net: 1000},
		{kind: claimwatch.Fee, institution: "H1", record: "F2", at: end + 1, net: 70},
		{kind: claimwatch.DeviceFitting, institution: "H1", record: "F1", at: end, net: 500}, // the same id, another kind
		{kind: claimwatch.Fee, institution: "H2", record: "F1", at: end, net: 300},           // the same id, another institution
		{kind: claimwatch.Fee, institution: "H2", record: "F2", at: end + 31*24*60*60*1000, net: 1},
	}
}

// Rejections against a clerk's ledger, with refunds that come between them: one
// yuan once, to the fen, in the order in which they were decided, on the list of
// who charged it, in the month in which it was charged.
func TestAgainstALedger(t *testing.T) {
	lines := plainLines(t)
	start := make([]claimwatch.Fen, len(lines))
	for i, line := range lines {
		start[i] = line.net
	}
	rapid.Check(t, func(r *rapid.T) {
		for i, line := range lines {
			line.net, line.taken = start[i], 0
		}
		var s State
		want := map[string][]string{}
		totals := map[string]claimwatch.Fen{}
		for n := range rapid.IntRange(1, 15).Draw(r, "orders") {
			o := order(fmt.Sprint("f_", n))
			var put []string
			for _, line := range lines {
				switch rapid.IntRange(0, 5).Draw(r, "what") {
				case 0: // a refund, or its cancellation, between two decisions
					line.net = claimwatch.Fen(rapid.Int64Range(-10, int64(line.net)+10).Draw(r, "net"))
				case 1, 2:
					asked := claimwatch.Fen(rapid.Int64Range(1, 1200).Draw(r, "asked"))
					p := part(line.institution, line.record, line.net, asked, line.at)
					p.Charge.Kind = line.kind
					o.Parts = append(o.Parts, p)
					if got := min(asked, line.net-line.taken); got > 0 {
						line.taken += got
						list := line.institution + " " + line.at.Day().Month()
						text := fmt.Sprintf("%s %s %s %s of %s", o.FindingID, line.kind, line.record, got, line.net)
						put = append(put, list+" "+text)
						want[list] = append(want[list], text)
						totals[list] += got
					}
				}
			}
			var got []string
			for _, item := range s.Reject(o) {
				got = append(got, fmt.Sprintf("%s %s %s %s %s %s of %s", item.InstitutionID, item.Month, item.FindingID, item.Kind, item.RecordID, item.Rejected, item.Claimed))
			}
			if diff := cmp.Diff(got, put); diff != "" {
				r.Fatalf("order %d put (-got, +want):\n%s", n, diff)
			}
		}
		got := map[string][]string{}
		for _, list := range s.All() {
			name := list.InstitutionID + " " + list.Month
			for _, item := range list.Items {
				got[name] = append(got[name], fmt.Sprintf("%s %s %s %s of %s", item.FindingID, item.Kind, item.RecordID, item.Rejected, item.Claimed))
			}
			if list.Total != totals[name] {
				r.Fatalf("list %s says %s, the ledger %s", name, list.Total, totals[name])
			}
		}
		if diff := cmp.Diff(got, want); diff != "" {
			r.Fatalf("lists (-got, +want):\n%s", diff)
		}
		for _, line := range lines {
			if got := s.Taken(line.kind, line.institution, line.record); got != line.taken {
				r.Fatalf("Taken(%s %s %s) = %s, want %s", line.kind, line.institution, line.record, got, line.taken)
			}
		}
	})
}

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
