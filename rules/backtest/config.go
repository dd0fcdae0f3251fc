package backtest

import (
	"context"
	"io"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// Config bounds the work. Zero values take the defaults.
type Config struct {
	// Wall says that findings are as of now, and not as of the latest record:
	// only then can reception times be compared.
	Wall bool
	// Bucket is how many scopes the first slice holds, and each while live
	// evaluation has work; MostBucket is how many one holds at most. Defaults 200
	// and 20,000.
	Bucket, MostBucket int
	// Brisk is how quickly a slice must be done for the next to hold twice as many.
	// Default a second.
	Brisk time.Duration
	// Look is how often it asks whether live evaluation is behind, and Yield how
	// long it rests for it before one slice at most. Defaults 200 ms and 5 s.
	Look, Yield time.Duration
	// Waiting is how many backtests may wait for their turn. Default 16.
	Waiting int
	// Silent is after how long without a word a backtest of another process is
	// taken to be interrupted. Default a minute.
	Silent time.Duration
}

func (c Config) withDefaults() Config {
	if c.Bucket <= 0 {
		c.Bucket = 200
	}
	if c.MostBucket < c.Bucket {
		c.MostBucket = max(20_000, c.Bucket)
	}
	if c.Brisk <= 0 {
		c.Brisk = time.Second
	}
	if c.Look <= 0 {
		c.Look = 200 * time.Millisecond
	}
	if c.Yield <= 0 {
		c.Yield = 5 * time.Second
	}
	if c.Waiting <= 0 {
		c.Waiting = 16
	}
	if c.Silent <= 0 {
		c.Silent = time.Minute
	}
	return c
}

// Slice is a working database (store.Slice).
type Slice interface {
	rules.Slice
	Close(ctx context.Context) error
}

// Row is a backtest as it is kept.
type Row struct {
	ID      string
	Seq     uint64 // the greatest counts
	State   string
	Worker  string
	HeardAt claimwatch.Instant
	Body    []byte
}

// Keep keeps backtests over restarts.
type Keep interface {
	SaveBacktest(ctx context.Context, row Row) error
	Backtest(ctx context.Context, id string) (Row, bool, error)
	// Backtests lists those before an id, empty for all, the newest first.
	Backtests(ctx context.Context, before string, limit int) ([]Row, error)
}

// Deps are what backtests need from outside.
type Deps struct {
	// Library is the one in use: a backtest is run with the one that is when it is
	// asked for.
	Library func() *rules.Library
	// Open makes the slice of a backtest.
	Open func(ctx context.Context) (Slice, error)
	// Scopes lists everybody of whom there is a record, and every institution.
	Scopes func(ctx context.Context) ([]claimwatch.Scope, error)
	// AsOf is the clock that findings are as of; false while there is none yet.
	AsOf func(ctx context.Context) (claimwatch.Instant, bool, error)
	// Behind says whether live evaluation has work.
	Behind func(ctx context.Context) (bool, error)
	Keep   Keep
	// Worker tells this process from others that share the store.
	Worker string
	Now    func() time.Time
	Random io.Reader
	Log    *zap.Logger
}
