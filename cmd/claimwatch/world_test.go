package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The small world of TestCommands: two stays, each with the same line twice in
// one second, and an export with a price above its cap.
const (
	worldStored = 10
	worldAsOf   = "2026-03-02T18:30:00.000+08:00"
)

func admission(person, stay string) string {
	return fmt.Sprintf(`{"kind":"admission","record_id":"A-%s","person_id":%q,"stay_id":%q,"occurred_at":"2026-03-02T08:00:00+08:00",`+
		`"class":"inpatient","route":"elective","department":"D","diagnoses":["S82.0"]}`, stay, person, stay)
}

func order(person, stay string) string {
	return fmt.Sprintf(`{"kind":"order","record_id":"O-%s","person_id":%q,"stay_id":%q,"occurred_at":"2026-03-02T08:10:00+08:00",`+
		`"class":"lab","item_code":"LAB1","physician_id":"D1","times_per_day":"9","days":30}`, stay, person, stay)
}

func fee(id, person, stay, amount string) string {
	return fmt.Sprintf(`{"kind":"fee","record_id":%q,"person_id":%q,"stay_id":%q,"occurred_at":"2026-03-02T09:00:00+08:00",`+
		`"item_code":"LAB1","item_name":"blood count","category":"lab","quantity":"1","unit_price":"12.50","amount":%q}`, id, person, stay, amount)
}

// worldRecords are 9 good lines, one of them twice, and two that the door
// refuses, with what an editor leaves in a file: a byte order mark, blank lines,
// line ends of two kinds and none at the end.
func worldRecords() string {
	return byteOrderMark + strings.Join([]string{
		admission("P1", "S1"), order("P1", "S1"), fee("F1", "P1", "S1", "12.50"), fee("F2", "P1", "S1", "12.50") + "\r",
		"", "  \t",
		admission("P2", "S2"), order("P2", "S2"), fee("F3", "P2", "S2", "12.50"), fee("F4", "P2", "S2", "12.50"),
		fee("F1", "P1", "S1", "12.5"), // the same money spelt otherwise: a duplicate
		fee("F9", "P1", "S1", "12.505"),
		`{"kind":"banquet","record_id":"B1"}`,
	}, "\n")
}

// testUpload sends a file twice and a broken one, with the report beside it.
func testUpload(t *testing.T, s *server, hospital, officer string) {
	file := written(t, "records.ndjson", worldRecords())
	report := filepath.Join(t.TempDir(), "refused.csv")
	says(t, "first upload", s.good(t, hospital, "upload", "--report", report, file),
		"11 rows: 8 accepted, 1 duplicate, 2 refused, 0 could not be mapped, 0 left out by the mapping\n"+
			"       1 scale amount\n       1 unknown_kind kind\n  records.ndjson line 12: scale amount: ",
		"round it before sending\n  records.ndjson line 13: unknown_kind kind: \"banquet\"")
	read, err := os.Open(report)
	must(t, err)
	defer read.Close()
	rows, err := csv.NewReader(read).ReadAll()
	must(t, err)
	for i := range rows {
		rows[i] = rows[i][:5]
	}
	same(t, "report", rows, [][]string{
		{"file", "line", "record_id", "code", "field"},
		{file, "12", "F9", "scale", "amount"},
		{file, "13", "B1", "unknown_kind", "kind"},
	})
	again := s.good(t, hospital, "upload", "--batch", "3", file)
	if !strings.HasPrefix(again, "11 rows: 0 accepted, 9 duplicate, 2 refused") {
		t.Errorf("again: %s", again)
	}
	says(t, "as JSON", s.good(t, hospital, "upload", "--json", file), `"duplicate":9`, `"faults":[{"code":"scale"`, `"refused":2`)

	s.bad(t, exitFailed, "forbidden (403)", officer, "upload", file)
	s.bad(t, exitFailed, "unauthenticated (401)", "cw_nobody", "upload", file)
	for name, text := range map[string]string{"nothing": "", "blanks": "\n \n\r\n"} {
		same(t, name, s.good(t, hospital, "upload", written(t, "empty.ndjson", text)),
			"0 rows: 0 accepted, 0 duplicate, 0 refused, 0 could not be mapped, 0 left out by the mapping\n")
	}
	all := s.good(t, hospital, "upload", written(t, "bad.ndjson", strings.Repeat("{}\n", shownRefusals+2)))
	says(t, "an upload of which nothing is accepted", all, "12 rows: 0 accepted, 0 duplicate, 12 refused", "… and 2 more (--report FILE has all)")
}

// testMappedUpload sends CSV exports: one row has another status, one no time.
func testMappedUpload(t *testing.T, s *server, hospital string) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "charges.csv"), []byte("NO,FUND,VISIT,AT,PRICE,STATUS\n"+
		"C1,P2,S2,2026-03-02 18:00:00,25.00,PAID\nC2,P2,S2,2026-03-02 18:30:00,11.00,PAID\n"+
		"C3,P2,S2,2026-03-02 18:40:00,12.00,DRAFT\nC4,P2,S2,yesterday,13.00,PAID\n"), 0o600))
	mapping := written(t, "mapping.yaml", `
time: "2006-01-02 15:04:05"
files:
  - file: charges.csv
    kind: fee
    when: [{column: STATUS, not_in: [DRAFT]}]
    fields:
      {record_id: "{NO}", person_id: "{FUND}", stay_id: "{VISIT}", occurred_at: "{AT}", item_code: LAB1, item_name: blood count,
       category: lab, quantity: "1", unit_price: "{PRICE}", amount: "{PRICE}"}
`)
	printed := s.good(t, hospital, "upload", "--mapping", mapping, dir)
	says(t, "the summary", printed, "4 rows: 2 accepted, 0 duplicate, 0 refused, 1 could not be mapped, 1 left out by the mapping\n",
		"       1 unmapped", "charges.csv line 5: unmapped")
	s.bad(t, exitUsage, "the one directory", hospital, "upload", "--mapping", mapping, dir, dir)
	s.bad(t, exitFailed, "charges.csv", hospital, "upload", "--mapping", mapping, t.TempDir())
	wrong := written(t, "mapping.yaml", "files: [{file: charges.csv, kind: fee, colour: red}]\n")
	s.bad(t, exitFailed, "colour", hospital, "upload", "--mapping", wrong, dir)
}
