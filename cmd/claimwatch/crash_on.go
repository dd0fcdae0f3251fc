//go:build crashpoints

package main

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

var crashPassed, pausePassed atomic.Int64

// crashPoint kills the process as a power cut would when CLAIMWATCH_CRASH names
// this point, "sink.inserted:3" for the third passage, and stops it as a machine
// that hangs would when CLAIMWATCH_PAUSE names it.
func crashPoint(point string) {
	if reached("CLAIMWATCH_PAUSE", point, &pausePassed) {
		_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
	}
	if reached("CLAIMWATCH_CRASH", point, &crashPassed) {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

// reached counts the passages of the point that a variable names.
func reached(variable, point string, passed *atomic.Int64) bool {
	name, passage, found := strings.Cut(os.Getenv(variable), ":")
	if !found || name != point {
		return false
	}
	wanted, err := strconv.ParseInt(passage, 10, 64)
	return err == nil && passed.Add(1) == wanted
}
