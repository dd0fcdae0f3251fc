package notary_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/key"
	"claimwatch/audit/notary"
	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

// ledger is a journal whose every size is known.
type ledger struct {
	mu sync.Mutex
	journal.State
	marks []proof.Checkpoint
}

func newLedger() *ledger { return &ledger{marks: []proof.Checkpoint{(&journal.State{}).Mark()}} }

func (l *ledger) grow(t *testing.T, n int, reason string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for range n {
		i := len(l.marks)
		command, err := journal.NewCommand(journal.Command{
			ID: fmt.Sprint("c_", i), Type: journal.TypeKeyAdd, At: 1_772_000_000_000, Actor: journal.Actor{Key: journal.SystemKey}, Reason: reason,
		}, key.Key{SHA256: key.Hash(fmt.Sprint(i)), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}, nil)
		if err != nil {
			t.Fatalf("NewCommand() error:\n%+v", err)
		}
		messages, err := journal.Encode(command)
		if err != nil {
			t.Fatalf("Encode() error:\n%+v", err)
		}
		for _, m := range messages {
			if taken, err := l.Take(m); err != nil || taken.Accepted == nil {
				t.Fatalf("Take() gives %+v, %v", taken, err)
			}
		}
		l.marks = append(l.marks, l.State.Mark())
	}
}

func (l *ledger) Mark() proof.Checkpoint {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.marks[len(l.marks)-1]
}

func (l *ledger) MarkAt(size uint64) (proof.Checkpoint, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if size >= uint64(len(l.marks)) {
		return proof.Checkpoint{}, fmt.Errorf("there are %d", len(l.marks)-1)
	}
	return l.marks[size], nil
}

func (l *ledger) Leaves(after, size uint64) []journal.Leaf {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.State.Leaves()[after:size]
}

// office is a notary with everything around it.
type office struct {
	*notary.Notary
	reg     *prometheus.Registry
	private string
	dir     string
	posted  []string
	fail    error
}

func open(t *testing.T, l *ledger, dir, private string) *office {
	t.Helper()
	o := &office{reg: prometheus.NewRegistry(), dir: dir, private: private}
	caughtUp := make(chan struct{})
	close(caughtUp)
	var err error
	o.Notary, err = notary.New(notary.Config{Every: time.Millisecond}, notary.Deps{
		Journal: l, CaughtUp: caughtUp, Book: notary.Files{Dir: dir}, Now: func() time.Time { return time.UnixMilli(1_772_400_000_000) },
		Signer: func() (*proof.Signer, error) { return proof.NewSigner(private, rand.Reader) },
		Publish: func(note []byte) error {
			o.posted = append(o.posted, string(note))
			return o.fail
		},
	}, zap.NewNop(), o.reg)
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	return o
}

func newPrivate(t *testing.T) string {
	t.Helper()
	private, _, err := proof.GenerateKey(rand.Reader, proof.Ed25519, "claimwatch/test")
	if err != nil {
		t.Fatalf("GenerateKey() error:\n%+v", err)
	}
	return private
}

// gauge reads a metric.
func (o *office) gauge(t *testing.T, name string) float64 {
	t.Helper()
	families, err := o.reg.Gather()
	if err != nil {
		t.Fatalf("Gather() error:\n%+v", err)
	}
	for _, family := range families {
		if family.GetName() == name {
			return family.GetMetric()[0].GetGauge().GetValue()
		}
	}
	t.Fatalf("there is no metric %s", name)
	return 0
}

