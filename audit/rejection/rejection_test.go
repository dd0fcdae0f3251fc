package rejection

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

func instant(t testing.TB, text string) claimwatch.Instant {
	t.Helper()
	var i claimwatch.Instant
	if err := i.UnmarshalText([]byte(text)); err != nil {
		t.Fatalf("UnmarshalText(%q) error:\n%+v", text, err)
	}
	return i
}

func order(finding string, parts ...Part) Order {
	return Order{
		FindingID: finding, Rule: "FEE-001", Reason: "charged twice", By: "0123456789abcdef",
		Basis: []claimwatch.Basis{{Law: "shanxi-2022-measures", Article: "23", InForce: true}}, Parts: parts,
	}
}

func part(institution, record string, net, amount claimwatch.Fen, at claimwatch.Instant) Part {
	return Part{Amount: amount, ItemName: "CT", Charge: Charge{
		Kind: claimwatch.Fee, InstitutionID: institution, RecordID: record, PersonID: "P1", StayID: "S1", OccurredAt: at, ItemCode: "A1", Net: net,
	}}
}

func TestOneYuanOnce(t *testing.T) {
	at := instant(t, "2026-03-15T10:00:00+08:00")
	var s State
	first := s.Reject(order("f_1", part("H1", "F1", 1000, 600, at)))
	second := s.Reject(order("f_2", part("H1", "F1", 1000, 600, at), part("H1", "F2", 50, 50, at)))
	third := s.Reject(order("f_3", part("H1", "F1", 1000, 1, at)))
	got := []claimwatch.Fen{first[0].Rejected, second[0].Rejected, second[1].Rejected}
	if diff := cmp.Diff(got, []claimwatch.Fen{600, 400, 50}); diff != "" {
		t.Errorf("rejected (-got, +want):\n%s", diff)
	}
	if len(third) != 0 {
		t.Errorf("a line of which nothing is left gave %+v", third)
	}
	list := s.List("H1", "2026-03")
	if list.Total != 1050 || len(list.Items) != 3 || list.Sealed || list.Number != nil {
		t.Errorf("list = %+v, want three items and 10.50", list)
	}
	if got := s.Taken(claimwatch.Fee, "H1", "F1"); got != 1000 {
		t.Errorf("Taken() = %s, want 10.00", got)
	}
}

// A decision that finds the line refunded below what was rejected takes nothing,
// and what was rejected shrinks to what the line is worth.
func TestLineRefundedAfterRejection(t *testing.T) {
	at := instant(t, "2026-03-15T10:00:00+08:00")
	var s State
	s.Reject(order("f_1", part("H1", "F1", 1000, 800, at)))
	put := s.Reject(order("f_2", part("H1", "F1", 500, 500, at)))
	if len(put) != 1 || put[0].FindingID != "f_1" || put[0].Rejected != 500 || s.Took("f_2") != 0 {
		t.Errorf("of a line refunded below what was rejected: %+v", put)
	}
}

func TestListsByInstitutionAndLocalMonth(t *testing.T) {
	var s State
	s.Reject(order("f_1",
		part("H1", "F1", 100, 100, instant(t, "2026-02-28T15:59:59.999Z")), // the last instant of February in Shanghai
		part("H1", "F2", 200, 200, instant(t, "2026-02-28T16:00:00Z")),
		part("H2", "F1", 300, 300, instant(t, "2026-03-01T00:00:00+08:00")),
	))
	totals := map[string]string{}
	for _, list := range s.All() {
		totals[list.InstitutionID+" "+list.Month] = list.Total.String()
	}
	want := map[string]string{"H1 2026-02": "1.00", "H1 2026-03": "2.00", "H2 2026-03": "3.00"}
	if diff := cmp.Diff(totals, want); diff != "" {
		t.Errorf("totals (-got, +want):\n%s", diff)
	}
	empty, err := json.Marshal(s.List("H9", "2026-03"))
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	if got, want := string(empty), `{"institution_id":"H9","month":"2026-03","number":null,"sealed":false,"total":"0.00","items":[]}`; got != want {
		t.Errorf("empty list = %s, want %s", got, want)
	}
}

