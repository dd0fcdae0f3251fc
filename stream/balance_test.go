package stream

import (
	"testing"

	"github.com/segmentio/kafka-go"
	"pgregory.net/rapid"
)

// K14: keys keep their partition for ever, so the function is frozen here.
func TestPartitionOfIsFrozen(t *testing.T) {
	for key, want := range map[string]int{"": 3, "H-0001": 15, "H-0002": 0, "inst:H-0001": 3} {
		if got := partitionOf([]byte(key), 24); got != want {
			t.Errorf("partitionOf(%q, 24) = %d, want %d: everything written so far is in the other", key, got, want)
		}
	}
}

func TestBalancerIsKafkaGosHash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOf(rapid.Byte()).Draw(t, "key")
		n := rapid.IntRange(1, 64).Draw(t, "partitions")
		list := make([]int, n)
		for i := range list {
			list[i] = i
		}
		if key == nil {
			key = []byte{}
		}
		var hash kafka.Hash
		want := hash.Balance(kafka.Message{Key: key}, list...)
		if got := (keyBalancer{}).Balance(kafka.Message{Key: key}, list...); got != want || partitionOf(key, n) != want {
			t.Fatalf("Balance() = %d, partitionOf() = %d, want %d", got, partitionOf(key, n), want)
		}
		if none := (keyBalancer{}).Balance(kafka.Message{}, list...); none != partitionOf([]byte{}, n) {
			t.Fatalf("a message without a key goes to %d, the empty key to %d", none, partitionOf([]byte{}, n))
		}
	})
}
