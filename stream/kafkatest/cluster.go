package kafkatest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// EnvKafka is the variable that chooses the real Kafka when it is 1.
const EnvKafka = "CLAIMWATCH_TEST_KAFKA"

const (
	startTimeout = 90 * time.Second
	stopTimeout  = 30 * time.Second
)

// Cluster is one broker in a process of its own.
type Cluster struct {
	// Brokers is what stream.Config.Brokers takes. It stays the same over restarts.
	Brokers []string
	// Real tells that this is Apache Kafka and not the embedded log.
	Real bool

	dir  string
	make func() *exec.Cmd

	mu   sync.Mutex
	cmd  *exec.Cmd
	gone chan struct{}
}

// Start starts a broker with an empty log and stops it when the test ends.
func Start(t testing.TB) *Cluster {
	t.Helper()
	c, err := Run(t.TempDir())
	if err != nil {
		t.Fatalf("start a log for the test:\n%+v", err)
	}
	t.Cleanup(func() {
		c.Kill()
		if t.Failed() {
			t.Logf("the broker said:\n%s", c.output())
		}
	})
	return c
}

// Run starts a broker over dir. The caller ends it with Kill or Stop.
func Run(dir string) (*Cluster, error) {
	port, err := FreePort()
	if err != nil {
		return nil, err
	}
	c := &Cluster{
		Brokers: []string{fmt.Sprintf("127.0.0.1:%d", port)},
		Real:    os.Getenv(EnvKafka) == "1",
		dir:     dir,
	}
	if c.Real {
		c.make, err = prepareKafka(dir, port)
	} else {
		c.make, err = prepareEmbedded(dir, port)
	}
	if err != nil {
		return nil, err
	}
	if err := c.Restart(); err != nil {
		return nil, err
	}
	return c, nil
}

// Kill ends the broker with SIGKILL, as a power cut of the process would, and
// waits until it is gone.
func (c *Cluster) Kill() { c.end(syscall.SIGKILL) }

// Stop ends the broker in good order.
func (c *Cluster) Stop() error {
	if !c.end(syscall.SIGTERM) {
		c.Kill()
		return fmt.Errorf("the broker did not stop within %s:\n%s", stopTimeout, c.output())
	}
	return nil
}

// Pause stops the broker with SIGSTOP: connections stay open and nothing answers.
func (c *Cluster) Pause() error { return c.signal(syscall.SIGSTOP) }

// Continue ends a Pause.
func (c *Cluster) Continue() error { return c.signal(syscall.SIGCONT) }

// Restart starts the broker again over the same log and address and waits until
// it answers.
func (c *Cluster) Restart() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cmd != nil {
		return errors.New("the broker runs already")
	}
	out, err := os.OpenFile(c.logPath(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open output of the broker: %w", err)
	}
	defer out.Close() //nolint:errcheck // the process has its own handle
	cmd := c.make()
	cmd.Stdout, cmd.Stderr = out, out
	dieWithParent(cmd)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the broker: %w", err)
	}
	gone := make(chan struct{})
	go func() {
		cmd.Wait() //nolint:errcheck // a killed process always answers with an error
		close(gone)
	}()
	if err := c.await(gone); err != nil {
		cmd.Process.Kill() //nolint:errcheck // it may be gone already
		<-gone
		return fmt.Errorf("wait for the broker: %w; it said:\n%s", err, c.output())
	}
	c.cmd, c.gone = cmd, gone
	return nil
}

// await polls until the port is open: brokers open it when they can serve.
func (c *Cluster) await(gone <-chan struct{}) error {
	deadline := time.After(startTimeout)
	for {
		conn, err := net.DialTimeout("tcp", c.Brokers[0], time.Second)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-gone:
			return errors.New("it ended")
		case <-deadline:
			return fmt.Errorf("nothing listens after %s: %w", startTimeout, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (c *Cluster) end(sig syscall.Signal) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cmd == nil {
		return true
	}
	c.cmd.Process.Signal(sig)             //nolint:errcheck // it may be gone already
	c.cmd.Process.Signal(syscall.SIGCONT) //nolint:errcheck // a paused process cannot end
	select {
	case <-c.gone:
	case <-time.After(stopTimeout):
		return false
	}
	c.cmd = nil
	return true
}

func (c *Cluster) signal(sig syscall.Signal) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cmd == nil {
		return errors.New("the broker does not run")
	}
	return c.cmd.Process.Signal(sig)
}

// PID is the process of the broker, 0 when it does not run; for measuring it.
func (c *Cluster) PID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cmd == nil {
		return 0
	}
	return c.cmd.Process.Pid
}

func (c *Cluster) logPath() string { return filepath.Join(c.dir, "broker.log") }

// output is the end of what the broker printed.
func (c *Cluster) output() string {
	data, err := os.ReadFile(c.logPath())
	if err != nil {
		return err.Error()
	}
	return string(data[max(0, len(data)-8_000):])
}

// FreePort finds a port of the loopback for a process that is about to start. It lies
// below those that the kernel gives to connections going out, which would take it while
// nobody listens there: before the start, and between a kill and the next start.
func FreePort() (int, error) {
	var err error
	for range 100 {
		port := 20_000 + rand.IntN(12_000)
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, fmt.Errorf("find a free port: %w", err)
}
