package audit

import (
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/settlement"
)

var otherClerk = claimwatch.Caller{KeyID: "c1e4000000000002", Roles: []claimwatch.CallerRole{claimwatch.RoleClerk}}

// atOnce gives the answers to calls that are made in the same moment.
func atOnce(t *testing.T, calls ...func() *httptest.ResponseRecorder) (codes map[int]int) {
	answers := make([]*httptest.ResponseRecorder, len(calls))
	var begin, done sync.WaitGroup
	begin.Add(1)
	for i, call := range calls {
		done.Go(func() {
			begin.Wait()
			answers[i] = call()
		})
	}
	begin.Done()
	done.Wait()
	codes = map[int]int{}
	for _, r := range answers {
		if codes[r.Code]++; strings.Contains(r.Body.String(), `"claims":null`) {
			t.Errorf("answer %d lacks the stays: %s", r.Code, r.Body)
		}
	}
	return codes
}

// closings counts the closes of February of H1 in the journal, and what they posted.
func (d *desk) closings() (closes int, claims claimwatch.Fen) {
	for _, a := range d.till.money("H1") {
		if a.Command.Type != journal.TypeSettlementClose {
			continue
		}
		closes++
		for _, p := range a.Money.Postings {
			if p.Account == settlement.AccountClaims {
				claims += p.Amount
			}
		}
	}
	return closes, claims
}

// TestTwoClerksCloseAtOnce: a hundred times two second persons close a month in the same
// moment, one of them twice, as a program does that got no answer: it is closed, posted
// and sealed once. Clerks who begin at once propose over each other and close nothing
// that they have not both seen.
func TestTwoClerksCloseAtOnce(t *testing.T) {
	for n := range 100 {
		d := money(t)
		d.clock("2026-03-15T10:00:00+08:00")
		post := func(caller claimwatch.Caller, body any, key string) func() *httptest.ResponseRecorder {
			return func() *httptest.ResponseRecorder {
				return d.call(caller, "POST", "/v1/settlements/H1/2026-02/close", body, "Idempotency-Key", key)
			}
		}
		if n%2 == 0 {
			codes := atOnce(t, post(clerk, nil, "a"), post(otherClerk, nil, "b"))
			closes, claims := d.closings()
			// Whose proposal was closed at once sees it closed, or is to ask again.
			if closes > 1 || codes[202]+codes[200]+codes[503] != 2 || codes[200] < closes || codes[503] > closes || claims != -25_600*claimwatch.Fen(closes) {
				t.Fatalf("two clerks begin at once: %v, %d closed with %s", codes, closes, claims)
			}
			if closes == 1 {
				continue // the second came when the first had proposed
			}
		}
		if r := post(clerk, map[string]any{"action": "propose"}, "c")(); r.Code != 202 {
			t.Fatalf("propose: %d %s", r.Code, r.Body)
		}
		confirm := map[string]any{"action": "confirm"}
		again := post(director, confirm, "d")
		codes := atOnce(t, post(otherClerk, confirm, "e"), again, again)
		closes, claims := d.closings()
		list := d.j.Rejections("H1", "2026-02")
		if closes != 1 || claims != -25_600 || codes[200]+codes[409] != 3 || codes[200] < 1 || codes[200] > 2 || !list.Sealed || *list.Number != "2026-0001" {
			t.Fatalf("answers %v, %d closes that claim %s, list %v", codes, closes, claims, list)
		}
		if r := again(); r.Code != 200 && r.Code != 409 {
			t.Fatalf("asked once more: %d %s", r.Code, r.Body)
		}
		if late, _ := d.closings(); late != 1 {
			t.Fatalf("%d closes after it was asked once more", late)
		}
	}
}
