package province

import (
	"claimwatch"
)

// Config says what a province is like. The zero value of a field takes its default.
type Config struct {
	Seed         uint64
	Institutions int            // default 6, of large provinces one for every 1,000 persons
	Persons      int            // default 200
	From         claimwatch.Day // first day; default 2026-01-05
	Days         int            // default 60
	// Until cuts the stream: nothing happens or is uploaded later. Default: the
	// end of the last day. The wall-clock demo sets it to now.
	Until claimwatch.Instant
	// ViolationRate is the share of stays in bed that carry a plant, 0 to 1, of
	// those that end early enough. Default 0.1; negative for none.
	ViolationRate float64
	// Rounds is how often every scene is planted: the stories of persons of their
	// own by which the rules are shown that need more than a bent stay. Default:
	// half as many scenes, in turn, as stays carry a plant; negative for none.
	// Without violations there are none. Scenes for which the province is too
	// short are left out: INJ-003 needs a year.
	Rounds int
	// NoiseRate is the share of the wards' drug lines, of stays without a plant,
	// that are refunded, corrected, cancelled, sent twice or contradicted.
	// Default 0.02; negative for none.
	NoiseRate float64
}

func (c Config) withDefaults() Config {
	if c.Persons <= 0 {
		c.Persons = 200
	}
	if c.Institutions <= 0 {
		c.Institutions = max(6, c.Persons/1000)
	}
	if c.From == 0 {
		c.From = 20_458 // 2026-01-05, a Monday
	}
	if c.Days <= 0 {
		c.Days = 60
	}
	if end := (c.From + claimwatch.Day(c.Days)).Midnight(); c.Until == 0 || c.Until > end {
		c.Until = end
	}
	if c.ViolationRate == 0 {
		c.ViolationRate = 0.1
	}
	if c.NoiseRate == 0 {
		c.NoiseRate = 0.02
	}
	return c
}

const (
	second = claimwatch.Instant(1000)
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)
