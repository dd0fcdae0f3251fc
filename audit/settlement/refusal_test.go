package settlement

import (
	"bytes"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/audit/term"
)

// desk is a state with short ways to propose and close months without fees, but for
// one line a month.
type desk struct {
	t     testing.TB
	state State
	at    claimwatch.Instant
	seq   uint64
}

func (d *desk) wish(by string) Wish {
	d.seq++
	return Wish{InstitutionID: house, At: d.at, By: by, Seq: d.seq}
}

func (d *desk) sheet(m term.Month, net claimwatch.Fen) Sheet {
	return NewSheet(&Circumstances{Month: m, On: d.at.Day()}, []Line{{
		LineID: LineID{claimwatch.Fee, "F" + m.String()}, PersonID: "P1", StayID: "S1", OccurredAt: m.First().Midnight(), Net: net,
	}}, nil)
}

func (d *desk) propose(by string, m term.Month, net claimwatch.Fen, lists Lists) error {
	sheet := d.sheet(m, net)
	before, _ := d.state.Settled(house)
	_, err := d.state.Propose(d.wish(by), Proposal{
		Month: m, Basis: lists.Revision + d.state.Revision(house), Before: before, Total: sheet.Total(),
	}, &sheet, "hash", Terms{BaseApproved, term.PayBy(m, 25)}, lists)
	return err
}

func (d *desk) close(m term.Month, net claimwatch.Fen) *Settlement {
	d.t.Helper()
	if err := d.propose("clerk", m, net, Lists{}); err != nil {
		d.t.Fatalf("Propose() error:\n%+v", err)
	}
	seq := d.seq
	if err := d.state.CheckClose(d.wish("boss"), m, seq, Lists{}); err != nil {
		d.t.Fatalf("CheckClose() error:\n%+v", err)
	}
	return d.state.Close(d.wish("boss"), "2026-0001").Settlement
}

func (d *desk) want(what string, err error, code claimwatch.Code) {
	d.t.Helper()
	if claimwatch.CodeOf(err) != code {
		d.t.Errorf("%s: %v, want %q", what, err, code)
	}
}

func newDesk(t *testing.T) *desk {
	return &desk{t: t, at: day(t, "2026-04-10").Midnight()}
}

const (
	illegal = claimwatch.CodeIllegalTransition
	changed = claimwatch.CodeChanged
	invalid = claimwatch.CodeInvalid
)

// TestRefusedSettlements: a month is closed once, in order, by two persons, on what
// is known, and its rejected-fee list says the same.
func TestRefusedSettlements(t *testing.T) {
	d := newDesk(t)
	jan, feb, mar := month(t, "2026-01"), month(t, "2026-02"), month(t, "2026-03")
	d.want("close without a proposal", d.state.CheckClose(d.wish("boss"), jan, 0, Lists{}), illegal)
	d.want("propose May in April", d.propose("clerk", month(t, "2026-05"), 100, Lists{}), illegal)
	d.want("propose with another total of the list", d.propose("clerk", jan, 100, Lists{Total: 7}), changed)
	d.want("propose with a sealed list", d.propose("clerk", jan, 100, Lists{Sealed: true}), illegal)
	early := d.sheet(jan, 100)
	_, err := d.state.Propose(d.wish("clerk"), Proposal{Month: feb, Total: early.Total()}, &early, "hash", Terms{}, Lists{})
	d.want("begin with February when January has fees", err, illegal)
	_, err = d.state.Propose(d.wish("clerk"), Proposal{Month: jan, Total: Parts{Claimed: 1, Approved: 1}}, &early, "hash", Terms{}, Lists{})
	d.want("totals that are not those of the lines", err, invalid)
	_, err = d.state.Propose(d.wish("clerk"), Proposal{Month: jan, Total: early.Total(), Before: Parts{Claimed: 1}}, &early, "hash", Terms{}, Lists{})
	d.want("earlier closes that the fold does not know", err, changed)
	_, err = d.state.Propose(d.wish("clerk"), Proposal{Month: jan, Total: early.Total(), Basis: 1}, &early, "hash", Terms{}, Lists{})
	d.want("another revision", err, changed)

	d.want("propose", d.propose("clerk", jan, 100, Lists{}), "")
	first := d.seq
	d.want("close another month", d.state.CheckClose(d.wish("boss"), feb, first, Lists{}), illegal)
	d.want("close by the clerk", d.state.CheckClose(d.wish("clerk"), jan, first, Lists{}), claimwatch.CodeForbidden)
	d.want("close after a decision", d.state.CheckClose(d.wish("boss"), jan, first, Lists{Revision: 1}), changed)
	d.want("replace", d.propose("other", jan, 200, Lists{}), "")
	d.want("close the replaced one", d.state.CheckClose(d.wish("boss"), jan, first, Lists{}), changed)
	_, err = d.state.Withdraw(d.wish("clerk"), jan)
	d.want("withdraw", err, "")
	_, err = d.state.Withdraw(d.wish("clerk"), jan)
	d.want("withdraw twice", err, illegal)

	doc := d.close(jan, 100)
	if *doc.Number != "2026-0001" || !doc.Complete || doc.Payable != 90 || doc.PayBy != day(t, "2026-02-25") {
		t.Errorf("closed: %+v", doc)
	}
	d.want("propose a closed month", d.propose("clerk", jan, 100, Lists{}), illegal)
	d.want("propose the month before", d.propose("clerk", jan-1, 100, Lists{}), illegal)
	d.want("skip a month", d.propose("clerk", mar, 100, Lists{}), illegal)
	d.close(feb, 0)
	d.close(mar, 300)
	if doc := d.close(month(t, "2026-04"), 50); doc.Complete || *doc.Number != "2026-0004" {
		t.Errorf("a month that is not over: complete %t, number %s", doc.Complete, *doc.Number)
	}
}

