package stream

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"

	"claimwatch"
)

// Client is this process's access to the log. It is safe for concurrent use.
type Client struct {
	cfg       Config
	log       *zap.Logger
	met       *metrics
	transport *kafka.Transport
	dialer    *kafka.Dialer
	api       *kafka.Client
	health    *health

	mu      sync.Mutex
	writers map[string]*Writer
	closed  bool
}

// Open checks the configuration and prepares the client. It is inert: nothing
// is dialled until the client is used. Metrics are registered on reg.
func Open(cfg Config, log *zap.Logger, reg prometheus.Registerer) (*Client, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	tlsConfig, err := cfg.Security.tlsConfig()
	if err != nil {
		return nil, err
	}
	mechanism, err := cfg.Security.mechanism()
	if err != nil {
		return nil, err
	}
	met, err := newMetrics(reg)
	if err != nil {
		return nil, err
	}
	dial := cfg.dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: 3 * time.Second, KeepAlive: 15 * time.Second}).DialContext
	}
	transport := &kafka.Transport{
		Dial:        dial,
		DialTimeout: 5 * time.Second,
		MetadataTTL: 4 * time.Second,
		ClientID:    cfg.ClientID,
		TLS:         tlsConfig,
		SASL:        mechanism,
	}
	return &Client{
		cfg:       cfg,
		log:       log,
		met:       met,
		transport: transport,
		dialer: &kafka.Dialer{
			ClientID: cfg.ClientID, DialFunc: dial, Timeout: 5 * time.Second, TLS: tlsConfig, SASLMechanism: mechanism,
		},
		api:     &kafka.Client{Addr: kafka.TCP(cfg.Brokers...), Transport: transport, Timeout: cfg.Read.Timeout},
		health:  newHealth(cfg.Watch.DeadAfter, cfg.Now),
		writers: make(map[string]*Writer),
	}, nil
}

// Close waits for what is being written and gives connections back. Consumers
// must have returned before.
func (c *Client) Close() error {
	c.mu.Lock()
	c.closed = true
	writers := c.writers
	c.writers = nil
	c.mu.Unlock()
	var errs []error
	for _, w := range writers {
		errs = append(errs, w.close())
	}
	c.transport.CloseIdleConnections()
	return errors.Join(errs...)
}

// Partitions is the configured partition count of a topic, 0 for a topic that
// is not configured. EnsureTopics has checked it against the log.
func (c *Client) Partitions(topic string) int { return c.cfg.Partitions[topic] }

// PartitionOf is the partition that a key goes to, by the function that the
// writers use. It is -1 for a topic that is not configured.
func (c *Client) PartitionOf(topic string, key []byte) int {
	n := c.Partitions(topic)
	if n < 1 {
		return -1
	}
	return partitionOf(key, n)
}

// StartOffsets are the first offsets that each partition still holds.
func (c *Client) StartOffsets(ctx context.Context, topic string) (map[int]int64, error) {
	return c.offsets(ctx, topic, kafka.FirstOffset)
}

// EndOffsets are the offsets that each partition will give to its next message.
func (c *Client) EndOffsets(ctx context.Context, topic string) (map[int]int64, error) {
	return c.offsets(ctx, topic, kafka.LastOffset)
}

func (c *Client) offsets(ctx context.Context, topic string, which int64) (map[int]int64, error) {
	n := c.Partitions(topic)
	if n < 1 {
		return nil, fmt.Errorf("list offsets of %s: topic is not configured", topic)
	}
	ask := make([]kafka.OffsetRequest, n)
	for p := range ask {
		ask[p] = kafka.OffsetRequest{Partition: p, Timestamp: which}
	}
	res, err := c.api.ListOffsets(ctx, &kafka.ListOffsetsRequest{Topics: map[string][]kafka.OffsetRequest{topic: ask}})
	if err != nil {
		return nil, fmt.Errorf("list offsets of %s: %w", topic, err)
	}
	out := make(map[int]int64, n)
	for _, p := range res.Topics[topic] {
		if p.Error != nil {
			return nil, fmt.Errorf("list offsets of %s partition %d: %w", topic, p.Partition, p.Error)
		}
		out[p.Partition] = p.LastOffset
		if which == kafka.FirstOffset {
			out[p.Partition] = p.FirstOffset
		}
	}
	if len(out) != n {
		return nil, fmt.Errorf("list offsets of %s: %d of %d partitions answered", topic, len(out), n)
	}
	return out, nil
}

// Ready tells whether the log answers now; for a readiness probe.
func (c *Client) Ready(ctx context.Context) error {
	// The transport answers metadata from its cache, so ask for an offset: that
	// is a round trip to the leader of the journal.
	_, err := c.EndOffsets(ctx, claimwatch.TopicJournal)
	return err
}

// Healthy is nil while every consumer of this process moves; for a liveness
// probe. It names the first consumer that halted or stood still for too long.
func (c *Client) Healthy() error { return c.health.check() }