func TestItemJSON(t *testing.T) {
	var s State
	o := order("f_1", part("H1", "F1", 1000, 600, instant(t, "2026-03-15T10:00:00+08:00")))
	o.At = instant(t, "2026-04-01T09:00:00+08:00")
	s.Reject(o)
	got, err := json.Marshal(s.List("H1", "2026-03").Items[0])
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	want := `{"finding_id":"f_1","rule":"FEE-001","kind":"fee","record_id":"F1","person_id":"P1","stay_id":"S1",` +
		`"occurred_at":"2026-03-15T10:00:00.000+08:00","item_code":"A1","item_name":"CT","claimed":"10.00","rejected":"6.00",` +
		`"reason":"charged twice","basis":[{"law":"shanxi-2022-measures","article":"23","in_force":true}],` +
		`"decided_by":"0123456789abcdef","decided_at":"2026-04-01T09:00:00.000+08:00"}`
	if diff := cmp.Diff(string(got), want); diff != "" {
		t.Errorf("item (-got, +want):\n%s", diff)
	}
}

func TestCSV(t *testing.T) {
	var s State
	names := []string{"=HYPERLINK(\"http://x\")", "+cmd", "-2", "@SUM(A1)", "\tx", "CT \"扫描\", 一次"}
	o := order("f_1")
	for i, name := range names {
		p := part("H1", string(rune('A'+i)), 100, 100, instant(t, "2026-03-15T10:00:00+08:00"))
		p.ItemName = name
		o.Parts = append(o.Parts, p)
	}
	o.Basis = append(o.Basis, claimwatch.Basis{Law: "guangdong-2019", Article: "3"})
	s.Reject(o)
	list := s.List("H1", "2026-03")
	raw, err := list.CSV()
	if err != nil {
		t.Fatalf("CSV() error:\n%+v", err)
	}
	again, err := s.List("H1", "2026-03").CSV()
	if err != nil || string(again) != string(raw) {
		t.Errorf("the same list gave other bytes (%v)", err)
	}
	text, marked := strings.CutPrefix(string(raw), "\ufeff")
	if !marked {
		t.Error("the file has no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("ReadAll() error:\n%+v", err)
	}
	var got []string
	for _, row := range rows[1:] {
		got = append(got, row[8])
	}
	want := []string{"'=HYPERLINK(\"http://x\")", "'+cmd", "'-2", "'@SUM(A1)", "'\tx", "CT \"扫描\", 一次"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("names (-got, +want):\n%s", diff)
	}
	if got, want := rows[1][12], "shanxi-2022-measures 23; guangdong-2019 3 (not in force)"; got != want {
		t.Errorf("basis = %q, want %q", got, want)
	}
	if diff := cmp.Diff(rows[0], columns); diff != "" {
		t.Errorf("header (-got, +want):\n%s", diff)
	}
}

// Whatever findings overlap and in whatever order their rejections come: no
// line is rejected above its net amount, every list adds up, and all lists
// together are what was taken from all lines.
func TestListsAddUp(t *testing.T) {
	base := instant(t, "2026-01-20T10:00:00+08:00")
	rapid.Check(t, func(t *rapid.T) {
		nets := rapid.SliceOfN(rapid.IntRange(1, 500), 1, 6).Draw(t, "nets")
		count := rapid.IntRange(1, 12).Draw(t, "orders")
		var s State
		for i := range count {
			o := order("f_" + string(rune('a'+i)))
			for line, net := range nets {
				if !rapid.Bool().Draw(t, "named") {
					continue
				}
				amount := rapid.IntRange(1, net).Draw(t, "amount")
				institution := "H" + string(rune('1'+line%2))
				at := base + claimwatch.Instant(line)*10*24*60*60*1000
				o.Parts = append(o.Parts, part(institution, string(rune('A'+line)), claimwatch.Fen(net), claimwatch.Fen(amount), at))
			}
			s.Reject(o)
		}
		var onLists, taken claimwatch.Fen
		byLine := map[string]claimwatch.Fen{}
		for _, list := range s.All() {
			var sum claimwatch.Fen
			for _, item := range list.Items {
				if item.Rejected <= 0 || item.Rejected > item.Claimed {
					t.Fatalf("item %+v rejects more than was claimed, or nothing", item)
				}
				sum += item.Rejected
				byLine[list.InstitutionID+item.RecordID] += item.Rejected
			}
			if sum != list.Total {
				t.Fatalf("list %s %s says %s, its items %s", list.InstitutionID, list.Month, list.Total, sum)
			}
			onLists += sum
		}
		for line, net := range nets {
			institution, record := "H"+string(rune('1'+line%2)), string(rune('A'+line))
			got := s.Taken(claimwatch.Fee, institution, record)
			if got > claimwatch.Fen(net) || got != byLine[institution+record] {
				t.Fatalf("line %s: taken %s, on lists %s, net %d fen", record, got, byLine[institution+record], net)
			}
			taken += got
		}
		if onLists != taken {
			t.Fatalf("lists say %s, lines %s", onLists, taken)
		}
	})
}
