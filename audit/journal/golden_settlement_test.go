package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

var (
	clerk = Actor{Key: "c1e4000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleClerk}}
	boss  = Actor{Key: "d14ec70400000000", Roles: []claimwatch.CallerRole{claimwatch.RoleDirector}}
)

// sheetOf is a sheet with one line of H1 in a month; net 0 gives an empty one.
func sheetOf(t testing.TB, month term.Month, net claimwatch.Fen) (settlement.Sheet, []byte) {
	t.Helper()
	lines := []settlement.Line{{
		LineID:   settlement.LineID{Kind: claimwatch.Fee, RecordID: "F-" + month.String()},
		PersonID: "P1", StayID: "S1", OccurredAt: month.First().Midnight(), Net: net,
	}}
	sheet := settlement.NewSheet(&settlement.Circumstances{Month: month, On: month.Last()}, lines, nil)
	data, err := sheet.Encode()
	if err != nil {
		t.Fatalf("Encode() error:\n%+v", err)
	}
	return sheet, data
}

// money is a year of H1: twelve months closed, a payment, the year end, and a
// proposal of each kind that is withdrawn. seq is the entry before the first.
func money(t testing.TB, seq uint64) (commands []Command) {
	t.Helper()
	at := instant(t, "2027-01-05T10:00:00+08:00")
	revision, before := 0, settlement.Parts{}
	add := func(id string, kind Type, by Actor, payload any, data []byte) uint64 {
		commands = append(commands, build(t, Command{ID: id, Type: kind, At: at, Actor: by, Request: hexSum([]byte(id))}, payload, data))
		seq++
		return seq
	}
	propose := func(month term.Month, net claimwatch.Fen) uint64 {
		sheet, data := sheetOf(t, month, net)
		return add(fmt.Sprintf("c_propose_%s_%d", month, len(commands)), TypeSettlementPropose, clerk, SettlementProposal{InstitutionID: "H1", Proposal: settlement.Proposal{
			Month: month, Basis: revision, Before: before, Total: sheet.Total(),
		}}, data)
	}
	january := term.MonthIn(2026, 1)
	propose(january, 99)
	add("c_withdraw", TypeSettlementWithdraw, clerk, SettlementStep{InstitutionID: "H1", Month: january}, nil)
	for month := january; month <= january+11; month++ {
		net := claimwatch.Fen(100 * int64(1+month-january))
		proposal := propose(month, net)
		add("c_close_"+month.String(), TypeSettlementClose, boss, SettlementStep{InstitutionID: "H1", Month: month, Proposal: proposal}, nil)
		revision += 2 // the list was sealed, and the month posted
		before.Claimed, before.Approved = before.Claimed+net, before.Approved+net
	}
	pay := PaymentStep{InstitutionID: "H1", Of: "2026-03", Amount: 270, Reference: "B-17"}
	add("c_pay_1", TypePaymentPropose, clerk, pay, nil)
	add("c_pay_2", TypePaymentWithdraw, clerk, PaymentStep{InstitutionID: "H1", Of: "2026-03"}, nil)
	paid := add("c_pay_3", TypePaymentPropose, clerk, pay, nil)
	add("c_pay_4", TypePaymentConfirm, boss, PaymentStep{InstitutionID: "H1", Of: "2026-03", Proposal: paid}, nil)
	commands = append(commands, loadOf(t, "c_assess", "assessments", "institution_id,year,score,satisfaction\nH1,2026,85.5,90\n", at))
	seq++
	year := YearEndStep{InstitutionID: "H1", Year: 2026}
	add("c_year_1", TypeYearEndPropose, clerk, year, nil)
	add("c_year_2", TypeYearEndWithdraw, clerk, year, nil)
	proposal := add("c_year_3", TypeYearEndPropose, clerk, year, nil)
	add("c_year_4", TypeYearEndClose, boss, YearEndStep{InstitutionID: "H1", Year: 2026, Proposal: proposal}, nil)
	return commands
}

// TestGoldenMoney: the bytes of commands about money, and of the chain, are frozen.
func TestGoldenMoney(t *testing.T) {
	commands := money(t, 0)
	var got bytes.Buffer
	messages := encode(t, commands...)
	for _, m := range messages {
		got.Write(m.Value)
		got.WriteString("\n")
	}
	var s State
	entries := foldAll(t, &s, messages)
	if len(entries) != len(commands) {
		for id, answer := range s.answers {
			if answer.Refusal != nil {
				t.Logf("%s: %v", id, answer.Refusal)
			}
		}
		t.Fatalf("%d of %d commands were accepted", len(entries), len(commands))
	}
	for _, entry := range entries {
		got.WriteString(entry.Hash + "\n")
	}
	path := filepath.Join("testdata", "money.golden")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatalf("WriteFile() error:\n%+v", err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	if diff := cmp.Diff(got.String(), string(want)); diff != "" {
		t.Errorf("money.golden (-got, +want):\n%s", diff)
	}
}

// TestMoneyIsRebuilt: folded anew, each entry gives the same documents and postings
// for the views, and the chain holds no line.
func TestMoneyIsRebuilt(t *testing.T) {
	views := func() (out []string, last *State) {
		var s State
		s.parts.known = func(id string) bool { _, known := s.answers[id]; return known }
		for _, m := range encode(t, money(t, 0)...) {
			c, canonical, err := s.parts.take(m)
			if err != nil {
				t.Fatalf("take() error:\n%+v", err)
			}
			accepted, _ := s.Apply(*c, canonical)
			if bytes.Contains(accepted.Body, []byte("F-2026")) {
				t.Errorf("entry %d names a line", accepted.Seq)
			}
			text, err := json.Marshal([]any{accepted.Money, accepted.Sealed})
			if err != nil {
				t.Fatalf("Marshal() error:\n%+v", err)
			}
			out = append(out, string(text))
		}
		return out, &s
	}
	first, s := views()
	again, _ := views()
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("views of a second fold:\n%s", diff)
	}
	// 10 % of 78.00 yuan were kept, 90 % of it goes back for 85.5 points.
	want := map[settlement.Account]claimwatch.Fen{
		settlement.AccountClaims: -7_800, settlement.AccountRejected: 0, settlement.AccountNotPayable: 0, settlement.AccountHeld: 0,
		settlement.AccountPayable: 7_020 - 270 + 702, settlement.AccountBond: 0, settlement.AccountPaid: 270, settlement.AccountForfeited: 78,
	}
	if diff := cmp.Diff(s.money.Balances("H1"), want); diff != "" {
		t.Errorf("balances (-got, +want):\n%s", diff)
	}
}

// TestMoneyRests: while a proposal waits, a new row of agreements or holds, or a
// decision about the institution, makes it stale; one about another does not.
func TestMoneyRests(t *testing.T) {
	january := term.MonthIn(2026, 1)
	at := instant(t, "2026-02-05T10:00:00+08:00")
	for name, c := range map[string]struct {
		between Command
		code    claimwatch.Code
	}{
		"nothing":    {loadOf(t, "c_x", "calendar", "day,working,source\n2026-03-03,1,gov\n", at), ""},
		"agreements": {loadOf(t, "c_x", "agreements", "institution_id,kind,from,agreement_id,status\nH1,medical,2026-01-01,A,suspended\n", at), claimwatch.CodeChanged},
		"another's":  {loadOf(t, "c_x", "agreements", "institution_id,kind,from,agreement_id,status\nH2,medical,2026-01-01,A,suspended\n", at), ""},
		"holds":      {loadOf(t, "c_x", "holds", "hold_id,institution_id,from,reason\nX,H1,2026-01-01,inquiry\n", at), claimwatch.CodeChanged},
	} {
		var s State
		apply := func(c Command) Answer {
			canonical, err := c.Canonical()
			if err != nil {
				t.Fatalf("Canonical() error:\n%+v", err)
			}
			_, answer := s.Apply(c, canonical)
			return answer
		}
		sheet, data := sheetOf(t, january, 100)
		proposed := apply(build(t, Command{ID: "c_1", Type: TypeSettlementPropose, At: at, Actor: clerk},
			SettlementProposal{InstitutionID: "H1", Proposal: settlement.Proposal{Month: january, Total: sheet.Total()}}, data))
		if proposed.Refusal != nil {
			t.Fatalf("%s: propose: %v", name, proposed.Refusal)
		}
		if answer := apply(c.between); answer.Refusal != nil {
			t.Fatalf("%s: between: %v", name, answer.Refusal)
		}
		closed := apply(build(t, Command{ID: "c_2", Type: TypeSettlementClose, At: at, Actor: boss},
			SettlementStep{InstitutionID: "H1", Month: january, Proposal: proposed.Seq}, nil))
		got := claimwatch.Code("")
		if closed.Refusal != nil {
			got = closed.Refusal.Code
		}
		if got != c.code || s.rejections.Sealed("H1", "2026-01") != (c.code == "") {
			t.Errorf("%s: close: %q, sealed %t; want %q", name, got, s.rejections.Sealed("H1", "2026-01"), c.code)
		}
	}
}

// TestNamesOfTheSeal: what the papers of a list print beside codes is sealed with it,
// beside the chain. A close of an older program has none, and names that cannot be
// read close nothing.
func TestNamesOfTheSeal(t *testing.T) {
	january := term.MonthIn(2026, 1)
	at := instant(t, "2026-02-05T10:00:00+08:00")
	sheet, lines := sheetOf(t, january, 100)
	sealed := func(data string) (list rejection.RejectedList, code claimwatch.Code) {
		var s State
		propose := build(t, Command{ID: "c_1", Type: TypeSettlementPropose, At: at, Actor: clerk},
			SettlementProposal{InstitutionID: "H1", Proposal: settlement.Proposal{Month: january, Total: sheet.Total()}}, lines)
		step := build(t, Command{ID: "c_2", Type: TypeSettlementClose, At: at, Actor: boss}, SettlementStep{InstitutionID: "H1", Month: january, Proposal: 1}, []byte(data))
		for _, entry := range foldAll(t, &s, encode(t, propose, step)) {
			if strings.Contains(string(entry.Body), "某某医院") {
				t.Errorf("the chain holds a name: %s", entry.Body)
			}
		}
		if refused := s.answers["c_2"].Refusal; refused != nil {
			code = refused.Code
		}
		return s.rejections.List("H1", january.String()), code
	}
	named, _ := sealed(`{"agency":"A","institution":"某某医院","rules":{"FEE-001":"重复收费"},"articles":{"law 23":"第二十三条"}}`)
	want := &rejection.Names{Agency: "A", Institution: "某某医院", Rules: map[string]string{"FEE-001": "重复收费"}, Articles: map[string]string{"law 23": "第二十三条"}}
	if diff := cmp.Diff(named.Names, want); diff != "" || !named.Sealed {
		t.Errorf("names (-got, +want):\n%s", diff)
	}
	old, _ := sealed("")
	if old.Names != nil || !old.Sealed || old.SHA256 == named.SHA256 {
		t.Errorf("a close without names: %+v", old)
	}
	if list, code := sealed(`{"agency":1}`); list.Sealed || code != claimwatch.CodeInvalid {
		t.Errorf("names that cannot be read: %q, sealed %t", code, list.Sealed)
	}
}
