package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// idsOf lists the findings that a command prints as JSON lines.
func idsOf(t testing.TB, s *server, key string, args ...string) []string {
	t.Helper()
	ids := []string{}
	for _, f := range decoded[findingView](t, s.good(t, key, append([]string{"findings", "--json"}, args...)...)) {
		ids = append(ids, f.FindingID)
	}
	return ids
}

// testFindings looks at the same findings as a table, as JSON lines and one by
// one, with every filter.
func testFindings(t *testing.T, s *server, officer, hospital string) {
	found := decoded[findingView](t, s.good(t, officer, "findings", "--rule", "FEE-001", "--json"))
	if len(found) != 2 {
		t.Fatalf("P1 and P2 have the same line twice in a second: found %+v", found)
	}
	table := columns(s.good(t, officer, "findings", "--rule", "FEE-001"))
	want := [][]string{{"FINDING", "RULE", "SEVERITY", "STATE", "WHITELIST", "YUAN", "ATTRIBUTED", "LINES", "SUBJECT"}}
	for _, f := range found {
		want = append(want, []string{f.FindingID, "FEE-001", "violation", "open", "-", "12.50", f.Attributed, "2", f.Subject})
	}
	same(t, "table", table, append(want, []string{"2 findings"}))

	one, two := found[0].FindingID, found[1].FindingID
	first := found[0]
	if !strings.HasPrefix(first.Subject, "H1|P1|S1|") {
		one, two = two, one
	}
	dear := idsOf(t, s, officer, "--rule", "FEE-007")
	if len(dear) != 1 {
		t.Fatalf("prices above their cap: %v", dear)
	}
	for name, test := range map[string]struct {
		args []string
		want []string
	}{
		"person":             {[]string{"--rule", "FEE-001", "--person", "P1"}, []string{one}},
		"stay":               {[]string{"--rule", "FEE-001", "--stay", "S2"}, []string{two}},
		"institution":        {[]string{"--institution", "H2"}, []string{}},
		"at least":           {[]string{"--rule", "FEE-007", "--min-amount", "5.00"}, dear},
		"at least too much":  {[]string{"--rule", "FEE-007", "--min-amount", "5.01"}, []string{}},
		"severity":           {[]string{"--rule", "FEE-001", "--severity", "reminder"}, []string{}},
		"state":              {[]string{"--state", "notified"}, []string{}},
		"before the day":     {[]string{"--rule", "FEE-007", "--until", "2026-03-02"}, []string{}},
		"from the day on":    {[]string{"--rule", "FEE-007", "--from", "2026-03-02"}, dear},
		"from the next on":   {[]string{"--rule", "FEE-007", "--from", "2026-03-03"}, []string{}},
		"a hospital, untold": {[]string{"--rule", "FEE-001"}, []string{}},
	} {
		key := officer
		if name == "a hospital, untold" {
			key = hospital
		}
		same(t, name, idsOf(t, s, key, test.args...), test.want)
	}
	testOneFinding(t, s, officer, first)
	says(t, "no findings", s.good(t, officer, "findings", "--institution", "H2"), "FINDING", "0 findings\n")
	s.bad(t, exitUsage, "bad_query (400)", officer, "findings", "--json", "--state", "vanished")
	s.bad(t, exitUsage, "bad_query (400)", officer, "findings", "--json", "--min-amount", "1.234")
	s.bad(t, exitFailed, "not_found (404)", hospital, "findings", one)
	s.bad(t, exitFailed, "not_found (404)", officer, "findings", "f_../status")
}

// testOneFinding: indented for a person, one line for a machine, the same facts.
func testOneFinding(t *testing.T, s *server, officer string, f findingView) {
	line := s.good(t, officer, "findings", f.FindingID, "--json")
	page := s.good(t, officer, "findings", f.FindingID)
	if strings.Count(line, "\n") != 1 || strings.Count(page, "\n") < 20 {
		t.Errorf("--json gave %d lines, without it %d", strings.Count(line, "\n"), strings.Count(page, "\n"))
	}
	var a, b map[string]any
	must(t, json.Unmarshal([]byte(line), &a))
	must(t, json.Unmarshal([]byte(page), &b))
	same(t, "one finding in both forms", a, b)
	same(t, "finding_id", a["finding_id"], any(f.FindingID))
	for _, member := range []string{"evidence", "basis", "grounds", "lines", "history", "opened_at"} {
		if _, ok := a[member]; !ok {
			t.Errorf("one finding is shown without its %s", member)
		}
	}
}

