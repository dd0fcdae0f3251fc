package matter

import (
	"cmp"
	"time"

	"claimwatch"
	"claimwatch/audit/term"
)

// working is a deadline of n working days after the step, whose own day does not
// count.
func working(n int, law, doc string) *Term {
	return &Term{Law: law, Doc: doc, Due: func(m *Matter, calendar *term.Calendar) (claimwatch.Day, bool) {
		return calendar.After(m.Running.From, n)
	}}
}

// named is a deadline that a field names.
func named(field, law, doc string) *Term {
	return &Term{Law: law, Doc: doc, Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
		day, _ := m.GetDay(field)
		return day, false
	}}
}

// after is a deadline n months after a day that a field names: the day with the
// same number, or the last of its month.
func after(field string, n int, law, doc string) *Term {
	return &Term{Law: law, Doc: doc, Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
		day, ok := m.GetDay(field)
		if !ok {
			return 0, false
		}
		return Months(day, n), false
	}}
}

// Months is the day n months after a day, the last of the month where it has no
// day of that number. n may be negative.
func Months(day claimwatch.Day, n int) claimwatch.Day {
	date := day.Date()
	first := time.Date(date.Year(), date.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	at := min(date.Day(), last.Day())
	return claimwatch.Day(first.Unix()/(24*60*60)) + claimwatch.Day(at) - 1
}

// later is the later of two days.
func later(a, b claimwatch.Day) claimwatch.Day {
	if cmp.Less(a, b) {
		return b
	}
	return a
}
