package notary

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
)

// Journal is what is signed.
type Journal interface {
	Mark() proof.Checkpoint
	MarkAt(size uint64) (proof.Checkpoint, error)
	Leaves(after, size uint64) []journal.Leaf
}

// Book keeps what was signed.
type Book interface {
	// Last gives how many leaves are kept and the latest checkpoint, nil for none.
	Last() (leaves uint64, last []byte, err error)
	// Append keeps the leaves that are new, then the checkpoint over them; both are
	// on disk when it returns.
	Append(leaves []journal.Leaf, checkpoint []byte) error
}

// Config of the notary.
type Config struct {
	Every time.Duration // at most one checkpoint in this time, beside those that are asked for
}

// DefaultConfig signs at most every ten seconds.
func DefaultConfig() Config { return Config{Every: 10 * time.Second} }

// Deps is what a notary works with.
type Deps struct {
	Journal  Journal
	CaughtUp <-chan struct{} // before it nothing is signed
	Signer   func() (*proof.Signer, error)
	Book     Book
	Publish  func(checkpoint []byte) error // nil: nowhere
	Now      func() time.Time
}

// Notary signs heads. It is safe for concurrent use.
type Notary struct {
	cfg  Config
	deps Deps
	log  *zap.Logger
	met  *metrics

	mu     sync.Mutex
	signer *proof.Signer // nil until the book is opened
	leaves uint64        // kept in the book
	last   proof.Checkpoint
	note   []byte // of last; nil before the first
	bad    error  // why nothing is signed any more
}

type metrics struct {
	checkpoints *prometheus.CounterVec // by outcome: signed, published, failed
	signed      prometheus.Gauge
	forked      prometheus.Gauge
}

// New makes a notary that does nothing until Run or Checkpoint.
func New(cfg Config, deps Deps, log *zap.Logger, reg prometheus.Registerer) (*Notary, error) {
	met := &metrics{
		checkpoints: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_journal_checkpoints_total", Help: "Heads of the journal that were signed, published, or could not be.",
		}, []string{"outcome"}),
		signed: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "claimwatch_journal_signed_entries", Help: "Entries of the journal under the latest signed head.",
		}),
		forked: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "claimwatch_journal_forked", Help: "1 when the journal contradicts a head that was signed before: nothing is signed any more.",
		}),
	}
	for _, c := range []prometheus.Collector{met.checkpoints, met.signed, met.forked} {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("register metrics of notary: %w", err)
		}
	}
	return &Notary{cfg: cfg, deps: deps, log: log, met: met}, nil
}

// Run signs heads until ctx ends, and the last one then. It gives no error: a
// process that cannot sign still decides, and says so.
func (n *Notary) Run(ctx context.Context) error {
	select {
	case <-n.deps.CaughtUp:
	case <-ctx.Done():
		return nil
	}
	ticker := time.NewTicker(n.cfg.Every)
	defer ticker.Stop()
	for {
		if _, _, err := n.sign(); err != nil {
			n.log.Error("sign head of journal", zap.Error(err))
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			if _, _, err := n.sign(); err != nil {
				n.log.Error("sign head of journal", zap.Error(err))
			}
			return nil
		}
	}
}

// Checkpoint is the signed head now: a new note when the head has moved since the
// latest, else that one. The error is unavailable while the journal is being read, or
// when it contradicts what was signed.
func (n *Notary) Checkpoint(context.Context) (note []byte, head proof.Checkpoint, err error) {
	note, head, err = n.sign()
	if claimwatch.CodeOf(err) == claimwatch.CodeUnavailable {
		return nil, head, err
	}
	if err != nil {
		n.log.Error("sign head of journal", zap.Error(err))
		refused := claimwatch.Refuse(claimwatch.CodeUnavailable, "the head of the journal cannot be signed; the operator finds the reason in the log of the process")
		refused.Cause = err
		return nil, head, refused
	}
	return note, head, nil
}

// Key is the public key; nil before anything was signed.
func (n *Notary) Key() *proof.Verifier {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.signer == nil {
		return nil
	}
	return &n.signer.Verifier
}

