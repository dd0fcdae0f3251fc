// Package fair shares something scarce between institutions: the memory of
// uploads, the processors, the way to the log. Whoever asks for more than its
// share waits behind itself; institutions that wait are served in turn, one
// request each, so that a flood by one does not starve another.
package fair
