package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"claimwatch/stream/kafkatest"
)

// process is a program under measurement, in a process of its own.
type process struct {
	cmd   *exec.Cmd
	words *bytes.Buffer // what it said; read when it has ended
}

// launch starts a program.
func launch(ctx context.Context, name string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	words := &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = words, words
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.WaitDelay = 30 * time.Second
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", filepath.Base(name), err)
	}
	return &process{cmd, words}, nil
}

// stop ends the process in good order, and tells what it said when it fails.
func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGINT) // it may have gone already
	if err := p.cmd.Wait(); err != nil {
		say("%s ended: %v\n%s", filepath.Base(p.cmd.Path), err, p.words)
	}
}

// cpu is the processor time that the process has used so far, in seconds.
func (p *process) cpu() float64 { return cpuOf(p.cmd.Process.Pid) }

// cpuOf is the processor time of a process; 0 when it cannot be told.
func cpuOf(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	ticks, err := ticksOf(text)
	if err != nil {
		return 0
	}
	return float64(ticks) / 100 // USER_HZ is 100 on Linux
}

// ticksOf adds user and system time of a line of /proc/PID/stat.
func ticksOf(stat []byte) (int64, error) {
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return 0, errors.New("read stat: too few fields")
	}
	user, err := strconv.ParseInt(fields[11], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("read user time: %w", err)
	}
	system, err := strconv.ParseInt(fields[12], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("read system time: %w", err)
	}
	return user + system, nil
}

// memory is what the process holds resident, now and at most, in MiB.
func (p *process) memory() (now, most int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	return kilobytesOf(text, "VmRSS:") >> 10, kilobytesOf(text, "VmHWM:") >> 10
}

func kilobytesOf(status []byte, name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(after(string(status), name, "kB")))
	if err != nil {
		return 0
	}
	return n
}

func freeAddress() (string, error) {
	port, err := kafkatest.FreePort()
	return fmt.Sprintf("127.0.0.1:%d", port), err
}

// answers waits until an address answers 200.
func answers(ctx context.Context, url string, patience time.Duration) error {
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) && ctx.Err() == nil {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		answer, err := http.DefaultClient.Do(request)
		if err == nil {
			_ = answer.Body.Close() // nothing was read
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	return fmt.Errorf("nobody answers %s after %s", url, patience)
}
