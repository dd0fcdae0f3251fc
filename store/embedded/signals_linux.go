package embedded

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// guardedSignals are those that Go's runtime needs and that releases of the
// engine are known to take for themselves. Signal 34 is deliberately not among
// them: the engine sends it to its own threads, and with the default action
// back in place it would end the process.
var guardedSignals = [...]unix.Signal{
	unix.SIGABRT, unix.SIGSEGV, unix.SIGILL, unix.SIGBUS,
	unix.SIGSYS, unix.SIGFPE, unix.SIGTSTP, unix.SIGTRAP,
}

// sigaction is the kernel's struct, kept as opaque words.
type sigaction [4]uint64

const sigsetBytes = 8

// keepSignals runs f and puts back every handler that f replaced. A Go program
// without its own handler for SIGSEGV dies of a nil pointer that it would have
// turned into a panic, rarely and without a trace.
func keepSignals(f func()) {
	var saved [len(guardedSignals)]sigaction
	for i, signal := range guardedSignals {
		rtSigaction(signal, nil, &saved[i])
	}
	f()
	for i, signal := range guardedSignals {
		var now sigaction
		rtSigaction(signal, nil, &now)
		if now != saved[i] {
			rtSigaction(signal, &saved[i], nil)
		}
	}
}

// rtSigaction cannot fail with these arguments: each signal is catchable and
// the pointers are ours.
func rtSigaction(signal unix.Signal, set, old *sigaction) {
	_, _, _ = unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(signal),
		uintptr(unsafe.Pointer(set)), uintptr(unsafe.Pointer(old)), sigsetBytes, 0, 0)
}
