package stream

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/segmentio/kafka-go"
)

func committedOffset(t testing.TB, c *Client, topic, group string) int64 {
	t.Helper()
	res, err := c.api.OffsetFetch(context.Background(), &kafka.OffsetFetchRequest{GroupID: group, Topics: map[string][]int{topic: {0}}})
	if err == nil {
		err = res.Error
	}
	if err != nil {
		t.Fatalf("OffsetFetch() error:\n%+v", err)
	}
	return res.Topics[topic][0].CommittedOffset
}

// K10: kafka-go commits what it is told, backwards too.
func TestCommitNeverGoesBackwards(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	write(t, c.Writer(topic), messages(10)...)
	done := make(chan struct{})
	background(t, func(ctx context.Context) error {
		return c.Consume(ctx, ConsumerConfig{Topic: topic, Group: "g", Handle: func(ctx context.Context, b *Batch) error {
			defer close(done)
			for _, step := range []struct{ commit, want int64 }{{4, 4}, {1, 4}, {4, 4}, {8, 8}, {7, 8}} {
				if err := b.Commit(ctx, map[int]int64{0: step.commit}); err != nil {
					t.Errorf("Commit(%d) error:\n%+v", step.commit, err)
				}
				if got := committedOffset(t, c, topic, "g"); got != step.want {
					t.Errorf("after Commit(%d) the group has %d, want %d", step.commit, got, step.want)
				}
			}
			for _, wrong := range []map[int]int64{{0: 11}, {1: 1}} {
				if err := b.Commit(ctx, wrong); err == nil || errors.Is(err, ErrGenerationEnded) {
					t.Errorf("Commit(%v) error is %v, want a refusal of what was not handed out", wrong, err)
				}
			}
			return nil
		}})
	})
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("the handler was not called")
	}
}

// K15 and C11: the consumer's own table and the group are asked, the smaller wins.
func TestStartOffsets(t *testing.T) {
	for _, tc := range []struct {
		name      string
		committed int64 // 0: none
		known     map[int]int64
		want      int64
	}{
		{"nothing known", 0, nil, 0},
		{"group only", 5, nil, 5},
		{"group only, table says unknown", 5, map[int]int64{0: -1}, 5},
		{"group expired, table knows", 0, map[int]int64{0: 7}, 7},
		{"table lost its tail", 5, map[int]int64{0: 3}, 3},
		{"table is ahead", 5, map[int]int64{0: 8}, 5},
		{"table is empty", 5, map[int]int64{0: 0}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cfg, topic := testConfig(t, sharedCluster(t), 1)
			c := open(t, cfg)
			write(t, c.Writer(topic), messages(10)...)
			if tc.committed > 0 {
				commitOnce(t, c, topic, tc.committed)
			}
			first := make(chan int64, 1)
			var asked atomic.Int32
			background(t, func(ctx context.Context) error {
				return c.Consume(ctx, ConsumerConfig{
					Topic: topic, Group: "g",
					Start: func(_ context.Context, partitions []int) (map[int]int64, error) {
						if diff := cmp.Diff([]int{0}, partitions); diff != "" {
							t.Errorf("partitions (-want, +got):\n%s", diff)
						}
						if asked.Add(1) == 1 {
							return nil, errors.New("the table does not answer yet")
						}
						return tc.known, nil
					},
					Handle: func(_ context.Context, b *Batch) error {
						select {
						case first <- b.Messages()[0].Offset:
						default:
						}
						return nil
					},
				})
			})
			select {
			case got := <-first:
				if got != tc.want {
					t.Errorf("reading began at %d, want %d", got, tc.want)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("nothing was handed out")
			}
		})
	}
}

func commitOnce(t *testing.T, c *Client, topic string, offset int64) {
	t.Helper()
	done := make(chan struct{})
	stop := background(t, func(ctx context.Context) error {
		return c.Consume(ctx, ConsumerConfig{Topic: topic, Group: "g", Handle: func(ctx context.Context, b *Batch) error {
			err := b.Commit(ctx, map[int]int64{0: offset})
			close(done)
			return err
		}})
	})
	<-done
	if err := stop(); err != nil {
		t.Fatalf("Consume() error:\n%+v", err)
	}
}

// K8: an error commits nothing, and the same batch comes again.
func TestHandlerErrorRepeatsTheBatch(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := open(t, cfg)
	write(t, c.Writer(topic), messages(5)...)
	var batches [][]int64
	done := make(chan struct{})
	background(t, func(ctx context.Context) error {
		return c.Consume(ctx, ConsumerConfig{Topic: topic, Group: "g", Handle: func(ctx context.Context, b *Batch) error {
			var offsets []int64
			for _, m := range b.Messages() {
				offsets = append(offsets, m.Offset)
			}
			if batches = append(batches, offsets); len(batches) < 3 {
				return errors.New("the store does not answer")
			}
			close(done)
			return b.Commit(ctx, nil)
		}})
	})
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("the batch was not repeated")
	}
	for _, b := range batches[1:] {
		if diff := cmp.Diff(batches[0], b); diff != "" {
			t.Errorf("repeated batch (-want, +got):\n%s", diff)
		}
	}
	if n := testutil.ToFloat64(c.met.retries.WithLabelValues(topic, "g")); n != 2 {
		t.Errorf("retries are %v, want 2", n)
	}
}

// K10, K11: a worker that was stopped beyond its session comes back with a
// batch in its hands. It must not commit, and its handler must be told.
func TestZombieCannotCommit(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	healthy := open(t, cfg)
	zombieCfg, net := via(cfg)
	zombie := open(t, zombieCfg)
	w := healthy.Writer(topic)
	write(t, w, messages(3)...)

	holding, wake := make(chan struct{}), make(chan struct{})
	verdict := make(chan error, 1)
	stop := background(t, func(ctx context.Context) error {
		var once atomic.Bool
		return zombie.Consume(ctx, ConsumerConfig{Topic: topic, Group: "g", Handle: func(ctx context.Context, b *Batch) error {
			if !once.CompareAndSwap(false, true) {
				<-ctx.Done() // a later generation: leave the partition to nobody else
				return ctx.Err()
			}
			close(holding)
			<-wake
			err := b.Commit(context.Background(), map[int]int64{0: 1})
			verdict <- err
			return err
		}})
	})
	<-holding
	net.hold() // as SIGSTOP: the broker hears nothing of this member
	var got seen
	consume(t, healthy, topic, "g", &got)
	begin := time.Now()
	eventually(t, 30*time.Second, "the other member takes over", func() bool { return got.total() == 3 })
	t.Logf("taken over after %s", time.Since(begin))
	eventually(t, 5*time.Second, "the other member has committed", func() bool { return committedOffset(t, healthy, topic, "g") == 3 })
	net.release()
	close(wake)
	if err := <-verdict; !errors.Is(err, ErrGenerationEnded) {
		t.Errorf("Commit() error is %v, want that the generation has ended", err)
	}
	if err := stop(); err != nil {
		t.Errorf("Consume() error:\n%+v", err)
	}
	if n := committedOffset(t, healthy, topic, "g"); n != 3 {
		t.Errorf("the group is at offset %d, want 3", n)
	}
}
