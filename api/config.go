package api

import (
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"claimwatch"
)

// Config of the HTTP side.
type Config struct {
	Version string
	// RequestsPerSecond is what one credential may ask for; more is slow_down.
	RequestsPerSecond rate.Limit
	Burst             int
	// BodyBytes bounds what an idempotent retry is hashed over and what any
	// other call than POST /v1/records may send.
	BodyBytes int64
	// AnswerAge is how long an answer to an Idempotency-Key is given again.
	AnswerAge time.Duration
}

// DefaultConfig is the contract's: 100 requests a second for a credential,
// answers kept seven days.
func DefaultConfig() Config {
	return Config{
		RequestsPerSecond: 100,
		Burst:             200,
		BodyBytes:         64 << 20,
		AnswerAge:         7 * 24 * time.Hour,
	}
}

// Authenticate finds the caller of a bearer token; ok is false for an unknown one.
type Authenticate func(token string) (claimwatch.Caller, bool)

// Middleware wraps a handler.
type Middleware func(http.Handler) http.Handler
