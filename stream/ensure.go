package stream

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"
)

// startPatience is how long a log may take to come up before it counts as gone.
const startPatience = 30 * time.Second

// TopicProblem is one thing about a topic that is not as it must be.
type TopicProblem struct {
	Topic, Setting, Found, Wanted, Why, Mend string
}

// String says it in one line, with the command that mends it.
func (p TopicProblem) String() string {
	return fmt.Sprintf("topic %s: %s is %s, wanted %s (%s). Mend it with: %s",
		p.Topic, p.Setting, p.Found, p.Wanted, p.Why, p.Mend)
}

// TopicsError refuses to start on topics that would lose or hide something. It
// holds all problems, so that they are mended in one go.
type TopicsError struct{ Problems []TopicProblem }

// Error gives one line for each problem.
func (e *TopicsError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return "the log is not as it must be:\n" + strings.Join(lines, "\n")
}

// EnsureTopics creates the topics that are missing and checks those that are
// there. A *TopicsError says what to mend; nothing existing is changed. A log
// that is still starting is waited for, half a minute at most.
func (c *Client) EnsureTopics(ctx context.Context) error {
	if err := c.untilCreated(ctx); err != nil {
		return err
	}
	found, err := c.described(ctx)
	if err != nil {
		return err
	}
	settings, err := c.settings(ctx)
	if err != nil {
		return err
	}
	var problems []TopicProblem
	for _, topic := range c.topics() {
		problems = append(problems, c.checkShape(found[topic])...)
		problems = append(problems, c.checkSettings(topic, settings[topic])...)
	}
	if len(problems) > 0 {
		return &TopicsError{Problems: problems}
	}
	return nil
}

func (c *Client) topics() []string { return slices.Sorted(maps.Keys(c.cfg.Partitions)) }

// untilCreated insists while the brokers are still finding each other.
func (c *Client) untilCreated(ctx context.Context) error {
	pause := c.retryPause()
	pause.MaxInterval = time.Second
	giveUp := c.cfg.Now().Add(startPatience)
	for {
		err := c.createMissing(ctx)
		if err == nil || !stillStarting(err) || ctx.Err() != nil || c.cfg.Now().After(giveUp) {
			return err
		}
		c.log.Info("log is not ready yet", zap.Error(err))
		c.transport.CloseIdleConnections()
		sleep(ctx, pause.NextBackOff())
	}
}

// stillStarting tells the answers of a cluster that has no controller yet, or
// too few brokers, or does not listen. A refusal to let us in is none of them: brokers make it by
// closing the connection, so an end of file is not waited for.
func stillStarting(err error) bool {
	for _, code := range []kafka.Error{
		kafka.BrokerNotAvailable, kafka.NotController, kafka.LeaderNotAvailable, kafka.RequestTimedOut,
		kafka.NetworkException, kafka.InvalidReplicationFactor, kafka.UnknownTopicOrPartition,
	} {
		if errors.Is(err, code) {
			return true
		}
	}
	var network *net.OpError
	return errors.As(err, &network)
}

func (c *Client) createMissing(ctx context.Context) error {
	meta, err := c.api.Metadata(ctx, &kafka.MetadataRequest{Topics: c.topics()})
	if err != nil {
		return fmt.Errorf("ask for the topics: %w", err)
	}
	var missing []kafka.TopicConfig
	for _, t := range meta.Topics {
		switch {
		case t.Error == nil:
			continue
		case !errors.Is(t.Error, kafka.UnknownTopicOrPartition):
			return fmt.Errorf("ask for topic %s: %w", t.Name, t.Error)
		}
		topic := kafka.TopicConfig{Topic: t.Name, NumPartitions: c.Partitions(t.Name), ReplicationFactor: c.cfg.Replication}
		for _, s := range settingsOf(t.Name, c.cfg.MinInSync) {
			topic.ConfigEntries = append(topic.ConfigEntries, kafka.ConfigEntry{ConfigName: s.name, ConfigValue: s.value})
		}
		missing = append(missing, topic)
	}
	if len(missing) == 0 {
		return nil
	}
	res, err := c.api.CreateTopics(ctx, &kafka.CreateTopicsRequest{Topics: missing})
	if err != nil {
		return fmt.Errorf("create %d topics: %w", len(missing), err)
	}
	for name, err := range res.Errors {
		// Another process may have been faster; the check decides then.
		if err != nil && !errors.Is(err, kafka.TopicAlreadyExists) {
			return fmt.Errorf("create topic %s: %w", name, err)
		}
		c.log.Info("topic created", zap.String("topic", name), zap.Int("partitions", c.Partitions(name)))
	}
	return nil
}

