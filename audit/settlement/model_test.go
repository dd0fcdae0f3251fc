package settlement

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/term"
)

// world is an institution with a few lines, and a plain notebook of its money.
type world struct {
	state    State
	at       claimwatch.Instant
	seq      uint64
	lines    map[LineID]*Line
	rejected map[LineID]claimwatch.Fen
	sealed   map[LineID]claimwatch.Fen // of it on sealed lists
	listed   map[LineID]term.Month     // of the list, as it was at the first rejection
	asked    map[LineID]claimwatch.Fen // by undecided findings
	holds    []Hold
	rows     Agreements
	revision int // of rejections
	settled  map[LineID]Parts
	booked   map[LineID]term.Month
	last     term.Month
	paid     claimwatch.Fen
	payable  claimwatch.Fen            // of all closes and year ends
	due      map[string]claimwatch.Fen // what is left of each
	bond     claimwatch.Fen            // of the closes of 2026
}

const house = "H1"

func newWorld(t *rapid.T) *world {
	w := &world{
		at:    claimwatch.Day(20_454).Midnight(), // 2026-01-01
		lines: map[LineID]*Line{}, rejected: map[LineID]claimwatch.Fen{}, sealed: map[LineID]claimwatch.Fen{}, listed: map[LineID]term.Month{}, asked: map[LineID]claimwatch.Fen{},
		settled: map[LineID]Parts{}, booked: map[LineID]term.Month{}, due: map[string]claimwatch.Fen{},
	}
	w.charge(t)
	return w
}

func (w *world) wish(by string) Wish {
	w.seq++
	return Wish{InstitutionID: house, At: w.at, By: by, Seq: w.seq}
}

// charge is a new line, often a late one.
func (w *world) charge(t *rapid.T) {
	id := LineID{rapid.SampledFrom([]claimwatch.Kind{claimwatch.Fee, claimwatch.DeviceFitting}).Draw(t, "kind"), fmt.Sprintf("F%02d", len(w.lines))}
	first := claimwatch.Day(20_454)
	service := first + claimwatch.Day(rapid.IntRange(0, int(w.at.Day()-first)).Draw(t, "service"))
	w.lines[id] = &Line{
		LineID: id, PersonID: "P1", StayID: rapid.SampledFrom([]string{"S1", "S2"}).Draw(t, "stay"), OccurredAt: service.Midnight(),
		Net: claimwatch.Fen(rapid.IntRange(1, 1000).Draw(t, "net")),
	}
}

func (w *world) some(t *rapid.T) *Line {
	ids := slices.SortedFunc(maps.Keys(w.lines), LineID.compare)
	return w.lines[rapid.SampledFrom(ids).Draw(t, "line")]
}

// change is anything that happens to lines between closes.
func (w *world) change(t *rapid.T) {
	l := w.some(t)
	today := w.at.Day()
	switch rapid.IntRange(0, 8).Draw(t, "change") {
	case 0: // a refund, or a cancellation; what was rejected of more than is left is given back
		l.Net = claimwatch.Fen(rapid.IntRange(0, int(l.Net)).Draw(t, "left"))
		if w.rejected[l.LineID] > l.Net {
			w.rejected[l.LineID] = l.Net
			w.revision++
		}
	case 1: // a rejection
		w.rejected[l.LineID] = claimwatch.Fen(rapid.IntRange(0, int(l.Net)).Draw(t, "rejected"))
		if w.listed[l.LineID] == 0 {
			w.listed[l.LineID] = term.MonthOf(l.OccurredAt.Day())
		}
		w.revision++
	case 2: // an appeal that succeeds
		w.rejected[l.LineID] = 0
		w.revision++
	case 3:
		w.asked[l.LineID] = claimwatch.Fen(rapid.IntRange(0, 1200).Draw(t, "asked"))
	case 4:
		w.holds = append(w.holds, Hold{ID: fmt.Sprint("H", len(w.holds)), From: today - claimwatch.Day(rapid.IntRange(0, 60).Draw(t, "from"))})
		w.state.Touch(house)
	case 5: // the release of every hold
		for i := range w.holds {
			w.holds[i].Until = &today
		}
		w.state.Touch(house)
	case 6:
		w.rows = append(w.rows, Agreement{Kind: "medical", Status: "suspended", From: today, Until: new(claimwatch.Day)})
		*w.rows[len(w.rows)-1].Until = today + 90
		w.state.Touch(house)
	case 7: // the correction of a service date
		l.OccurredAt = (today - claimwatch.Day(rapid.IntRange(0, min(40, int(today)-20_454)).Draw(t, "back"))).Midnight()
	default:
		w.charge(t)
	}
}

