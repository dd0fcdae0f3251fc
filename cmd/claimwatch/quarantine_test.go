package main

import (
	"strings"
	"testing"
)

// quarantined is what a machine reads of quarantine --json.
type quarantined struct {
	InstitutionID string `json:"institution_id"`
	ReceiptID     string `json:"receipt_id"`
	Index         int    `json:"index"`
	RecordID      string `json:"record_id"`
	Code          string `json:"code"`
	Field         string `json:"field"`
	Raw           string `json:"raw"`
}

// testQuarantine finds the refused records again, raw as they were sent.
func testQuarantine(t *testing.T, s *server, officer string) {
	items := decoded[quarantined](t, s.good(t, officer, "quarantine", "--code", "scale", "--json"))
	if len(items) == 0 {
		t.Fatal("nothing in quarantine with code scale")
	}
	for _, item := range items {
		same(t, "the raw record", item.Raw, fee("F9", "P1", "S1", "12.505"))
		if item.InstitutionID != "H1" || item.RecordID != "F9" || item.Field != "amount" || item.ReceiptID == "" {
			t.Errorf("item %+v", item)
		}
	}
	last := items[len(items)-1] // newest first: the first upload, of 11 records
	same(t, "index in the first upload", last.Index, 9)
	of := decoded[quarantined](t, s.good(t, officer, "quarantine", "--receipt", last.ReceiptID, "--json"))
	codes := map[string]int{}
	for _, item := range of {
		codes[item.Code] = item.Index
	}
	same(t, "codes and places of the first upload", codes, map[string]int{"scale": 9, "unknown_kind": 10})

	table := s.good(t, officer, "quarantine", "--receipt", last.ReceiptID)
	rows := columns(table)
	same(t, "head", rows[0], []string{"RECEIVED", "INSTITUTION", "RECEIPT", "INDEX", "CODE", "FIELD", "MESSAGE"})
	if len(rows) != 3 || strings.Contains(table, `"record_id"`) {
		t.Errorf("table with the raw records, or without all of them:\n%s", table)
	}
	for _, args := range [][]string{{"--institution", "H2"}, {"--code", "conflict"}, {"--receipt", "r_none"}} {
		same(t, "quarantine "+args[0], s.good(t, officer, append([]string{"quarantine", "--json"}, args...)...), "")
	}
	s.bad(t, exitUsage, "bad_query (400)", officer, "quarantine", "--json", "--institution", strings.Repeat("H", 65))
}
