package slice_test

import (
	"fmt"
	"testing"

	"claimwatch/store/slice"
)

// TestDoubtedChecks: those that failed, or do when a high score is asked for, with
// the lines of their days.
func TestDoubtedChecks(t *testing.T) {
	score, dead := func(n int64) *int64 { return &n }, false
	check := func(id, at, result string, more slice.Check) *slice.Check {
		more.Head, more.Result = head(id, at), result
		if more.Method == "" {
			more.Method = "face"
		}
		return &more
	}
	got := inBed("05T08:00", slice.Facts{
		Checks: []*slice.Check{
			check("low", "02T09:00", "match", slice.Check{Score: score(8999)}), check("sure", "03T09:00", "match", slice.Check{Score: score(9000)}),
			check("mismatch", "04T09:00", "mismatch", slice.Check{Score: score(9900)}), check("not live", "04T10:00", "match", slice.Check{Liveness: &dead}),
			check("unavailable", "03T10:00", "unavailable", slice.Check{Score: score(0)}), check("card", "03T11:00", "mismatch", slice.Check{Method: "card"}),
			check("no score", "03T12:00", "match", slice.Check{}),
		},
		Fees: []*slice.Fee{bedDay("F1", "02T23:59"), bedDay("F2", "03T09:00"), bedDay("F3", "04T00:00")},
	}).Doubted
	same(t, "doubted", each(got, func(d *slice.Doubted) string {
		return fmt.Sprint(each(d.Faces, func(c *slice.Check) string { return fmt.Sprint(c.RecordID, " ", c.LeastScore()) }), " ", names(d.Charged))
	}), []string{"[low 8999 mismatch -1 not live -1] [F1 F3]"})
	same(t, "sure ones alone", len(inBed("05T08:00", slice.Facts{
		Checks: []*slice.Check{check("sure", "03T09:00", "match", slice.Check{Score: score(9000)})},
	}).Doubted), 0)
}
