package audit

import "time"

// Config of the audit stage.
type Config struct {
	// Sweep is how often notified findings are held against the facts, beside
	// what Evaluated is told at once. It catches a notice that was given in the
	// moment in which the facts vanished.
	Sweep time.Duration
	// MaxReferenceBytes bounds the file of a reference load.
	MaxReferenceBytes int64
	// Figures is how often what stands is counted for /metrics, at the most.
	Figures time.Duration
}

// DefaultConfig sweeps every ten seconds, counts every fifteen and takes files of 64 MiB.
func DefaultConfig() Config {
	return Config{Sweep: 10 * time.Second, MaxReferenceBytes: 64 << 20, Figures: 15 * time.Second}
}
