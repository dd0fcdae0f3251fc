package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"claimwatch/stream/kafkatest"
)

// binary is built once, with the crash points compiled in.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "claimwatch-e2e-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "claimwatch")
	out, err := exec.Command("go", "build", "-tags", "crashpoints", "-o", path, "claimwatch/cmd/claimwatch").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// setup is what a server is started with; a restart uses the same.
type setup struct {
	data    string
	clock   string
	kafka   *kafkatest.Cluster // nil: the embedded log
	serve   string             // lines of a serve file
	env     []string
	address string
}

// server is one process of the product.
type server struct {
	setup
	*client
	cmd    *exec.Cmd
	exited chan struct{}
	log    *bytes.Buffer
	mu     sync.Mutex
}

// newSetup chooses the log by the environment, so that one suite runs on both.
func newSetup(t testing.TB, clock string) setup {
	t.Helper()
	s := setup{data: t.TempDir(), clock: clock, address: freeAddress(t)}
	if os.Getenv("CLAIMWATCH_TEST_KAFKA") == "1" {
		s.kafka = kafkatest.Start(t)
	}
	return s
}

func freeAddress(t testing.TB) string {
	t.Helper()
	port, err := kafkatest.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("127.0.0.1:%d", port)
}

// start runs a server and waits until it is ready.
func start(t testing.TB, s setup) *server {
	t.Helper()
	p := launch(t, s)
	p.waitReady(t)
	return p
}

// launch runs a server without waiting.
func launch(t testing.TB, s setup) *server {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &server{setup: s, exited: make(chan struct{}), log: &bytes.Buffer{}}
	p.cmd = exec.Command(path, s.arguments(t)...)
	p.cmd.Env = append(os.Environ(), s.env...)
	p.cmd.Stderr = &lockedWriter{mu: &p.mu, to: p.log}
	p.cmd.Stdout = p.cmd.Stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("start claimwatch: %v", err)
	}
	go func() { _ = p.cmd.Wait(); close(p.exited) }()
	p.client = &client{url: "http://" + s.address, keyFile: filepath.Join(s.data, "admin.key")}
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("last words of the server:\n%s", tail(p.output(), 6000))
		}
	})
	return p
}

func (s setup) arguments(t testing.TB) []string {
	t.Helper()
	if s.kafka == nil && s.serve == "" {
		return []string{"run", "--data", s.data, "--listen", s.address, "--clock", s.clock}
	}
	config := fmt.Sprintf("listen: %q\ndata: %q\nclock: %s\n", s.address, s.data, s.clock)
	if s.kafka != nil {
		config += "kafka: " + kafkaLine(s.kafka.Brokers) + "\n"
	}
	file := s.configFile()
	if err := os.WriteFile(file, []byte(config+s.serve), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"serve", "--config", file}
}

// kafkaLine names brokers that keep everything once, in a serve file. Brokers
// refuse sessions that are shorter.
func kafkaLine(brokers []string) string {
	return fmt.Sprintf("{brokers: [%q], replication: 1, min_insync_replicas: 1, session: 6s, partitions: {records: 4, touched: 4, quarantine: 1}}",
		strings.Join(brokers, `","`))
}

func (s setup) configFile() string { return filepath.Join(s.data, "serve.yaml") }

func (p *server) waitReady(t testing.TB) {
	t.Helper()
	deadline := time.Now().Add(90 * time.Second)
	for time.Now().Before(deadline) {
		select {
		case <-p.exited:
			t.Fatalf("claimwatch ended at start:\n%s", tail(p.output(), 6000))
		default:
		}
		answer, err := http.Get(p.url + "/readyz")
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("claimwatch is not ready after 90 s:\n%s", tail(p.output(), 6000))
}

// kill ends the process as a power cut would.
func (p *server) kill() {
	_ = p.cmd.Process.Kill()
	<-p.exited
}

// stop ends the process as Ctrl-C would and gives its exit code.
func (p *server) stop(t testing.TB) int {
	t.Helper()
	_ = p.cmd.Process.Signal(syscall.SIGINT)
	select {
	case <-p.exited:
	case <-time.After(30 * time.Second):
		t.Fatalf("claimwatch does not end 30 s after SIGINT:\n%s", tail(p.output(), 6000))
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *server) signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatalf("signal %v: %v", s, err)
	}
}

func (p *server) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// run executes a client command of the binary and gives its stdout.
func run(t testing.TB, args ...string) (string, int) {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("run %v: %v", args, err)
	}
	if cmd.ProcessState.ExitCode() != 0 {
		t.Logf("claimwatch %s: %s", strings.Join(args, " "), errs.String())
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// lockedWriter lets the test read what the process writes.
type lockedWriter struct {
	mu *sync.Mutex
	to *bytes.Buffer
}

func (w *lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(p)
}

func tail(text string, n int) string {
	if len(text) > n {
		return "…" + text[len(text)-n:]
	}
	return text
}
