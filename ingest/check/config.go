package check

import (
	"context"
	"errors"
	"net/http"
	"time"

	"claimwatch"
	"claimwatch/ingest/body"
)

// Answer is the body of an answer.
type Answer struct {
	AsOf      *claimwatch.Instant   `json:"as_of" doc:"moment for which it was evaluated; null when nothing was"`
	Accepted  int                   `json:"accepted" doc:"records that would be new"`
	Duplicate int                   `json:"duplicate" doc:"records that are stored already"`
	Refused   []claimwatch.Refusal  `json:"refused"`
	Findings  []claimwatch.Foreseen `json:"findings" doc:"what would be opened or revised"`
}

// Config says what the check works with. Start from Default; the functions are
// needed.
type Config struct {
	// Known tells what is stored of identities.
	Known func(ctx context.Context, ids []claimwatch.Identity) (map[claimwatch.Identity][]claimwatch.Known, error)
	// Foresee gives the findings that records of an institution would cause, and
	// the moment for which they hold.
	Foresee func(ctx context.Context, institution string, records []*claimwatch.Record, receivedAt claimwatch.Instant) (
		[]claimwatch.Foreseen, claimwatch.Instant, error)
	// Problem writes an error as a problem document.
	Problem func(w http.ResponseWriter, err error)
	Now     func() time.Time

	// Records and Persons bound one call.
	Records, Persons int
	// Bodies is how many bodies are read at a time, in all.
	Bodies int
	// Slots is how many calls are evaluated at a time; Waiting is how many more of
	// one institution wait for one, and Patience is how long they do.
	Slots, Waiting int
	Patience       time.Duration
	// Pace is the patience with slow senders.
	Pace body.Pace
}

// Default is the configuration for production; the functions are missing in it.
func Default() Config {
	return Config{
		Records: 1000, Persons: 20, Bodies: 32, Slots: 2, Waiting: 8, Patience: 5 * time.Second, Pace: body.DefaultPace(),
	}
}

// Validate tells what is missing.
func (c Config) Validate() error {
	switch {
	case c.Known == nil, c.Foresee == nil, c.Problem == nil, c.Now == nil:
		return errors.New("check: a part of the configuration is missing")
	case c.Records < 1, c.Persons < 1, c.Bodies < 1, c.Slots < 1, c.Waiting < 1, c.Patience <= 0:
		return errors.New("check: a limit is too small")
	}
	return nil
}
