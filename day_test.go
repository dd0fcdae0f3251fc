package claimwatch

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func at(t *testing.T, text string) Instant {
	t.Helper()
	var i Instant
	if err := i.UnmarshalText([]byte(text)); err != nil {
		t.Fatalf("UnmarshalText(%q) error:\n%+v", text, err)
	}
	return i
}

func TestDayOfAnInstant(t *testing.T) {
	for text, want := range map[string]string{
		"2026-01-31T15:59:59.999Z":      "2026-01-31", // 23:59:59.999 in Shanghai
		"2026-01-31T16:00:00Z":          "2026-02-01",
		"2024-02-28T16:00:00Z":          "2024-02-29",
		"2024-02-29T16:00:00Z":          "2024-03-01",
		"2025-12-31T16:00:00Z":          "2026-01-01",
		"2026-01-01T00:00:00+14:00":     "2025-12-31",
		"1990-04-15T00:30:00+08:00":     "1990-04-15", // summer time of 1990 began at 02:00
		"1990-07-01T23:30:00+08:00":     "1990-07-02", // 00:30 by summer time
		"1990-07-01T22:59:59+08:00":     "1990-07-01",
		"1991-04-14T02:30:00+08:00":     "1991-04-14", // an hour that clocks left out
		"1991-09-14T23:30:00+08:00":     "1991-09-15",
		"1991-09-15T23:30:00+08:00":     "1991-09-15", // back to standard time
		"1991-12-31T23:59:59.999+08:00": "1991-12-31",
		"1992-01-01T00:00:00+08:00":     "1992-01-01",
		"2199-12-31T23:59:59.999+08:00": "2199-12-31",
	} {
		if got := at(t, text).Day().String(); got != want {
			t.Errorf("Day of %s = %s, want %s", text, got, want)
		}
	}
}

// TestDaysAgreeWithTheCalendar compares the arithmetic of days with the zone's
// own on every kind of day, summer time of 1986 to 1991 included.
func TestDaysAgreeWithTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, until := Earliest, Latest-1
		if rapid.Bool().Draw(t, "old") {
			from, until = InstantOf(time.Date(1985, 1, 1, 0, 0, 0, 0, time.UTC)), InstantOf(time.Date(1992, 6, 1, 0, 0, 0, 0, time.UTC))
		}
		i := Instant(rapid.Int64Range(int64(from), int64(until)).Draw(t, "instant"))
		local := time.UnixMilli(int64(i)).In(Shanghai)
		if got, want := i.Day().String(), local.Format("2006-01-02"); got != want {
			t.Fatalf("Day of %s = %s, want %s", local, got, want)
		}
		day := i.Day()
		if i < day.Midnight() || i >= (day+1).Midnight() {
			t.Fatalf("%s does not lie in its day [%s, %s)", i, day.Midnight(), (day + 1).Midnight())
		}
		y, m, d := local.Date()
		if got, want := day.Midnight().Time(), time.Date(y, m, d, 0, 0, 0, 0, Shanghai); !got.Equal(want) {
			t.Fatalf("Midnight of %s = %s, want %s", day, got, want)
		}
	})
}

// TestEveryMidnight walks all days that records may name.
func TestEveryMidnight(t *testing.T) {
	for day := Earliest.Day(); day < Latest.Day(); day++ {
		midnight := day.Midnight()
		if midnight.Day() != day || (midnight-1).Day() != day-1 {
			t.Fatalf("midnight of %s is %s: day %s, a millisecond before %s", day, midnight, midnight.Day(), (midnight - 1).Day())
		}
	}
	for text, hours := range map[string]int{"1990-04-15": 23, "1990-09-16": 25, "1991-04-14": 23, "1991-09-15": 25, "2026-02-28": 24} {
		day, err := ParseDay(text)
		if err != nil {
			t.Fatalf("ParseDay() error:\n%+v", err)
		}
		if got := ((day + 1).Midnight() - day.Midnight()) / (60 * 60 * 1000); int(got) != hours {
			t.Errorf("%s has %d hours, want %d", text, got, hours)
		}
	}
}

