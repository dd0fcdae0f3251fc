package embedded_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/stream"
	"claimwatch/stream/embedded"
)

// The test binary plays the process that is killed: it starts a broker in
// itself, writes, and prints each value once it was acknowledged.
const envVictim = "CLAIMWATCH_TEST_VICTIM_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(envVictim); dir != "" {
		fmt.Println("victim:", victim(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func start(dir string) (*embedded.Broker, *stream.Client, error) {
	b, err := embedded.Start(dir, "", zap.NewNop())
	if err != nil {
		return nil, nil, err
	}
	cfg := stream.Local(b.Addr())
	cfg.Now = time.Now
	c, err := stream.Open(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		return nil, nil, err
	}
	return b, c, c.EnsureTopics(context.Background())
}

func victim(dir string) error {
	_, c, err := start(dir)
	if err != nil {
		return err
	}
	acked := make(chan string)
	for g := range 8 {
		go func() {
			for i := 0; ; i++ {
				value := fmt.Sprintf("%d-%d-%d", os.Getpid(), g, i)
				m := claimwatch.Message{Key: []byte(value), Value: []byte(value + strings.Repeat(" ", i*97%3000))}
				if err := c.Writer(claimwatch.TopicRecords).Write(context.Background(), m); err != nil {
					fmt.Println("victim:", err)
					os.Exit(1)
				}
				acked <- value
			}
		}()
	}
	for value := range acked {
		fmt.Println(value)
	}
	return nil
}

func mustStart(t *testing.T, dir string) (*embedded.Broker, *stream.Client, func()) {
	t.Helper()
	b, c, err := start(dir)
	if err != nil {
		t.Fatalf("start error:\n%+v", err)
	}
	stop := func() {
		if err := errors.Join(c.Close(), b.Close()); err != nil {
			t.Errorf("close error:\n%+v", err)
		}
	}
	t.Cleanup(stop)
	return b, c, stop
}

// readAll counts the values of the records topic.
func readAll(t *testing.T, c *stream.Client) map[string]int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	got := map[string]int{}
	err := c.ReadAll(ctx, stream.TailConfig{
		Topic: claimwatch.TopicRecords, Name: "test",
		Handle: func(_ context.Context, msgs []claimwatch.Message) error {
			for _, m := range msgs {
				got[strings.TrimSpace(string(m.Value))]++
			}
			return nil
		},
	})
	if err != nil {
		t.Fatalf("ReadAll() error:\n%+v", err)
	}
	return got
}

// Nothing that was acknowledged is lost when the process that holds both the
// log and the writer is killed in the middle of it.
func TestKillWhileWriting(t *testing.T) {
	dir := t.TempDir()
	acked := map[string]bool{}
	for round := range 6 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), envVictim+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatalf("StdoutPipe() error:\n%+v", err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatalf("Start() error:\n%+v", err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			if strings.HasPrefix(lines.Text(), "victim:") {
				t.Fatal(lines.Text())
			}
			acked[lines.Text()] = true
			if n == 100+150*round {
				cmd.Process.Kill() //nolint:errcheck // Wait tells
			}
		}
		cmd.Wait() //nolint:errcheck // killed
	}
	_, c, _ := mustStart(t, dir)
	got := readAll(t, c)
	for value := range acked {
		if got[value] != 1 {
			t.Errorf("%s was acknowledged and is in the log %d times", value, got[value])
		}
	}
	t.Logf("%d acknowledged in 6 rounds, %d in the log", len(acked), len(got))
}

// A produce request that a crash cut off half-way is dropped and what comes
// later gets its offsets; what was complete stays.
func TestTornTailIsCutOff(t *testing.T) {
	dir := t.TempDir()
	_, c, stop := mustStart(t, dir)
	m := claimwatch.Message{Key: []byte("k"), Value: []byte("whole")}
	if err := c.Writer(claimwatch.TopicRecords).Write(t.Context(), m); err != nil {
		t.Fatalf("Write() error:\n%+v", err)
	}
	partition := c.PartitionOf(claimwatch.TopicRecords, m.Key)
	stop()
	segments, err := filepath.Glob(filepath.Join(dir, "kafka", "partitions", fmt.Sprintf("%s-%d", claimwatch.TopicRecords, partition), "*.dat"))
	if err != nil || len(segments) != 1 {
		t.Fatalf("segments are %v, %v", segments, err)
	}
	data, err := os.ReadFile(segments[0])
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	if err := os.WriteFile(segments[0], append(data, data[:len(data)/2]...), 0o600); err != nil {
		t.Fatalf("WriteFile() error:\n%+v", err)
	}
	_, c, _ = mustStart(t, dir)
	m.Value = []byte("later")
	if err := c.Writer(claimwatch.TopicRecords).Write(t.Context(), m); err != nil {
		t.Fatalf("Write() error:\n%+v", err)
	}
	if got := readAll(t, c); got["whole"] != 1 || got["later"] != 1 || len(got) != 2 {
		t.Errorf("the log has %v", got)
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	b, err := embedded.Start(dir, "", zap.NewNop())
	if err != nil {
		t.Fatalf("Start() error:\n%+v", err)
	}
	_, err = embedded.Start(dir, "", zap.NewNop())
	if !errors.Is(err, embedded.ErrInUse) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("Start() error is %v, want one that names the directory and the process", err)
	}
	for range 2 {
		if err := b.Close(); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	}
	again, err := embedded.Start(dir, b.Addr(), zap.NewNop())
	if err != nil {
		t.Fatalf("Start() after Close error:\n%+v", err)
	}
	if again.Addr() != b.Addr() {
		t.Errorf("Addr() is %s, want the one asked for, %s", again.Addr(), b.Addr())
	}
	if err := again.Close(); err != nil {
		t.Errorf("Close() error:\n%+v", err)
	}
}

func TestOnlyLoopback(t *testing.T) {
	for addr, ok := range map[string]bool{
		"127.0.0.1:0": true, "localhost:0": true, "0.0.0.0:0": false, ":0": false, "192.0.2.1:9092": false, "nonsense": false,
	} {
		b, err := embedded.Start(t.TempDir(), addr, zap.NewNop())
		if (err == nil) != ok {
			t.Errorf("Start(%q) error is %v", addr, err)
		}
		if b != nil {
			if err := b.Close(); err != nil {
				t.Errorf("Close() error:\n%+v", err)
			}
		}
	}
}

// A group goes on where it was, after a restart in good order and without waiting
// for members of before.
func TestGroupResumesAfterRestart(t *testing.T) {
	dir := t.TempDir()
	for round := range 3 {
		_, c, stop := mustStart(t, dir)
		want := fmt.Sprint("round ", round)
		if err := c.Writer(claimwatch.TopicTouched).Write(t.Context(), claimwatch.Message{Key: []byte("k"), Value: []byte(want)}); err != nil {
			t.Fatalf("Write() error:\n%+v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		var got []string
		begin := time.Now()
		err := c.Consume(ctx, stream.ConsumerConfig{
			Topic: claimwatch.TopicTouched, Group: "g",
			Handle: func(ctx context.Context, b *stream.Batch) error {
				for _, m := range b.Messages() {
					got = append(got, string(m.Value))
				}
				defer cancel()
				return b.Commit(ctx, nil)
			},
		})
		if err != nil {
			t.Fatalf("Consume() error:\n%+v", err)
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("round %d got %v: the commit of before was lost", round, got)
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("round %d took %s from joining to leaving, aim is well under 2 s", round, took)
		}
		stop()
	}
}
