package audit

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/settlement"
)

// money is a desk with two institutions, of which H1 has charged three lines in
// March 2026 and one in February.
func money(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.load("institutions", "institution_id,name,kind,level,city,face_required\nH1,First,medical,3,太原,false\nH2,Second,medical,3,大同,false\n")
	d.charge("F1", "2026-02-25T14:13:20+08:00", 25_600) // the line of sample()
	d.charge("F2", "2026-03-01T08:00:00+08:00", 10_000)
	d.charge("F3", "2026-03-10T08:00:00+08:00", 5_005)
	return d
}

func (d *desk) charge(id, at string, net claimwatch.Fen) {
	d.t.Helper()
	var when claimwatch.Instant
	if err := when.UnmarshalText([]byte(at)); err != nil {
		d.t.Fatalf("UnmarshalText() error:\n%+v", err)
	}
	d.till.charge("H1", settlement.Line{
		LineID: settlement.LineID{Kind: claimwatch.Fee, RecordID: id}, PersonID: "P1", StayID: "S1", OccurredAt: when, Class: "inpatient", Net: net,
	})
}

func (d *desk) close(caller claimwatch.Caller, month string, body any) *httptest.ResponseRecorder {
	return d.call(caller, "POST", "/v1/settlements/H1/"+month+"/close", body)
}

// closed closes a month by two persons.
func (d *desk) closed(month string) settlement.Settlement {
	d.t.Helper()
	if r := d.close(clerk, month, nil); r.Code != 202 {
		d.t.Fatalf("propose %s: %d %s", month, r.Code, r.Body)
	}
	return good[settlement.Settlement](d, d.close(director, month, nil))
}

func split(claimed, rejected, notPayable, onHold, approved claimwatch.Fen) settlement.Parts {
	return settlement.Parts{Claimed: claimed, Rejected: rejected, NotPayable: notPayable, OnHold: onHold, Approved: approved}
}

func (d *desk) see(caller claimwatch.Caller, month string) settlement.Settlement {
	d.t.Helper()
	return good[settlement.Settlement](d, d.call(caller, "GET", "/v1/settlements?institution_id=H1&month="+month, nil))
}