func (w *world) circumstances(month term.Month) *Circumstances {
	return &Circumstances{Month: month, On: w.at.Day(), Rejected: w.rejected, Listed: w.listed, Undecided: w.asked, Agreements: w.rows, Holds: w.holds}
}

// known are the lines as the store would give them.
func (w *world) known() []Line {
	var lines []Line
	for id, l := range w.lines {
		known := *l
		known.Settled, known.Booked = w.settled[id], w.booked[id]
		lines = append(lines, known)
	}
	return lines
}

// list is what the open list of a month says: everything that is rejected of lines
// up to it and stands on no sealed list.
func (w *world) list(month term.Month) Lists {
	lists := Lists{Revision: w.revision}
	for id := range w.lines {
		if w.listed[id] <= month {
			lists.Total += w.rejected[id]
		}
		lists.Total -= w.sealed[id]
	}
	return lists
}

// close proposes and closes the next month, by two persons, the way through bytes.
func (w *world) close(t *rapid.T) {
	month := w.last + 1
	if w.last == 0 {
		month = term.MonthOf(claimwatch.Day(20_454))
	}
	if rapid.Bool().Draw(t, "when the month is over") {
		w.at = max(w.at, (month + 1).First().Midnight())
	}
	if w.at < month.First().Midnight() {
		return
	}
	c := w.circumstances(month)
	sheet := NewSheet(c, w.known(), []Declared{{"P1", "S1", 700, 2}})
	data, err := sheet.Encode()
	if err != nil {
		t.Fatalf("Encode() error:\n%+v", err)
	}
	read, err := ReadSheet(month, data)
	if err != nil {
		t.Fatalf("ReadSheet() error:\n%+v", err)
	}
	before, _ := w.state.Settled(house)
	proposal := Proposal{Month: month, Basis: w.revision + w.state.Revision(house), Before: before, Total: sheet.Total()}
	base := rapid.SampledFrom([]Base{BaseApproved, BaseTotal}).Draw(t, "base")
	if _, err := w.state.Propose(w.wish("clerk"), proposal, &read, "hash", Terms{base, term.PayBy(month, 25)}, w.list(month)); err != nil {
		t.Fatalf("Propose() error:\n%+v", err)
	}
	if rapid.IntRange(0, 4).Draw(t, "something happens before the second person looks") == 0 {
		w.state.Touch(house)
		seq := w.seq
		if err := w.state.CheckClose(w.wish("boss"), month, seq, w.list(month)); claimwatch.CodeOf(err) != claimwatch.CodeChanged {
			t.Fatalf("CheckClose() of a stale proposal: %v, want changed", err)
		}
		return
	}
	seq := w.seq
	if err := w.state.CheckClose(w.wish("clerk"), month, seq, w.list(month)); claimwatch.CodeOf(err) != claimwatch.CodeForbidden {
		t.Fatalf("CheckClose() by the clerk alone: %v, want forbidden", err)
	}
	if err := w.state.CheckClose(w.wish("boss"), month, seq, w.list(month)); err != nil {
		t.Fatalf("CheckClose() error:\n%+v", err)
	}
	w.check(t, w.state.Close(w.wish("boss"), "2026-0001"), &sheet, c)
}

// check holds a close against the notebook.
func (w *world) check(t *rapid.T, event *Event, sheet *Sheet, c *Circumstances) {
	doc := event.Settlement
	if !doc.Balanced() || doc.OfMonth.Plus(doc.OfAdjustments) != doc.Parts || doc.Retained+doc.Payable != doc.Approved {
		t.Fatalf("%s does not add up: %+v", doc.Month, doc)
	}
	claims := Parts{}
	for _, claim := range doc.Claims {
		if !claim.Balanced() {
			t.Fatalf("stay %s does not add up: %+v", claim.StayID, claim)
		}
		claims = claims.Plus(claim.Parts)
	}
	if claims != doc.OfMonth {
		t.Fatalf("the stays of %s give %+v, want %+v", doc.Month, claims, doc.OfMonth)
	}
	var sum claimwatch.Fen
	for _, p := range event.Postings {
		sum += p.Amount
	}
	if sum != 0 {
		t.Fatalf("the postings of %s add up to %s", doc.Month, sum)
	}
	for _, stay := range sheet.Stays {
		for _, e := range stay.Lines {
			w.settled[e.LineID] = w.settled[e.LineID].Plus(Parts(e.LineParts))
			if w.booked[e.LineID] == 0 {
				w.booked[e.LineID] = stay.Month
			}
		}
	}
	w.last, w.payable = doc.Month, w.payable+doc.Payable
	w.due[doc.Month.String()] = doc.Payable
	if doc.Month.Year() == 2026 {
		w.bond += doc.Retained
	}
	total := Parts{}
	for id, l := range w.lines {
		known := *l
		known.Booked, known.Settled = w.booked[id], w.settled[id]
		target, _ := c.Target(&known)
		if w.settled[id] != target {
			t.Fatalf("line %s: all closes give %+v, want %+v", id.RecordID, w.settled[id], target)
		}
		w.sealed[id] = target.Rejected
		total = total.Plus(target)
	}
	if got, last := w.state.Settled(house); got != total || last != doc.Month {
		t.Fatalf("Settled() = %+v %s, want %+v %s", got, last, total, doc.Month)
	}
}

