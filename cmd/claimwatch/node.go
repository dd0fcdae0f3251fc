package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/store"
	"claimwatch/stream"
	"claimwatch/stream/embedded"
)

// node is everything in one process: the log, the store, and the stages that
// work on them. The embedded log and store sit under the same clients as real
// ones, so there is one wiring for run, serve, demo and replay.
type node struct {
	settings settings
	log      *zap.Logger
	registry *prometheus.Registry

	broker *embedded.Broker // nil with a real Kafka
	stream *stream.Client
	db     *store.DB
	stages *stages

	sweeps      atomic.Int64 // evaluations that callers asked for
	compared    atomic.Bool  // whom the library of this start concerns is touched
	caughtUp    caughtUp
	skipTouched bool // replay: everybody is touched anew, what was touched before does not matter
	closers     []func() error
}

// openNode opens the log and the store, checks both, and wires the stages.
// Nothing runs yet.
func openNode(ctx context.Context, s settings, log *zap.Logger) (*node, error) {
	n := &node{settings: s, log: log, registry: prometheus.NewRegistry()}
	n.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	n.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "claimwatch_build_info", Help: "Always 1; the version of this process is its label.", ConstLabels: prometheus.Labels{"version": version},
	}, func() float64 { return 1 }))
	for _, open := range []func(context.Context) error{n.openData, n.openLog, n.openStore, n.wire} {
		if err := open(ctx); err != nil {
			n.close()
			return nil, err
		}
	}
	return n, nil
}

func (n *node) openData(context.Context) error { return n.settings.makeData() }

func (n *node) openLog(ctx context.Context) error {
	address := ""
	if len(n.settings.Kafka.Brokers) == 0 {
		broker, err := embedded.Start(n.settings.logDir(), n.settings.Kafka.Listen, n.log)
		if err != nil {
			return fmt.Errorf("start the embedded log: %w", err)
		}
		n.broker = broker
		n.closers = append(n.closers, broker.Close)
		address = broker.Addr()
	}
	client, err := stream.Open(n.settings.streamConfig(address), n.log, n.registry)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	n.stream = client
	n.closers = append(n.closers, client.Close)
	if err := client.EnsureTopics(ctx); err != nil {
		return fmt.Errorf("check the topics: %w", err)
	}
	return nil
}

func (n *node) openStore(ctx context.Context) error {
	db, err := store.Open(ctx, n.settings.storeConfig(n.settings.storeDir()), n.log)
	if err != nil {
		return fmt.Errorf("open the store: %w", err)
	}
	n.db = db
	n.closers = append(n.closers, db.Close)
	if err := db.Migrate(ctx); err != nil {
		return fmt.Errorf("bring the store's schema up to date: %w", err)
	}
	return nil
}

// close ends what openNode opened, in reverse.
func (n *node) close() {
	for i := len(n.closers) - 1; i >= 0; i-- {
		if err := n.closers[i](); err != nil {
			n.log.Warn("close", zap.Error(err))
		}
	}
	n.closers = nil
}

// asOf is the time as of which rules are evaluated, and the product's clock for
// notices and deadlines: now, or with the event clock the latest event stored.
func (n *node) asOf(ctx context.Context) (claimwatch.Instant, bool, error) {
	if n.settings.Clock == "wall" {
		return claimwatch.InstantOf(clock()), true, nil
	}
	return n.db.Latest(ctx)
}

func (n *node) keyFile() string { return filepath.Join(n.settings.Data, adminKeyFile) }

// adminKey gives the hash of the key with every role, and makes the key at the
// first start.
func (n *node) adminKey() (string, error) {
	text, err := os.ReadFile(n.keyFile())
	if errors.Is(err, fs.ErrNotExist) {
		key, hash := newKey()
		if err := os.WriteFile(n.keyFile(), []byte(key+"\n"), 0o600); err != nil {
			return "", fmt.Errorf("keep the admin key: %w", err)
		}
		return hash, nil
	}
	if err != nil {
		return "", fmt.Errorf("read the admin key: %w", err)
	}
	sum := sha256.Sum256([]byte(strings.TrimSpace(string(text))))
	return hex.EncodeToString(sum[:]), nil
}
