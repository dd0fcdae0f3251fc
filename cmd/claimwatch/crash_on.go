//go:build crashpoints

package main

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

var crashPassed atomic.Int64

// crashPoint kills the process as a power cut would when CLAIMWATCH_CRASH names
// this point, "sink:inserted:3" for the third passage.
func crashPoint(point string) {
	wanted := os.Getenv("CLAIMWATCH_CRASH")
	at := strings.LastIndexByte(wanted, ':')
	if at < 0 || wanted[:at] != point {
		return
	}
	passage, err := strconv.ParseInt(wanted[at+1:], 10, 64)
	if err == nil && crashPassed.Add(1) == passage {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}
