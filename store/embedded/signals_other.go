//go:build !linux

package embedded

// keepSignals runs f. Elsewhere than on Linux the engine's own switch, which
// loadLibrary throws, is the only guard: the pinned release touches no handler
// while it is off.
func keepSignals(f func()) { f() }
