package journal

import "time"

// Config of the journal.
type Config struct {
	// Timeout is how long Do waits for its command to come back from the log.
	// After it the outcome is unknown, and sending the same command again is safe.
	Timeout time.Duration
	// TakeOver is how long the views of another process's command may be missing
	// before this process writes them too. Writing twice is harmless.
	TakeOver time.Duration
	// Retry is the pause after a view could not be written.
	Retry time.Duration
}

// DefaultConfig waits ten seconds and takes over after three.
func DefaultConfig() Config {
	return Config{Timeout: 10 * time.Second, TakeOver: 3 * time.Second, Retry: 200 * time.Millisecond}
}