// testDecide goes from notice to rejection; every step without its ground is
// refused with what to do.
func testDecide(t *testing.T, s *server, officer, hospital string) {
	found := decoded[findingView](t, s.good(t, officer, "findings", "--rule", "FEE-001", "--json"))
	f, other := found[0], found[1]
	s.bad(t, exitFailed, "illegal_transition (409)", officer, "decide", f.FindingID, "reject", "--reason", "twice")
	s.bad(t, exitFailed, "changed (409)", officer, "decide", f.FindingID, "notify", "--revision", "3")
	s.bad(t, exitFailed, "changed (409)", officer, "decide", f.FindingID, "notify", "--facts", strings.Repeat("0", 64))
	s.bad(t, exitFailed, "forbidden (403)", hospital, "decide", f.FindingID, "notify", "--revision", "0", "--facts", f.FactsSHA256)
	s.bad(t, exitFailed, "not_found (404)", officer, "decide", "f_0123456789abcdef0123456789abcdef", "notify")
	s.bad(t, exitUsage, "must be one of", officer, "decide", f.FindingID, "forgive")

	notified := s.good(t, officer, "decide", f.FindingID, "notify", "--reason", "the same item twice", "--revision", "0", "--facts", f.FactsSHA256)
	says(t, "the answer", notified, `"state": "notified"`, `"revision": 1`, "the same item twice", `"due_on": "2026-03-09"`)
	same(t, "a hospital sees what it was told", idsOf(t, s, hospital), []string{f.FindingID})
	s.bad(t, exitFailed, "changed (409)", officer, "decide", f.FindingID, "notify", "--revision", "0")

	h := &client{server: "http://" + s.address, key: hospital, http: http.DefaultClient}
	var answer json.RawMessage
	must(t, h.post(t.Context(), "/v1/findings/"+f.FindingID+"/statements", map[string]string{"text": "the nurse pressed twice"}, &answer))
	s.bad(t, exitFailed, "reason", officer, "decide", f.FindingID, "reject")
	rejected := decoded[findingView](t, s.good(t, officer, "decide", f.FindingID, "reject", "--reason", "one line is enough", "--json"))
	if len(rejected) != 1 || rejected[0].State != "rejected" || rejected[0].Revision != 3 {
		t.Errorf("reject --json gave %+v", rejected)
	}
	says(t, "release", s.good(t, officer, "decide", other.FindingID, "release", "--reason", "two tubes"), `"state": "released"`)
	same(t, "rejected ones", idsOf(t, s, officer, "--state", "rejected"), []string{f.FindingID})
	says(t, "one finding", s.good(t, officer, "findings", f.FindingID), "the nurse pressed twice", "one line is enough")
}

// testRejections prints the list, as JSON and as CSV, and refuses what is no month.
func testRejections(t *testing.T, s *server, officer, hospital string) {
	for _, key := range []string{officer, hospital} {
		list := s.good(t, key, "rejections", "--institution", "H1", "--month", "2026-03")
		says(t, "the list", list, `"total":"12.50"`, `"rejected":"12.50"`, "one line is enough")
	}
	lines := strings.Split(strings.TrimPrefix(s.good(t, officer, "rejections", "--institution", "H1", "--month", "2026-03", "--format", "csv"), byteOrderMark), "\r\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "finding_id,rule,kind,record_id") || !strings.Contains(lines[1], ",12.50,12.50,one line is enough,") {
		t.Errorf("CSV: %q", lines)
	}
	says(t, "another month", s.good(t, officer, "rejections", "--institution", "H1", "--month", "2026-04"), `"items":[]`, `"total":"0.00"`)
	s.bad(t, exitUsage, "month is YYYY-MM", officer, "rejections", "--institution", "H1", "--month", "2026-13")
	s.bad(t, exitFailed, "forbidden (403)", hospital, "rejections", "--institution", "H2", "--month", "2026-03")
	s.bad(t, exitUsage, "--month", officer, "rejections", "--institution", "H1")
	s.bad(t, exitUsage, "--format must be one of", officer, "rejections", "--institution", "H1", "--month", "2026-03", "--format", "doc")
}
