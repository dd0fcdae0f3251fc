package review

import (
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/term"
)

// The seven days of the National Day of 2026 and the two weekend days that are
// worked for them, as the official paper would name them: exceptions only.
func calendarOfExceptions() *term.Calendar {
	var c term.Calendar
	for day := mustDay("2026-10-01"); day <= mustDay("2026-10-07"); day++ {
		c.Set(day, false)
	}
	c.Set(mustDay("2026-09-27"), true) // Sunday
	c.Set(mustDay("2026-10-10"), true) // Saturday
	return &c
}

// Days that were moved count as what they were moved to, and the day of notice
// never counts, worked or not.
func TestDueOverAdjustedDays(t *testing.T) {
	cases := []struct {
		notice, due string
		provisional bool
	}{
		{"2026-09-18T09:00:00+08:00", "2026-09-25", false},
		{"2026-09-21T09:00:00+08:00", "2026-09-27", false}, // Monday; the fifth is the Sunday that is worked
		{"2026-09-26T09:00:00+08:00", "2026-10-08", false}, // Saturday; 27 to 30 are four, the fifth is after the holiday
		{"2026-09-27T09:00:00+08:00", "2026-10-09", false}, // the worked Sunday is the day of notice
		{"2026-09-28T23:59:59.999+08:00", "2026-10-10", false},
		{"2026-09-28T16:00:00Z", "2026-10-12", true}, // 29 in Shanghai; beyond the last row nothing is published
		{"2026-09-30T09:00:00+08:00", "2026-10-13", true},
		{"2026-10-07T09:00:00+08:00", "2026-10-13", true},
		{"2026-10-10T09:00:00+08:00", "2026-10-16", true},
	}
	c := calendarOfExceptions()
	for _, tc := range cases {
		notice := Notice{At: at(t, tc.notice)}
		if due, provisional := notice.Due(c); due.String() != tc.due || provisional != tc.provisional {
			t.Errorf("Due(%s) = %s, provisional %t; want %s, %t", tc.notice, due, provisional, tc.due, tc.provisional)
		}
	}
}

// To the millisecond: a statement of the last instant of the last day is in
// time, one of the first instant after it is not; a rejection the other way round.
func TestTheLastInstant(t *testing.T) {
	for _, text := range []string{"2026-03-02T00:00:00+08:00", "2026-03-02T23:59:59.999+08:00", "2026-03-01T16:00:00Z"} {
		r := &Review{FindingID: finding().ID}
		notify := commandOf(r, claimwatch.ActionNotify, at(t, text))
		event, err := give(r, notify, calendarOf2026)
		if err != nil {
			t.Fatalf("Decide(notify) error:\n%+v", err)
		}
		r.Apply(event)
		last := at(t, "2026-03-09T23:59:59.999+08:00")
		for _, c := range []struct {
			action claimwatch.Action
			at     claimwatch.Instant
			want   claimwatch.Code
		}{
			{claimwatch.ActionExplain, last, ""},
			{claimwatch.ActionExplain, last + 1, claimwatch.CodeIllegalTransition},
			{claimwatch.ActionExtend, last, ""},
			{claimwatch.ActionExtend, last + 1, claimwatch.CodeIllegalTransition},
			{claimwatch.ActionReject, last, claimwatch.CodeIllegalTransition},
			{claimwatch.ActionReject, last + 1, ""},
			{claimwatch.ActionRelease, last, ""},
			{claimwatch.ActionRelease, last + 1, ""},
			{claimwatch.ActionNotify, last, claimwatch.CodeIllegalTransition},
			{claimwatch.ActionNotify, last + 1, claimwatch.CodeIllegalTransition},
		} {
			if _, err := give(r, commandOf(r, c.action, c.at), calendarOf2026); claimwatch.CodeOf(err) != c.want {
				t.Errorf("notice %s, %s at %s: %v, want %q", text, c.action, c.at, err, c.want)
			}
		}
	}
}

