package rejection

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

// readBack reads the CSV of a list as a spreadsheet does.
func readBack(t *testing.T, list RejectedList) [][]string {
	t.Helper()
	raw, err := list.CSV()
	if err != nil {
		t.Fatalf("CSV() error:\n%+v", err)
	}
	if !utf8.Valid(raw) {
		t.Error("the file is not UTF-8")
	}
	text, marked := strings.CutPrefix(string(raw), "\ufeff")
	if !marked || strings.Contains(text, "\ufeff") {
		t.Error("the file has no byte order mark, or two")
	}
	if strings.Count(text, "\r\n") < len(list.Items)+1 {
		t.Errorf("%d items stand on %d lines", len(list.Items), strings.Count(text, "\r\n"))
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("ReadAll() error:\n%+v", err)
	}
	if len(rows) != len(list.Items)+1 {
		t.Fatalf("%d rows for %d items", len(rows), len(list.Items))
	}
	return rows
}

func listOf(items ...RejectedItem) RejectedList {
	return newList("H1", "2026-03", items)
}

// Every column that people write into is made harmless, and nothing else is
// touched. A Chinese spreadsheet takes the full-width signs for formulas too.
func TestEveryTextIsHarmless(t *testing.T) {
	cells := map[string]string{
		"=1+1": "'=1+1", "+86 351": "'+86 351", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'=1", "\n=1": "'\n=1",
		"＝1+1": "'＝1+1", "＋1": "'＋1", "－1": "'－1", "＠SUM": "'＠SUM",
		"": "", "CT": "CT", "1+1": "1+1", "胸部=CT": "胸部=CT", "'=1": "'=1", "\"=1\"": "\"=1\"", "第一行\n=2": "第一行\n=2", "a,b;c": "a,b;c", " x": " x",
	}
	for text, want := range cells {
		item := RejectedItem{
			FindingID: text, Rule: text, Kind: claimwatch.Fee, RecordID: text, PersonID: text, StayID: text, ItemCode: text, ItemName: text,
			Reason: text, DecidedBy: text, Statement: text, Adjusts: text,
		}
		for i, got := range readBack(t, listOf(item))[1] {
			switch columns[i] {
			case "kind", "occurred_at", "claimed", "rejected", "basis", "decided_at":
				continue
			}
			if got != want {
				t.Errorf("%s %q is written as %q, want %q", columns[i], text, got, want)
			}
		}
	}
}

// Amounts are the exact yuan, never an apostrophe, never a power of ten.
func TestAmountsInTheFile(t *testing.T) {
	for fen, want := range map[claimwatch.Fen]string{1: "0.01", 10: "0.10", 100: "1.00", 12850: "128.50", 9_999_999_999: "99999999.99"} {
		row := readBack(t, listOf(RejectedItem{Kind: claimwatch.DeviceFitting, Claimed: fen, Rejected: fen}))[1]
		if row[9] != want || row[10] != want || row[2] != "device_fitting" {
			t.Errorf("%d fen: %q and %q of a %s, want %q", fen, row[9], row[10], row[2], want)
		}
	}
}

// Over any texts: a row stays a row, a cell stays a cell, what it says is kept,
// and no cell begins with what a spreadsheet runs.
func TestFilesReadBack(t *testing.T) {
	letter := rapid.RuneFrom([]rune("=+-@＝＋－＠\t\n\"',;|甲乙丙 a1"))
	text := rapid.StringOfN(letter, 0, 12, -1)
	rapid.Check(t, func(r *rapid.T) {
		var items []RejectedItem
		for range rapid.IntRange(0, 5).Draw(r, "items") {
			items = append(items, RejectedItem{
				FindingID: "f_1", Kind: claimwatch.Fee, ItemName: text.Draw(r, "name"), Reason: text.Draw(r, "reason"), PersonID: text.Draw(r, "person"),
				Claimed: 100, Rejected: 50, Basis: []claimwatch.Basis{{Law: text.Draw(r, "law"), Article: "1"}},
			})
		}
		rows := readBack(t, listOf(items...))
		for i, item := range items {
			row := rows[i+1]
			got := []string{strings.TrimPrefix(row[8], "'"), strings.TrimPrefix(row[11], "'"), strings.TrimPrefix(row[4], "'")}
			want := []string{strings.TrimPrefix(item.ItemName, "'"), strings.TrimPrefix(item.Reason, "'"), strings.TrimPrefix(item.PersonID, "'")}
			if diff := cmp.Diff(got, want); diff != "" {
				r.Fatalf("texts of item %d (-got, +want):\n%s", i, diff)
			}
			for k, cell := range row {
				if first, _ := utf8.DecodeRuneInString(cell); strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
					r.Fatalf("%s begins with %q", columns[k], first)
				}
			}
		}
	})
}

// A list is a copy: who writes into it changes no other answer.
func TestListsAreCopies(t *testing.T) {
	at := instant(t, "2026-03-15T10:00:00+08:00")
	var s State
	put := s.Reject(order("f_1", part("H1", "F1", 1000, 600, at)))
	put[0].Rejected = 1
	list := s.List("H1", "2026-03")
	list.Items[0].Rejected, list.Items[0].Reason = 7, "other"
	all := s.All()
	all[0].Items[0].Claimed = 9
	if again := s.List("H1", "2026-03"); again.Total != 600 || again.Items[0].Reason != "charged twice" || again.Items[0].Claimed != 1000 {
		t.Errorf("the list was changed from outside: %+v", again)
	}
}
