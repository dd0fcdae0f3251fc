package main

import (
	"fmt"
	"strings"
	"testing"
)

// stayOf are an admission and a discharge of a person who was never elsewhere.
func stayOf(person, admitted, discharged string) string {
	return fmt.Sprintf(`{"kind":"admission","record_id":"A-%[1]s","person_id":%[1]q,"stay_id":"S-%[1]s","occurred_at":"%[2]sT08:00:00+08:00",`+
		`"class":"inpatient","route":"elective","department":"D","diagnoses":["T14.0"]}
{"kind":"discharge","record_id":"D-%[1]s","person_id":%[1]q,"stay_id":"S-%[1]s","occurred_at":"%[3]sT08:00:00+08:00",`+
		`"disposition":"cured","diagnoses":["S82.1"]}
`, person, admitted, discharged)
}

// testBaselines: two stays of 7 and 3 days before March make one baseline of
// March, loaded as one entry of the journal; building again changes nothing.
func testBaselines(t *testing.T, s *server, officer, hospital string) {
	s.good(t, hospital, "upload", written(t, "stays.ndjson",
		stayOf("B1", "2026-01-30", "2026-02-06")+stayOf("B2", "2024-02-27", "2024-03-01")+
			stayOf("B3", "2024-02-20", "2024-02-29")+stayOf("B4", "2026-02-20", "2026-03-01")))
	s.idle(t)
	first := decoded[baselinesAnswer](t, s.good(t, "", "baselines", "build", "--month", "2026-03", "--json"))[0]
	version := first.Version
	first.Version = 0
	same(t, "first", first, baselinesAnswer{
		Month: "2026-03", From: "2024-03-01T00:00:00.000+08:00", Until: "2026-03-01T00:00:00.000+08:00", Stays: 2, Rows: 1, Changed: 1,
	})
	rows := decoded[struct {
		Items []struct{ Row map[string]string }
	}](t, s.reads(t, "/v1/reference/los_baselines"))
	same(t, "row", rows[0].Items[0].Row, map[string]string{
		"diagnosis_group": "S82", "level": "3", "month": "2026-03", "n": "2", "p95": "7", "median": "5", "mad": "2",
	})
	again := s.good(t, "", "baselines", "build", "--month", "2026-03")
	says(t, "again", again, "2026-03: 2 stays discharged from 2024-03-01T00:00:00.000+08:00 to before 2026-03-01T00:00:00.000+08:00",
		"1 baselines, 0 rows changed, 1 unchanged, 0 withdrawn", fmt.Sprint("journal entry ", version+1))
	if !strings.Contains(again, "left aside: 0 stays without a diagnosis, 0 at institutions without a row") {
		t.Errorf("again: %s", again)
	}
	s.bad(t, exitFailed, "invalid (422): the month is written YYYY-MM", "", "baselines", "build", "--month", "2026-3")
	s.bad(t, exitFailed, "forbidden (403)", officer, "baselines", "build", "--month", "2026-03")
	s.bad(t, exitUsage, "--month", "", "baselines", "build")
}

// reads gets a path as the admin.
func (s *server) reads(t *testing.T, path string) string {
	t.Helper()
	c, err := clientFlags{Server: "http://" + s.address, Data: s.data}.client()
	must(t, err)
	var text jsonText
	must(t, c.get(t.Context(), path, nil, &text))
	return string(text)
}

// jsonText keeps an answer as it was written.
type jsonText string

func (j *jsonText) UnmarshalJSON(text []byte) error { *j = jsonText(text); return nil }
