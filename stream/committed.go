package stream

import (
	"context"
	"fmt"

	"github.com/segmentio/kafka-go"
)

// Committed gives the next offset of each partition that a group has committed;
// 0 where it has committed none. It is for telling how far a group has come,
// whichever process its members are in.
func (c *Client) Committed(ctx context.Context, group, topic string) (map[int]int64, error) {
	partitions := make([]int, c.Partitions(topic))
	for i := range partitions {
		partitions[i] = i
	}
	answer, err := c.api.OffsetFetch(ctx, &kafka.OffsetFetchRequest{GroupID: group, Topics: map[string][]int{topic: partitions}})
	if err == nil {
		err = answer.Error
	}
	if err != nil {
		return nil, fmt.Errorf("fetch the offsets of group %s: %w", group, err)
	}
	committed := make(map[int]int64, len(partitions))
	for _, p := range answer.Topics[topic] {
		if p.Error != nil {
			return nil, fmt.Errorf("fetch the offset of group %s in partition %d: %w", group, p.Partition, p.Error)
		}
		committed[p.Partition] = max(p.CommittedOffset, 0)
	}
	return committed, nil
}