// described waits until every topic is there with a leader for each partition,
// so that the first write does not meet a topic that is still being made.
func (c *Client) described(ctx context.Context) (map[string]kafka.Topic, error) {
	pause := c.retryPause()
	pause.MaxInterval = time.Second
	for {
		meta, err := c.api.Metadata(ctx, &kafka.MetadataRequest{Topics: c.topics()})
		if err == nil {
			err = leaderless(meta.Topics)
		}
		if err == nil {
			err = c.answering(ctx, meta.Topics)
		}
		if err == nil {
			out := make(map[string]kafka.Topic, len(meta.Topics))
			for _, t := range meta.Topics {
				out[t.Name] = t
			}
			return out, nil
		}
		// The transport answers from its cache until that is old.
		c.transport.CloseIdleConnections()
		sleep(ctx, pause.NextBackOff())
		if ctx.Err() != nil {
			return nil, fmt.Errorf("wait for the topics: %w: %w", err, ctx.Err())
		}
	}
}

// answering asks the leaders themselves: a broker may be named as a leader
// before it knows of it.
func (c *Client) answering(ctx context.Context, topics []kafka.Topic) error {
	for _, t := range topics {
		if len(t.Partitions) != c.Partitions(t.Name) {
			continue // refused later, with everything else
		}
		if _, err := c.EndOffsets(ctx, t.Name); err != nil {
			return err
		}
	}
	return nil
}

func leaderless(topics []kafka.Topic) error {
	for _, t := range topics {
		if t.Error != nil {
			return fmt.Errorf("topic %s: %w", t.Name, t.Error)
		}
		for _, p := range t.Partitions {
			if p.Error != nil {
				return fmt.Errorf("topic %s partition %d: %w", t.Name, p.ID, p.Error)
			}
			if p.Leader.Host == "" {
				return fmt.Errorf("topic %s partition %d has no leader", t.Name, p.ID)
			}
		}
	}
	return nil
}

func (c *Client) settings(ctx context.Context) (map[string]map[string]string, error) {
	req := &kafka.DescribeConfigsRequest{}
	for _, topic := range c.topics() {
		req.Resources = append(req.Resources, kafka.DescribeConfigRequestResource{
			ResourceType: kafka.ResourceTypeTopic, ResourceName: topic,
		})
	}
	res, err := c.api.DescribeConfigs(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("ask for topic settings: %w", err)
	}
	out := make(map[string]map[string]string)
	for _, r := range res.Resources {
		if r.Error != nil {
			return nil, fmt.Errorf("ask for settings of topic %s: %w", r.ResourceName, r.Error)
		}
		out[r.ResourceName] = make(map[string]string)
		for _, e := range r.ConfigEntries {
			out[r.ResourceName][e.ConfigName] = e.ConfigValue
		}
	}
	return out, nil
}

func (c *Client) checkShape(t kafka.Topic) []TopicProblem {
	var problems []TopicProblem
	if want := c.Partitions(t.Name); len(t.Partitions) != want {
		problems = append(problems, TopicProblem{
			Topic: t.Name, Setting: "partitions",
			Found: fmt.Sprint(len(t.Partitions)), Wanted: fmt.Sprint(want),
			Why: "a key must keep its partition for ever, so the count is fixed when the topic is made",
			Mend: fmt.Sprintf("set the partitions of %s to %d in the configuration of claimwatch",
				t.Name, len(t.Partitions)),
		})
	}
	replicas := c.cfg.Replication
	for _, p := range t.Partitions {
		replicas = min(replicas, len(p.Replicas))
	}
	if replicas < c.cfg.MinInSync {
		problems = append(problems, TopicProblem{
			Topic: t.Name, Setting: "replicas", Found: fmt.Sprint(replicas), Wanted: fmt.Sprintf("at least %d", c.cfg.MinInSync),
			Why: "Kafka 4 quietly lowers min.insync.replicas to the number of replicas: accepted would mean fewer disks",
			Mend: fmt.Sprintf("kafka-reassign-partitions.sh --bootstrap-server %s --reassignment-json-file FILE --execute",
				c.cfg.Brokers[0]),
		})
	}
	return problems
}

func (c *Client) checkSettings(topic string, found map[string]string) []TopicProblem {
	var problems []TopicProblem
	report := func(s setting, value string) {
		problems = append(problems, TopicProblem{
			Topic: topic, Setting: s.name, Found: value, Wanted: s.value, Why: s.why,
			Mend: fmt.Sprintf("kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name %s --add-config %s=%s",
				c.cfg.Brokers[0], topic, s.name, s.value),
		})
	}
	for _, s := range settingsOf(topic, c.cfg.MinInSync) {
		if value, ok := found[s.name]; !ok || !s.accepts(value) {
			report(s, orUnset(value))
		}
	}
	// Not every broker tells; false is the default everywhere.
	if value := found["unclean.leader.election.enable"]; value == "true" {
		report(setting{
			name: "unclean.leader.election.enable", value: "false",
			why: "a replica that lags would become the truth and drop accepted records",
		}, value)
	}
	return problems
}

func orUnset(value string) string {
	if value == "" {
		return "not set"
	}
	return value
}
