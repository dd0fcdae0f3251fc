package stream

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"claimwatch"
)

type lastSet float64

func (l *lastSet) Set(v float64) { *l = lastSet(v) }

// Whatever the sizes and limits, everything comes out once, in order within its
// partition, within the limits.
func TestBufferKeepsOrderAndLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := batchLimit{
			messages: rapid.IntRange(1, 20).Draw(t, "messages"),
			bytes:    rapid.IntRange(1, 3000).Draw(t, "bytes"),
		}
		sizes := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 800), 1, 12), 1, 12).Draw(t, "chunks")
		var gauge lastSet
		b := newBuffer(rapid.IntRange(1, 5000).Draw(t, "limit"), &gauge)
		next := map[int]int64{}
		total := 0
		var chunks [][]claimwatch.Message
		for i, chunk := range sizes {
			var msgs []claimwatch.Message
			for _, size := range chunk {
				p := i % 3
				msgs = append(msgs, claimwatch.Message{Partition: p, Offset: next[p], Value: make([]byte, size)})
				next[p]++
				total++
			}
			chunks = append(chunks, msgs)
		}
		go func() {
			for _, c := range chunks {
				b.push(c)
			}
		}()
		want := map[int]int64{}
		for got := 0; got < total; {
			msgs := b.take(limit)
			if len(msgs) == 0 || len(msgs) > limit.messages || (len(msgs) > 1 && bytesOf(msgs) > limit.bytes) {
				t.Fatalf("took %d messages of %d bytes with the limit %+v", len(msgs), bytesOf(msgs), limit)
			}
			for _, m := range msgs {
				if m.Offset != want[m.Partition] {
					t.Fatalf("partition %d: offset %d, want %d", m.Partition, m.Offset, want[m.Partition])
				}
				want[m.Partition]++
			}
			got += len(msgs)
		}
		if b.bytes != 0 || b.count != 0 || gauge != 0 {
			t.Fatalf("%d bytes and %d messages are left, gauge %v", b.bytes, b.count, gauge)
		}
	})
}

func TestBufferWaitsForRoomAndCloses(t *testing.T) {
	var gauge lastSet
	b := newBuffer(100, &gauge)
	one := []claimwatch.Message{{Value: make([]byte, 200), Time: time.Unix(5, 0)}}
	if !b.push(one) || !b.full() {
		t.Fatal("the first chunk does not pass, or the buffer is not full after it")
	}
	if at, ok := b.oldest(0); !ok || !at.Equal(time.Unix(5, 0)) {
		t.Errorf("oldest is %s, %v", at, ok)
	}
	pushed := make(chan bool)
	go func() { pushed <- b.push(one) }()
	select {
	case <-pushed:
		t.Fatal("the buffer takes more than its limit")
	case <-time.After(20 * time.Millisecond):
	}
	b.take(batchLimit{messages: 1, bytes: 1})
	if !<-pushed {
		t.Error("push() is false though there is room")
	}
	go func() { pushed <- b.push(one) }()
	b.close()
	if <-pushed {
		t.Error("push() is true after close")
	}
	if msgs := b.take(batchLimit{messages: 1, bytes: 1}); msgs != nil {
		t.Errorf("take() gives %d messages after close", len(msgs))
	}
}

func TestBufferLingers(t *testing.T) {
	var gauge lastSet
	b := newBuffer(1<<20, &gauge)
	push := func() { b.push([]claimwatch.Message{{}}) }
	push()
	time.AfterFunc(20*time.Millisecond, push)
	if n := len(b.take(batchLimit{messages: 2, bytes: 1 << 20, linger: time.Minute})); n != 2 {
		t.Errorf("took %d messages, want the second one that it waited for", n)
	}
	push()
	if n := len(b.take(batchLimit{messages: 2, bytes: 1 << 20, linger: 5 * time.Millisecond})); n != 1 {
		t.Errorf("took %d messages, want the one there was when the time was over", n)
	}
}
