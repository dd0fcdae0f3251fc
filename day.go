package claimwatch

import (
	"fmt"
	"time"
	_ "time/tzdata" // days are Shanghai's on machines without zone files too
)

// Instant is a moment in milliseconds since 1970-01-01T00:00:00Z, the finest
// time a record can tell.
type Instant int64

// Day is a local day in Asia/Shanghai, counted from 1970-01-01.
type Day int32

// Shanghai is the zone in which days begin and end, whatever the machine's.
var Shanghai = mustLoad("Asia/Shanghai")

func mustLoad(name string) *time.Location {
	location, err := time.LoadLocation(name)
	if err != nil {
		panic(fmt.Sprintf("load embedded zone %s: %v", name, err)) // tzdata is linked in: a broken build
	}
	return location
}

const (
	dayMillis = 24 * 60 * 60 * 1000
	// Shanghai has been at +08:00 without summer time since 1991-09-15; from
	// 1992 on a day is arithmetic.
	arithmeticFrom  = Instant(694_195_200_000) // 1992-01-01T00:00:00+08:00
	shanghaiOffset  = 8 * 60 * 60 * 1000
	arithmeticFirst = Day(8035) // 1992-01-01
)

// Earliest and Latest bound the times a record may name: from 1990-01-01 on
// (contract, section 6) and before 2200-01-01, which the store can hold.
var (
	Earliest = InstantOf(time.Date(1990, 1, 1, 0, 0, 0, 0, Shanghai))
	Latest   = InstantOf(time.Date(2200, 1, 1, 0, 0, 0, 0, Shanghai))
)

// InstantOf cuts a time to milliseconds.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Time gives the instant in Asia/Shanghai.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).In(Shanghai) }

// Day is the local day on which the instant falls.
func (i Instant) Day() Day {
	if i >= arithmeticFrom {
		return Day((int64(i) + shanghaiOffset) / dayMillis)
	}
	return dayOf(i.Time())
}

// AppendUTC writes 2026-01-02T03:04:05.678Z, the spelling of the canonical form.
func (i Instant) AppendUTC(dst []byte) []byte {
	return time.UnixMilli(int64(i)).UTC().AppendFormat(dst, "2006-01-02T15:04:05.000Z")
}

// String writes the instant as 2026-01-02T11:04:05.678+08:00, the spelling of
// every answer of the product.
func (i Instant) String() string { return i.Time().Format("2006-01-02T15:04:05.000-07:00") }

// Subject writes the instant as it stands in the subject of a finding (rules.md 1.16).
func (i Instant) Subject() string { return i.Time().Format("2006-01-02T15:04:05.000") }

// MarshalText writes String.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads an RFC 3339 time with an offset.
func (i *Instant) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.RFC3339Nano, string(text))
	if err != nil {
		return fmt.Errorf("read instant: %w", err)
	}
	*i = InstantOf(t)
	return nil
}

// dayOf is the calendar date of t in t's own zone; the local day of a moment is Instant.Day.
func dayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse("2006-01-02", text)
	if err != nil {
		return 0, fmt.Errorf("read day %q: want YYYY-MM-DD", text)
	}
	return dayOf(t), nil
}

// Midnight is the first instant of the day in Asia/Shanghai.
func (d Day) Midnight() Instant {
	if d >= arithmeticFirst {
		return Instant(int64(d)*dayMillis - shanghaiOffset)
	}
	t := time.Unix(int64(d)*24*60*60, 0).UTC()
	return InstantOf(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, Shanghai))
}

// Date gives the day as midnight UTC, the form in which stores keep dates.
func (d Day) Date() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// String writes YYYY-MM-DD.
func (d Day) String() string { return d.Date().Format("2006-01-02") }

// Month writes YYYY-MM.
func (d Day) Month() string { return d.Date().Format("2006-01") }

// MarshalText writes String.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(text []byte) error {
	parsed, err := ParseDay(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// Interval is the half-open span [From, Until).
type Interval struct{ From, Until Instant }

// Empty says that no instant lies in the interval.
func (v Interval) Empty() bool { return v.From >= v.Until }

// Contains says whether From <= at < Until.
func (v Interval) Contains(at Instant) bool { return v.From <= at && at < v.Until }

// Overlap is the span that both intervals share, empty when they only touch.
func (v Interval) Overlap(w Interval) Interval {
	return Interval{From: max(v.From, w.From), Until: min(v.Until, w.Until)}
}

// Touches says whether the interval shares an instant with the day.
func (v Interval) Touches(d Day) bool {
	return !v.Overlap(Interval{From: d.Midnight(), Until: (d + 1).Midnight()}).Empty()
}
