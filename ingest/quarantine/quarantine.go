package quarantine

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/wire"
)

// Quarantine consumes the refused records of the log.
type Quarantine struct {
	cfg Config
	log *zap.Logger
	met *metrics

	mu      sync.Mutex
	handled map[int]int64
}

// New makes a consumer; it does nothing before Run.
func New(cfg Config, log *zap.Logger, reg prometheus.Registerer) (*Quarantine, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if cfg.Crash == nil {
		cfg.Crash = func(string) {}
	}
	met, err := newMetrics(reg)
	if err != nil {
		return nil, err
	}
	return &Quarantine{cfg: cfg, log: log, met: met, handled: make(map[int]int64)}, nil
}

// Run consumes until ctx ends.
func (q *Quarantine) Run(ctx context.Context) error {
	return q.cfg.Consume(ctx, wire.Subscription{
		Topic: claimwatch.TopicQuarantine, Group: Group, Start: q.start, Handle: q.handle,
	})
}

// Handled gives, for each partition that this consumer owns, the offset that
// comes after everything stored.
func (q *Quarantine) Handled() map[int]int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return maps.Clone(q.handled)
}

func (q *Quarantine) start(ctx context.Context, partitions []int) (map[int]int64, error) {
	progress, err := q.cfg.Store.LoadProgress(ctx, Consumer)
	if err != nil {
		return nil, fmt.Errorf("load the progress of the quarantine: %w", err)
	}
	next, handled := make(map[int]int64), make(map[int]int64)
	for _, p := range partitions {
		// Zero too: a fresh store beside a group that has committed reads from the beginning.
		next[p], handled[p] = progress[p].Next, progress[p].Next
	}
	q.mu.Lock()
	q.handled = handled
	q.mu.Unlock()
	return next, nil
}

func (q *Quarantine) handle(ctx context.Context, msgs []claimwatch.Message, commit wire.Commit) error {
	var items []claimwatch.Quarantined
	uploads := make(map[string]claimwatch.Upload)
	progress := make(map[int]claimwatch.Progress)
	next := make(map[int]int64)
	for _, m := range msgs {
		read, u := q.read(m)
		items = append(items, read...)
		if u.ReceiptID != "" {
			uploads[u.ReceiptID] = u
		}
		at := progress[m.Partition]
		progress[m.Partition] = claimwatch.Progress{Next: m.Offset + 1, ReceivedAt: max(at.ReceivedAt, u.ReceivedAt)}
		next[m.Partition] = m.Offset + 1
	}

	// 1 insert
	if len(items) > 0 {
		if err := q.cfg.Store.InsertQuarantined(ctx, items, uploads); err != nil {
			return fmt.Errorf("insert %d refused records: %w", len(items), err)
		}
	}
	q.cfg.Crash("quarantine.inserted")

	// 2 commit
	if err := q.cfg.Store.SaveProgress(ctx, Consumer, progress); err != nil {
		return fmt.Errorf("save the progress of %d partitions: %w", len(progress), err)
	}
	q.cfg.Crash("quarantine.progress")
	if err := commit(ctx, next); err != nil {
		return fmt.Errorf("commit %d partitions: %w", len(next), err)
	}
	q.mu.Lock()
	maps.Copy(q.handled, next)
	q.mu.Unlock()
	return nil
}

// read gives the items of a message. What cannot be read becomes an item
// itself: the quarantine loses nothing either.
func (q *Quarantine) read(m claimwatch.Message) ([]claimwatch.Quarantined, claimwatch.Upload) {
	u, err := wire.ReadQuarantineUpload(m)
	if err != nil {
		q.met.bad.Inc()
		return []claimwatch.Quarantined{poison(m, u, claimwatch.CodeOf(err))}, claimwatch.Upload{ReceivedAt: u.ReceivedAt}
	}
	items, bad := wire.ReadQuarantine(m, u)
	if bad > 0 {
		q.met.bad.Inc()
		items = append(items, poison(m, u, claimwatch.CodeSyntax))
	}
	for i := range items {
		q.met.items.WithLabelValues(codeLabel(items[i].Refusal.Code)).Inc()
	}
	q.met.delay.Observe(q.cfg.Now().Sub(u.ReceivedAt.Time()).Seconds())
	return items, u
}

func poison(m claimwatch.Message, u claimwatch.Upload, code claimwatch.Code) claimwatch.Quarantined {
	return claimwatch.Quarantined{
		ID: wire.PoisonID(m.Partition, m.Offset), InstitutionID: u.InstitutionID, ReceivedAt: u.ReceivedAt,
		ReceiptID: u.ReceiptID, Raw: m.Value,
		Refusal: claimwatch.Refusal{Code: code, Message: "the message of the quarantine topic cannot be read"},
	}
}

// codeLabel keeps a foreign message from inventing labels.
func codeLabel(code claimwatch.Code) string {
	if len(code) > 32 {
		return "unknown"
	}
	for _, c := range code {
		if (c < 'a' || c > 'z') && c != '_' && (c < '0' || c > '9') {
			return "unknown"
		}
	}
	return string(code)
}
