package term

import (
	"fmt"
	"time"

	"claimwatch"
)

// Month is a calendar month, counted from January of the year 0.
type Month int32

// MonthOf is the month of a day.
func MonthOf(d claimwatch.Day) Month {
	date := d.Date()
	return MonthIn(date.Year(), date.Month())
}

// MonthIn is a month of a year.
func MonthIn(year int, month time.Month) Month { return Month(12*year + int(month) - 1) }

// ParseMonth reads YYYY-MM.
func ParseMonth(text string) (Month, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return 0, fmt.Errorf("read month %q: want YYYY-MM", text)
	}
	return MonthIn(t.Year(), t.Month()), nil
}

// Year is the calendar year of the month.
func (m Month) Year() int { return int(m) / 12 }

// On is a day of the month, or the month's last one when it has fewer days.
func (m Month) On(day int) claimwatch.Day {
	first, next := m.First(), (m + 1).First()
	return min(first+claimwatch.Day(day-1), next-1)
}

// First is the first day of the month; the first day after it is that of m+1.
func (m Month) First() claimwatch.Day {
	return dayOf(m.Year(), time.Month(int(m)%12+1), 1)
}

// Last is the last day of the month.
func (m Month) Last() claimwatch.Day { return (m + 1).First() - 1 }

// Span is the days of the month.
func (m Month) Span() Span { return Span{From: m.First(), Until: (m + 1).First()} }

// String writes YYYY-MM.
func (m Month) String() string { return m.First().Month() }

// MarshalText writes String.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads YYYY-MM.
func (m *Month) UnmarshalText(text []byte) error {
	parsed, err := ParseMonth(string(text))
	if err == nil {
		*m = parsed
	}
	return err
}

// AddMonths is the same day of the month n months later (earlier when n is
// negative), or the last day of that month when it has no such day: neither law
// says how its months are counted, so it is done as in the civil law. Months that
// begin with the first hour of a day (a suspension, an agreement) are over before
// AddMonths of it; those after an event are over with it.
func AddMonths(d claimwatch.Day, n int) claimwatch.Day {
	return (MonthOf(d) + Month(n)).On(d.Date().Day())
}

// AddYears is AddMonths by twelve.
func AddYears(d claimwatch.Day, n int) claimwatch.Day { return AddMonths(d, 12*n) }

// Span is days [From, Until).
type Span struct {
	From  claimwatch.Day `json:"from"`
	Until claimwatch.Day `json:"until"` // the first day that is no longer covered
}

// Contains says whether From <= day < Until.
func (s Span) Contains(day claimwatch.Day) bool { return s.From <= day && day < s.Until }

// Days is how many days the span has.
func (s Span) Days() int { return int(max(0, s.Until-s.From)) }

func dayOf(year int, month time.Month, day int) claimwatch.Day {
	return claimwatch.Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
