package stream

import (
	"context"
	"fmt"

	"claimwatch"
)

// At reads the message at an offset of a topic's partition. It is for single looks
// into the past; readers that follow use Consume or Tail.
func (c *Client) At(ctx context.Context, topic string, partition int, offset int64) (claimwatch.Message, error) {
	if partition < 0 || partition >= c.Partitions(topic) || offset < 0 {
		return claimwatch.Message{}, fmt.Errorf("read %s: there is no partition %d with an offset %d", topic, partition, offset)
	}
	ends, err := c.EndOffsets(ctx, topic)
	if err != nil {
		return claimwatch.Message{}, err
	}
	if offset >= ends[partition] {
		return claimwatch.Message{}, fmt.Errorf("read %s: offset %d of partition %d is beyond the end, %d", topic, offset, partition, ends[partition])
	}
	p := &puller{c: c, topic: topic, partition: partition, log: c.log, next: offset}
	messages, err := p.fetch(ctx)
	if err != nil {
		return claimwatch.Message{}, fmt.Errorf("read %s: %w", topic, err)
	}
	if len(messages) == 0 || messages[0].Offset != offset {
		return claimwatch.Message{}, fmt.Errorf("read %s: offset %d of partition %d did not come", topic, offset, partition)
	}
	return messages[0], nil
}
