package main

import "time"

// plan says how large the measurements are.
type plan struct {
	runs     int // of each figure; the median counts
	peerRuns int // of a peer that takes minutes

	benchTime string // of Go benchmarks

	logLines int // lines through the log, ours and the peer's alike

	persons     int // of the province that goes through the whole path
	tailLines   int // its last lines, at which product and naive sink are compared
	uploadLines int // most lines of an upload

	rate     int           // lines a second of the latency measurement
	liveRate int           // the same beside a load, when the machine is not full already
	steady   time.Duration // how long it lasts
	warm     time.Duration // uploads of the beginning whose latency does not count
	drip     int           // most lines of its uploads
	drizzle  int           // persons of its province

	historyLines int // lines of the store in which touched persons are evaluated
	touched      int
	swept        int // of its persons, evaluated by the peer and by backtests

	checks int // calls of POST /v1/check

	openStays int // of the measurement of wake-ups
	hours     int // that pass over them
}

var usual = plan{
	runs: 5, peerRuns: 3, benchTime: "2s", logLines: 400_000,
	persons: 1350, tailLines: 60_000, uploadLines: 5000,
	rate: 5000, liveRate: 2000, steady: 60 * time.Second, warm: 5 * time.Second, drip: 833, drizzle: 520,
	historyLines: 100_000_000, touched: 1000, swept: 400_000,
	checks: 200, openStays: 100_000, hours: 25,
}

var tiny = plan{
	runs: 1, peerRuns: 1, benchTime: "100ms", logLines: 20_000,
	persons: 60, tailLines: 15_000, uploadLines: 5000,
	rate: 2000, liveRate: 2000, steady: 5 * time.Second, warm: time.Second, drip: 833, drizzle: 60,
	historyLines: 2_500_000, touched: 1000, swept: 100_000,
	checks: 20, openStays: 1000, hours: 25,
}
