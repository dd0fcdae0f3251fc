package main

import (
	"testing"

	"claimwatch/knowledge/holiday"
)

// testCalendar: the shipped years are loaded whole, a second import loads
// nothing, a row of one's own stays, and a later year closes the December before.
func testCalendar(t *testing.T, s *server, officer string) {
	own := written(t, "own.csv", "day,working,source\n2026-03-05,false,notice of the city\n")
	s.good(t, "", "reference", "load", "calendar", own)
	first := decoded[calendarAnswer](t, s.good(t, "", "reference", "import", "calendar", "--json"))[0]
	same(t, "days", []any{first.Days, first.From, first.Until}, []any{7302, "2007-01-01", "2026-12-28"})
	same(t, "kept", first.Kept, []holiday.Kept{{Day: "2026-03-05", Here: "working false, notice of the city", Working: true}})
	same(t, "loaded", []int{first.Loaded.Rows, first.Loaded.Changed}, []int{7301, 7301})
	if again := decoded[calendarAnswer](t, s.good(t, "", "reference", "import", "calendar", "--json"))[0]; again.Loaded != nil {
		t.Errorf("again loaded %+v", *again.Loaded)
	}

	later := written(t, "2027.json", `{"year":2027,"papers":["paper"],"days":[{"name":"元旦","date":"2026-12-31","isOffDay":true}]}`)
	text := s.good(t, "", "reference", "import", "calendar", later)
	says(t, "with 2027", text, "7667 days from 2007-01-01 to 2027-12-28: 365 loaded, 1 kept as they are here", "kept 2026-03-05: working false")
	rows := decoded[struct {
		Items []struct{ Row map[string]string }
	}](t, s.reads(t, "/v1/reference/calendar/history?key=2026-12-31"))[0]
	same(t, "the last day of 2026", rows.Items[0].Row["working"], "false")
	s.bad(t, exitFailed, "without a paper", "", "reference", "import", "calendar",
		written(t, "2028.json", `{"year":2028,"papers":[],"days":[{"name":"元旦","date":"2028-01-01","isOffDay":true}]}`))
	s.bad(t, exitFailed, "forbidden (403)", officer, "reference", "import", "calendar",
		written(t, "2028.json", `{"year":2028,"papers":["p"],"days":[]}`))
}
