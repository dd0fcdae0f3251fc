package stream

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/segmentio/kafka-go"
)

// K9: whatever a broker answers, offsets follow each other or reading halts.
func TestDecodeChecksOffsets(t *testing.T) {
	for _, tc := range []struct {
		name    string
		next    int64
		offsets []int64
		want    []int64
		halt    int64 // the offset that is missing, -1 for none
	}{
		{"nothing", 3, nil, nil, -1},
		{"as asked", 3, []int64{3, 4, 5}, []int64{3, 4, 5}, -1},
		{"batch begins before", 3, []int64{1, 2, 3, 4}, []int64{3, 4}, -1},
		{"batch ends before", 3, []int64{1, 2}, nil, -1},
		{"first is missing", 3, []int64{4, 5}, nil, 3},
		{"one in the middle is missing", 3, []int64{3, 4, 6}, nil, 5},
		{"an old one comes again", 3, []int64{3, 4, 3, 5}, []int64{3, 4, 5}, -1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var records []kafka.Record
			for _, offset := range tc.offsets {
				records = append(records, kafka.Record{Offset: offset})
			}
			p := &puller{topic: "topic", partition: 7}
			msgs, err := p.decode(&kafka.FetchResponse{Records: kafka.NewRecordReader(records...)}, tc.next)
			var halt *HaltError
			if errors.As(err, &halt) {
				if halt.Offset != tc.halt || halt.Partition != 7 {
					t.Errorf("halted at partition %d offset %d, want 7 and %d", halt.Partition, halt.Offset, tc.halt)
				}
				return
			}
			if err != nil || tc.halt >= 0 {
				t.Fatalf("decode() error is %v, want a halt at %d", err, tc.halt)
			}
			var got []int64
			for _, m := range msgs {
				got = append(got, m.Offset)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("offsets (-want, +got):\n%s", diff)
			}
		})
	}
}