// A lapse is derived, never kept: a row that comes later takes it back, and its
// withdrawal brings it again.
func TestCalendarTakesALapseBack(t *testing.T) {
	var c term.Calendar
	r, _ := reach(t, claimwatch.StateNotified) // Monday 2026-03-02
	moment := at(t, "2026-03-10T00:00:00+08:00")
	for i, step := range []struct {
		do   func()
		want claimwatch.State
	}{
		{func() {}, claimwatch.StateLapsed},
		{func() { c.Set(mustDay("2026-03-05"), false) }, claimwatch.StateNotified},
		{func() { c.Set(mustDay("2026-03-05"), true) }, claimwatch.StateLapsed},
		{func() { c.Set(mustDay("2026-03-09"), false) }, claimwatch.StateNotified},
		{func() { c.Set(mustDay("2026-03-07"), true) }, claimwatch.StateLapsed}, // a Saturday makes up for it
		{func() { c.Unset(mustDay("2026-03-07")) }, claimwatch.StateNotified},
		{func() { c.Unset(mustDay("2026-03-09")) }, claimwatch.StateLapsed},
	} {
		step.do()
		if got := r.At(moment, &c); got != step.want {
			t.Errorf("step %d: %s, want %s", i, got, step.want)
		}
	}
	if r.State != claimwatch.StateNotified {
		t.Errorf("the lapse was kept: %s", r.State)
	}
}

// An extension always gives what it says: five working days more than before,
// also after an officer has named a day.
func TestExtensionsAddUp(t *testing.T) {
	r, moment := reach(t, claimwatch.StateNotified) // due 2026-03-09
	saturday := mustDay("2026-03-21")
	for i, step := range []struct {
		until *claimwatch.Day
		due   string
	}{
		{nil, "2026-03-16"},
		{&saturday, "2026-03-21"},
		{nil, "2026-03-27"},
		{nil, "2026-04-03"},
	} {
		c := commandOf(r, claimwatch.ActionExtend, moment)
		c.Until = step.until
		event, err := give(r, c, calendarOf2026)
		if err != nil {
			t.Fatalf("step %d: Decide(extend) error:\n%+v", i, err)
		}
		before := r.Notice
		r.Apply(event)
		if due, _ := r.Notice.Due(calendarOf2026); due.String() != step.due {
			t.Errorf("step %d: due %s, want %s", i, due, step.due)
		}
		if before == r.Notice || r.Notice.At != before.At {
			t.Errorf("step %d: the notice itself was changed: %+v", i, r.Notice)
		}
	}
	due := mustDay("2026-04-03")
	for _, day := range []claimwatch.Day{due, due - 1, saturday} {
		c := commandOf(r, claimwatch.ActionExtend, moment)
		c.Until = &day
		if _, err := give(r, c, calendarOf2026); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
			t.Errorf("an extension to %s: %v, want invalid", day, err)
		}
	}
}

// The calendar against a plain table of days, over any order of rows that come,
// change and go.
func TestCalendarProperties(t *testing.T) {
	first := mustDay("2026-12-20")
	rapid.Check(t, func(t *rapid.T) {
		var c term.Calendar
		rows := map[claimwatch.Day]bool{}
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			day := first + claimwatch.Day(rapid.IntRange(0, 25).Draw(t, "day"))
			if rapid.IntRange(0, 2).Draw(t, "goes") == 0 {
				delete(rows, day)
				c.Unset(day)
				continue
			}
			rows[day] = rapid.Bool().Draw(t, "working")
			c.Set(day, rows[day])
		}
		for day := first - 3; day < first+30; day++ {
			want, named := rows[day]
			published, later, sameYear := named, false, false
			for other := range rows {
				later = later || other > day
				sameYear = sameYear || other.String()[:4] == day.String()[:4]
			}
			if !named {
				weekday := day.Date().Weekday()
				want, published = weekday != 0 && weekday != 6, later && sameYear
			}
			if working, known := c.Working(day); working != want || known != published {
				t.Fatalf("Working(%s) = %t, %t; want %t, %t with rows %v", day, working, known, want, published, rows)
			}
		}
		n := rapid.IntRange(0, 12).Draw(t, "n")
		end, provisional := c.After(first, n)
		worked, assumed := 0, false
		for day := first + 1; day <= end; day++ {
			working, known := c.Working(day)
			if working {
				worked++
			}
			assumed = assumed || !known
		}
		if lastWorks, _ := c.Working(end); worked != n || provisional != assumed || n > 0 && !lastWorks {
			t.Fatalf("After(%s, %d) = %s, %t: %d working days, assumed %t", first, n, end, provisional, worked, assumed)
		}
	})
}
