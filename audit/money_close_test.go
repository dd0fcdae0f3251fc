package audit

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// closes closes the next month of an institution by two persons and holds both papers
// against the book.
func (f *fund) closes() {
	id := rapid.SampledFrom([]string{"H1", "H2"}).Draw(f.t, "institution")
	month := max(f.closed[id]+1, term.MonthIn(2026, 1))
	if f.now() < month.First().Midnight() {
		return
	}
	f.adjusts(id)
	path := "/v1/settlements/" + id + "/" + month.String() + "/close"
	if r := f.call(clerk, "POST", path, nil); r.Code != 202 {
		f.t.Fatalf("propose %s of %s: %d %s", month, id, r.Code, r.Body)
	}
	r := f.call(director, "POST", path, nil)
	if r.Code != 200 {
		f.t.Fatalf("close %s of %s: %d %s", month, id, r.Code, r.Body)
	}
	doc := good[settlement.Settlement](f.desk, r)
	f.closed[id] = month

	var total settlement.Parts
	posted := map[string]settlement.Parts{}
	for _, line := range good[page[SettledLine]](f.desk, f.call(officer, "GET", "/v1/settlements/"+id+"/"+month.String()+"/lines", nil)).Items {
		posted[line.RecordID] = line.Parts
		total = total.Plus(line.Parts)
	}
	listed := map[string]claimwatch.Fen{}
	list := f.j.Rejections(id, month.String())
	for _, item := range list.Items {
		listed[item.RecordID] += item.Rejected
	}
	for _, l := range f.lines {
		if l.institution != id {
			continue
		}
		want, delta := f.target(l, month), posted[l.id]
		of := l.month(want)
		if l.settled = l.settled.Plus(delta); l.settled != want {
			f.t.Fatalf("%s %s of %s: all closes give %+v, want %+v (%+v)", month, l.id, id, l.settled, want, l)
		}
		if !l.settled.Balanced() || listed[l.id] != delta.Rejected {
			f.t.Fatalf("%s %s of %s: %+v, the list has %s of it", month, l.id, id, delta, listed[l.id])
		}
		if l.booked == 0 && delta != (settlement.Parts{}) {
			l.booked = of
		}
	}
	kept := doc.Readings.Of(doc.BondBase)
	if doc.Parts != total || !total.Balanced() || !list.Sealed || list.Total != total.Rejected || kept != doc.Split || kept.Retained+kept.Payable != total.Approved {
		f.t.Fatalf("%s of %s: %+v, its lines give %+v, the list %s", month, id, doc, total, list.Total)
	}
	f.payable[id] += doc.Payable
	f.sealed[id][month.String()] = f.file(id, month.String(), list)
}

// month is where a line that a close posts belongs.
func (l *chargedLine) month(parts settlement.Parts) term.Month {
	if parts.Rejected > 0 {
		return l.listed
	}
	return term.MonthOf(l.at.Day())
}

// file is a closed month as its papers say it.
func (f *fund) file(id, month string, list rejection.RejectedList) string {
	table, err := list.CSV()
	if err != nil {
		f.t.Fatalf("CSV() error:\n%+v", err)
	}
	query := "?institution_id=" + id + "&month=" + month
	return f.call(officer, "GET", "/v1/rejections"+query, nil).Body.String() + f.call(officer, "GET", "/v1/settlements"+query, nil).Body.String() + string(table)
}

