package door

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"time"

	"claimwatch"
	"claimwatch/ingest/body"
	"claimwatch/ingest/seal"
	"claimwatch/ingest/wire"
)

// Config says what the door works with. Start from Default; everything that has
// no default there is needed unless it says otherwise.
type Config struct {
	// WriteRecords and WriteQuarantine append to these topics.
	WriteRecords, WriteQuarantine wire.Write
	// Receipt reads a receipt from the store; false when nothing of it is there.
	Receipt func(ctx context.Context, receiptID string) (claimwatch.Receipt, bool, error)
	// Quarantine lists refused records, newest first, with the cursor of the next page.
	Quarantine func(ctx context.Context, q QuarantineQuery) (items []claimwatch.Quarantined, next string, err error)
	// Problem writes an error as a problem document.
	Problem func(w http.ResponseWriter, err error)
	Now     func() time.Time
	Random  io.Reader
	// Seals verifies the signatures of uploads; nil verifies none.
	Seals *seal.Keeper
	// Behind says whether acknowledged records may not have reached the store
	// yet; a receipt that is not found is unknown then. May be nil.
	Behind func() bool

	// Memory bounds what all uploads under way hold together, in bytes.
	Memory int64
	// LogBytes bounds what is on its way to the log, in bytes.
	LogBytes int64
	// Workers is how many uploads are decoded at the same time.
	Workers int
	// Waiting is how many uploads of one institution may wait for memory.
	Waiting int
	// AdmitTimeout is how long an upload waits for memory before 503.
	AdmitTimeout time.Duration
	// LogTimeout is how long the log may take before 503.
	LogTimeout time.Duration
	// PollFirst is when the store is first asked for a receipt that was not
	// settled in this process.
	PollFirst time.Duration
	// Pace is the patience with slow senders.
	Pace body.Pace
}

const (
	// defaultWait is how long the answer waits for the receipt to be settled.
	defaultWait = 2 * time.Second
	maxWait     = 30 // seconds
	maxPoll     = time.Second
	retryAfter  = "2" // seconds, when the door does not know better
)

// Default is the configuration for production; the functions are missing in it.
func Default() Config {
	return Config{
		Memory:       256 << 20,
		LogBytes:     16 << 20,
		Workers:      2 * runtime.GOMAXPROCS(0),
		Waiting:      1024,
		AdmitTimeout: 5 * time.Second,
		LogTimeout:   20 * time.Second,
		PollFirst:    250 * time.Millisecond,
		Pace:         body.DefaultPace(),
	}
}

// Validate tells what is missing.
func (c Config) Validate() error {
	switch {
	case c.WriteRecords == nil, c.WriteQuarantine == nil, c.Receipt == nil, c.Quarantine == nil,
		c.Problem == nil, c.Now == nil, c.Random == nil:
		return errors.New("door: a part of the configuration is missing")
	case c.Memory < 2*(body.MaxUnpacked+body.Memory(body.Zstd)):
		return errors.New("door: the memory does not hold two of the largest uploads")
	case c.LogBytes < claimwatch.MaxMessageBytes, c.Workers < 1, c.Waiting < 1:
		return errors.New("door: a limit is too small")
	case c.AdmitTimeout <= 0, c.LogTimeout <= 0, c.PollFirst <= 0, c.Pace.Stall <= 0, c.Pace.Window <= 0:
		return errors.New("door: a time is not positive")
	}
	return nil
}
