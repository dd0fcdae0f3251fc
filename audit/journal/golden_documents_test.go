package journal

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// closing closes the month of the rejections of a course: a line of each part, and the
// names that the papers of the list print.
func closing(t testing.TB, s *State, seq uint64) []Command {
	t.Helper()
	at := instant(t, "2026-03-09T10:00:00+08:00")
	var month term.Month
	c := settlement.Circumstances{Rejected: map[settlement.LineID]claimwatch.Fen{}, Listed: map[settlement.LineID]term.Month{}, On: at.Day()}
	var lines []settlement.Line
	charge := func(id settlement.LineID, day claimwatch.Day, net claimwatch.Fen) {
		lines = append(lines, settlement.Line{LineID: id, PersonID: "P1", StayID: "S1", OccurredAt: day.Midnight(), Net: net})
	}
	for key, text := range s.rejections.ServiceMonths("H1") {
		id := settlement.LineID{Kind: key.Kind, RecordID: key.RecordID}
		month, _ = term.ParseMonth(text)
		c.Listed[id], c.Rejected[id] = month, s.rejections.Rejected("H1")[key]
		charge(id, month.First(), c.Rejected[id]+7)
	}
	c.Month = month
	c.Agreements = settlement.Agreements{{Kind: "medical", Status: "suspended", From: month.Last()}}
	c.Holds = []settlement.Hold{{ID: "X", From: month.Last() - 1}}
	for i := range 3 {
		charge(settlement.LineID{Kind: claimwatch.Fee, RecordID: "Z" + string(rune('0'+i))}, month.Last()-claimwatch.Day(i), 10_001)
	}
	sheet := settlement.NewSheet(&c, lines, []settlement.Declared{{PersonID: "P1", StayID: "S1", Amount: 30_000, Lines: 4}})
	data, err := sheet.Encode()
	if err != nil {
		t.Fatalf("Encode() error:\n%+v", err)
	}
	return []Command{
		build(t, Command{ID: "d_1", Type: TypeSettlementPropose, At: at, Actor: clerk}, SettlementProposal{InstitutionID: "H1", Proposal: settlement.Proposal{
			Month: month, Basis: s.rejections.Revision("H1") + s.money.Revision("H1"), Total: sheet.Total(),
		}}, data),
		build(t, Command{ID: "d_2", Type: TypeSettlementClose, At: at, Actor: boss}, SettlementStep{InstitutionID: "H1", Month: month, Proposal: seq + 1},
			[]byte(`{"agency":"A","institution":"某某医院","rules":{"FEE-001":"重复收费"},"articles":{"shanxi-2022-measures 23":"第二十三条"}}`)),
	}
}

// TestGoldenDocuments: what was sealed, closed and paid is the same, byte for byte, for
// every later program: a rebuild from the log must not print another paper. A new field
// is left out when it is empty and stands last.
func TestGoldenDocuments(t *testing.T) {
	var got bytes.Buffer
	fold := func(s *State, commands ...Command) {
		for _, c := range commands {
			canonical, err := c.Canonical()
			if err != nil {
				t.Fatalf("Canonical() error:\n%+v", err)
			}
			accepted, answer := s.Apply(c, canonical)
			if accepted == nil {
				t.Fatalf("%s was refused: %v", c.ID, answer.Refusal)
			}
			if accepted.Sealed == nil && accepted.Money == nil {
				continue
			}
			text, err := json.Marshal([]any{accepted.Sealed, accepted.Money})
			if err != nil {
				t.Fatalf("Marshal() error:\n%+v", err)
			}
			got.Write(append(text, '\n'))
		}
	}
	var procedure, year State
	fold(&procedure, course(t)[:11]...)
	fold(&procedure, closing(t, &procedure, 11)...)
	fold(&procedure, course(t)[11:16]...) // adjusted and overturned after the seal
	fold(&year, money(t, 0)...)
	list := procedure.rejections.List("H1", "2026-03")
	text, err := json.Marshal(list)
	if err != nil || len(list.Items) == 0 {
		t.Fatalf("the next list has %d items, error: %v", len(list.Items), err)
	}
	got.Write(append(text, '\n'))
	path := filepath.Join("testdata", "documents.golden")
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
		t.Errorf("documents.golden (-got, +want):\n%s", diff)
	}
}
