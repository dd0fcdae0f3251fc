package main

import (
	"encoding/json"
	"strings"
	"testing"

	"claimwatch/audit/duty"
)

func TestDeadlineRow(t *testing.T) {
	row, err := deadlineRow(json.RawMessage(`{"due_on":"2026-03-09","due_provisional":true,"overdue":true,"kind":"clue","institution_id":"H1","of":"m_1","number":"clue-2026-0001","what":"w"}`))
	if want := "2026-03-09 (provisional) (over)\tH1\tclue\tclue-2026-0001\tw"; err != nil || row != want {
		t.Errorf("deadlineRow() = %q, %v, want %q", row, err, want)
	}
}

func TestPrintPeople(t *testing.T) {
	var out strings.Builder
	hour := int64(3600)
	err := printPeople(&out, &duty.PeopleReport{
		Keys:  []duty.KeyDuty{{Key: "k1", Entries: 3, Rejected: 1250, Counts: []duty.EntryCount{{Type: "decision", What: "reject", N: 2}}, Decided: 2, Median: &hour}, {Key: "system"}},
		Pairs: []duty.CheckedPair{{Maker: "k1", Checker: "k2", Confirmed: 4, OfMaker: 5, OfChecker: 4, Mutual: true}},
	})
	if err != nil {
		t.Fatalf("printPeople() error:\n%+v", err)
	}
	says(t, "people", out.String(), "12.50", "1h0m0s", "2 decision reject", "MUTUAL", "k2", "true")
}

// testJournal: the report, the list of deadlines and the proposals of face recognition
// on the real store, by whom they are for.
func testJournal(t *testing.T, s *server, officer, hospital string) {
	supervisor := s.key(t, "--role", "supervisor")
	says(t, "people", s.good(t, supervisor, "journal", "people"), "KEY", "ENTRIES", "decision notify")
	var report duty.PeopleReport
	if err := json.Unmarshal([]byte(s.good(t, supervisor, "journal", "people", "--json", "--until", "1999-01-01")), &report); err != nil || len(report.Keys) != 0 {
		t.Errorf("people of the last century = %+v, %v", report, err)
	}
	s.bad(t, exitFailed, "forbidden (403)", officer, "journal", "people")
	says(t, "deadlines", s.good(t, officer, "deadlines"), "DUE", "WHAT")
	s.good(t, hospital, "deadlines", "--overdue", "--json")
	s.bad(t, exitUsage, "bad_query (400)", officer, "deadlines", "--kind", "x")
}
