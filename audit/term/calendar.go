package term

import (
	"time"

	"claimwatch"
)

// Calendar is the official calendar of working days, as far as it was loaded.
// The zero Calendar knows nothing and takes Monday to Friday for working.
type Calendar struct {
	days  map[claimwatch.Day]bool
	years map[int]int // number of days with a row in each year
	last  claimwatch.Day
}

// Set notes a row of the calendar table.
func (c *Calendar) Set(day claimwatch.Day, working bool) {
	if c.days == nil {
		c.days, c.years = map[claimwatch.Day]bool{}, map[int]int{}
	}
	if _, known := c.days[day]; !known {
		c.years[yearOf(day)]++
	}
	if len(c.days) == 0 || day > c.last {
		c.last = day
	}
	c.days[day] = working
}

// Unset forgets the row of a day, which was withdrawn.
func (c *Calendar) Unset(day claimwatch.Day) {
	if _, known := c.days[day]; !known {
		return
	}
	delete(c.days, day)
	c.years[yearOf(day)]--
	if day != c.last {
		return
	}
	c.last = 0
	for other := range c.days {
		c.last = max(c.last, other)
	}
}

// Working says whether people work on the day. published is false when the
// calendar does not reach so far: then Monday to Friday is an assumption. The
// official paper of a year names exceptions only, so a day without a row is
// published too when its year has rows and a later day has one.
func (c *Calendar) Working(day claimwatch.Day) (working, published bool) {
	if working, known := c.days[day]; known {
		return working, true
	}
	weekday := day.Date().Weekday()
	working = weekday != time.Saturday && weekday != time.Sunday
	return working, len(c.days) > 0 && day < c.last && c.years[yearOf(day)] > 0
}

// After is the n-th working day after a day, which itself does not count.
// provisional says that a day on the way is not published yet.
func (c *Calendar) After(day claimwatch.Day, n int) (end claimwatch.Day, provisional bool) {
	for n > 0 {
		day++
		working, published := c.Working(day)
		if !published {
			provisional = true
		}
		if working {
			n--
		}
	}
	return day, provisional
}

// Count is the number of working days after a day, up to and with another.
func (c *Calendar) Count(day, end claimwatch.Day) (n int) {
	for day++; day <= end; day++ {
		if working, _ := c.Working(day); working {
			n++
		}
	}
	return n
}

func yearOf(day claimwatch.Day) int { return day.Date().Year() }
