package settlement

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/term"
)

// TestListsAndSettlementsAgree: whatever is rejected, overturned, refunded, corrected
// to another date or revived, at every close the rejected-fee list of the month has
// exactly what the settlement rejects, once what was rejected of shrunken lines was
// given back. Late lines of months before the first close are among them.
func TestListsAndSettlementsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lists rejection.State
		first := term.MonthIn(2026, 3)
		next := first
		lines := map[LineID]*Line{}
		settled := map[LineID]Parts{}
		booked := map[LineID]term.Month{}
		ids := []LineID{}
		key := func(id LineID) rejection.LineKey {
			return rejection.LineKey{Kind: id.Kind, InstitutionID: house, RecordID: id.RecordID}
		}
		service := func() claimwatch.Instant {
			day := (next - 2).First() + claimwatch.Day(rapid.IntRange(0, 120).Draw(t, "day"))
			return day.Midnight()
		}
		charge := func() {
			id := LineID{claimwatch.Fee, fmt.Sprintf("F%02d", len(ids))}
			ids = append(ids, id)
			at := service()
			if next == first { // before the first close nothing is of an earlier month
				at = max(at, first.First().Midnight())
			}
			lines[id] = &Line{LineID: id, PersonID: "P", StayID: "S", OccurredAt: at, Net: claimwatch.Fen(rapid.IntRange(1, 300).Draw(t, "net"))}
		}
		charge()
		closeMonth := func() {
			for _, id := range ids { // the product's sweep
				lists.Adjust(key(id), lines[id].Net, rejection.Cause{Reason: "shrunk"})
			}
			c := Circumstances{Month: next, On: next.Last(), Rejected: map[LineID]claimwatch.Fen{}, Listed: map[LineID]term.Month{}}
			for line, amount := range lists.Rejected(house) {
				c.Rejected[LineID{line.Kind, line.RecordID}] = amount
			}
			for line, text := range lists.ServiceMonths(house) {
				c.Listed[LineID{line.Kind, line.RecordID}], _ = term.ParseMonth(text)
			}
			var known []Line
			for _, id := range ids {
				l := *lines[id]
				l.Settled, l.Booked = settled[id], booked[id]
				known = append(known, l)
			}
			sheet := NewSheet(&c, known, nil)
			if got, want := lists.List(house, next.String()).Total, sheet.Total().Rejected; got != want {
				t.Fatalf("the list of %s has %s, the settlement rejects %s: %+v", next, got, want, lists.List(house, next.String()).Items)
			}
			if _, err := lists.Seal(house, next.String(), next.Last().Midnight(), []string{"a", "b"}, nil); err != nil {
				t.Fatalf("Seal() error:\n%+v", err)
			}
			for _, stay := range sheet.Stays {
				for _, e := range stay.Lines {
					settled[e.LineID] = settled[e.LineID].Plus(Parts(e.LineParts))
					if booked[e.LineID] == 0 {
						booked[e.LineID] = stay.Month
					}
				}
			}
			next++
		}
		for range rapid.IntRange(1, 80).Draw(t, "steps") {
			id := rapid.SampledFrom(ids).Draw(t, "line")
			l := lines[id]
			finding := rapid.SampledFrom([]string{"f1", "f2", "f3"}).Draw(t, "finding")
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0:
				charge()
			case 1, 2:
				if l.Net > 0 {
					lists.Reject(rejection.Order{FindingID: finding, Rule: finding, Severity: claimwatch.Violation, Parts: []rejection.Part{{
						Charge: rejection.Charge{Kind: id.Kind, InstitutionID: house, RecordID: id.RecordID, OccurredAt: l.OccurredAt, Net: l.Net},
						Amount: claimwatch.Fen(rapid.IntRange(1, int(l.Net)).Draw(t, "amount")),
					}}})
				}
			case 3:
				lists.Withdraw(finding, rejection.Cause{Reason: "overturned"})
			case 4: // refunded, cancelled, or revived
				l.Net = claimwatch.Fen(rapid.IntRange(0, 300).Draw(t, "net now"))
			case 5: // the service date is corrected
				if at := service(); next != first || at >= first.First().Midnight() {
					l.OccurredAt = at
				}
			default:
				closeMonth()
			}
		}
		closeMonth()
	})
}