// TestSettleAMonth: open, proposed, closed by a second person; the list is sealed
// with it, the bytes stay, and the hospital sees it then.
func TestSettleAMonth(t *testing.T) {
	d := money(t)
	d.clock("2026-03-15T10:00:00+08:00")
	open := d.see(clerk, "2026-02")
	if open.Stage != settlement.StageOpen || open.Parts != split(25_600, 0, 0, 0, 25_600) || open.Retained != 2_560 || open.Payable != 23_040 ||
		!open.Complete || open.PayBy.String() != "2026-03-25" || open.Number != nil {
		t.Errorf("open: %+v", open)
	}
	if seen := d.see(hospital, "2026-02"); seen.Stage != settlement.StageOpen || seen.Parts != open.Parts {
		t.Errorf("the hospital sees of the open month: %+v", seen)
	}
	d.refused(d.call(another, "GET", "/v1/settlements?institution_id=H1&month=2026-02", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.close(officer, "2026-02", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.close(director, "2026-02", nil), 403, claimwatch.CodeForbidden) // a director confirms and does not propose
	d.refused(d.close(hospital, "2026-02", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.close(director, "2026-02", map[string]any{"action": "confirm"}), 409, claimwatch.CodeIllegalTransition)
	d.refused(d.close(clerk, "2026-03", nil), 409, claimwatch.CodeIllegalTransition) // February has fees
	d.refused(d.close(clerk, "2026-04", nil), 409, claimwatch.CodeIllegalTransition)
	d.refused(d.call(clerk, "POST", "/v1/settlements/H9/2026-02/close", nil), 404, claimwatch.CodeNotFound)

	r := d.close(clerk, "2026-02", nil)
	if r.Code != 202 || good[settlement.Settlement](d, r).Stage != settlement.StageProposed {
		t.Fatalf("propose: %d %s", r.Code, r.Body)
	}
	if seen := d.see(watcher, "2026-02"); seen.Stage != settlement.StageProposed || seen.Proposed.By != clerk.KeyID {
		t.Errorf("proposed: %+v", seen)
	}
	d.refused(d.close(clerk, "2026-02", map[string]any{"action": "confirm"}), 403, claimwatch.CodeForbidden)
	d.refused(d.close(director, "2026-02", map[string]any{"action": "confirm", "proposal": 1}), 409, claimwatch.CodeChanged)
	done := good[settlement.Settlement](d, d.close(director, "2026-02", nil))
	if done.Stage != settlement.StageClosed || *done.Number != "2026-0001" || done.Closed.By != director.KeyID || *done.RejectedList != "2026-0001" {
		t.Errorf("closed: %+v", done)
	}
	d.refused(d.close(clerk, "2026-02", nil), 409, claimwatch.CodeIllegalTransition)
	if list := d.j.Rejections("H1", "2026-02"); !list.Sealed {
		t.Error("the rejected-fee list is not sealed with the month")
	}
	own := d.call(hospital, "GET", "/v1/settlements?month=2026-02", nil)
	if again := d.call(officer, "GET", "/v1/settlements?institution_id=H1&month=2026-02", nil); own.Code != 200 || own.Body.String() != again.Body.String() {
		t.Errorf("the hospital sees %s, the officer %s", own.Body, again.Body)
	}
	lines := good[page[SettledLine]](d, d.call(hospital, "GET", "/v1/settlements/H1/2026-02/lines", nil))
	if len(lines.Items) != 1 || lines.Items[0].RecordID != "F1" || lines.Items[0].Parts != split(25_600, 0, 0, 0, 25_600) {
		t.Errorf("lines: %+v", lines.Items)
	}
	d.refused(d.call(hospital, "GET", "/v1/settlements/H1/2026-03/lines", nil), 404, claimwatch.CodeNotFound)
}

// TestStepsSentAgain: whose answer was lost sends the same step again, after the other has
// taken theirs too, and is answered as the first time.
func TestStepsSentAgain(t *testing.T) {
	d := money(t)
	d.clock("2026-03-15T10:00:00+08:00")
	again := func(caller claimwatch.Caller, path, key string, status int) {
		t.Helper()
		if r := d.call(caller, "POST", path, nil, "Idempotency-Key", key); r.Code != status {
			t.Errorf("%s of %s: %d %s, want %d", path, caller.KeyID, r.Code, r.Body, status)
		}
	}
	for i, path := range []string{"/v1/settlements/H1/2026-02/close", "/v1/settlements/H1/2026-02/payments"} {
		entries := func() uint64 { seq, _ := d.j.Head(); return seq }
		before := entries()
		again(clerk, path, fmt.Sprint("p", i), 202)
		again(clerk, path, fmt.Sprint("p", i), 202)
		again(director, path, fmt.Sprint("c", i), 200)
		again(director, path, fmt.Sprint("c", i), 200)
		if got := entries() - before; got != 2 {
			t.Errorf("%s: %d entries, want 2", path, got)
		}
	}
	if r := d.call(clerk, "POST", "/v1/settlements/H1/2026-02/close", nil, "Idempotency-Key", "p0"); r.Code != 200 || good[settlement.Settlement](d, r).Stage != settlement.StageClosed {
		t.Errorf("the proposal again, after all is closed: %d %s", r.Code, r.Body)
	}
	d.refused(d.call(clerk, "POST", "/v1/settlements/H1/2026-02/close", nil, "Idempotency-Key", "new"), 409, claimwatch.CodeIllegalTransition)
}

// TestSettlementIsWithdrawn: a proposal goes away, and a stale one is not closed.
func TestSettlementIsWithdrawn(t *testing.T) {
	d := money(t)
	d.clock("2026-03-15T10:00:00+08:00")
	if r := d.close(clerk, "2026-02", nil); r.Code != 202 {
		t.Fatalf("propose: %d %s", r.Code, r.Body)
	}
	if doc := good[settlement.Settlement](d, d.close(clerk, "2026-02", map[string]any{"action": "withdraw"})); doc.Stage != settlement.StageOpen {
		t.Errorf("withdrawn: %+v", doc)
	}
	d.refused(d.close(clerk, "2026-02", map[string]any{"action": "withdraw"}), 409, claimwatch.CodeIllegalTransition)
	if r := d.close(clerk, "2026-02", nil); r.Code != 202 {
		t.Fatalf("propose again: %d %s", r.Code, r.Body)
	}
	d.load("holds", "hold_id,institution_id,from,reason\nHD1,H1,2026-02-01,inquiry\n")
	d.refused(d.close(director, "2026-02", map[string]any{"action": "confirm"}), 409, claimwatch.CodeChanged)
	doc := d.closed("2026-02")
	if doc.Parts != split(25_600, 0, 0, 25_600, 0) || doc.Payable != 0 {
		t.Errorf("with a hold: %+v", doc)
	}
	lines := good[page[SettledLine]](d, d.call(clerk, "GET", "/v1/settlements/H1/2026-02/lines", nil))
	if lines.Items[0].Hold != "HD1" {
		t.Errorf("lines: %+v", lines.Items)
	}
	// Once the inquiry is over it is paid, as an adjustment of February.
	d.load("holds", "hold_id,institution_id,from,until,reason\nHD1,H1,2026-02-01,2026-03-20,inquiry\n")
	d.clock("2026-04-02T10:00:00+08:00")
	doc = d.closed("2026-03")
	if doc.OfAdjustments != split(0, 0, 0, -25_600, 25_600) || doc.OfMonth != split(15_005, 0, 0, 0, 15_005) || len(doc.Adjustments) != 1 ||
		doc.Adjustments[0].Month.String() != "2026-02" {
		t.Errorf("released: %+v", doc)
	}
}

// TestFindingsAndTheMonth: a notified finding holds its money back, a rejection
// takes it, an appeal that succeeds after the close gives it back in the next month.
func TestFindingsAndTheMonth(t *testing.T) {
	d := money(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	if open := d.see(clerk, "2026-02"); open.Parts != split(25_600, 0, 0, 0, 25_600) {
		t.Errorf("a finding that nobody was told of: %+v", open.Parts)
	}
	d.load("policies", "policy,city,from,value,reason\nhold_from,,2026-01-01,open,careful\n")
	if open := d.see(clerk, "2026-02"); open.Parts != split(25_600, 0, 0, 25_600, 0) {
		t.Errorf("with hold_from open: %+v", open.Parts)
	}
	d.load("policies", "policy,city,from,value,reason,void\nhold_from,,2026-01-01,open,x,true\n")
	good[FindingView](d, d.decide(officer, held, "notify", 0))
	if open := d.see(clerk, "2026-02"); open.Parts != split(25_600, 0, 0, 25_600, 0) {
		t.Errorf("notified: %+v", open.Parts)
	}
	if r := d.explain(hospital, held.ID); r.Code >= 300 {
		t.Fatalf("explain: %d %s", r.Code, r.Body)
	}
	if r := d.close(clerk, "2026-02", nil); r.Code != 202 {
		t.Fatalf("propose: %d %s", r.Code, r.Body)
	}
	good[FindingView](d, d.decide(officer, held, "reject", 2))
	d.refused(d.close(director, "2026-02", map[string]any{"action": "confirm"}), 409, claimwatch.CodeChanged)
	doc := d.closed("2026-02")
	if doc.Parts != split(25_600, 25_600, 0, 0, 0) || d.j.Rejections("H1", "2026-02").Total != doc.Rejected {
		t.Errorf("rejected: %+v", doc.Parts)
	}
	if r := d.call(hospital, "POST", "/v1/findings/"+held.ID+"/appeals", map[string]string{"text": "it was needed"}); r.Code >= 300 {
		t.Fatalf("appeal: %d %s", r.Code, r.Body)
	}
	good[FindingView](d, d.decide(reviewer, held, "overturn", 4))
	d.clock("2026-04-02T10:00:00+08:00")
	doc = d.closed("2026-03")
	if doc.OfAdjustments != split(0, -25_600, 0, 0, 25_600) || d.j.Rejections("H1", "2026-03").Total != doc.Rejected {
		t.Errorf("overturned: %+v, list %s", doc.OfAdjustments, d.j.Rejections("H1", "2026-03").Total)
	}
}

// TestSuspendedMonth: fees from the first day of a suspension are not settled, or of
// stays admitted from then on, as the policy says; both readings of Art. 33 are shown.
func TestSuspendedMonth(t *testing.T) {
	d := money(t)
	d.clock("2026-03-25T10:00:00+08:00")
	d.closed("2026-02")
	d.load("agreements", "institution_id,kind,from,agreement_id,status,until\nH1,medical,2026-01-01,A,active,2027-01-01\nH1,medical,2026-03-10,A,suspended,2026-06-10\n")
	d.load("policies", "policy,city,from,value,reason\nbond_base,太原,2026-03-01,total,as the first sentence says\n")
	march := d.see(clerk, "2026-03")
	if march.Parts != split(15_005, 0, 5_005, 0, 10_000) || march.BondBase != settlement.BaseTotal || march.Retained != 1_500 || march.Payable != 8_500 ||
		march.Readings.Approved != (settlement.Split{Retained: 1_000, Payable: 9_000}) || march.Complete {
		t.Errorf("suspended: %+v", march)
	}
	d.load("policies", "policy,city,from,value,reason\nsuspension_counts,,2026-01-01,admission_date,stays go on\n")
	at := claimwatch.Instant(1_772_000_000_000)
	d.till.charge("H1", settlement.Line{
		LineID: settlement.LineID{Kind: claimwatch.Fee, RecordID: "F3"}, PersonID: "P1", StayID: "S1", OccurredAt: march.AsOf, AdmittedAt: &at, Net: 5_005,
	})
	if march = d.see(clerk, "2026-03"); march.Parts != split(15_005, 0, 0, 0, 15_005) {
		t.Errorf("a stay that straddles the day: %+v", march.Parts)
	}
	table := d.call(clerk, "GET", "/v1/settlements?institution_id=H1&month=2026-03&format=csv", nil)
	if rows := strings.Split(table.Body.String(), "\r\n"); table.Code != 200 || len(rows) != 4 ||
		rows[1] != "claim,2026-03,S1,P1,,,2,,,150.05,0.00,0.00,0.00,150.05," || rows[2] != "total,2026-03,,,,,2,,,150.05,0.00,0.00,0.00,150.05," {
		t.Errorf("csv: %d %q", table.Code, table.Body)
	}
}

// TestSettlementWaitsForViews: while the views of a close are not written, nothing is
// worked out from them: a line would be settled twice.
func TestSettlementWaitsForViews(t *testing.T) {
	d := money(t)
	d.clock("2026-04-02T10:00:00+08:00")
	d.closed("2026-02")
	d.till.lag = true
	d.refused(d.call(clerk, "GET", "/v1/settlements?institution_id=H1&month=2026-02", nil), 503, claimwatch.CodeUnavailable) // not without its stays
	d.refused(d.close(clerk, "2026-03", nil), 503, claimwatch.CodeUnavailable)
	d.till.lag = false
	if doc := d.closed("2026-03"); doc.Parts != split(15_005, 0, 0, 0, 15_005) {
		t.Errorf("closed: %+v", doc.Parts)
	}
}

// TestPaymentsAndYearEnd: what is payable is paid by two persons, the bond goes back
// by the score, postings and balances agree.
func TestPaymentsAndYearEnd(t *testing.T) {
	d := money(t)
	d.clock("2027-01-10T10:00:00+08:00")
	pay := func(caller claimwatch.Caller, path string, body any) *httptest.ResponseRecorder {
		return d.call(caller, "POST", "/v1/"+path+"/payments", body)
	}
	d.refused(pay(clerk, "settlements/H1/2026-02", nil), 409, claimwatch.CodeIllegalTransition)
	d.refused(d.call(clerk, "GET", "/v1/settlements/H1/2026-02/payments", nil), 404, claimwatch.CodeNotFound)
	for _, month := range []string{"02", "03", "04", "05", "06", "07", "08", "09", "10", "11"} {
		d.closed("2026-" + month)
	}
	d.refused(d.call(clerk, "POST", "/v1/year-ends/H1/2026/close", nil), 409, claimwatch.CodeIllegalTransition)
	d.closed("2026-12")
	d.refused(pay(officer, "settlements/H1/2026-02", nil), 403, claimwatch.CodeForbidden)
	d.refused(pay(clerk, "settlements/H1/2026-02", map[string]any{"amount": "230.41"}), 422, claimwatch.CodeInvalid)
	if r := pay(clerk, "settlements/H1/2026-02", map[string]any{"amount": "200.00", "reference": "B-17"}); r.Code != 202 {
		t.Fatalf("propose payment: %d %s", r.Code, r.Body)
	}
	if seen := good[paymentsView](d, d.call(hospital, "GET", "/v1/settlements/H1/2026-02/payments", nil)); len(seen.Items) != 0 || seen.Paid != 0 {
		t.Errorf("the hospital sees a payment that nobody has confirmed: %+v", seen)
	}
	d.refused(pay(clerk, "settlements/H1/2026-02", map[string]any{"action": "confirm"}), 403, claimwatch.CodeForbidden)
	paid := good[paymentsView](d, pay(director, "settlements/H1/2026-02", nil))
	if paid.Due != 23_040 || paid.Paid != 20_000 || paid.Open != 3_040 || len(paid.Items) != 1 || paid.Items[0].InTime || paid.Items[0].Reference != "B-17" {
		t.Errorf("paid: %+v", paid)
	}

	year := func(caller claimwatch.Caller, body any) *httptest.ResponseRecorder {
		return d.call(caller, "POST", "/v1/year-ends/H1/2026/close", body)
	}
	d.refused(d.call(clerk, "GET", "/v1/year-ends?institution_id=H1&year=2026", nil), 409, claimwatch.CodeIllegalTransition) // not assessed
	d.load("assessments", "institution_id,year,score,satisfaction\nH1,2026,89.9999,95\n")
	d.refused(d.call(hospital, "GET", "/v1/year-ends?year=2026", nil), 404, claimwatch.CodeNotFound)
	if r := year(clerk, nil); r.Code != 202 {
		t.Fatalf("propose year: %d %s", r.Code, r.Body)
	}
	d.refused(year(clerk, map[string]any{"action": "confirm"}), 403, claimwatch.CodeForbidden)
	end := good[settlement.YearEnd](d, year(director, nil))
	// 25.60 of February and 15.00 of March: 90 % of 150.05 are 135.045, rounded up to 135.05.
	if end.Stage != settlement.StageClosed || end.Percent != 90 || end.Bond != 4_060 || end.Returned != 3_654 || end.Forfeited != 406 || !end.InTime || len(end.Months) != 11 {
		t.Errorf("year end: %+v", end)
	}
	if seen := good[settlement.YearEnd](d, d.call(hospital, "GET", "/v1/year-ends?year=2026", nil)); seen.Returned != end.Returned {
		t.Errorf("the hospital sees %+v", seen)
	}
	if r := pay(clerk, "year-ends/H1/2026", nil); r.Code != 202 {
		t.Fatalf("propose the bond: %d %s", r.Code, r.Body)
	}
	good[paymentsView](d, pay(director, "year-ends/H1/2026", nil))

	sums := map[settlement.Account]claimwatch.Fen{}
	entries := map[uint64]claimwatch.Fen{}
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		list := good[page[PostingView]](d, d.call(watcher, "GET", "/v1/postings?institution_id=H1&limit=3&cursor="+cursor, nil))
		for _, p := range list.Items {
			sums[p.Account] += p.Amount
			entries[p.Entry] += p.Amount
			if len(p.By) != 2 {
				t.Errorf("posting %+v was not decided by two", p)
			}
		}
		cursor = list.Next
	}
	for entry, sum := range entries {
		if sum != 0 {
			t.Errorf("the postings of entry %d add up to %s", entry, sum)
		}
	}
	var balances struct{ Items []settlement.Posting }
	if err := json.Unmarshal(d.call(clerk, "GET", "/v1/balances?institution_id=H1", nil).Body.Bytes(), &balances); err != nil {
		t.Fatalf("Unmarshal() error:\n%+v", err)
	}
	got := map[settlement.Account]claimwatch.Fen{}
	for _, b := range balances.Items {
		if got[b.Account] = b.Amount; b.Amount == 0 {
			delete(got, b.Account)
		}
	}
	for account, sum := range sums {
		if sum == 0 {
			delete(sums, account)
		}
	}
	if diff := cmp.Diff(got, sums); diff != "" || sums[settlement.AccountPaid] != 20_000+3_654 {
		t.Errorf("balances and postings (-got, +want):\n%s", diff)
	}
	d.refused(d.call(hospital, "GET", "/v1/postings?institution_id=H1", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(clerk, "GET", "/v1/postings?institution_id=H1&month=26", nil), 400, claimwatch.CodeBadQuery)
}