// A head is signed when it has moved, and once; what is kept beside the log verifies,
// also over a restart and behind what a crash has left at the ends of the files.
func TestCheckpoints(t *testing.T) {
	l, dir, private := newLedger(), t.TempDir(), newPrivate(t)
	l.grow(t, 3, "a")
	o := open(t, l, dir, private)
	first, head, err := o.Checkpoint(t.Context())
	if err != nil || head.Size != 3 {
		t.Fatalf("Checkpoint() gives %+v, error:\n%+v", head, err)
	}
	again, _, err := o.Checkpoint(t.Context())
	if err != nil || string(again) != string(first) || len(o.posted) != 1 {
		t.Errorf("a head that has not moved is signed again: %d published, %v", len(o.posted), err)
	}
	l.grow(t, 2, "a")
	o.fail = errors.New("the other machine is away")
	if _, head, err = o.Checkpoint(t.Context()); err != nil || head.Size != 5 || len(o.posted) != 2 {
		t.Errorf("Checkpoint() gives %+v, %d published, %v", head, len(o.posted), err)
	}
	if o.gauge(t, "claimwatch_journal_signed_entries") != 5 || o.gauge(t, "claimwatch_journal_forked") != 0 {
		t.Error("the metrics do not say that 5 entries are signed")
	}
	want := `
# HELP claimwatch_journal_checkpoints_total Heads of the journal that were signed, published, or could not be.
# TYPE claimwatch_journal_checkpoints_total counter
claimwatch_journal_checkpoints_total{outcome="failed"} 1
claimwatch_journal_checkpoints_total{outcome="published"} 1
claimwatch_journal_checkpoints_total{outcome="signed"} 2
`
	if err := testutil.GatherAndCompare(o.reg, strings.NewReader(want), "claimwatch_journal_checkpoints_total"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{verify.FileLeaves, verify.FileCheckpoints} {
		if err := notary.Append(filepath.Join(dir, name), []byte("claimwatch/te")); err != nil {
			t.Fatalf("Append() error:\n%+v", err)
		}
	}
	l.grow(t, 1, "a")
	if _, head, err = open(t, l, dir, private).Checkpoint(t.Context()); err != nil || head.Size != 6 {
		t.Fatalf("Checkpoint() after a restart gives %+v, error:\n%+v", head, err)
	}
	checkpoints, err := os.ReadFile(filepath.Join(dir, verify.FileCheckpoints))
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	report, err := verify.Checkpoints(checkpoints, verify.Options{Keys: []*proof.Verifier{o.Key()}})
	if err != nil || !report.Whole || report.Signed != 6 {
		t.Errorf("Checkpoints() error %v:\n%+v", err, report)
	}
	leaves, err := os.ReadFile(filepath.Join(dir, verify.FileLeaves))
	if err != nil || strings.Count(string(leaves), "\n") != 6 {
		t.Errorf("%d leaves are kept, %v", strings.Count(string(leaves), "\n"), err)
	}
	for i, line := range strings.SplitAfter(strings.TrimSuffix(string(leaves), "\n"), "\n") {
		if leaf, err := verify.ParseLeafLine(strings.TrimSuffix(line, "\n") + "\n"); err != nil || leaf != l.State.Leaves()[i] {
			t.Errorf("leaf %d is %+v, %v", i+1, leaf, err)
		}
	}
}

// A journal that contradicts what was signed is never signed: one that was rewritten,
// and one whose end was cut off; also not with another key.
func TestForkIsNotSigned(t *testing.T) {
	for name, other := range map[string]func(*ledger){
		"rewritten": func(l *ledger) { l.grow(t, 6, "b") },
		"cut off":   func(l *ledger) { l.grow(t, 3, "a") },
	} {
		for _, sameKey := range []bool{true, false} {
			t.Run(fmt.Sprint(name, sameKey), func(t *testing.T) {
				l, dir, private := newLedger(), t.TempDir(), newPrivate(t)
				l.grow(t, 4, "a")
				if _, _, err := open(t, l, dir, private).Checkpoint(t.Context()); err != nil {
					t.Fatalf("Checkpoint() error:\n%+v", err)
				}
				if !sameKey {
					private = newPrivate(t)
				}
				forked := newLedger()
				other(forked)
				o := open(t, forked, dir, private)
				for range 2 {
					if _, _, err := o.Checkpoint(t.Context()); claimwatch.CodeOf(err) != claimwatch.CodeUnavailable {
						t.Fatalf("Checkpoint() error is %v", err)
					}
				}
				if o.gauge(t, "claimwatch_journal_forked") != 1 || len(o.posted) > 0 {
					t.Errorf("nobody is told: %d published", len(o.posted))
				}
			})
		}
	}
}

// Nothing is signed before the journal is read, or it would look cut off; Run signs
// what is there when it ends.
func TestRun(t *testing.T) {
	l, dir, private := newLedger(), t.TempDir(), newPrivate(t)
	caughtUp := make(chan struct{})
	n, err := notary.New(notary.Config{Every: time.Hour}, notary.Deps{
		Journal: l, CaughtUp: caughtUp, Book: notary.Files{Dir: dir}, Now: time.Now,
		Signer: func() (*proof.Signer, error) { return proof.NewSigner(private, rand.Reader) },
	}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	if _, _, err := n.Checkpoint(t.Context()); claimwatch.CodeOf(err) != claimwatch.CodeUnavailable {
		t.Errorf("Checkpoint() before the journal is read: %v", err)
	}
	if _, err := n.Sign("text\n"); claimwatch.CodeOf(err) != claimwatch.CodeUnavailable {
		t.Errorf("Sign() before the journal is read: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- n.Run(ctx) }()
	l.grow(t, 2, "a")
	close(caughtUp)
	for signed := false; !signed; time.Sleep(time.Millisecond) {
		last, err := os.ReadFile(filepath.Join(dir, verify.FileCheckpoints)) // Last would shorten what is being written
		if signed = strings.Contains(string(last), "\n2\n"); err != nil && !errors.Is(err, os.ErrNotExist) || t.Context().Err() != nil {
			t.Fatalf("the checkpoints are %q, %v", last, err)
		}
	}
	l.grow(t, 1, "a")
	cancel()
	if err := <-done; err != nil {
		t.Fatalf("Run() error:\n%+v", err)
	}
	if leaves, last, err := (notary.Files{Dir: dir}).Last(); err != nil || leaves != 3 || !strings.Contains(string(last), "\n3\n") {
		t.Errorf("Run() has left %d leaves and %q, %v", leaves, last, err)
	}
}
