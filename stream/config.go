package stream

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"claimwatch"
)

// Config says where the log is and how to use it. Start from Default or Local
// and change what differs. All durations are at least a millisecond.
type Config struct {
	// Brokers are host:port addresses to begin with; the others are learnt.
	Brokers []string
	// ClientID names this process to the brokers.
	ClientID string
	// Security is empty for a plain connection.
	Security Security
	// Now is the clock. Required: cmd hands in time.Now.
	Now func() time.Time

	// Replication is the replication factor of topics that are created.
	Replication int
	// MinInSync is the least min.insync.replicas that is accepted: a topic with
	// fewer would call a record accepted that one broken disk can lose.
	MinInSync int
	// Partitions is the partition count of each topic. It is fixed when the
	// topic is created: another count sends a key to another partition (K14).
	Partitions map[string]int

	Write WriteConfig
	Read  ReadConfig
	Group GroupConfig
	Watch WatchConfig

	dial func(ctx context.Context, network, address string) (net.Conn, error) // tests break the network here
}

// WriteConfig tunes the writers.
type WriteConfig struct {
	// Linger is how long a produce request waits for more messages.
	Linger time.Duration
	// Timeout bounds one attempt. It must stay well above the broker's own
	// request timeouts, otherwise a slow acknowledgement becomes a retry and
	// the retry a duplicate (K4).
	Timeout time.Duration
	// Attempts is how often a batch is tried before Write answers "unknown".
	Attempts int
	// MaxBytesInFlight bounds the bytes that a Writer holds; beyond it Write
	// answers ErrBusy at once (K13).
	MaxBytesInFlight int64
	// Compression is none, snappy, lz4 or zstd.
	Compression string
}

// ReadConfig tunes fetching.
type ReadConfig struct {
	// FetchWait is how long a broker may hold a fetch when there is nothing new.
	FetchWait time.Duration
	// FetchBytes is the compressed size asked for in one fetch of a partition.
	FetchBytes int
	// Timeout is what a fetch may take beyond FetchWait before its connection is given up.
	Timeout time.Duration
	// PrefetchBytes bounds what waits for a busy handler, over all partitions
	// of one consumer. Each partition may overshoot it by one fetch.
	PrefetchBytes int
	// RangeGrace is how long an offset beyond the end of the log may last: a
	// new leader can lag for a moment, a log that lost its tail stays short.
	RangeGrace time.Duration
	// RetryMin and RetryMax bound the pause before a failed fetch or batch is tried again.
	RetryMin, RetryMax time.Duration
}

// GroupConfig holds the timings of consumer groups.
type GroupConfig struct {
	Session   time.Duration // a member that is silent for so long is dead; brokers refuse less than 6 s
	Heartbeat time.Duration // also the time in which a member notices a rebalance
	Rebalance time.Duration // how long the others wait for a member that is busy in its handler
	Rejoin    time.Duration // pause after a join that did not work
	Timeout   time.Duration // one request to the coordinator
}

// WatchConfig holds the patience of the watchdog.
type WatchConfig struct {
	Interval   time.Duration // how often the ends of the log are compared with what was read
	StallAfter time.Duration // a reader with lag that stood still so long is replaced (K12)
	DeadAfter  time.Duration // a consumer with lag that finished nothing so long fails liveness
}

// Default is the configuration for a production cluster of three or more brokers.
func Default() Config {
	return Config{
		ClientID:    "claimwatch",
		Replication: 3,
		MinInSync:   2,
		Partitions: map[string]int{
			claimwatch.TopicRecords:    24,
			claimwatch.TopicTouched:    24,
			claimwatch.TopicJournal:    1,
			claimwatch.TopicQuarantine: 3,
			claimwatch.TopicChanges:    1,
			claimwatch.TopicAlerts:     1,
		},
		Write: WriteConfig{
			Linger:           5 * time.Millisecond,
			Timeout:          45 * time.Second, // replica.lag.time.max.ms is 30 s: after that a slow replica no longer holds the ack
			Attempts:         6,
			MaxBytesInFlight: 64 << 20,
			Compression:      "zstd",
		},
		Read: ReadConfig{
			FetchWait:     2 * time.Second,
			FetchBytes:    1 << 20,
			Timeout:       30 * time.Second,
			PrefetchBytes: 16 << 20,
			RangeGrace:    15 * time.Second,
			RetryMin:      50 * time.Millisecond,
			RetryMax:      10 * time.Second,
		},
		Group: GroupConfig{
			Session:   10 * time.Second,
			Heartbeat: time.Second,
			Rebalance: 20 * time.Second,
			Rejoin:    500 * time.Millisecond,
			Timeout:   10 * time.Second,
		},
		Watch: WatchConfig{
			Interval:   5 * time.Second,
			StallAfter: 60 * time.Second,
			DeadAfter:  180 * time.Second,
		},
	}
}

