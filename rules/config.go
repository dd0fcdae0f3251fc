package rules

import "time"

// Config bounds the work of the stage. Zero values take the defaults.
type Config struct {
	// Library is a directory with rules; empty takes those of the binary.
	Library string
	// Wall says that findings are as of now, and not as of the latest record: only
	// then can reception times be compared (DAT-001, DAT-003, DAT-004).
	Wall bool
	// Across answers for institutions and leaves persons to another evaluator;
	// otherwise it is the other way round.
	Across bool
	// MaxPersons is how many scopes one slice holds. Default 1,000. Under load
	// the batches of the log grow, and slices up to here.
	MaxPersons int
	// Brisk is how long a batch may take without a rest after it. After a longer
	// one the evaluator rests as long again, at most MaxRest: under load the same persons are touched again and again, and their whole history
	// is read each time; who waits a moment reads it once. Defaults 700 ms and
	// 400 ms.
	Brisk, MaxRest time.Duration
	// Tick is how often the timer looks for who is due. Default a minute.
	Tick time.Duration
	// Settle is how long the timer waits after a wake-up for more of them, and
	// so the longest time until it looks. Default 200 ms.
	Settle time.Duration
	// Again is after how long a scope that is still due is published again, when
	// its message is answered; until then its evaluation is under way. Default 1 s.
	Again time.Duration
	// Stale is how long the timer goes on with one list of who is due. Default 5 s.
	Stale time.Duration
	// Portion is how many scopes of many are published at a time: a live touch
	// waits for no more than so many. Default 50.
	Portion int
	// Patience is how long a portion waits for live touches to be answered before
	// it is published among them. Default 2 s.
	Patience time.Duration
	// Poll is how often it is looked whether a portion is answered. Default 50 ms.
	Poll time.Duration
}

// WithDefaults fills what the caller left open.
func (c Config) WithDefaults() Config {
	if c.MaxPersons <= 0 {
		c.MaxPersons = 1000
	}
	if c.Brisk <= 0 {
		c.Brisk = 700 * time.Millisecond
	}
	if c.MaxRest <= 0 {
		c.MaxRest = 400 * time.Millisecond
	}
	if c.Tick <= 0 {
		c.Tick = time.Minute
	}
	if c.Settle <= 0 {
		c.Settle = 200 * time.Millisecond
	}
	if c.Again <= 0 {
		c.Again = time.Second
	}
	if c.Stale <= 0 {
		c.Stale = 5 * time.Second
	}
	if c.Portion <= 0 {
		c.Portion = 50
	}
	if c.Patience <= 0 {
		c.Patience = 2 * time.Second
	}
	if c.Poll <= 0 {
		c.Poll = 50 * time.Millisecond
	}
	return c
}
