package sink

import (
	"context"
	"errors"
	"time"

	"claimwatch"
	"claimwatch/ingest/wire"
)

const (
	// Group is the consumer group of the sinks; all of them share the partitions.
	Group = "claimwatch-sink"
	// Consumer names the sink's progress in the store, which counts stored
	// records by it.
	Consumer = "records"
	// AbandonAfter is how much later, by reception time, another message of the
	// partition must be for an unfinished atomic upload to be given up. It is
	// part of the meaning of the log: another value would replay it differently.
	AbandonAfter = 5 * time.Minute
)

// Facts is where records live. Repeats of an insert are harmless.
type Facts interface {
	// InsertRecords makes records and their identities durable.
	InsertRecords(ctx context.Context, records []claimwatch.Stored) error
	// InsertConflicts makes durable whose records were contradicted.
	InsertConflicts(ctx context.Context, conflicts []claimwatch.Conflict) error
	// LookupIdentities gives the accepted revisions of identities; unknown ones are absent.
	LookupIdentities(ctx context.Context, ids []claimwatch.Identity) (map[claimwatch.Identity][]claimwatch.Known, error)
	// EachIdentityKey gives the key of every known identity of some partitions, repeats allowed.
	EachIdentityKey(ctx context.Context, partitions []int, yield func(key [16]byte)) error
}

// Ledger is where receipts and the progress of the sink live.
type Ledger interface {
	InsertReceiptParts(ctx context.Context, parts []claimwatch.ReceiptPart) error
	SaveProgress(ctx context.Context, consumer string, progress map[int]claimwatch.Progress) error
	LoadProgress(ctx context.Context, consumer string) (map[int]claimwatch.Progress, error)
}

// Clocks is where the presents of institutions live (rules.md 1.2).
type Clocks interface {
	Clocks(ctx context.Context, institutions ...string) (map[string]claimwatch.Clock, error)
	// ExactClock reads the clock from the records; false when no live record moves it.
	ExactClock(ctx context.Context, institution string, asOf claimwatch.Instant) (claimwatch.Clock, bool, error)
	// SaveClocks replaces clocks; of two writes the one through the greater offset counts.
	SaveClocks(ctx context.Context, clocks []claimwatch.Clock, through int64) error
}

// Config says what the sink works with. Everything without a remark is needed.
type Config struct {
	Consume wire.Consume
	Facts   Facts
	Ledger  Ledger
	Clocks  Clocks
	// PersonsOf lists the persons with records of an institution.
	PersonsOf func(ctx context.Context, institution string) ([]string, error)
	// MentionedBy lists the persons whose records mention some of these records, of
	// other persons too: what is found about them may change.
	MentionedBy func(ctx context.Context, records []claimwatch.Stored) ([]claimwatch.Scope, error)
	// Later takes over those whose institution's present went back when they are
	// so many that live ones would wait for them, durably: they are evaluated even
	// if this process ends now. A repeat is told again. Nil takes nobody.
	Later func(ctx context.Context, institution string, scopes []claimwatch.Scope) (taken bool, err error)
	// WriteTouched and WriteQuarantine append to these topics.
	WriteTouched, WriteQuarantine wire.Write
	// PartitionOf is the partition that a key has in a topic.
	PartitionOf func(topic string, key []byte) int
	Now         func() time.Time
	// Settled is told how a part of an upload was settled, repeats included. May be nil.
	Settled func(part claimwatch.ReceiptPart)
	// Crash is called at each of CrashPoints, for tests that kill the process there. May be nil.
	Crash func(point string)
}

// CrashPoints names the places between the numbered steps, in their order.
func CrashPoints() []string {
	return []string{"sink.records", "sink.inserted", "sink.published", "sink.progress", "sink.committed"}
}

// Validate tells what is missing.
func (c Config) Validate() error {
	if c.Consume == nil || c.Facts == nil || c.Ledger == nil || c.Clocks == nil || c.PersonsOf == nil || c.MentionedBy == nil ||
		c.WriteTouched == nil || c.WriteQuarantine == nil || c.PartitionOf == nil || c.Now == nil {
		return errors.New("sink: a part of the configuration is missing")
	}
	return nil
}

func (c Config) withDefaults() Config {
	if c.Settled == nil {
		c.Settled = func(claimwatch.ReceiptPart) {}
	}
	if c.Later == nil {
		c.Later = func(context.Context, string, []claimwatch.Scope) (bool, error) { return false, nil }
	}
	if c.Crash == nil {
		c.Crash = func(string) {}
	}
	return c
}