// Local is the configuration for one broker on this machine: the embedded log,
// or a single Kafka for trying out. One disk makes every record safe once.
func Local(brokers ...string) Config {
	cfg := Default()
	cfg.Brokers = brokers
	cfg.Replication, cfg.MinInSync = 1, 1
	cfg.Partitions = map[string]int{
		claimwatch.TopicRecords:    4,
		claimwatch.TopicTouched:    4,
		claimwatch.TopicJournal:    1,
		claimwatch.TopicQuarantine: 1,
		claimwatch.TopicChanges:    1,
		claimwatch.TopicAlerts:     1,
	}
	cfg.Write.Linger = 2 * time.Millisecond
	return cfg
}

// Validate tells everything that is wrong with the configuration at once.
func (cfg Config) Validate() error {
	var errs []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("stream: "+format, args...))
		}
	}
	check(len(cfg.Brokers) > 0, "no brokers given")
	check(cfg.Now != nil, "no clock given (Config.Now)")
	check(cfg.Replication >= 1, "replication is %d, want at least 1", cfg.Replication)
	check(cfg.MinInSync >= 1 && cfg.MinInSync <= cfg.Replication,
		"min in sync is %d, want 1 to the replication of %d", cfg.MinInSync, cfg.Replication)
	for topic, n := range cfg.Partitions {
		check(n >= 1, "partitions of %s is %d, want at least 1", topic, n)
	}
	check(cfg.Partitions[claimwatch.TopicJournal] == 1, "the journal has %d partitions, want 1: it is one order",
		cfg.Partitions[claimwatch.TopicJournal])
	check(cfg.Write.Attempts >= 1, "write attempts is %d, want at least 1", cfg.Write.Attempts)
	check(cfg.Write.MaxBytesInFlight >= 2*batchBytes, "write bytes in flight is %d, want at least %d",
		cfg.Write.MaxBytesInFlight, 2*batchBytes)
	check(cfg.Read.FetchBytes > 0 && cfg.Read.PrefetchBytes > 0, "fetch and prefetch bytes must be positive")
	check(cfg.Group.Heartbeat*3 <= cfg.Group.Session, "heartbeat %s must be at most a third of session %s",
		cfg.Group.Heartbeat, cfg.Group.Session)
	for name, d := range cfg.durations() {
		check(d >= time.Millisecond, "%s is %s, want at least 1ms", name, d)
	}
	if _, err := compressionOf(cfg.Write.Compression); err != nil {
		errs = append(errs, err)
	}
	if _, err := cfg.Security.mechanism(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func (cfg Config) durations() map[string]time.Duration {
	return map[string]time.Duration{
		"write linger":   cfg.Write.Linger,
		"write timeout":  cfg.Write.Timeout,
		"fetch wait":     cfg.Read.FetchWait,
		"fetch timeout":  cfg.Read.Timeout,
		"range grace":    cfg.Read.RangeGrace,
		"retry min":      cfg.Read.RetryMin,
		"retry max":      cfg.Read.RetryMax,
		"session":        cfg.Group.Session,
		"heartbeat":      cfg.Group.Heartbeat,
		"rebalance":      cfg.Group.Rebalance,
		"rejoin":         cfg.Group.Rejoin,
		"group timeout":  cfg.Group.Timeout,
		"watch interval": cfg.Watch.Interval,
		"stall after":    cfg.Watch.StallAfter,
		"dead after":     cfg.Watch.DeadAfter,
	}
}
