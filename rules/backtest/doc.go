// Package backtest answers what rules would have found with other parameters, or
// with what was known at another moment, and compares it with what stands. It
// evaluates history in buckets of persons on a slice of its own, through the same
// engine as live evaluation, one bucket at a time, and lets that go first.
package backtest