// pays pays a part of what is owed for some closed month, or tries to pay more.
func (f *fund) pays() {
	id := rapid.SampledFrom([]string{"H1", "H2"}).Draw(f.t, "institution")
	if f.closed[id] == 0 {
		return
	}
	month := rapid.IntRange(int(term.MonthIn(2026, 1)), int(f.closed[id])).Draw(f.t, "month")
	path := fmt.Sprintf("/v1/settlements/%s/%s/payments", id, term.Month(month))
	owed := good[paymentsView](f.desk, f.call(clerk, "GET", path, nil))
	if most := max(0, f.payable[id]-f.paid[id]); owed.Open > most {
		f.t.Fatalf("%s may be paid for %s of %s, %s is owed in all", owed.Open, term.Month(month), id, most)
	}
	amount := claimwatch.Fen(rapid.Int64Range(0, int64(owed.Open)+1).Draw(f.t, "amount"))
	proposed := f.call(clerk, "POST", path, map[string]any{"action": "propose", "amount": amount}).Code == 202
	if proposed != (amount > 0 && amount <= owed.Open) {
		f.t.Fatalf("pay %s of %s: proposed %t", amount, owed.Open, proposed)
	}
	if !proposed {
		return
	}
	if r := f.call(clerk, "POST", path, map[string]any{"action": "confirm"}); r.Code != 403 {
		f.t.Fatalf("the clerk alone pays: %d %s", r.Code, r.Body)
	}
	for n, want := range []int{200, 403} { // what is paid is not paid again: a director proposes nothing
		if r := f.call(director, "POST", path, nil); r.Code != want {
			f.t.Fatalf("confirmation %d: %d %s", n, r.Code, r.Body)
		}
	}
	f.paid[id] += amount
}

// audits holds books, postings, lists and papers against each other.
func (f *fund) audits() {
	for _, id := range []string{"H1", "H2"} {
		posted, entries := map[settlement.Account]claimwatch.Fen{}, map[uint64]claimwatch.Fen{}
		for _, p := range good[page[PostingView]](f.desk, f.call(watcher, "GET", "/v1/postings?limit=1000&institution_id="+id, nil)).Items {
			posted[p.Account] += p.Amount
			entries[p.Entry] += p.Amount
		}
		for entry, sum := range entries {
			if sum != 0 {
				f.t.Fatalf("the postings of entry %d add up to %s", entry, sum)
			}
		}
		var total settlement.Parts
		for _, l := range f.lines {
			if l.institution == id {
				total = total.Plus(l.settled)
			}
		}
		balances := f.j.Balances(id)
		for _, account := range settlement.Accounts() {
			if balances[account] != posted[account] {
				f.t.Fatalf("%s of %s has %s, its postings %s", account, id, balances[account], posted[account])
			}
		}
		want := settlement.Parts{
			Claimed: -balances[settlement.AccountClaims], Rejected: balances[settlement.AccountRejected], NotPayable: balances[settlement.AccountNotPayable],
			OnHold: balances[settlement.AccountHeld], Approved: balances[settlement.AccountPayable] + balances[settlement.AccountBond] + balances[settlement.AccountPaid],
		}
		if total != want || balances[settlement.AccountPaid] != f.paid[id] {
			f.t.Fatalf("the lines of %s give %+v and %s paid, the balances %v", id, total, f.paid[id], balances)
		}
		stands := map[string]claimwatch.Fen{}
		for _, list := range f.j.AllRejections() {
			for _, item := range list.Items {
				if list.InstitutionID == id {
					stands[item.RecordID] += item.Rejected
				}
			}
		}
		for _, l := range f.lines {
			if l.institution == id && stands[l.id] != l.rejected() {
				f.t.Fatalf("all lists have %s of %s of %s, %s stands", stands[l.id], l.id, id, l.rejected())
			}
		}
		for month, file := range f.sealed[id] {
			if again := f.file(id, month, f.j.Rejections(id, month)); again != file {
				f.t.Fatalf("%s of %s was closed as\n%s\nand is now\n%s", month, id, file, again)
			}
		}
	}
}

// TestFundAgainstABook: charges, late ones, refunds, cancellations, corrected dates,
// overlapping findings of two hospitals, rejections whole and in part by one and two
// persons, releases, appeals, reopenings, retractions, inquiries, suspensions, closes
// and payments in any order, through the API: at every close what all closes have posted
// of a line is what a plain book says of it, list and settlement say the same, no yuan
// stands twice, everything balances, and no paper of a closed month changes.
func TestFundAgainstABook(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := newFund(t, r)
		for range rapid.IntRange(30, 120).Draw(r, "steps") {
			switch rapid.IntRange(0, 17).Draw(r, "step") {
			case 0, 1, 2:
				f.changes()
			case 3, 4:
				f.closes()
			case 5:
				f.pays()
			case 6:
				f.mu.Lock()
				f.at += claimwatch.Instant(rapid.IntRange(0, 20*86_400_000).Draw(r, "time"))
				f.mu.Unlock()
			default:
				f.decides()
			}
		}
		f.closes()
		f.audits()
	})
}