func TestParseDay(t *testing.T) {
	for _, text := range []string{"2026-02-30", "2026-2-3", "2026-13-01", "20260203", "", "2026-02-03T00:00:00Z", "2026-02-03 "} {
		if got, err := ParseDay(text); err == nil {
			t.Errorf("ParseDay(%q) = %s, want an error", text, got)
		}
	}
	day, err := ParseDay("2024-02-29")
	if err != nil || day.String() != "2024-02-29" || day.Month() != "2024-02" || (day+1).String() != "2024-03-01" {
		t.Errorf("ParseDay(2024-02-29) = %s of %s, then %s, error %v", day, day.Month(), day+1, err)
	}
	if got := day.Date(); !got.Equal(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("Date() = %s, want midnight UTC", got)
	}
	var back Day
	if err := back.UnmarshalText([]byte("2024-02-29")); err != nil || back != day {
		t.Errorf("UnmarshalText() = %s, %v", back, err)
	}
	if err := back.UnmarshalText([]byte("x")); err == nil || back != day {
		t.Errorf("UnmarshalText(x) = %s, %v, want an error and no change", back, err)
	}
}

func TestInstantSpellings(t *testing.T) {
	i := at(t, "2026-01-31T23:05:06.789123Z")
	for name, c := range map[string]struct{ got, want string }{
		"AppendUTC":  {string(i.AppendUTC(nil)), "2026-01-31T23:05:06.789Z"},
		"String":     {i.String(), "2026-02-01T07:05:06.789+08:00"},
		"Subject":    {i.Subject(), "2026-02-01T07:05:06.789"},
		"whole":      {string(at(t, "2026-02-01T00:00:00+08:00").AppendUTC(nil)), "2026-01-31T16:00:00.000Z"},
		"summertime": {at(t, "1990-07-01T00:00:00Z").String(), "1990-07-01T09:00:00.000+09:00"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %s, want %s", name, c.got, c.want)
		}
	}
	if Earliest.String() != "1990-01-01T00:00:00.000+08:00" || Latest.String() != "2200-01-01T00:00:00.000+08:00" {
		t.Errorf("bounds are %s and %s", Earliest, Latest)
	}
}

// TestIntervals holds the half-open intervals of rules.md 1.5.
func TestIntervals(t *testing.T) {
	v := Interval{10, 20}
	if !v.Contains(10) || v.Contains(20) || v.Contains(9) || v.Empty() {
		t.Error("[10, 20) must contain 10 and not 20")
	}
	if !(Interval{5, 5}).Empty() || !(Interval{6, 5}).Empty() {
		t.Error("intervals that end where they begin are empty")
	}
	if got := v.Overlap(Interval{15, 30}); got != (Interval{15, 20}) {
		t.Errorf("Overlap() = %v, want [15, 20)", got)
	}
	if !v.Overlap(Interval{20, 30}).Empty() || !v.Overlap(Interval{0, 10}).Empty() {
		t.Error("intervals that touch do not overlap")
	}
	day := at(t, "2026-02-01T12:00:00+08:00").Day()
	midnight, next := day.Midnight(), (day + 1).Midnight()
	for _, c := range []struct {
		v    Interval
		want bool
	}{
		{Interval{midnight, midnight + 1}, true},
		{Interval{midnight - 1, midnight}, false},
		{Interval{next, next + 1}, false},
		{Interval{next - 1, next}, true},
		{Interval{midnight - 5, next + 5}, true},
		{Interval{midnight + 5, midnight + 5}, false},
	} {
		if got := c.v.Touches(day); got != c.want {
			t.Errorf("%v.Touches(%s) = %v, want %v", c.v, day, got, c.want)
		}
	}
}