// TestRefusedYearEnds: a year is closed once, when it is over, settled and assessed.
func TestRefusedYearEnds(t *testing.T) {
	d := newDesk(t)
	d.at = day(t, "2026-12-31").Midnight()
	score := Score(880_000)
	for m := term.MonthIn(2026, time.January); m < term.MonthIn(2026, time.December); m++ {
		d.close(m, 1001)
	}
	propose := func(score *Score) error { _, err := d.state.ProposeYear(d.wish("clerk"), 2026, score); return err }
	d.want("before it is over", propose(&score), illegal)
	d.at = day(t, "2027-04-01").Midnight()
	d.want("with an open December", propose(&score), illegal)
	d.close(term.MonthIn(2026, time.December), 0)
	d.want("not assessed", propose(nil), illegal)
	_, err := d.state.ProposeYear(d.wish("clerk"), 2025, &score)
	d.want("a year without settlements", err, illegal)
	_, err = d.state.CloseYear(d.wish("boss"), 2026, 1, &score)
	d.want("close without a proposal", err, illegal)
	d.want("propose", propose(&score), "")
	first := d.seq
	_, err = d.state.CloseYear(d.wish("clerk"), 2026, first, &score)
	d.want("close by the clerk", err, claimwatch.CodeForbidden)
	worse := Score(790_000)
	_, err = d.state.CloseYear(d.wish("boss"), 2026, first, &worse)
	d.want("close with another score", err, changed)
	_, err = d.state.WithdrawYear(d.wish("clerk"), 2026)
	d.want("withdraw", err, "")
	_, err = d.state.WithdrawYear(d.wish("clerk"), 2026)
	d.want("withdraw twice", err, illegal)
	d.want("propose again", propose(&score), "")
	second := d.seq
	_, err = d.state.CloseYear(d.wish("boss"), 2026, first, &score)
	d.want("close the withdrawn one", err, changed)
	event, err := d.state.CloseYear(d.wish("boss"), 2026, second, &score)
	d.want("close", err, "")
	// 1001 fen give 900.9 = 901 payable and 100 kept, eleven times; 90 % of 1100 is returned.
	if y := event.YearEnd; y.Bond != 1100 || y.Returned != 990 || y.Forfeited != 110 || y.InTime || y.DueOn != day(t, "2027-03-31") {
		t.Errorf("CloseYear() = %+v", y)
	}
	_, err = d.state.CloseYear(d.wish("boss"), 2026, second, &score)
	d.want("close twice", err, illegal)
	_, err = d.state.ProposePayment(d.wish("clerk"), "2026", 990, "B-1")
	d.want("pay the bond back", err, "")
	_, err = d.state.WithdrawPayment(d.wish("clerk"), "2026")
	d.want("withdraw the payment", err, "")
	_, err = d.state.ConfirmPayment(d.wish("boss"), "2026", d.seq)
	d.want("confirm the withdrawn one", err, illegal)
	if payments := d.state.Payments(house, ""); len(payments) != 0 {
		t.Errorf("Payments() = %+v, want none", payments)
	}
}

// TestRefusedSheets: a sheet that does not hold together is refused.
func TestRefusedSheets(t *testing.T) {
	good := `{"stays":[{"month":"2026-01","person_id":"P","stay_id":"S","declared_amount":null,"declared_lines":null,` +
		`"lines":[{"kind":"fee","record_id":"A","claimed":"1.00","approved":"1.00"},{"kind":"fee","record_id":"B","claimed":"1.00","on_hold":"1.00"}]}]}`
	mar := month(t, "2026-03")
	sheet, err := ReadSheet(mar, []byte(good))
	if err != nil {
		t.Fatalf("ReadSheet() error:\n%+v", err)
	}
	if data, err := sheet.Encode(); err != nil || string(data) != good {
		t.Errorf("Encode() = %s, %v", data, err)
	}
	for what, change := range map[string][2]string{
		"parts":        {`"on_hold":"1.00"`, `"on_hold":"1.01"`},
		"twice":        {`"record_id":"B"`, `"record_id":"A"`},
		"out of order": {`"record_id":"A"`, `"record_id":"C"`},
		"later month":  {`2026-01`, `2026-04`},
		"no month":     {`2026-01`, `2026-13`},
		"no amount":    {`"claimed":"1.00"`, `"claimed":1`},
	} {
		bad := bytes.Replace([]byte(good), []byte(change[0]), []byte(change[1]), 1)
		if _, err := ReadSheet(mar, bad); claimwatch.CodeOf(err) != invalid {
			t.Errorf("%s: %v, want invalid", what, err)
		}
	}
	twice := bytes.Replace([]byte(good), []byte(`"lines":[`), []byte(`"lines":[]},{"month":"2026-01","person_id":"P","stay_id":"T","declared_amount":null,"declared_lines":null,"lines":[`), 1)
	if _, err := ReadSheet(mar, twice); err != nil {
		t.Errorf("a stay without lines: %v", err)
	}
	if _, err := ReadSheet(mar, bytes.Replace(twice, []byte(`"lines":[]`), []byte(`"lines":[{"kind":"fee","record_id":"B"}]`), 1)); claimwatch.CodeOf(err) != invalid {
		t.Errorf("a line under two stays: %v, want invalid", err)
	}
	if _, err := ReadSheet(mar, bytes.Replace(twice, []byte(`"stay_id":"T"`), []byte(`"stay_id":"R"`), 1)); claimwatch.CodeOf(err) != invalid {
		t.Errorf("stays out of order: %v, want invalid", err)
	}
}
