package review

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/term"
)

func TestNoticeOnEveryWeekday(t *testing.T) {
	cases := []struct{ notice, due string }{
		{"2026-03-02T00:00:00+08:00", "2026-03-09"},     // Monday, its first instant
		{"2026-03-03T23:59:59.999+08:00", "2026-03-10"}, // Tuesday, its last
		{"2026-03-04T12:00:00+08:00", "2026-03-11"},
		{"2026-03-05T12:00:00+08:00", "2026-03-12"},
		{"2026-03-06T12:00:00+08:00", "2026-03-13"},
		{"2026-03-07T12:00:00+08:00", "2026-03-13"}, // Saturday: Monday is the first of the five
		{"2026-03-08T12:00:00+08:00", "2026-03-13"},
		{"2026-03-08T16:30:00Z", "2026-03-16"}, // Monday in Shanghai already
	}
	for _, c := range cases {
		notice := Notice{At: at(t, c.notice)}
		due, provisional := notice.Due(calendarOf2026)
		if due.String() != c.due || provisional {
			t.Errorf("Due(%s) = %s, provisional %t; want %s", c.notice, due, provisional, c.due)
		}
		r := &Review{State: claimwatch.StateNotified, Notice: &notice}
		last := (due + 1).Midnight() - 1
		if got := r.At(last, calendarOf2026); got != claimwatch.StateNotified {
			t.Errorf("At(last instant of %s) = %s, want notified", due, got)
		}
		if got := r.At(last+1, calendarOf2026); got != claimwatch.StateLapsed {
			t.Errorf("At(midnight after %s) = %s, want lapsed", due, got)
		}
	}
}

func TestDueIsProvisionalPastTheCalendar(t *testing.T) {
	var c term.Calendar
	notice := Notice{At: at(t, "2026-12-28T10:00:00+08:00")} // Monday
	if due, provisional := notice.Due(&c); due.String() != "2027-01-04" || !provisional {
		t.Errorf("without a calendar: %s, provisional %t; want 2027-01-04, true", due, provisional)
	}
	if due, provisional := notice.Due(calendarOf2026); due.String() != "2027-01-04" || !provisional {
		t.Errorf("calendar ends on the way: %s, provisional %t; want 2027-01-04, true", due, provisional)
	}
	for day := mustDay("2026-12-28"); day <= mustDay("2027-01-31"); day++ {
		weekday := day.Date().Weekday()
		c.Set(day, weekday != 0 && weekday != 6 && day.String() != "2027-01-01")
	}
	if due, provisional := notice.Due(&c); due.String() != "2027-01-05" || provisional {
		t.Errorf("the next year has come: %s, provisional %t; want 2027-01-05, false", due, provisional)
	}
	c.Unset(mustDay("2027-01-31"))
	if _, published := c.Working(mustDay("2027-01-31")); published {
		t.Error("a withdrawn last day counts as published")
	}
}

// The official paper names exceptions only: ordinary days between them are
// published, days after the last one are not.
func TestCalendarOfExceptions(t *testing.T) {
	var c term.Calendar
	c.Set(mustDay("2026-01-01"), false)
	c.Set(mustDay("2026-01-04"), true) // Sunday, worked
	c.Set(mustDay("2026-10-01"), false)
	for _, check := range []struct {
		day                string
		working, published bool
	}{
		{"2026-01-01", false, true},
		{"2026-01-04", true, true},
		{"2026-05-06", true, true},
		{"2026-05-09", false, true},
		{"2026-10-08", true, false},
		{"2025-12-31", true, false},
	} {
		working, published := c.Working(mustDay(check.day))
		if working != check.working || published != check.published {
			t.Errorf("Working(%s) = %t, %t; want %t, %t", check.day, working, published, check.working, check.published)
		}
	}
}

