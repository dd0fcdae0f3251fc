package quarantine

import (
	"context"
	"errors"
	"time"

	"claimwatch"
	"claimwatch/ingest/wire"
)

const (
	// Group is the consumer group.
	Group = "claimwatch-quarantine"
	// Consumer names the progress in the store.
	Consumer = "quarantine"
)

// Store is where refused records live.
type Store interface {
	// InsertQuarantined makes items durable; repeats of an ID are one. uploads
	// says by receipt what the headers told of the whole upload.
	InsertQuarantined(ctx context.Context, items []claimwatch.Quarantined, uploads map[string]claimwatch.Upload) error
	SaveProgress(ctx context.Context, consumer string, progress map[int]claimwatch.Progress) error
	LoadProgress(ctx context.Context, consumer string) (map[int]claimwatch.Progress, error)
}

// Config says what the consumer works with; everything without a remark is needed.
type Config struct {
	Consume wire.Consume
	Store   Store
	Now     func() time.Time
	// Crash is called at each of CrashPoints, for tests that kill the process there. May be nil.
	Crash func(point string)
}

// CrashPoints names the places between the numbered steps, in their order.
func CrashPoints() []string { return []string{"quarantine.inserted", "quarantine.progress"} }

// Validate tells what is missing.
func (c Config) Validate() error {
	if c.Consume == nil || c.Store == nil || c.Now == nil {
		return errors.New("quarantine: a part of the configuration is missing")
	}
	return nil
}
