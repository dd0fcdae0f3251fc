package stream

import (
	"context"
	"fmt"

	"github.com/segmentio/kafka-go"

	"claimwatch"
)

// Batch is what a handler gets: messages of all partitions that this member
// owns, in order within each partition.
type Batch struct {
	gen  *generation
	msgs []claimwatch.Message
	next map[int]int64
}

// Messages are the messages of the batch. The slice and what it points to
// belong to the handler; nobody changes them later.
func (b *Batch) Messages() []claimwatch.Message { return b.msgs }

// Next is, for each partition of the batch, the offset after its last message.
func (b *Batch) Next() map[int]int64 { return b.next }

// Generation is the number of the group's generation that the batch belongs to.
func (b *Batch) Generation() int { return int(b.gen.kafka.ID) }

// Commit tells the group which offset comes next in each partition; nil stands
// for the whole batch. An offset that is not ahead of what was committed is
// left out, so that commits never go backwards (K10). After the generation has
// ended it answers ErrGenerationEnded and another member does the work again.
// An offset that was never handed out is an error.
func (b *Batch) Commit(ctx context.Context, upTo map[int]int64) error {
	if upTo == nil {
		upTo = b.next
	}
	return b.gen.commit(ctx, upTo)
}

func (g *generation) commit(ctx context.Context, upTo map[int]int64) error {
	topic, group := g.cfg.Topic, g.cfg.Group
	count := func(outcome string) { g.c.met.commits.WithLabelValues(topic, group, outcome).Inc() }
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.over() {
		count("ended")
		return ErrGenerationEnded
	}
	ahead := make(map[int]int64, len(upTo))
	for partition, offset := range upTo {
		handed, ours := g.handed[partition]
		if !ours || offset > handed {
			count("error")
			return fmt.Errorf("commit offset %d of %s partition %d: it was not handed out", offset, topic, partition)
		}
		if offset > g.committed[partition] {
			ahead[partition] = offset
		}
	}
	if len(ahead) == 0 {
		count("backwards")
		return nil
	}
	if err := g.send(ctx, ahead); err != nil {
		// Whatever it was, the broker knows better than we do: give the
		// partitions up and join again.
		g.ended = true
		g.stop()
		if generationOver(err) {
			count("ended")
			return ErrGenerationEnded
		}
		count("error")
		return fmt.Errorf("commit to group %s: %w: %w", group, err, ErrGenerationEnded)
	}
	for partition, offset := range ahead {
		g.committed[partition] = offset
	}
	count("ok")
	return nil
}

// send makes the round trip. It does not end with ctx: an answer that nobody
// waits for would leave the guard behind what the group knows.
func (g *generation) send(_ context.Context, offsets map[int]int64) error {
	return g.kafka.CommitOffsets(map[string]map[int]int64{g.cfg.Topic: offsets})
}

var _ kafka.Balancer = keyBalancer{}