func TestExtension(t *testing.T) {
	r, moment := reach(t, claimwatch.StateNotified) // due 2026-03-09
	extend := func(until *claimwatch.Day) {
		t.Helper()
		event, err := give(r, Command{
			FindingID: r.FindingID, Action: claimwatch.ActionExtend, At: moment, By: "o", Reason: "flood", Seen: See(finding(100)), Until: until,
		}, calendarOf2026)
		if err != nil {
			t.Fatalf("Decide(extend) error:\n%+v", err)
		}
		r.Apply(event)
	}
	extend(nil)
	if due, _ := r.Notice.Due(calendarOf2026); due.String() != "2026-03-16" {
		t.Errorf("five more days: %s, want 2026-03-16", due)
	}
	day := mustDay("2026-03-21") // a Saturday, named by the officer
	extend(&day)
	if due, provisional := r.Notice.Due(calendarOf2026); due != day || provisional {
		t.Errorf("named day: %s, want %s", due, day)
	}
	if got := r.At((day + 1).Midnight(), calendarOf2026); got != claimwatch.StateLapsed {
		t.Errorf("after the named day: %s, want lapsed", got)
	}
}

// officialCalendar loads the State Council's exceptions of 2007-2026 as full rows.
func officialCalendar(t testing.TB) *term.Calendar {
	t.Helper()
	files, err := filepath.Glob("../../../shared/data/holiday_cn/2*.json")
	if err != nil || len(files) == 0 {
		t.Skip("../shared/data/holiday_cn is not there: the official calendar cannot be tested")
	}
	exceptions := map[string]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("ReadFile() error:\n%+v", err)
		}
		var year struct {
			Days []struct {
				Date     string `json:"date"`
				IsOffDay bool   `json:"isOffDay"`
			} `json:"days"`
		}
		if err := json.Unmarshal(raw, &year); err != nil {
			t.Fatalf("Unmarshal(%s) error:\n%+v", file, err)
		}
		for _, day := range year.Days {
			exceptions[day.Date] = !day.IsOffDay
		}
	}
	var c term.Calendar
	for day := mustDay("2007-01-01"); day <= mustDay("2026-12-31"); day++ {
		weekday := day.Date().Weekday()
		working, named := exceptions[day.String()]
		if !named {
			working = weekday != 0 && weekday != 6
		}
		c.Set(day, working)
	}
	return &c
}

func TestOfficialCalendar(t *testing.T) {
	c := officialCalendar(t)
	cases := []struct{ notice, due string }{
		{"2025-09-26", "2025-10-10"}, // Friday; Sunday 28 is worked, 1-8 October free, Saturday 11 worked
		{"2026-02-13", "2026-02-27"}, // before the Spring Festival of 2026: Saturday 14 and 28 worked, 15-23 free
		{"2026-02-14", "2026-02-28"},
	}
	for _, tc := range cases {
		notice := Notice{At: mustDay(tc.notice).Midnight()}
		if due, provisional := notice.Due(c); due.String() != tc.due || provisional {
			t.Errorf("Due(%s) = %s, provisional %t; want %s", tc.notice, due, provisional, tc.due)
		}
	}
}

// Over all days: exactly five working days lie after the day of notice up to
// the due day, which is one of them, and a later notice is never due earlier.
func TestDueOverAllDays(t *testing.T) {
	c := officialCalendar(t)
	first, last := mustDay("2007-01-01"), mustDay("2026-12-10")
	rapid.Check(t, func(t *rapid.T) {
		day := claimwatch.Day(rapid.IntRange(int(first), int(last)).Draw(t, "day"))
		moment := rapid.Int64Range(0, 24*60*60*1000-1).Draw(t, "moment")
		notice := Notice{At: day.Midnight() + claimwatch.Instant(moment)}
		due, provisional := notice.Due(c)
		worked := 0
		for d := day + 1; d <= due; d++ {
			if working, _ := c.Working(d); working {
				worked++
			}
		}
		if working, _ := c.Working(due); worked != StatementDays || !working || provisional {
			t.Fatalf("notice on %s is due on %s after %d working days, provisional %t", day, due, worked, provisional)
		}
		next := Notice{At: (day + 1).Midnight()}
		if after, _ := next.Due(c); after < due {
			t.Fatalf("notice on %s is due on %s, the one before on %s", day+1, after, due)
		}
	})
}