// pay proposes and confirms a payment for a closed month or year.
func (w *world) pay(t *rapid.T) {
	var of []string
	for _, m := range w.state.Months(house) {
		of = append(of, m.String())
	}
	of = append(of, "2026")
	what := rapid.SampledFrom(of).Draw(t, "of")
	_, open, known := w.state.Owed(house, what)
	if due, closed := w.due[what]; known != closed || open != max(0, min(due, w.payable-w.paid)) {
		t.Fatalf("Owed(%s) = %s %t, want at most %s", what, open, known, due)
	}
	amount := claimwatch.Fen(rapid.Int64Range(-1, int64(open)+1).Draw(t, "amount"))
	_, err := w.state.ProposePayment(w.wish("clerk"), what, amount, "")
	if (err == nil) != (known && amount > 0 && amount <= open) {
		t.Fatalf("ProposePayment(%s, %s) of %s: %v", what, amount, open, err)
	}
	if err != nil {
		return
	}
	seq := w.seq
	if _, err := w.state.ConfirmPayment(w.wish("clerk"), what, seq); claimwatch.CodeOf(err) != claimwatch.CodeForbidden {
		t.Fatalf("ConfirmPayment() by the clerk alone: %v, want forbidden", err)
	}
	if _, err := w.state.ConfirmPayment(w.wish("boss"), what, seq); err != nil {
		t.Fatalf("ConfirmPayment() error:\n%+v", err)
	}
	w.paid, w.due[what] = w.paid+amount, w.due[what]-amount
	if _, err := w.state.ConfirmPayment(w.wish("boss"), what, seq); err == nil {
		t.Fatal("a payment is confirmed twice")
	}
}

// year closes the year when it can be.
func (w *world) year(t *rapid.T) {
	score := Score(rapid.SampledFrom([]int64{950_000, 899_999, 700_000, 100_000}).Draw(t, "score"))
	_, err := w.state.ProposeYear(w.wish("clerk"), 2026, &score)
	may := w.at.Day() > term.MonthIn(2026, time.December).Last() && w.last >= term.MonthIn(2026, time.December) &&
		(w.state.Year(house, 2026) == nil || w.state.Year(house, 2026).Stage != StageClosed)
	if (err == nil) != may {
		t.Fatalf("ProposeYear(): %v, want possible %t", err, may)
	}
	if err != nil {
		return
	}
	seq := w.seq
	event, err := w.state.CloseYear(w.wish("boss"), 2026, seq, &score)
	if err != nil {
		t.Fatalf("CloseYear() error:\n%+v", err)
	}
	y := event.YearEnd
	if y.Bond != w.bond || y.Returned+y.Forfeited != y.Bond || y.Forfeited < 0 || len(y.Months) != 12 {
		t.Fatalf("CloseYear() = %+v of a bond of %s", y, w.bond)
	}
	w.payable += y.Returned
	w.due["2026"] = y.Returned
}

// TestMoney: lines, refunds, decisions, appeals, holds, suspensions, corrections,
// closes, payments and the year end in any order: to the fen at every close what all
// closes have posted of a line is what the line is worth then, accounts always add
// up to zero, and nothing is paid twice.
func TestMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(1, 100).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0, 1, 2:
				w.change(t)
			case 3:
				w.at += claimwatch.Instant(rapid.IntRange(0, 40).Draw(t, "days") * 24 * 3600_000)
			case 4, 5, 6, 7:
				w.close(t)
			case 8:
				w.pay(t)
			default:
				w.year(t)
			}
			balances := w.state.Balances(house)
			sum := claimwatch.Fen(0)
			for _, balance := range balances {
				sum += balance
			}
			if sum != 0 {
				t.Fatalf("balances add up to %s: %v", sum, balances)
			}
			if balances[AccountPaid] != w.paid || balances[AccountPayable] != w.payable-w.paid {
				t.Fatalf("paid %s of %s, balances %v", w.paid, w.payable, balances)
			}
			if total, _ := w.state.Settled(house); total.Claimed != -balances[AccountClaims] || total.Rejected != balances[AccountRejected] ||
				total.NotPayable != balances[AccountNotPayable] || total.OnHold != balances[AccountHeld] {
				t.Fatalf("settled %+v, balances %v", total, balances)
			}
		}
	})
}
