package preview

import (
	"context"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// Config bounds the work. Zero values take the defaults.
type Config struct {
	// Slices is how many questions are answered at a time, each on a slice that
	// stays open. Default 2.
	Slices int
	// Wall says that findings are as of now, and not as of the latest record.
	Wall bool
}

// Slice is a working database that can be loaded with records that are stored
// nowhere (store.Slice).
type Slice interface {
	rules.Slice
	// LoadWith is Load with records beside those that are stored.
	LoadWith(ctx context.Context, scopes []claimwatch.Scope, when claimwatch.Moment, records []*claimwatch.Record, receivedAt claimwatch.Instant) error
	// LoadWithout loads once more what LoadWith read, without the records beside it.
	LoadWithout(ctx context.Context) error
	Close(ctx context.Context) error
}

// Deps are what previews need from outside.
type Deps struct {
	// Library is the one in use: a question is answered with the one that is when
	// it begins.
	Library func() *rules.Library
	// Open makes the slice of a number, from 0.
	Open func(ctx context.Context, number int) (Slice, error)
	// AsOf is the clock that findings are as of; false while there is none yet.
	AsOf func(ctx context.Context) (claimwatch.Instant, bool, error)
	Log  *zap.Logger
}
