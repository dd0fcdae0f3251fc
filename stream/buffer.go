package stream

import (
	"sync"
	"time"

	"claimwatch"
)

// buffer holds what was fetched while the handler is busy, bounded by bytes.
// Under load batches grow by themselves; an idle handler gets a message at once.
type buffer struct {
	limit int
	gauge interface{ Set(float64) }

	mu     sync.Mutex
	cond   *sync.Cond
	chunks [][]claimwatch.Message // one partition each, in the order of arrival
	count  int
	bytes  int
	closed bool
}

func newBuffer(limit int, gauge interface{ Set(float64) }) *buffer {
	b := &buffer{limit: limit, gauge: gauge}
	b.cond = sync.NewCond(&b.mu)
	return b
}

// push waits for room. It answers false once the buffer is closed.
func (b *buffer) push(msgs []claimwatch.Message) bool {
	size := bytesOf(msgs)
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.bytes >= b.limit && !b.closed {
		b.cond.Wait()
	}
	if b.closed {
		return false
	}
	b.chunks = append(b.chunks, msgs)
	b.count += len(msgs)
	b.resize(size)
	return true
}

// take waits for a first message, lingers for more, and gives at most
// limit.messages and limit.bytes, but always one. It answers nil once closed.
func (b *buffer) take(limit batchLimit) []claimwatch.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.chunks) == 0 && !b.closed {
		b.cond.Wait()
	}
	if limit.linger > 0 {
		b.linger(limit)
	}
	if b.closed {
		return nil
	}
	return b.cut(limit)
}

func (b *buffer) linger(limit batchLimit) {
	over := false
	timer := time.AfterFunc(limit.linger, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		over = true
		b.cond.Broadcast()
	})
	defer timer.Stop()
	for !over && !b.closed && b.count < limit.messages && b.bytes < limit.bytes && b.bytes < b.limit {
		b.cond.Wait()
	}
}

func (b *buffer) cut(limit batchLimit) []claimwatch.Message {
	var out []claimwatch.Message
	size := 0
	for len(b.chunks) > 0 {
		chunk := b.chunks[0]
		n := 0
		for n < len(chunk) && len(out)+n < limit.messages {
			next := size + messageBytes(chunk[n])
			if next > limit.bytes && len(out)+n > 0 {
				break
			}
			size = next
			n++
		}
		out = append(out, chunk[:n]...)
		if n < len(chunk) {
			b.chunks[0] = chunk[n:]
			break
		}
		b.chunks[0] = nil
		b.chunks = b.chunks[1:]
	}
	b.count -= len(out)
	b.resize(-size)
	return out
}

// oldest is the time of the first waiting message of a partition.
func (b *buffer) oldest(partition int) (time.Time, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, chunk := range b.chunks {
		if chunk[0].Partition == partition {
			return chunk[0].Time, true
		}
	}
	return time.Time{}, false
}

// full tells that fetching waits for the handler, which is no stall.
func (b *buffer) full() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes >= b.limit
}

func (b *buffer) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.chunks = nil
	b.resize(-b.bytes)
}

func (b *buffer) resize(by int) {
	b.bytes += by
	b.gauge.Set(float64(b.bytes))
	b.cond.Broadcast()
}

func bytesOf(msgs []claimwatch.Message) int {
	n := 0
	for _, m := range msgs {
		n += messageBytes(m)
	}
	return n
}

// messageBytes is about what a message costs in memory.
func messageBytes(m claimwatch.Message) int { return len(m.Key) + len(m.Value) + 200 }