// Sign signs a text of another kind than checkpoints with the same key.
func (n *Notary) Sign(text string) ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.open(); err != nil {
		return nil, err
	}
	return proof.SignNote(text, n.signer)
}

// sign makes the note of the head as it is.
func (n *Notary) sign() ([]byte, proof.Checkpoint, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.open(); err != nil {
		n.met.checkpoints.WithLabelValues("failed").Inc()
		return nil, proof.Checkpoint{}, err
	}
	mark := n.deps.Journal.Mark()
	if n.note != nil && mark.Size == n.last.Size {
		return n.note, n.last, nil
	}
	mark.Origin, mark.At = n.signer.Name(), claimwatch.InstantOf(n.deps.Now())
	note, err := mark.Sign(n.signer)
	if err == nil {
		err = n.deps.Book.Append(n.deps.Journal.Leaves(n.leaves, mark.Size), note)
	}
	if err != nil {
		n.signer = nil // what of it was written is read again
		n.met.checkpoints.WithLabelValues("failed").Inc()
		return nil, mark, err
	}
	n.last, n.note, n.leaves = mark, note, max(n.leaves, mark.Size)
	n.met.checkpoints.WithLabelValues("signed").Inc()
	n.met.signed.Set(float64(mark.Size))
	n.publish(note)
	return note, mark, nil
}

// publish appends the note elsewhere. A later one covers what this one would have,
// so that a failure is told and not repeated.
func (n *Notary) publish(note []byte) {
	if n.deps.Publish == nil {
		return
	}
	if err := n.deps.Publish(note); err != nil {
		n.met.checkpoints.WithLabelValues("failed").Inc()
		n.log.Error("publish head of journal", zap.Error(err))
		return
	}
	n.met.checkpoints.WithLabelValues("published").Inc()
}

// open reads key and book once, and holds the journal against what it signed before.
func (n *Notary) open() error {
	if n.bad != nil {
		return n.bad
	}
	if n.signer != nil {
		return nil
	}
	select {
	case <-n.deps.CaughtUp:
	default: // it would look shorter than what was signed
		return claimwatch.Refuse(claimwatch.CodeUnavailable, "the journal is being read; ask again in a moment")
	}
	signer, err := n.deps.Signer()
	if err != nil {
		return err
	}
	leaves, last, err := n.deps.Book.Last()
	if err != nil {
		return fmt.Errorf("read what was signed: %w", err)
	}
	if last != nil {
		if err := n.compare(last, &signer.Verifier); err != nil {
			return err
		}
	}
	if mark := n.deps.Journal.Mark(); leaves > mark.Size {
		return n.fork(fmt.Errorf("%d entries were listed, the journal has %d: its end was cut off", leaves, mark.Size))
	}
	n.signer, n.leaves = signer, leaves
	return nil
}

// compare holds the journal against the latest checkpoint of the book. One of a key
// of before is compared too: a new key does not make a new past.
func (n *Notary) compare(last []byte, key *proof.Verifier) error {
	head, _, err := proof.Open(last, key)
	if head.Head == "" {
		return fmt.Errorf("read what was signed: %w", err)
	}
	mark, bad := n.deps.Journal.MarkAt(head.Size)
	switch {
	case bad != nil:
		return n.fork(fmt.Errorf("a head of %d entries was signed: %w", head.Size, bad))
	case mark.Root != head.Root || mark.Head != head.Head:
		return n.fork(fmt.Errorf("the first %d entries are not those that were signed", head.Size))
	}
	if err == nil {
		n.last, n.note = head, last
		n.met.signed.Set(float64(head.Size))
	}
	return nil
}

// fork stops signing for good: whoever holds the earlier head must be able to see
// that this journal is another one.
func (n *Notary) fork(cause error) error {
	n.met.forked.Set(1)
	n.bad = fmt.Errorf("the journal contradicts what was signed, nothing is signed any more (claimwatch verify names the place): %w", cause)
	return n.bad
}
