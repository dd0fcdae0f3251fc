package embedded

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/zap"
)

// Broker is a Kafka broker in this process, over one directory.
type Broker struct {
	cluster *kfake.Cluster
	lock    *os.File
	addr    string

	close sync.Once
	err   error
}

// Start opens the log in dir, makes it when it is not there, and listens on the
// loopback address listen; empty stands for 127.0.0.1 and any free port. It
// refuses a directory that another process has open.
func Start(dir, listen string, log *zap.Logger) (*Broker, error) {
	if listen == "" {
		listen = "127.0.0.1:0"
	}
	if err := checkLoopback(listen); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make log directory: %w", err)
	}
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	cluster, err := kfake.NewCluster(
		kfake.NumBrokers(1),
		kfake.ClusterID("claimwatch"),
		kfake.DataDir(filepath.Join(dir, "kafka")),
		kfake.SyncWrites(),
		kfake.BrokerConfigs(brokerSettings()),
		kfake.ListenFn(func(network, _ string) (net.Listener, error) { return net.Listen(network, listen) }),
		kfake.WithLogger(logger{log}),
	)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open log in %s: %w", dir, err), lock.Close())
	}
	// kfake reads the whole log to find its offsets again and then needs
	// nothing of it: give the memory back instead of keeping a heap as large
	// as the log.
	debug.FreeOSMemory()
	return &Broker{cluster: cluster, lock: lock, addr: cluster.ListenAddrs()[0]}, nil
}

// Addr is the host:port to give to stream.Config.Brokers.
func (b *Broker) Addr() string { return b.addr }

// Close writes down what helps the next start, ends all connections and gives
// the directory free. Close the clients first: a member that did not leave its
// group is waited for after the next start.
func (b *Broker) Close() error {
	b.close.Do(func() {
		b.cluster.Close()
		if err := b.lock.Close(); err != nil {
			b.err = fmt.Errorf("release log directory: %w", err)
		}
	})
	return b.err
}

// brokerSettings are where kfake would do otherwise than a log that is the truth.
func brokerSettings() map[string]string {
	return map[string]string{
		"log.retention.ms":          "-1",
		"log.retention.bytes":       "-1",
		"min.insync.replicas":       "1",
		"offsets.retention.minutes": "525600",
	}
}

// checkLoopback keeps a log without passwords away from the network.
func checkLoopback(listen string) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("listen address of the embedded log: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("the embedded log asks nobody for a password and listens on loopback only, not on %q", listen)
	}
	return nil
}
