package sink

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/wire"
)

// Sink consumes the records of the log.
type Sink struct {
	cfg Config
	log *zap.Logger
	met *metrics

	// What follows belongs to the one goroutine that handles batches.
	partitions map[int]*partition
	clocks     map[string]claimwatch.Clock
	filter     *filter
	history    *history
	keys       keyMaker
	canonical  []byte
	decode     func(line string, into *claimwatch.Record) *claimwatch.Error

	mu      sync.Mutex
	handled map[int]int64
}

// New makes a sink; it does nothing before Run.
func New(cfg Config, log *zap.Logger, reg prometheus.Registerer) (*Sink, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	met, err := newMetrics(reg)
	if err != nil {
		return nil, err
	}
	return &Sink{
		cfg: cfg.withDefaults(), log: log, met: met,
		partitions: make(map[int]*partition), clocks: make(map[string]claimwatch.Clock),
		filter: newFilter(), history: newHistory(), decode: newDecode(), handled: make(map[int]int64),
	}, nil
}

// Run consumes until ctx ends.
func (s *Sink) Run(ctx context.Context) error {
	return s.cfg.Consume(ctx, wire.Subscription{
		Topic: claimwatch.TopicRecords, Group: Group, Start: s.start, Handle: s.handle,
	})
}

// Handled gives, for each partition that this sink owns, the offset that comes
// after everything stored and published. Chunks of an atomic upload that is not
// complete count as handled: nobody was told that they are accepted.
func (s *Sink) Handled() map[int]int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.handled)
}

// start forgets everything and reads it anew from the store: while the
// partitions were not ours, another sink may have worked on them.
func (s *Sink) start(ctx context.Context, partitions []int) (map[int]int64, error) {
	begin := s.cfg.Now()
	progress, err := s.cfg.Ledger.LoadProgress(ctx, Consumer)
	if err != nil {
		return nil, fmt.Errorf("load the progress of the sink: %w", err)
	}
	clocks, err := s.cfg.Clocks.Clocks(ctx)
	if err != nil {
		return nil, fmt.Errorf("load the clocks of institutions: %w", err)
	}
	known := newFilter()
	identities := 0
	if err := s.cfg.Facts.EachIdentityKey(ctx, partitions, func(key [16]byte) {
		known.add(key)
		identities++
	}); err != nil {
		return nil, fmt.Errorf("load the identities of %d partitions: %w", len(partitions), err)
	}
	s.partitions, s.clocks, s.filter = make(map[int]*partition), clocks, known
	if s.clocks == nil {
		s.clocks = make(map[string]claimwatch.Clock)
	}
	next, handled := make(map[int]int64), make(map[int]int64)
	for _, p := range partitions {
		at := progress[p]
		s.partitions[p] = &partition{next: at.Next, floor: at.ReceivedAt}
		// Zero too: a fresh store beside a group that has committed reads from the beginning.
		next[p], handled[p] = at.Next, at.Next
	}
	s.mu.Lock()
	s.handled = handled
	s.mu.Unlock()
	s.log.Info("sink has its partitions", zap.Ints("partitions", partitions), zap.Int("identities", identities),
		zap.Duration("took", s.cfg.Now().Sub(begin)))
	return next, nil
}

func (s *Sink) partition(number int) *partition {
	p := s.partitions[number]
	if p == nil {
		p = &partition{}
		s.partitions[number] = p
	}
	return p
}

// handle takes a batch through the three steps. On an error nothing of the sink
// has changed but the filter, which may know too much.
func (s *Sink) handle(ctx context.Context, msgs []claimwatch.Message, commit wire.Commit) error {
	if len(msgs) == 0 {
		return nil
	}
	at := s.cfg.Now()
	b := s.read(msgs)
	at = s.took("read", at)
	if err := s.lookUp(ctx, b); err != nil {
		return err
	}
	s.decide(b)
	at = s.took("judge", at)
	out := s.gather(b)

	// 1 insert
	scopes, err := s.insert(ctx, b, out)
	if err != nil {
		return err
	}
	at = s.took("insert", at)
	s.cfg.Crash("sink.inserted")

	// 2 publish touched, and what is refused
	if err := s.publish(ctx, out, scopes); err != nil {
		return err
	}
	at = s.took("publish", at)
	s.cfg.Crash("sink.published")

	// 3 commit
	if err := s.commit(ctx, b, commit); err != nil {
		return err
	}
	s.took("commit", at)
	s.finish(b, out)
	return nil
}

func (s *Sink) commit(ctx context.Context, b *batch, commit wire.Commit) error {
	progress := make(map[int]claimwatch.Progress, len(b.partitions))
	next := make(map[int]int64, len(b.partitions))
	for number, p := range b.partitions {
		progress[number] = p.progress()
		next[number] = p.progress().Next
	}
	if err := s.cfg.Ledger.SaveProgress(ctx, Consumer, progress); err != nil {
		return fmt.Errorf("save the progress of %d partitions: %w", len(progress), err)
	}
	s.cfg.Crash("sink.progress")
	if err := commit(ctx, next); err != nil {
		return fmt.Errorf("commit %d partitions: %w", len(next), err)
	}
	s.cfg.Crash("sink.committed")
	return nil
}

// finish makes the batch's state the sink's, counts, and tells who waits.
func (s *Sink) finish(b *batch, out *outcome) {
	maps.Copy(s.partitions, b.partitions)
	held := 0
	for _, p := range s.partitions {
		held += len(p.holds)
	}
	s.met.held.Set(float64(held))
	for institution, change := range out.clocks {
		s.clocks[institution] = change.clock
	}
	s.mu.Lock()
	for number, p := range b.partitions {
		s.handled[number] = p.next
	}
	s.mu.Unlock()
	s.count(b, out)
	for _, settled := range out.parts {
		s.cfg.Settled(settled)
	}
}

func (s *Sink) took(step string, since time.Time) time.Time {
	now := s.cfg.Now()
	s.met.seconds.WithLabelValues(step).Observe(now.Sub(since).Seconds())
	return now
}
