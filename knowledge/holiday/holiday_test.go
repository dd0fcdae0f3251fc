package holiday

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func shipped(t *testing.T) map[string]Day {
	t.Helper()
	years, err := Shipped()
	if err != nil {
		t.Fatalf("Shipped() error:\n%+v", err)
	}
	days := map[string]Day{}
	for _, d := range Calendar(years...) {
		days[d.Day.String()] = d
	}
	return days
}

// Days looked up in the papers.
func TestShippedDays(t *testing.T) {
	days := shipped(t)
	for day, want := range map[string]string{
		"2007-01-01": "off",
		"2018-12-29": "working", // a Saturday, named by the paper of 2019
		"2018-12-31": "off",     // a Monday, by the paper of 2019
		"2011-12-31": "working", // a Saturday, by the paper of 2012
		"2022-12-31": "off",
		"2020-01-31": "off",     // prolonged by the second paper of 2020
		"2025-01-26": "working", // a Sunday
		"2025-01-28": "off",
		"2026-11-20": "working", // an ordinary Friday
		"2026-11-21": "off",     // an ordinary Saturday
		"2026-12-28": "working",
		"2026-12-29": "", // the paper of 2027 may move it
		"2027-01-04": "",
		"2006-12-30": "", // of 2006 nothing else is known
	} {
		d, known := days[day]
		got := map[bool]string{true: "working", false: "off"}[d.Working]
		if !known {
			got = ""
		}
		if got != want {
			t.Errorf("%s is %q, want %q", day, got, want)
		}
	}
	if got := days["2018-12-31"].Source; !strings.HasPrefix(got, "State Council: ") || !strings.Contains(got, "2018-12/06") {
		t.Errorf("the source of 2018-12-31 is %q", got)
	}
	// 20 years with five leap days, without the last three days.
	if want := 20*365 + 5 - 3; len(days) != want {
		t.Errorf("%d days, want %d", len(days), want)
	}
	off := 0
	for day, d := range days {
		if strings.HasPrefix(day, "2025") && !d.Working {
			off++
		}
		if n := len([]rune(d.Source)); n == 0 || n > 256 {
			t.Errorf("%s has a source of %d characters", day, n)
		}
	}
	if off != 117 { // 365 less 248 working days
		t.Errorf("%d days off in 2025, want 117", off)
	}
}

// A later year closes the December before; an empty one does not; of a year
// given twice the later counts.
func TestCalendar(t *testing.T) {
	paper := []string{"p"}
	named := func(text string, off bool) Named {
		y, err := Parse([]byte(`{"year":` + text[:4] + `,"papers":["p"],"days":[{"name":"n","date":"` + text + `","isOffDay":false}]}`))
		if err != nil {
			t.Fatalf("Parse() error:\n%+v", err)
		}
		y.Days[0].Off = off
		return y.Days[0]
	}
	last := func(years ...Year) string {
		days := Calendar(years...)
		return days[len(days)-1].Day.String()
	}
	y2026 := Year{Year: 2026, Papers: paper, Days: []Named{named("2026-05-01", true)}}
	y2027 := Year{Year: 2027, Papers: paper, Days: []Named{named("2026-12-31", true)}}
	for want, years := range map[string][]Year{
		"2026-12-28": {y2026, {Year: 2027}}, "2027-12-28": {y2027, y2026}, "2028-12-28": {y2026, {Year: 2028, Papers: paper}},
	} {
		if got := last(years...); got != want {
			t.Errorf("the last day is %s, want %s", got, want)
		}
	}
	days := Calendar(y2026, y2027)
	if d := days[364]; d.Day.String() != "2026-12-31" || d.Working {
		t.Errorf("the last of 2026 is %+v, want a day off", d)
	}
	twice := Calendar(y2026, Year{Year: 2026, Papers: paper, Days: []Named{named("2026-05-02", false)}})
	if d := twice[120]; d.Day.String() != "2026-05-01" || !d.Working || !twice[121].Working {
		t.Errorf("the second file of 2026 does not count: %+v", d)
	}
	if got := Calendar(); len(got) != 0 {
		t.Errorf("without years there are %d days", len(got))
	}
	if got := len(Calendar(y2026, Year{Year: 2028, Papers: paper})); got != 362+363 {
		t.Errorf("2026 and 2028 without 2027 have %d days, want 725", got)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"no JSON":         `year 2027`,
		"another year":    `{"year":2027,"papers":["p"],"days":[{"name":"n","date":"2028-01-01","isOffDay":true}]}`,
		"November before": `{"year":2027,"papers":["p"],"days":[{"name":"n","date":"2026-11-30","isOffDay":true}]}`,
		"no paper":        `{"year":2027,"papers":[],"days":[{"name":"n","date":"2027-01-01","isOffDay":true}]}`,
		"no such day":     `{"year":2027,"papers":["p"],"days":[{"name":"n","date":"2027-02-30","isOffDay":true}]}`,
	} {
		if _, err := Parse([]byte(body)); err == nil {
			t.Errorf("%s: Parse() gives a year", name)
		}
	}
}

// What stands is loaded again only where the papers themselves have changed it.
func TestRows(t *testing.T) {
	days := Calendar(Year{Year: 2026, Papers: []string{"p"}})[:6]
	rows, kept := Rows(days, map[string]Standing{
		"2026-01-01": {Working: "true", Source: "State Council: older"},
		"2026-01-02": {Working: "false", Source: "State Council: older"},
		"2026-01-03": {Working: "true", Source: "province"},
		"2026-01-04": {Working: "false", Source: "province"},
		"2026-01-05": {Void: true},
	})
	if diff := cmp.Diff([]map[string]string{
		{"day": "2026-01-02", "working": "true", "source": "State Council: p"},
		{"day": "2026-01-06", "working": "true", "source": "State Council: p"},
	}, rows); diff != "" {
		t.Errorf("rows (-want, +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Kept{
		{Day: "2026-01-03", Here: "working true, province"}, {Day: "2026-01-05", Here: "withdrawn", Working: true},
	}, kept); diff != "" {
		t.Errorf("kept (-want, +got):\n%s", diff)
	}
}
