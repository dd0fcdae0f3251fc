package stream

import (
	"fmt"

	"github.com/segmentio/kafka-go"
)

// keyBalancer gives one key always the same partition. It is kafka-go's Hash
// (the function of Sarama: FNV-1a), but a message without a key goes to the
// partition of the empty key instead of round and round.
type keyBalancer struct{}

// Balance implements kafka.Balancer.
func (keyBalancer) Balance(msg kafka.Message, partitions ...int) int {
	key := msg.Key
	if key == nil {
		key = []byte{}
	}
	var hash kafka.Hash
	return hash.Balance(kafka.Message{Key: key}, partitions...)
}

func partitionOf(key []byte, n int) int {
	// Hash looks at the length of the list only.
	return keyBalancer{}.Balance(kafka.Message{Key: key}, make([]int, n)...)
}

func compressionOf(name string) (kafka.Compression, error) {
	switch name {
	case "", "none":
		return 0, nil
	case "snappy":
		return kafka.Snappy, nil
	case "lz4":
		return kafka.Lz4, nil
	case "zstd":
		return kafka.Zstd, nil
	default:
		return 0, fmt.Errorf("stream: compression %q is unknown: none, snappy, lz4 or zstd", name)
	}
}
